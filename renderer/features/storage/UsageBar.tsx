import { classNames } from '../../ui/class-names'
import { fullness } from './words'

/** How full something is; `label` says of what, `text` the numbers for who cannot see the bar. */
export function UsageBar(props: {
  readonly label: string
  readonly text: string
  readonly share: number
  readonly isThin?: boolean
}) {
  const { label, text, share, isThin = false } = props
  return (
    <span
      className={classNames('usage-bar', isThin && 'usage-thin', `usage-${fullness(share)}`)}
      role="meter"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(share * 100)}
      aria-valuetext={text}
    >
      <span style={{ width: `${Math.max(share > 0 ? 1 : 0, share * 100)}%` }} />
    </span>
  )
}

import { classNames } from './class-names'
import './spinner.css'

interface Props {
  readonly label: string
  /** 0 to 1; absent while unknown. */
  readonly value: number | undefined
}

export function ProgressBar({ label, value }: Props) {
  const percent = value === undefined ? undefined : Math.round(Math.min(1, Math.max(0, value)) * 100)
  return (
    <span
      className="progress"
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
    >
      <span
        className={classNames('progress', 'progress-fill', percent === undefined && 'progress-unknown')}
        style={percent === undefined ? undefined : { width: `${percent}%` }}
      />
    </span>
  )
}

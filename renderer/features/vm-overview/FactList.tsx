import { useId } from 'react'
import { api } from '../../api/client'
import { classNames } from '../../ui/class-names'
import { CopyButton } from '../../ui/CopyButton'
import type { Fact } from './overview-text'

interface Props {
  readonly title: string
  readonly facts: readonly Fact[]
  readonly children?: React.ReactNode
}

export function FactList({ title, facts, children }: Props) {
  const id = useId()
  return (
    <section className="overview-card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <dl className="fact-list">
        {facts.map(({ label, value, isMono = false, canCopy = false }) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>
              <span className={classNames('selectable', 'fact-value', isMono && 'mono')}>{value}</span>
              {canCopy ? (
                <CopyButton label={`Copy ${label}`} copy={() => api.app.copyText({ text: value })} />
              ) : null}
            </dd>
          </div>
        ))}
        {children}
      </dl>
    </section>
  )
}

import { useId, type ReactNode } from 'react'
import { ReadFailure } from '../../components/ReadFailure'
import { Note } from '../../ui/Note'
import { Spinner } from '../../ui/Spinner'
import type { Answer } from '../../api/use-answer'

interface Props<T> {
  readonly answer: Answer<T>
  readonly isConnected: boolean
  readonly failure: string
  readonly waiting: string
  readonly children: (value: T) => ReactNode
}

/** The frame of what is read from a host: waiting, failed, from before, or there. */
export function HostTab<T>({ answer, isConnected, failure, waiting, children }: Props<T>) {
  const { value, error, reload } = answer
  return (
    <div className="host-tab" data-stale={isConnected ? undefined : true}>
      {!isConnected ? (
        <Note tone="info">
          {value === undefined
            ? 'Connect the host to see this.'
            : 'The host is not connected: this is from before.'}
        </Note>
      ) : null}
      {error && isConnected ? <ReadFailure error={error} title={failure} reload={reload} /> : null}
      {value !== undefined ? (
        children(value)
      ) : error || !isConnected ? null : (
        <p className="host-waiting" role="status">
          <Spinner /> {waiting}
        </p>
      )}
    </div>
  )
}

export function Card({ title, aside, isWide = false, children }: CardProps) {
  const id = useId()
  return (
    <section className={isWide ? 'host-card host-card-wide' : 'host-card'} aria-labelledby={id}>
      <header className="host-card-head">
        <h2 id={id}>{title}</h2>
        {aside}
      </header>
      {children}
    </section>
  )
}

interface CardProps {
  readonly title: string
  readonly aside?: ReactNode
  readonly isWide?: boolean
  readonly children: ReactNode
}

export function Facts({ facts }: { facts: readonly (readonly [string, string | undefined])[] }) {
  return (
    <dl className="host-list">
      {facts.map(([name, value]) =>
        value === undefined || value === '' ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="selectable">{value}</dd>
          </div>
        ),
      )}
    </dl>
  )
}

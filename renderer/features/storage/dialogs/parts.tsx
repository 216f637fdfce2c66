import type { ReactNode } from 'react'
import type { ImageUser } from '../../../../shared/model/storage/volume'
import type { Answer } from '../../../api/use-answer'
import { ErrorBox } from '../../../components/ErrorBox'
import { Button } from '../../../ui/Button'
import { LayersIcon } from '../../../ui/icons/storage'
import { VmIcon } from '../../../ui/icons/objects'
import { Spinner } from '../../../ui/Spinner'
import { userText } from '../usage'

/** What a dialog waits for, or that it will not come. */
export function Waiting(props: {
  readonly text: string
  readonly answer: Answer<unknown>
  readonly failure: string
}) {
  const { text, failure } = props
  const { error, isLoading, reload } = props.answer
  return error && !isLoading ? (
    <ErrorBox error={error} title={failure} actions={<Button onPress={reload}>Try again</Button>} />
  ) : (
    <p className="storage-waiting" role="status">
      <Spinner size={14} /> {text}
    </p>
  )
}

/** So many are listed by name; more are counted. */
const mostShown = 50

/** Who uses something, a line each. */
export function UserList({ label, users }: { label: string; users: readonly ImageUser[] }) {
  const shown = users.slice(0, mostShown)
  return (
    <ul className="user-list" tabIndex={0} aria-label={label}>
      {shown.map((user) => (
        <li key={userText(user)}>
          {user.kind === 'image' ? <LayersIcon size={14} /> : <VmIcon size={14} />}
          <span className="selectable">{userText(user)}</span>
        </li>
      ))}
      {users.length > shown.length ? <li>{`and ${users.length - shown.length} more`}</li> : null}
    </ul>
  )
}

/** Names and values at the top of a dialog: what it is about. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="dialog-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className="selectable">{value}</dd>
        </div>
      ))}
    </dl>
  )
}

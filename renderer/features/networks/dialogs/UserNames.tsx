import type { NetworkUser } from '../../../../shared/model/networks/network'
import { ErrorBox } from '../../../components/ErrorBox'
import { Note } from '../../../ui/Note'
import { Spinner } from '../../../ui/Spinner'
import type { Answer } from '../../../api/use-answer'

interface Props {
  readonly users: Answer<readonly NetworkUser[]>
  readonly names: readonly string[]
  readonly title: string
  /** Said when there are none. */
  readonly nobody: string
}

/** More names are not read. */
const maxNames = 12

/** Who is touched by what is about to happen. */
export function UserNames({ users, names, title, nobody }: Props) {
  if (users.error) {
    return (
      <ErrorBox error={users.error} title="Who uses this network could not be read, so it may be in use" />
    )
  }
  if (users.value === undefined) {
    return (
      <p className="host-waiting secondary" role="status">
        <Spinner size={14} /> Looking at who uses it…
      </p>
    )
  }
  if (names.length === 0) return <p>{nobody}</p>
  return (
    <Note tone="warning" title={title}>
      <NameList names={names} />
    </Note>
  )
}

export function NameList({ names }: { names: readonly string[] }) {
  const shown = names.slice(0, maxNames)
  const more = names.length - shown.length
  return (
    <ul className="net-names">
      {shown.map((name) => (
        <li key={name}>{name}</li>
      ))}
      {more > 0 ? <li className="secondary">{`and ${more} more`}</li> : null}
    </ul>
  )
}

import { useState } from 'react'
import type { HostId } from '../../../../shared/model/ids'
import type { ImageUser, VolumeName } from '../../../../shared/model/storage/volume'
import { api } from '../../../api/client'
import { useAnswer } from '../../../api/use-answer'
import { ConfirmDialog } from '../../../components/ConfirmDialog'
import { closeDialog } from '../../../stores/dialogs'
import { Checkbox } from '../../../ui/Checkbox'
import { Disclosure } from '../../../ui/Disclosure'
import { TrashIcon } from '../../../ui/icons/general'
import { Note } from '../../../ui/Note'
import { TextField } from '../../../ui/TextField'
import { usersOf, userText } from '../usage'
import { counted } from '../words'
import { UserList, Waiting } from './parts'
import { useBriefTask } from '../../../stores/use-brief-task'

interface Props {
  readonly host: HostId
  readonly pool: string
  readonly volumes: readonly string[]
}

interface Plan {
  readonly free: readonly string[]
  readonly used: readonly { readonly name: string; readonly users: readonly ImageUser[] }[]
  readonly unread: readonly string[]
}

/** A used volume goes only when that was seen and said; a host would delete it without a word. */
export function DeleteVolumesDialog({ host, pool, volumes }: Props) {
  const answer = useAnswer(`deleting ${host} ${pool} ${JSON.stringify(volumes)}`, () =>
    makePlan(host, pool, volumes),
  )
  const { value: plan } = answer
  const [isWithUsed, setWithUsed] = useState(false)
  const [typed, setTyped] = useState('')
  const run = useBriefTask()
  const [only] = volumes
  const isOne = volumes.length === 1
  const title = isOne ? `Delete ${only}?` : `Delete ${counted(volumes.length, 'volume')}?`
  const free = plan?.free ?? []
  const used = plan?.used ?? []
  const isRisky = plan !== undefined && (plan.unread.length > 0 || isWithUsed)
  const word = isOne && only !== undefined ? only : pool
  const goes = isWithUsed ? [...free, ...used.map(({ name }) => name)] : free
  return (
    <ConfirmDialog
      title={title}
      confirmLabel={
        plan && free.length + used.length === 0
          ? undefined
          : goes.length > 1
            ? `Delete ${counted(goes.length, 'volume')}`
            : 'Delete'
      }
      tone="danger"
      icon={TrashIcon}
      width={560}
      canConfirm={plan !== undefined && goes.length > 0 && (!isRisky || typed === word)}
      onClose={closeDialog}
      onConfirm={async () => {
        await run(() =>
          api.storage.deleteVolumes({
            host,
            pool,
            volumes: [...goes],
            evenUsed: isWithUsed ? used.map(({ name }) => name) : [],
          }),
        )
        closeDialog()
      }}
    >
      {plan === undefined ? (
        <Waiting
          text="Looking at who uses what…"
          answer={answer}
          failure="Who uses it could not be worked out"
        />
      ) : (
        <>
          {free.length + used.length === 0 ? (
            <p>{isOne ? 'It is gone already.' : 'They are gone already.'}</p>
          ) : (
            <p>The data cannot be brought back.</p>
          )}
          {isOne || free.length === 0 ? null : <Names names={free} isUnknown={plan.unread.length > 0} />}
          {used.length === 0 ? null : <Used used={used} isOne={isOne} />}
          {plan.unread.length === 0 ? null : (
            <Note tone="warning" title="Not all VMs could be read, so others may be in use too">
              {plan.unread.join(', ')}
            </Note>
          )}
          {used.length === 0 ? null : (
            <Checkbox isSelected={isWithUsed} onChange={setWithUsed}>
              {isOne ? 'Delete it although it is in use' : 'Delete those in use as well'}
            </Checkbox>
          )}
          {isRisky && goes.length > 0 ? (
            <TextField
              label={isOne ? `Type ${word} to confirm` : `Type the name of the pool, ${word}, to confirm`}
              value={typed}
              onChange={setTyped}
              isMono
            />
          ) : null}
        </>
      )}
    </ConfirmDialog>
  )
}

async function makePlan(host: HostId, pool: string, volumes: readonly string[]): Promise<Plan> {
  const [{ volumes: names }, usage] = await Promise.all([
    api.storage.volumeNames({ host, pool }),
    api.storage.usage({ host }),
  ])
  const byName = new Map<string, VolumeName>(names.map((volume) => [volume.name, volume]))
  const there = volumes.flatMap((name) => byName.get(name) ?? [])
  const nameAt = new Map(there.map(({ key, name }) => [key, name]))
  const all = there.map(({ name, key }) => {
    const users = usersOf(usage, pool, { name, key })
    const above = users.flatMap((user) => (user.kind === 'image' ? (nameAt.get(user.name) ?? []) : []))
    // what is built on it and goes with it does not keep it
    return {
      name,
      above,
      users: users.filter((user) => user.kind !== 'image' || !nameAt.has(user.name)),
    }
  })
  const ordered = topFirst(all)
  return {
    free: ordered.filter(({ users }) => users.length === 0).map(({ name }) => name),
    used: ordered.filter(({ users }) => users.length > 0),
    unread: usage.unread,
  }
}

/** A base goes after what is built on it, as nobody uses it then. */
function topFirst<T extends { readonly name: string; readonly above: readonly string[] }>(
  all: readonly T[],
): T[] {
  const byName = new Map(all.map((one) => [one.name, one]))
  const done = new Set<T>()
  const add = (one: T, path: ReadonlySet<T>): void => {
    if (done.has(one) || path.has(one)) return
    for (const name of one.above) {
      const other = byName.get(name)
      if (other) add(other, new Set([...path, one]))
    }
    done.add(one)
  }
  for (const one of all) add(one, new Set())
  return [...done]
}

function Names({ names, isUnknown }: { names: readonly string[]; isUnknown: boolean }) {
  return (
    <Disclosure
      summary={`${counted(names.length, 'volume')} ${isUnknown ? 'without a known user' : 'that nobody uses'}`}
      isOpen={names.length <= 6}
    >
      <ul className="name-list selectable" tabIndex={0}>
        {names.slice(0, 200).map((name) => (
          <li key={name}>{name}</li>
        ))}
        {names.length > 200 ? <li>{`and ${names.length - 200} more`}</li> : null}
      </ul>
    </Disclosure>
  )
}

function Used({ used, isOne }: { used: Plan['used']; isOne: boolean }) {
  const [first] = used
  if (isOne && first) {
    return (
      <Note tone="warning" title="It is in use">
        <UserList label="Users" users={first.users} />
      </Note>
    )
  }
  return (
    <Note tone="warning" title={`${counted(used.length, 'volume')} in use`}>
      <ul className="name-list selectable" tabIndex={0}>
        {used.slice(0, 50).map(({ name, users }) => (
          <li key={name}>
            {name}
            <span className="secondary">
              {` – ${users.slice(0, 3).map(userText).join('; ')}${users.length > 3 ? ` and ${users.length - 3} more` : ''}`}
            </span>
          </li>
        ))}
        {used.length > 50 ? <li>{`and ${used.length - 50} more`}</li> : null}
      </ul>
    </Note>
  )
}

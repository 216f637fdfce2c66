import { AppError } from '../../shared/errors'
import type { AddHostInput, MoveHostInput, UpdateHostInput } from '../../shared/model/host'
import type { HostId } from '../../shared/model/ids'
import type { StoredHost } from '../settings/schema'

/** The kept list of hosts as plain data: adding, changing and ordering are pure. Empty texts are not kept. */
export function newStoredHost(id: StoredHost['id'], input: AddHostInput): StoredHost {
  const { uri, autoconnect, label, keyFile, group, sshEngine, readOnly } = input
  return {
    id,
    uri,
    autoconnect,
    ...(label ? { label } : {}),
    ...(keyFile ? { keyFile } : {}),
    ...(group ? { group } : {}),
    ...(sshEngine === 'system' ? { sshEngine } : {}),
    ...(readOnly ? { readOnly } : {}),
  }
}

/** What the input leaves out stays; an empty text takes the value away. */
export function changedHost(stored: StoredHost, input: UpdateHostInput): StoredHost {
  const { usualPool = stored.usualPool, usualNetwork = stored.usualNetwork } = input
  const host = newStoredHost(stored.id, {
    uri: input.uri ?? stored.uri,
    autoconnect: input.autoconnect ?? stored.autoconnect,
    label: input.label ?? stored.label,
    keyFile: input.keyFile ?? stored.keyFile,
    group: input.group ?? stored.group,
    sshEngine: input.sshEngine ?? stored.sshEngine,
    readOnly: input.readOnly ?? stored.readOnly,
  })
  return { ...host, ...(usualPool ? { usualPool } : {}), ...(usualNetwork ? { usualNetwork } : {}) }
}

/** Whether the host has to be reached anew. */
export function isOtherWay(before: StoredHost, after: StoredHost): boolean {
  return (
    before.uri !== after.uri ||
    before.keyFile !== after.keyFile ||
    before.sshEngine !== after.sshEngine ||
    before.readOnly !== after.readOnly
  )
}

export function movedHosts(hosts: readonly StoredHost[], input: MoveHostInput): StoredHost[] {
  const moved = hosts.find(({ id }) => id === input.host)
  if (!moved) throw missing()
  const host = changedHost(moved, { host: moved.id, group: input.group })
  if (input.before === input.host) return hosts.map((one) => (one === moved ? host : one))
  const others = hosts.filter((one) => one !== moved)
  const at = input.before === undefined ? others.length : indexOf(others, input.before)
  return others.toSpliced(at, 0, host)
}

export function renamedGroup(hosts: readonly StoredHost[], group: string, name: string): StoredHost[] {
  if (!hosts.some((host) => host.group === group)) {
    throw new AppError('not-found', `There is no group "${group}" any more`)
  }
  return hosts.map((host) =>
    host.group === group ? changedHost(host, { host: host.id, group: name }) : host,
  )
}

function indexOf(hosts: readonly StoredHost[], id: HostId): number {
  const index = hosts.findIndex((host) => host.id === id)
  if (index < 0) throw missing()
  return index
}

function missing(): AppError {
  return new AppError('not-found', 'This host is no longer in the list')
}

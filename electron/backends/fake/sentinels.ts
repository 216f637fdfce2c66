import { AppError } from '../../../shared/errors'
import { uriParam, type HostUri } from '../../../shared/model/host-uri'
import type { ConnectRequest } from '../backend'
import { cancelled, type Clock } from './clock'
import { makeContainerHost } from './containers'
import { moveIn, moveInFaulty, moveInMany, moveInMarkup } from './guests'
import type { FakeHost } from './fake-host'

/**
 * Demo hosts by name, so that every path of the window can be walked without a hypervisor:
 *
 * | URI                          | what happens                                                              |
 * |------------------------------|---------------------------------------------------------------------------|
 * | demo://local/                | the demo host                                                             |
 * | demo://scale/?vms=1000       | that many generated VMs (at most 20,000)                                  |
 * | demo://empty/                | no VM at all                                                              |
 * | demo://lxc/                  | runs containers only, as LXC does; /srv/debian has a system for one         |
 * | demo://xen/                  | calls itself Xen and tells of its domains as xentop does                     |
 * | demo://markup/               | also a VM whose name and title are HTML                                   |
 * | demo://faults/               | also the faulty VMs below                                                 |
 * | demo://basic/                | lacks every optional feature (no pause, save, rename, delete, console, …) |
 * | demo://unreachable/          | connection refused                                                        |
 * | demo://denied/               | reached, but this user may not use the hypervisor                         |
 * | demo://wrong-password/       | asks for a password until it is "inn"; the third wrong one ends it        |
 * | demo://host-key/             | asks whether an unknown host key is accepted                              |
 * | demo://slow/?ms=2000         | every stage and every call takes that long                                |
 * | demo://stuck/                | never answers; only cancelling helps                                      |
 * | demo://drops/?ms=2000&times=1 | loses the connection after that long, that many times in the app's life  |
 *
 * | VM name         | what happens                                                  |
 * |-----------------|---------------------------------------------------------------|
 * | fails-to-start  | start ends with an error as QEMU gives for a missing disk     |
 * | fails-to-save   | save ends with an error as for a full disk                    |
 * | keeps-its-files | is deleted, but its files are not: permission denied          |
 */
export interface Sentinel {
  readonly populate: (host: FakeHost, uri: HostUri) => void
  /** Runs between reaching and opening; throws to refuse. */
  readonly greet?: (request: ConnectRequest, clock: Clock) => Promise<void>
  readonly isBasic?: boolean
  readonly isLxc?: boolean
  readonly isXen?: boolean
  readonly callDelayMs?: (uri: HostUri) => number
  readonly drops?: (uri: HostUri) => { afterMs: number; times: number }
}

const ordinary = { populate: (host: FakeHost) => moveIn(host) }

export const sentinels: Record<string, Sentinel> = {
  local: ordinary,
  scale: { populate: (host, uri) => moveInMany(host, numberParam(uri, 'vms', 1000, 20_000)) },
  empty: { populate: () => {} },
  xen: { ...ordinary, isXen: true },
  lxc: { populate: makeContainerHost, isLxc: true },
  markup: {
    populate: (host) => {
      moveIn(host)
      moveInMarkup(host)
    },
  },
  faults: {
    populate: (host) => {
      moveIn(host)
      moveInFaulty(host)
    },
  },
  basic: { ...ordinary, isBasic: true },
  unreachable: {
    ...ordinary,
    greet: () => {
      throw new AppError('unreachable', 'The host does not answer', {
        cure: 'Check the address and whether the host is on',
        detail: 'connect ECONNREFUSED 192.0.2.1:22',
      })
    },
  },
  denied: {
    ...ordinary,
    greet: () => {
      throw new AppError('denied', 'You may not manage virtual machines on this host', {
        cure: 'Ask to be added to the group "libvirt" there',
        detail:
          "authentication unavailable: no polkit agent available to authenticate action 'org.libvirt.unix.manage'",
      })
    },
  },
  'wrong-password': { ...ordinary, greet: askPassword },
  'host-key': { ...ordinary, greet: askHostKey },
  slow: { ...ordinary, callDelayMs: (uri) => numberParam(uri, 'ms', 2000, 600_000) },
  stuck: { ...ordinary, greet: (request) => untilAborted(request.signal) },
  drops: {
    ...ordinary,
    drops: (uri) => ({
      afterMs: numberParam(uri, 'ms', 2000, 600_000),
      times: numberParam(uri, 'times', 1, 1000),
    }),
  },
}

const rightPassword = 'inn'

async function askPassword(request: ConnectRequest): Promise<void> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const answer = await request.ask({
      kind: 'password',
      user: 'keeper',
      address: 'wrong-password',
      isRetry: attempt > 0,
    })
    if (answer === null) throw cancelled()
    if (answer.kind === 'text' && answer.values[0] === rightPassword) return
    request.log('The password was refused')
  }
  throw new AppError('auth-failed', 'The password was refused three times', {
    detail: 'Permission denied (publickey,password)',
  })
}

async function askHostKey(request: ConnectRequest): Promise<void> {
  const answer = await request.ask({
    kind: 'host-key',
    address: 'host-key',
    keyType: 'ssh-ed25519',
    fingerprint: 'SHA256:Kq3vYxv1lQm0dJ8m6r0b7vJr1c4nW2zT9sEoHfUuA5g',
  })
  if (answer === null) throw cancelled()
  if (answer.kind !== 'host-key' || !answer.accept) {
    throw new AppError('denied', 'The host key was not accepted')
  }
  request.log('The host key was accepted')
}

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(cancelled())
    else signal.addEventListener('abort', () => reject(cancelled()), { once: true })
  })
}

function numberParam(uri: HostUri, name: string, fallback: number, max: number): number {
  const text = uriParam(uri, name)
  if (text === undefined) return fallback
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > max) {
    throw new AppError('invalid', `"${name}" must be a number from 0 to ${max}`, { field: 'uri' })
  }
  return value
}

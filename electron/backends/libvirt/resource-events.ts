/**
 * Events of pools, networks and secrets, asked for when the first of them is looked at. A connection that shows none of
 * them registers nothing: each registration is work for the daemon, also at the end, when it has to take leave of it.
 */
import type { ResourceKind } from '../../../shared/ipc/contract'
import type { LibvirtSession } from '../../libvirt-rpc/index'
import { watchNetworksAndSecrets } from './networks/events'
import { watchPools } from './storage/pool-events'
import { wrapped } from '../wrapped'

type OnHint = (resource: ResourceKind, name: string) => void

/** Ends when they are registered, at once after the first time; never rejects. */
export function listenOnce(rpc: LibvirtSession, onHint: OnHint): () => Promise<void> {
  let registered: Promise<unknown> | undefined
  return async () => {
    registered ??= Promise.all([
      watchPools(rpc, (name) => onHint('pool', name)),
      watchNetworksAndSecrets(rpc, onHint),
      // what asks for them next meets the same trouble, and tells it
    ]).catch(() => undefined)
    await registered
  }
}

/** The part, each of whose calls listens first, so that nothing falls between the list and the first event. */
export function listening<Part extends object>(part: Part, listen: () => Promise<void>): Part {
  return wrapped(part, async (call) => {
    await listen()
    return call()
  })
}

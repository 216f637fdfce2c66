import { create } from 'zustand'
import type { HostId } from '../../shared/model/ids'
import type { UnfinishedCreation } from '../../shared/model/new-vm/unfinished'

/** Creations that were cut off, of hosts that are connected. */
export const useUnfinished = create<{
  readonly byHost: Readonly<Record<HostId, readonly UnfinishedCreation[]>>
}>(() => ({ byHost: {} }))

export function putUnfinished(host: HostId, found: readonly UnfinishedCreation[]): void {
  useUnfinished.setState(({ byHost }) => ({ byHost: { ...byHost, [host]: found } }))
}

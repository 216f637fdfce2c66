import { create } from 'zustand'
import { vmKey, type VmRef } from '../../shared/model/ids'

/** VMs whose consoles are shown in windows of their own, as main knows them. Only api/sync.ts writes here. */
export const useDetached = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set() }))

export function replaceDetached(vms: readonly VmRef[]): void {
  useDetached.setState({ keys: new Set(vms.map(vmKey)) })
}

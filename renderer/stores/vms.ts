import { create } from 'zustand'
import type { VmChange } from '../../shared/ipc/contract'
import { vmKey, type HostId, type VmRef } from '../../shared/model/ids'
import type { Vm } from '../../shared/model/vm'

/**
 * Copies of main's VMs by vmKey. Only api/sync.ts writes here. A Map, replaced whole: copying one of 50,000 takes a quarter
 * of what an object of so many keys does.
 */
interface VmsState {
  readonly byKey: ReadonlyMap<string, Vm>
  readonly isLoaded: boolean
}

export const useVms = create<VmsState>(() => ({ byKey: new Map(), isLoaded: false }))

export function refOf(vm: Vm): VmRef {
  return { host: vm.host, vm: vm.id }
}

export function keyOf(vm: Vm): string {
  return vmKey(refOf(vm))
}

export function replaceVms(vms: readonly Vm[]): void {
  useVms.setState({ byKey: new Map(vms.map((vm) => [keyOf(vm), vm])), isLoaded: true })
}

/** One copy of the record per message, however many VMs the message carries. */
export function applyVmChanges(changes: readonly VmChange[]): void {
  if (changes.length === 0) return
  useVms.setState(({ byKey }) => {
    const next = new Map(byKey)
    for (const change of changes) {
      if (change.kind === 'put') next.set(keyOf(change.vm), change.vm)
      else next.delete(vmKey(change.ref))
    }
    return { byKey: next }
  })
}

export function dropVmsOf(host: HostId): void {
  useVms.setState(({ byKey }) => ({
    byKey: new Map([...byKey].filter(([, vm]) => vm.host !== host)),
  }))
}

export function useVm(key: string | undefined): Vm | undefined {
  return useVms((state) => (key === undefined ? undefined : state.byKey.get(key)))
}

export function getVm(key: string): Vm | undefined {
  return useVms.getState().byKey.get(key)
}

/** The VMs under these keys that still exist, in the keys' order. */
export function vmsAt(byKey: VmsState['byKey'], keys: Iterable<string>): Vm[] {
  return [...keys].flatMap((key) => byKey.get(key) ?? [])
}

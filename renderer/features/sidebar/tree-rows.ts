import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { isActive, type Vm } from '../../../shared/model/vm'
import { keyOf } from '../../stores/vms'

/** The tree as a flat list of rows, which is what is virtualised. Pure. */
export type TreeRow =
  | { readonly kind: 'all'; readonly key: string; readonly count: number }
  | {
      readonly kind: 'host'
      readonly key: string
      readonly host: Host
      readonly isOpen: boolean
      readonly total: number
      readonly active: number
    }
  | { readonly kind: 'vm'; readonly key: string; readonly vm: Vm; readonly isStale: boolean }

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

export function treeRows(
  hosts: readonly Host[],
  byKey: Readonly<Record<string, Vm>>,
  folded: readonly string[],
): TreeRow[] {
  const vms = Object.values(byKey)
  const byHost = new Map<HostId, Vm[]>()
  for (const vm of vms) {
    const list = byHost.get(vm.host)
    if (list) list.push(vm)
    else byHost.set(vm.host, [vm])
  }
  const rows: TreeRow[] = [{ kind: 'all', key: 'all', count: vms.length }]
  for (const host of hosts) {
    const own = byHost.get(host.id) ?? []
    const isOpen = !folded.includes(host.id)
    rows.push({
      kind: 'host',
      key: `host:${host.id}`,
      host,
      isOpen,
      total: own.length,
      active: own.filter(({ state }) => isActive(state)).length,
    })
    if (!isOpen) continue
    const isStale = host.status.kind !== 'connected'
    own.sort((a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
    for (const vm of own) rows.push({ kind: 'vm', key: `vm:${keyOf(vm)}`, vm, isStale })
  }
  return rows
}

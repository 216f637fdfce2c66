import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { isActive, type Vm } from '../../../shared/model/vm'
import { keyOf } from '../../stores/vms'
import { hostItems } from '../hosts/host-order'

/** The tree as a flat list of rows, which is what is virtualized. Pure. */
export type TreeRow =
  | { readonly kind: 'all'; readonly key: string; readonly level: 1; readonly count: number }
  | { readonly kind: 'top'; readonly key: string; readonly level: 1 }
  | {
      readonly kind: 'group'
      readonly key: string
      readonly level: 1
      readonly name: string
      readonly hosts: readonly Host[]
      readonly isOpen: boolean
    }
  | {
      readonly kind: 'host'
      readonly key: string
      readonly level: 1 | 2
      readonly host: Host
      readonly isOpen: boolean
      readonly total: number
      readonly active: number
    }
  | {
      readonly kind: 'vm'
      readonly key: string
      readonly level: 2 | 3
      readonly vm: Vm
      readonly isStale: boolean
    }

/** A page of its own, about all hosts. */
export function isPlace(row: TreeRow): row is Extract<TreeRow, { kind: 'all' | 'top' }> {
  return row.kind === 'all' || row.kind === 'top'
}

export interface TreeInput {
  readonly hosts: readonly Host[]
  readonly byKey: ReadonlyMap<string, Vm>
  readonly foldedHosts: readonly string[]
  readonly foldedGroups: readonly string[]
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

interface HostVms {
  readonly source: readonly Vm[]
  readonly active: number
  /** Made when the host is first shown open. */
  rows?: readonly TreeRow[]
  isStale?: boolean
  level?: number
}

/**
 * Makes the rows. With 50,000 VMs a change of one must not sort and rebuild the others: what a host's VMs came to is
 * kept until one of them is another.
 */
export function treeBuilder(): (input: TreeInput) => TreeRow[] {
  let kept = new Map<HostId, HostVms>()
  return ({ hosts, byKey, foldedHosts, foldedGroups }) => {
    const byHost = new Map<HostId, Vm[]>()
    const all = [...byKey.values()]
    for (const vm of all) {
      const list = byHost.get(vm.host)
      if (list) list.push(vm)
      else byHost.set(vm.host, [vm])
    }
    const next = new Map<HostId, HostVms>()
    for (const { id } of hosts) {
      const source = byHost.get(id) ?? []
      const before = kept.get(id)
      next.set(
        id,
        before && isSame(before.source, source)
          ? before
          : { source, active: source.filter(({ state }) => isActive(state)).length },
      )
    }
    kept = next

    const rows: TreeRow[] = [
      { kind: 'all', key: 'all', level: 1, count: all.length },
      { kind: 'top', key: 'top', level: 1 },
    ]
    const addHost = (host: Host, level: 1 | 2): void => {
      const own = kept.get(host.id)
      if (!own) return
      const isOpen = !foldedHosts.includes(host.id)
      const { source, active } = own
      rows.push({
        kind: 'host',
        key: `host:${host.id}`,
        level,
        host,
        isOpen,
        total: source.length,
        active,
      })
      if (!isOpen) return
      // not push(...): a spread of 20,000 rows is 20,000 arguments
      for (const row of vmRows(own, host.status.kind !== 'connected', level)) rows.push(row)
    }
    for (const item of hostItems(hosts)) {
      if (item.kind === 'host') {
        addHost(item.host, 1)
        continue
      }
      const isOpen = !foldedGroups.includes(item.name)
      rows.push({
        kind: 'group',
        key: groupKey(item.name),
        level: 1,
        name: item.name,
        hosts: item.hosts,
        isOpen,
      })
      if (isOpen) for (const host of item.hosts) addHost(host, 2)
    }
    return rows
  }
}

export function groupKey(name: string): string {
  return `group:${name}`
}

function vmRows(own: HostVms, isStale: boolean, hostLevel: 1 | 2): readonly TreeRow[] {
  if (own.rows && own.isStale === isStale && own.level === hostLevel) return own.rows
  const level = hostLevel === 1 ? 2 : 3
  own.rows = own.source
    .toSorted((a, b) => collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1))
    .map((vm) => ({ kind: 'vm' as const, key: `vm:${keyOf(vm)}`, level, vm, isStale }))
  own.isStale = isStale
  own.level = hostLevel
  return own.rows
}

function isSame(a: readonly Vm[], b: readonly Vm[]): boolean {
  return a.length === b.length && a.every((vm, index) => vm === b[index])
}

export interface GroupSummary {
  readonly total: number
  readonly connected: number
  readonly failed: number
  readonly connecting: number
}

export function groupSummary(hosts: readonly Host[]): GroupSummary {
  const of = (kind: Host['status']['kind']): number =>
    hosts.filter(({ status }) => status.kind === kind).length
  return {
    total: hosts.length,
    connected: of('connected'),
    failed: of('failed'),
    connecting: of('connecting'),
  }
}

import type { Host } from '../../../shared/model/host'
import type { HostId } from '../../../shared/model/ids'
import { diskBytesPerSecond, netBytesPerSecond } from '../../../shared/model/load-figures'
import { usedMemoryBytes, type VmSample } from '../../../shared/model/stats'
import { isActive, vmStateText, type Vm } from '../../../shared/model/vm'
import { historyOf } from '../../stores/stats'
import { keyOf } from '../../stores/vms'
import type { GridSort } from '../../ui/grid/GridHeader'

/** Which rows a table shows and in which order. Pure, apart from the load figures it may sort by. */
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

function compareNames(a: Vm, b: Vm): number {
  return collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)
}

/** As long as the first group of a UUID: shorter words would find many by chance. */
const uuidBeginning = 8

type Hosts = Readonly<Record<HostId, Host>>

/**
 * Every word typed must occur somewhere in the name, title, state or host, or be "template" for one. What is long enough to
 * be meant for one also finds a UUID; the id of a run is found when it is typed whole.
 */
export function matches(vm: Vm, words: readonly string[], hosts: Hosts): boolean {
  if (words.length === 0) return true
  const kind = vm.isTemplate === true ? 'template' : vm.isForeign === true ? 'not managed' : ''
  const text = [vm.name, vm.title ?? '', kind, vmStateText[vm.state], hosts[vm.host]?.label ?? '']
    .join('\n')
    .toLocaleLowerCase()
  const runId = vm.runId === undefined ? undefined : String(vm.runId)
  return words.every(
    (word) => text.includes(word) || word === runId || (word.length >= uuidBeginning && vm.id.includes(word)),
  )
}

export function filterWords(text: string): string[] {
  return text.toLocaleLowerCase().split(/\s+/).filter(Boolean)
}

/** Figures that change with each tick, by the column that shows them. */
const loads: Readonly<Record<string, (sample: VmSample) => number | undefined>> = {
  cpu: ({ cpuPercent }) => cpuPercent,
  cpuTime: ({ cpuTimeSeconds }) => cpuTimeSeconds,
  memoryUse: usedMemoryBytes,
  disk: diskBytesPerSecond,
  network: netBytesPerSecond,
}

export function isLoadColumn(column: string): boolean {
  return Object.hasOwn(loads, column)
}

function loadOf(vm: Vm, figure: (sample: VmSample) => number | undefined): number {
  const latest = historyOf(keyOf(vm))?.latest
  return (latest && figure(latest)) ?? -1
}

export function memoryOf(vm: Vm): number {
  return isActive(vm.state) ? vm.memoryBytes : vm.maxMemoryBytes
}

export function sortRows(vms: readonly Vm[], sort: GridSort, hosts: Hosts): Vm[] {
  const orders: Record<string, (a: Vm, b: Vm) => number> = {
    name: compareNames,
    state: (a, b) => stateOrder(a) - stateOrder(b),
    memory: (a, b) => memoryOf(a) - memoryOf(b),
    runId: (a, b) => (a.runId ?? Number.POSITIVE_INFINITY) - (b.runId ?? Number.POSITIVE_INFINITY) || 0,
    vcpus: (a, b) => a.vcpuCount - b.vcpuCount,
    uuid: (a, b) => (a.id < b.id ? -1 : Number(a.id > b.id)),
    host: (a, b) => collator.compare(hosts[a.host]?.label ?? '', hosts[b.host]?.label ?? ''),
  }
  const load = loads[sort.column]
  const order = load
    ? (a: Vm, b: Vm) => loadOf(a, load) - loadOf(b, load)
    : (orders[sort.column] ?? compareNames)
  const sign = sort.isDescending ? -1 : 1
  // Equal rows stay in order of name whichever way the column is turned.
  return vms.toSorted((a, b) => sign * order(a, b) || compareNames(a, b))
}

/** What needs attention first. */
function stateOrder(vm: Vm): number {
  return ['crashed', 'running', 'shutting-down', 'paused', 'suspended', 'shut-off', 'unknown'].indexOf(
    vm.state,
  )
}

export function nextSort(sort: GridSort, column: string): GridSort {
  if (sort.column === column) return { column, isDescending: !sort.isDescending }
  // Load is looked at from the top, names from A.
  return { column, isDescending: column === 'memory' || isLoadColumn(column) }
}

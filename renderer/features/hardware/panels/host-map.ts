/** The host's CPUs as they are drawn: nodes, in them cores, in them threads. Pure. */
import { numbersOf } from '../../../../shared/model/hardware/cpu-set'
import type { NumaCell } from '../../../../shared/model/host-details'

export interface HostNode {
  readonly id: number
  readonly cores: readonly MapCore[]
  /** In rising order. */
  readonly cpus: readonly number[]
}

export interface MapCore {
  /** Absent where the host does not tell. */
  readonly socket?: number
  readonly cpus: readonly number[]
}

/** More than this is not drawn: sets are typed instead. */
const maxDrawnCpus = 2048

/** Empty where too little is known, or too much. `hostCpus` stands in for a host that tells of no nodes. */
export function hostNodes(cells: readonly NumaCell[], hostCpus: number | undefined): HostNode[] {
  const nodes = cells.flatMap((cell): HostNode[] => {
    const cpus = cell.cpus === '' ? [] : (numbersOf(cell.cpus) ?? [])
    // memory alone can be a node too
    return cpus.length === 0 ? [] : [{ id: cell.id, cpus, cores: cell.cores ?? singly(cpus) }]
  })
  const known =
    nodes.length > 0 || hostCpus === undefined || hostCpus > maxDrawnCpus ? nodes : [whole(hostCpus)]
  return known.reduce((sum, { cpus }) => sum + cpus.length, 0) > maxDrawnCpus ? [] : known
}

function whole(count: number): HostNode {
  const cpus = Array.from({ length: count }, (_, at) => at)
  return { id: 0, cpus, cores: singly(cpus) }
}

function singly(cpus: readonly number[]): MapCore[] {
  return cpus.map((cpu) => ({ cpus: [cpu] }))
}

/**
 * CPUs of a node in the order in which to give them away: a core to each first and the other threads of the cores after;
 * or core by core, for a guest that knows which of its CPUs share one.
 */
export function givenOrder(node: HostNode, isCoreByCore: boolean): number[] {
  if (isCoreByCore) return node.cores.flatMap(({ cpus }) => cpus)
  const most = Math.max(0, ...node.cores.map(({ cpus }) => cpus.length))
  return Array.from({ length: most }, (_, thread) =>
    node.cores.flatMap(({ cpus }) => cpus[thread] ?? []),
  ).flat()
}

/** Nodes in turns. */
export function spreadOrder(nodes: readonly HostNode[], isCoreByCore: boolean): number[] {
  const orders = nodes.map((node) => givenOrder(node, isCoreByCore))
  const most = Math.max(0, ...orders.map(({ length }) => length))
  return Array.from({ length: most }, (_, at) => orders.flatMap((order) => order[at] ?? [])).flat()
}

export function socketsOf(node: HostNode): number[] {
  return [...new Set(node.cores.flatMap(({ socket }) => socket ?? []))]
}

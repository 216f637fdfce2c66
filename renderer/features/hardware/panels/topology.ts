/** How a VM's virtual CPUs are arranged. Pure. */
import type { Values } from '../../../../shared/model/hardware/field'

export const sides = ['sockets', 'dies', 'clusters', 'cores', 'threads'] as const
export type Side = (typeof sides)[number]

export interface Topology {
  /** Nothing is said, so the hypervisor makes every virtual CPU a socket of its own. */
  readonly isLeftOpen: boolean
  /** One where nothing is said. */
  readonly counts: Readonly<Record<Side, number>>
  readonly product: number
  /** How many virtual CPUs the VM has, where that is known. */
  readonly maximum: number | undefined
}

export function topologyOf(values: Values): Topology {
  const counts = Object.fromEntries(
    sides.map((side) => [side, typeof values[side] === 'number' ? values[side] : 1]),
  ) as Record<Side, number>
  const { maximum } = values
  return {
    isLeftOpen: sides.every((side) => values[side] === undefined),
    counts,
    product: sides.reduce((product, side) => product * counts[side], 1),
    maximum: typeof maximum === 'number' ? maximum : undefined,
  }
}

/** Left to the hypervisor. */
export const open: Values = { sockets: undefined, dies: undefined, cores: undefined, threads: undefined }

/** What suits most guests, to begin with. */
export function begun(maximum: number | undefined): Values {
  return { sockets: 1, cores: maximum ?? 1, threads: 1 }
}

/** In words, for those who do not see the picture. */
export function topologyText({ counts }: Topology): string {
  const text = (side: Side, one: string): string => `${counts[side]} ${one}${counts[side] === 1 ? '' : 's'}`
  return [
    text('sockets', 'socket'),
    ...(counts.dies > 1 ? [text('dies', 'die')] : []),
    ...(counts.clusters > 1 ? [text('clusters', 'cluster')] : []),
    text('cores', 'core'),
    text('threads', 'thread'),
  ].join(' × ')
}

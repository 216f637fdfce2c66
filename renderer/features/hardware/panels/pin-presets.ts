/** Usual ways to place a VM's virtual CPUs, as one choice. Pure. */
import { setOf } from '../../../../shared/model/hardware/cpu-set'
import type { Values } from '../../../../shared/model/hardware/field'
import { givenOrder, spreadOrder, type HostNode } from './host-map'
import { pinned, pinTargets, type PinTarget } from './pins'

export interface PinPreset {
  readonly id: string
  readonly label: string
  readonly disabledReason?: string
  /** The fields as the preset has them. */
  readonly values: Values
}

export function pinPresets(
  values: Values,
  nodes: readonly HostNode[],
  vcpus: number,
  guestThreads: number,
): PinPreset[] {
  const targets = pinTargets(values, vcpus).filter(({ kind }) => kind === 'vcpu')
  // a guest that knows its threads shall find them where they are
  const isCoreByCore = guestThreads > 1
  const oneToOne = (id: string, label: string, cpus: readonly number[], where: string): PinPreset => ({
    id,
    label,
    ...(cpus.length < targets.length
      ? { disabledReason: `${where} has ${cpus.length} CPUs for ${targets.length} virtual ones` }
      : {}),
    values: place(values, targets, (at) => String(cpus[at] ?? '')),
  })
  const isOne = nodes.length === 1
  return [
    ...nodes.map((node) =>
      oneToOne(
        `one ${node.id}`,
        isOne ? 'One to one' : `One to one on node ${node.id}`,
        givenOrder(node, isCoreByCore),
        isOne ? 'The host' : `Node ${node.id}`,
      ),
    ),
    ...(isOne
      ? []
      : [
          oneToOne(
            'spread',
            'Spread over all nodes, one to one',
            spreadOrder(nodes, isCoreByCore),
            'The host',
          ),
          ...nodes.map((node) => ({
            id: `all ${node.id}`,
            label: `All anywhere on node ${node.id}`,
            values: place(values, targets, () => setOf(node.cpus)),
          })),
        ]),
  ]
}

/** Nothing is pinned any more. */
export const cleared: Values = { vcpuPins: undefined, emulatorPin: undefined, ioThreadPins: undefined }

function place(values: Values, targets: readonly PinTarget[], cpusAt: (at: number) => string): Values {
  return pinned(
    values,
    targets.map((target, at) => ({ target, cpus: cpusAt(at) })),
  )
}

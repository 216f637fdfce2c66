import type { Values } from '../field'
import { isX86, type HardwareContext, type Problem } from '../kind'

const limitBytes = 4 * 1024 ** 4

/** Named models have too narrow addresses for so much; both the processor's and the memory's page say so. */
export function largeMemoryProblem(cpu: Values, memory: Values, context: HardwareContext): Problem[] {
  const { maximum, hotplugCeiling } = memory
  const most = Math.max(...[maximum, hotplugCeiling].map((one) => (typeof one === 'number' ? one : 0)))
  if (most < limitBytes || !isX86(context) || context.virtType !== 'kvm') return []
  if (cpu['mode'] === 'host-passthrough' || cpu['physBitsMode'] !== undefined) return []
  const item = { kind: 'cpu', key: '' }
  return [
    {
      severity: 'error',
      item,
      field: 'mode',
      message: '4 TiB of memory and more need the host’s own processor (host-passthrough)',
      fix: {
        label: 'Use the host’s own processor',
        changes: [{ kind: 'set', item, values: { mode: 'host-passthrough' } }],
      },
    },
  ]
}

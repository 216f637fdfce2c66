import type { MoveCheck } from '../../../shared/model/migration/move'
import type { MoveSurroundings } from '../look'
import type { MoveFacts } from '../../backends/migration-session'
import { bad, ok } from './check'

/** Only a running guest has seen a CPU that it must find again. */
export function cpuChecks({
  document,
  source,
  target,
  cpuFit,
  isRunning,
  commonCpu,
}: MoveSurroundings): MoveCheck[] {
  const mode = document.root.find('cpu')?.attribute('mode')
  if (mode === 'host-passthrough') {
    if (source.cpu !== undefined && source.cpu === target.cpu) return [sameModel(source, target)]
    return [
      bad(
        isRunning ? 'error' : 'warning',
        'cpu',
        'CPU',
        'The VM sees the host’s own CPU (host-passthrough), and the destination has another one.',
        {
          cure: 'Give it the CPU that both hosts have, and start it anew.',
        },
      ),
    ]
  }
  if (cpuFit === 'incompatible')
    return [
      bad(
        isRunning ? 'error' : 'warning',
        'cpu',
        'CPU',
        'The destination’s CPU lacks what the VM’s CPU model needs.',
        {
          cure:
            commonCpu === undefined
              ? 'Give the VM a CPU model that both hosts have, and start it anew.'
              : 'Give the VM the CPU that both hosts have, shown below, and start it anew.',
        },
      ),
    ]
  if (cpuFit === undefined)
    return [
      bad('unknown', 'cpu', 'CPU', 'The destination does not tell whether the VM’s CPU fits.', {
        cure: 'It is looked at once more when the VM arrives, and refused then.',
      }),
    ]
  return [
    ok(
      'cpu',
      'CPU',
      cpuFit === 'identical' ? 'The same as the destination’s.' : 'The destination has all that it needs.',
    ),
  ]
}

/** Of a VM that sees all of its host's CPU the microcode counts as well. */
function sameModel({ microcode: here }: MoveFacts, { microcode: there }: MoveFacts): MoveCheck {
  const same = 'The VM sees the host’s own CPU. Both hosts tell the same model'
  if (here === undefined || there === undefined)
    return bad('warning', 'cpu', 'CPU', `${same}.`, {
      cure: 'They need the same microcode too; the guest may stop otherwise.',
    })
  return here === there
    ? ok('cpu', 'CPU', `${same} and the same microcode, ${here}.`)
    : bad('warning', 'cpu', 'CPU', `${same}, but microcode ${here} and ${there}.`, {
        cure: 'Bring both to the same microcode; the guest may stop otherwise.',
      })
}

/** What network cards shall be plugged into. */
import { takesCards } from '../../shared/model/host-choices'
import type { NewNic, NewVmInput, PlanProblem } from '../../shared/model/new-vm/new-vm'
import { error, warning } from './problem'
import type { Surroundings } from './surroundings'

export function networkProblems(input: NewVmInput, around: Surroundings): PlanProblem[] {
  return input.nics.flatMap(({ source }, at) => nicProblems(`nics.${at}.source`, source, input, around))
}

function nicProblems(
  field: string,
  source: NewNic['source'],
  { startsNow }: NewVmInput,
  { networks, interfaces }: Surroundings,
): PlanProblem[] {
  switch (source.kind) {
    case 'user':
      return []
    case 'network': {
      const network = networks.byName.get(source.name)
      if (!network)
        return networks.isComplete
          ? [error(field, `There is no network "${source.name}" on this host`, 'Choose another one.')]
          : []
      const group = source.portGroup
      if (group !== undefined && !network.portGroups.some(({ name }) => name === group))
        return [
          error(
            field,
            `The network "${source.name}" has no port group "${group}"`,
            'Choose another one, or none.',
          ),
        ]
      if (network.isActive) return []
      const message = `The network "${source.name}" is not active`
      const cure = 'Start it, or choose another one.'
      const fix = { kind: 'start-network' as const, network: source.name }
      return [{ ...(startsNow ? error : warning)(field, message, cure), fix }]
    }
    case 'bridge': {
      const bridge = interfaces.byName.get(source.name)
      if (bridge ? takesCards(bridge) || bridge.kind === 'unknown' : !interfaces.isComplete) return []
      return [
        error(
          field,
          bridge ? `"${source.name}" of the host is no bridge` : `The host has no bridge "${source.name}"`,
          'Choose a bridge or a network that is there.',
        ),
      ]
    }
    case 'direct':
      if (interfaces.byName.has(source.interface) || !interfaces.isComplete) return []
      return [
        error(field, `The host has no network interface "${source.interface}"`, 'Choose one that is there.'),
      ]
  }
}

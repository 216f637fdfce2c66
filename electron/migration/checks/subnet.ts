/** A guest takes its addresses along: they only work where the hosts' networks are the same ones. */
import type { HostChoices } from '../../../shared/model/host-choices'
import type { MoveCheck } from '../../../shared/model/migration/move'
import { parseSubnet, subnetText } from '../../../shared/model/networks/subnet'
import type { MoveSurroundings } from '../look'
import { bad, ok } from './check'

export function subnetChecks(around: MoveSurroundings): MoveCheck[] {
  if (!isOnWire(around)) return []
  const { sourceChoices, targetChoices } = around
  const [here, there] = [subnetsOf(sourceChoices), subnetsOf(targetChoices)]
  if (here.length === 0 || there.length === 0)
    return [
      bad('unknown', 'subnet', 'Subnet', 'In which subnets both hosts are is not told.', {
        cure: 'A guest keeps its addresses: the networks of both hosts have to be the same.',
      }),
    ]
  const both = here.filter((one) => there.includes(one))
  if (both.length > 0) return [ok('subnet', 'Subnet', `Both hosts are in ${both.join(' and ')}.`)]
  return [
    bad(
      'warning',
      'subnet',
      'Subnet',
      `The hosts have no subnet in common: ${here.join(', ')} and ${there.join(', ')}.`,
      {
        cure: 'A guest on a bridge keeps its address, and needs another one there, or a network that reaches both.',
      },
    ),
  ]
}

/** A card that is seen in the hosts' own network, instead of in one that the host makes for its guests. */
function isOnWire({ document, sourceChoices }: MoveSurroundings): boolean {
  const cards = document.root.find('devices')?.children('interface') ?? []
  return cards.some((card) => {
    const type = card.attribute('type')
    const name = card.find('source')?.attribute('network')
    const network = sourceChoices?.networks.items.find((one) => one.name === name)
    return type === 'bridge' || type === 'direct' || (type === 'network' && network?.forward === 'bridge')
  })
}

/** Not of networks that the host makes for its own guests: those of two hosts have the same numbers and are not connected. */
function subnetsOf(choices: HostChoices | undefined): string[] {
  const own = new Set(
    (choices?.networks.items ?? [])
      .filter(({ forward }) => forward !== 'bridge')
      .flatMap(({ bridge }) => bridge ?? []),
  )
  const addresses = (choices?.interfaces.items ?? [])
    .filter(({ name }) => name !== 'lo' && !own.has(name))
    .flatMap((one) => one.addresses)
  const subnets = addresses.flatMap((address) => {
    const subnet = parseSubnet(address)
    // what each interface gives itself, and what is one host alone
    const isOwn = subnet === undefined || /^(fe80:|127\.|::1)/i.test(address)
    return isOwn || subnet.first === subnet.last ? [] : [subnetText(subnet)]
  })
  return [...new Set(subnets)]
}

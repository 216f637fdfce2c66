/** What the list of networks tells of one, out of its definition. */
import type { Network } from '../../../shared/model/networks/network'
import { classPrefix, prefixOfMask, subnetOf, subnetText } from '../../../shared/model/networks/subnet'
import type { EditElement } from '../edit/tree'

type Facts = Pick<
  Network,
  'forward' | 'bridge' | 'interfaces' | 'subnets' | 'hasDhcp' | 'domain' | 'connections'
>

export function networkFacts(network: EditElement): Facts {
  const forward = network.find('forward')
  const bridge = network.find('bridge')?.attribute('name')
  const domain = network.find('domain')?.attribute('name')
  const connections = network.attribute('connections')
  return {
    forward: forward ? (forward.attribute('mode') ?? 'nat') : 'isolated',
    ...(bridge === undefined ? {} : { bridge }),
    interfaces: [
      ...new Set([
        ...[forward?.attribute('dev')],
        ...(forward?.children('interface') ?? []).map((one) => one.attribute('dev')),
        ...(forward?.children('pf') ?? []).map((one) => one.attribute('dev')),
      ]),
    ].filter((name) => name !== undefined),
    subnets: networkSubnets(network),
    hasDhcp: network.children('ip').some((ip) => ip.find('dhcp')),
    ...(domain === undefined ? {} : { domain }),
    ...(connections !== undefined && /^\d{1,9}$/.test(connections)
      ? { connections: Number(connections) }
      : {}),
  }
}

export function networkSubnets(network: EditElement): string[] {
  return network.children('ip').flatMap((ip) => {
    const address = ip.attribute('address') ?? ''
    const written = ip.attribute('prefix')
    const prefix =
      written === undefined
        ? (prefixOfMask(ip.attribute('netmask') ?? '') ?? classPrefix(address) ?? 64)
        : Number(written)
    const subnet = Number.isSafeInteger(prefix) ? subnetOf(address, prefix) : undefined
    return subnet ? [subnetText(subnet)] : []
  })
}

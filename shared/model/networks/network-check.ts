/** Rules between the fields of a network, with the host's other networks, and what a mode means for its guests. */
import { isIpv4, isIpv6 } from '../hardware/ip'
import { plain, type Row, type Values } from '../hardware/field'
import type { Problem } from '../hardware/kind'
import { checkAddresses } from './address-check'
import { isHostBridge, isHostdev, isMacvtap, isOwn, rowsOf } from './modes'
import type { NetworkContext } from './network-defaults'
import { addressNumber, classPrefix, overlap, parseSubnet, subnetOf, subnetText } from './subnet'

export type NetworkProblem = Pick<Problem, 'severity' | 'field' | 'message'>

export function checkNetwork(values: Values, context: NetworkContext): NetworkProblem[] {
  return [
    ...checkNames(values, context),
    ...checkMode(values),
    ...checkNat(values),
    ...(isOwn(values) ? checkAddresses(values) : []),
    ...checkConflicts(values, context),
    ...checkDns(values),
    ...checkLimits(values),
    ...checkVlans(values),
  ]
}

const wrong = (field: string, message: string): NetworkProblem => ({ severity: 'error', field, message })
const note = (severity: 'warning' | 'hint', field: string, message: string): NetworkProblem => ({
  severity,
  field,
  message,
})

function checkNames(values: Values, { names, bridges }: NetworkContext): NetworkProblem[] {
  const problems: NetworkProblem[] = []
  if (names.includes(plain(values['name'])))
    problems.push(wrong('name', 'There is a network with this name already'))
  const bridge = plain(values['bridgeName'])
  if (isOwn(values) && bridge !== '' && bridges.includes(bridge))
    problems.push(wrong('bridgeName', `${bridge} is there already: choose another name, or none`))
  return problems
}

function checkMode(values: Values): NetworkProblem[] {
  switch (values['mode']) {
    case 'route':
      return [
        note(
          'hint',
          'mode',
          'Answers come back only if the router of the LAN has a route to this network by way of the host',
        ),
        ...needsAddress(values, 'A routed network needs an address of the host to route by'),
      ]
    case 'nat':
      return needsAddress(values, 'NAT needs an address of the host in the network')
    case 'open':
      return [
        note(
          'hint',
          'mode',
          'libvirt adds no firewall rules: what reaches the guests is up to the host’s firewall, and to its forwarding',
        ),
        ...needsAddress(values, 'An open network needs an address of the host to route by'),
      ]
    case 'bridge':
      return [
        note(
          'hint',
          'hostBridge',
          'A network card of the host belongs to one bridge only. Putting the card of your own connection into one interrupts it',
        ),
      ]
    case 'macvtap':
      return checkMacvtap(values)
    case 'hostdev':
      return checkPool(values)
    default:
      return []
  }
}

function needsAddress(values: Values, message: string): NetworkProblem[] {
  const hasOne = values['ipv4Address'] !== undefined || values['ipv6Address'] !== undefined
  return hasOne ? [] : [wrong('ipv4Address', message)]
}

function checkMacvtap(values: Values): NetworkProblem[] {
  const devices = rowsOf(values['devices']).map((row) => row['device'])
  return [
    ...(new Set(devices).size < devices.length ? [wrong('devices', 'A card is listed twice')] : []),
    values['macvtapMode'] === 'passthrough'
      ? note(
          'warning',
          'macvtapMode',
          'The host loses a card while a guest has it; it must not be in a bridge, nor be the one you are connected by',
        )
      : note(
          'hint',
          'devices',
          'Guests and their own host do not reach each other this way. A card that is in a bridge has to leave it first',
        ),
  ]
}

function checkPool(values: Values): NetworkProblem[] {
  const addresses = rowsOf(values['functions']).map((row) => plain(row['address']).toLowerCase())
  return [
    ...(values['pfDevice'] === undefined && addresses.length === 0
      ? [wrong('pfDevice', 'Choose the physical function, or list virtual functions')]
      : []),
    ...(addresses.some((one) => !/^([0-9a-f]{4}:)?[0-9a-f]{2}:[01][0-9a-f]\.[0-7]$/.test(one))
      ? [wrong('functions', 'Enter PCI addresses such as 0000:03:10.1')]
      : []),
    ...(new Set(addresses).size < addresses.length ? [wrong('functions', 'A function is listed twice')] : []),
    ...(values['managed'] === true
      ? []
      : [note('hint', 'managed', 'A function that the host’s driver has cannot be given to a guest')]),
  ]
}

function checkNat(values: Values): NetworkProblem[] {
  if (values['mode'] !== 'nat') return []
  const problems: NetworkProblem[] = []
  const [start, end] = [values['natStart'], values['natEnd']].map(plain)
  for (const field of ['natStart', 'natEnd'])
    if (values[field] !== undefined && !isIpv4(plain(values[field])))
      problems.push(wrong(field, 'Enter an IPv4 address such as 203.0.113.10'))
  if ((start === '') !== (end === ''))
    problems.push(wrong(start === '' ? 'natStart' : 'natEnd', 'Enter the first and the last address'))
  else if ((addressNumber(start ?? '') ?? 0n) > (addressNumber(end ?? '') ?? 0n))
    problems.push(wrong('natEnd', 'The last address comes before the first'))
  const ports = [values['natPortStart'], values['natPortEnd']]
  if ((ports[0] === undefined) !== (ports[1] === undefined))
    problems.push(
      wrong(ports[0] === undefined ? 'natPortStart' : 'natPortEnd', 'Enter the first and the last port'),
    )
  else if (Number(ports[0]) > Number(ports[1]))
    problems.push(wrong('natPortEnd', 'The last port comes before the first'))
  if (values['natIpv6'] === true && values['ipv6Address'] === undefined)
    problems.push(wrong('natIpv6', 'NAT for IPv6 needs an IPv6 address'))
  return problems
}

function checkConflicts(values: Values, { subnets }: NetworkContext): NetworkProblem[] {
  if (!isOwn(values)) return []
  return (['ipv4', 'ipv6'] as const).flatMap((family) => {
    const address = plain(values[`${family}Address`])
    const prefix = Number(values[`${family}Prefix`] ?? (family === 'ipv4' ? classPrefix(address) : 64))
    const own = subnetOf(address, prefix)
    if (!own) return []
    const other = subnets.flatMap((text) => parseSubnet(text) ?? []).find((one) => overlap(one, own))
    return other === undefined
      ? []
      : [
          note(
            'warning',
            `${family}Address`,
            `It overlaps with ${subnetText(other)}, which the host has already: the network may not start, and either may be out of reach`,
          ),
        ]
  })
}

function checkDns(values: Values): NetworkProblem[] {
  const problems: NetworkProblem[] = []
  const isAddress = (value: unknown): boolean => typeof value === 'string' && (isIpv4(value) || isIpv6(value))
  for (const row of rowsOf(values['dnsHosts']))
    if (row['ip'] !== undefined && !isAddress(row['ip']))
      problems.push(wrong('dnsHosts', 'Enter addresses such as 192.168.122.10'))
  for (const row of rowsOf(values['forwarders'])) {
    if (row['address'] === undefined && row['domain'] === undefined)
      problems.push(wrong('forwarders', 'A server needs an address or a domain'))
    else if (row['address'] !== undefined && !isAddress(row['address']))
      problems.push(wrong('forwarders', 'Enter the server’s address as numbers, such as 192.0.2.53'))
  }
  const addresses = rowsOf(values['dnsHosts']).map((row) => row['ip'])
  if (new Set(addresses).size < addresses.length)
    problems.push(wrong('dnsHosts', 'An address is listed twice: put its names into one entry'))
  for (const row of rowsOf(values['srv']))
    if (row['target'] === undefined && ['port', 'priority', 'weight'].some((one) => row[one] !== undefined))
      problems.push(wrong('srv', 'Port, priority and weight need a server'))
  return problems
}

function checkLimits(values: Values): NetworkProblem[] {
  const problems: NetworkProblem[] = []
  const look = (of: Values | Row, field: (name: string) => string): void => {
    for (const side of ['in', 'out']) {
      const [average, peak, burst] = ['Average', 'Peak', 'Burst'].map((one) => of[`${side}${one}`])
      if (average === undefined && (peak !== undefined || burst !== undefined))
        problems.push(wrong(field(`${side}Average`), 'A peak or a burst needs the limit for each second'))
      else if (peak !== undefined && Number(peak) < Number(average))
        problems.push(wrong(field(`${side}Peak`), 'The peak is below the limit for each second'))
    }
  }
  look(values, (name) => name)
  for (const row of rowsOf(values['portGroups'])) look(row, () => 'portGroups')
  return problems
}

function checkVlans(values: Values): NetworkProblem[] {
  const problems: NetworkProblem[] = []
  const groups = rowsOf(values['portGroups'])
  const tags = rowsOf(values['vlanTags'])
  const names = groups.map((row) => row['name'])
  if (new Set(names).size < names.length)
    problems.push(wrong('portGroups', 'Two port groups have the same name'))
  if (groups.filter((row) => row['default'] === true).length > 1)
    problems.push(wrong('portGroups', 'Only one port group can be the one for cards without a group'))
  if (tags.filter((row) => row['native'] !== undefined).length > 1)
    problems.push(wrong('vlanTags', 'Only one tag can be native'))
  if (new Set(tags.map((row) => row['id'])).size < tags.length)
    problems.push(wrong('vlanTags', 'The same tag is there twice'))
  if (
    groups.some((row) =>
      plain(row['vlans'])
        .split(',')
        .some((tag) => Number(tag) > 4095),
    )
  )
    problems.push(wrong('portGroups', 'A VLAN tag is at most 4095'))
  const isTagged = groups.some((row) => row['vlans'] !== undefined)
  const mode = values['mode']
  if (isTagged && !(mode === 'openvswitch' || isHostdev(values) || values['macvtapMode'] === 'passthrough'))
    problems.push(
      wrong(
        'portGroups',
        'VLAN tags need Open vSwitch, an SR-IOV pool or macvtap in passthrough mode. With a Linux bridge, use a bridge on the VLAN',
      ),
    )
  const isLimited = groups.some((row) => row['inAverage'] !== undefined || row['outAverage'] !== undefined)
  if (isLimited && (isHostdev(values) || isMacvtap(values)))
    problems.push(
      wrong('portGroups', 'The traffic of these cards does not pass libvirt, so it cannot be limited'),
    )
  if (isHostBridge(values) && mode === 'bridge' && isLimited)
    problems.push(note('hint', 'portGroups', 'Limits on a bridge of the host need libvirt 9.4 or newer'))
  return problems
}

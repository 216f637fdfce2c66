import { describe, expect, it } from 'vitest'
import { problemOf, type Field, type Values } from '../hardware/field'
import { checkNetwork } from './network-check'
import { modeValues, networkDefaults, nextSubnet, type NetworkContext } from './network-defaults'
import { networkKind } from './network-kind'

const empty: NetworkContext = { names: [], subnets: [], bridges: [] }
const busy: NetworkContext = {
  names: ['default', 'nat'],
  subnets: ['192.168.122.0/24', '192.168.123.1/24', '10.0.0.0/8'],
  bridges: ['virbr0', 'br0'],
}
const nat: Values = networkDefaults(empty)

/** "field: message" of errors, or of one severity. */
function told(values: Values, context = empty, severity = 'error'): string[] {
  return checkNetwork(values, context)
    .filter((one) => one.severity === severity)
    .map((one) => one.field ?? '')
}

describe('a new network', () => {
  it('is the default NAT network on a host without any', () => {
    expect(nat).toEqual({
      name: 'default',
      mode: 'nat',
      ipv4Address: '192.168.122.1',
      ipv4Prefix: 24,
      dhcp4: true,
      ranges4: [{ start: '192.168.122.2', end: '192.168.122.254' }],
    })
    expect(told(nat)).toEqual([])
  })

  it('takes a name and a subnet that are free', () => {
    expect(networkDefaults(busy)).toMatchObject({ name: 'nat-2', ipv4Address: '192.168.124.1' })
    expect(nextSubnet(['192.168.0.0/16'])).toBeUndefined()
    expect(networkDefaults({ ...busy, subnets: ['192.168.0.0/16'] })).toEqual({ name: 'nat-2', mode: 'nat' })
  })

  it('begins without errors but those about what only the user knows, whatever its mode', () => {
    const open: Record<string, string[]> = { hostdev: ['pfDevice'] }
    for (const mode of ['nat', 'route', 'open', 'isolated', 'bridge', 'macvtap', 'hostdev', 'openvswitch'])
      expect(told({ name: 'x', ...modeValues(mode, busy) }, busy), mode).toEqual(open[mode] ?? [])
  })

  it('has only fields that its groups show', () => {
    const shown = networkKind.groups.flatMap((group) => group.fields)
    expect([...shown].sort()).toEqual(Object.keys(networkKind.fields).sort())
    expect(new Set(shown).size).toBe(shown.length)
  })

  it('shows fields of the addresses only where libvirt gives them out', () => {
    const shows = (field: string, values: Values): boolean =>
      (networkKind.fields as Record<string, Field>)[field]?.when?.(values) ?? true
    expect(shows('ranges4', nat)).toBe(true)
    expect(shows('ranges4', { ...nat, dhcp4: false })).toBe(false)
    expect(shows('ranges4', { ...nat, mode: 'bridge' })).toBe(false)
    expect(shows('hostBridge', { mode: 'openvswitch' })).toBe(true)
    expect(shows('vlanTags', { mode: 'openvswitch' })).toBe(true)
    expect(shows('vlanTags', { mode: 'bridge' })).toBe(false)
    expect(shows('vlanTags', { mode: 'macvtap', macvtapMode: 'passthrough' })).toBe(true)
    expect(shows('pfDevice', { mode: 'hostdev', functions: [{ address: '0000:41:01.0' }] })).toBe(false)
    expect(shows('ipv6BetweenGuests', { ...nat, ipv6Address: 'fd00::1' })).toBe(false)
  })
})

describe('names and addresses', () => {
  it('refuses a name and a bridge that are taken, and names that are none', () => {
    expect(told({ ...nat, name: 'default', bridgeName: 'br0' }, busy)).toEqual(['name', 'bridgeName'])
    for (const name of ['a/b', ' a', '..', '']) expect(problemOf(networkKind.fields.name, name)).toBeDefined()
    for (const name of ['default', 'büro 2', 'a'])
      expect(problemOf(networkKind.fields.name, name)).toBeUndefined()
  })

  it('refuses addresses of four octets that have five, and those of nobody', () => {
    expect(told({ ...nat, ipv4Address: '192.168.122.1.1' })).toContain('ipv4Address')
    expect(told({ ...nat, ipv4Address: '192.168.122.0' })).toContain('ipv4Address')
    expect(told({ ...nat, ipv4Address: '192.168.122.255' })).toContain('ipv4Address')
    expect(told({ ...nat, ipv6Address: '192.168.122.1' })).toContain('ipv6Address')
  })

  it('wants an address where there is something to route', () => {
    for (const mode of ['nat', 'route', 'open']) expect(told({ name: 'x', mode })).toEqual(['ipv4Address'])
    expect(told({ name: 'x', mode: 'isolated' })).toEqual([])
    expect(told({ name: 'x', mode: 'route', ipv6Address: 'fd00::1' })).toEqual([])
  })

  it.each([
    ['outside of the network', [{ start: '192.168.123.2', end: '192.168.123.9' }]],
    ['backwards', [{ start: '192.168.122.9', end: '192.168.122.2' }]],
    ['with the host in it', [{ start: '192.168.122.1', end: '192.168.122.9' }]],
    ['with the broadcast address', [{ start: '192.168.122.9', end: '192.168.122.255' }]],
    [
      'that overlap',
      [
        { start: '192.168.122.2', end: '192.168.122.9' },
        { start: '192.168.122.9', end: '192.168.122.20' },
      ],
    ],
    ['without an end', [{ start: '192.168.122.2' }]],
    ['with a lease of a minute', [{ start: '192.168.122.2', end: '192.168.122.9', lease: 1 }]],
  ])('refuses ranges %s', (_, ranges4) => {
    expect(told({ ...nat, ranges4 })).toEqual(['ranges4'])
  })

  it('takes a lease that never ends, and one of two hours', () => {
    const range = { start: '192.168.122.2', end: '192.168.122.9' }
    expect(told({ ...nat, ranges4: [{ ...range, lease: 0 }] })).toEqual([])
    expect(told({ ...nat, ranges4: [{ ...range, lease: 2, leaseUnit: 'hours' }] })).toEqual([])
  })

  const good = { mac: '52:54:00:00:00:01', name: 'web', ip: '192.168.122.10' }
  it.each([
    ['outside of the network', [{ ...good, ip: '192.168.123.10' }]],
    ['of the host itself', [{ ...good, ip: '192.168.122.1' }]],
    ['without a card', [{ ip: '192.168.122.10' }]],
    ['of another family', [{ ...good, ip: 'fd00::10' }]],
    ['with one MAC twice', [good, { mac: '52:54:00:00:00:01', name: 'b', ip: '192.168.122.11' }]],
    ['with one address twice', [good, { mac: '52:54:00:00:00:02', name: 'b', ip: '192.168.122.10' }]],
    ['with one name twice', [good, { mac: '52:54:00:00:00:02', name: 'WEB', ip: '192.168.122.11' }]],
  ])('refuses reservations %s', (_, reservations4) => {
    expect(told({ ...nat, reservations4 })).toEqual(['reservations4'])
  })

  it('wants something to hand out', () => {
    const { ranges4: _, ...bare } = nat
    expect(told(bare)).toEqual(['ranges4'])
    expect(told({ ...bare, dhcp4: false })).toEqual([])
    expect(told({ ...bare, reservations4: [good] })).toEqual([])
  })

  it('takes a reservation outside of the ranges', () => {
    expect(
      told({
        ...nat,
        ranges4: [{ start: '192.168.122.100', end: '192.168.122.200' }],
        reservations4: [good],
      }),
    ).toEqual([])
  })

  it('checks IPv6 the same way, by client ID', () => {
    const six: Values = { ...nat, ipv6Address: 'fd00:1::1', ipv6Prefix: 64, dhcp6: true }
    const one = { id: '0:3:0:1:52:54:0:1:2:3', ip: 'fd00:1::10' }
    expect(
      told({ ...six, reservations6: [one], ranges6: [{ start: 'fd00:1::100', end: 'fd00:1::1ff' }] }),
    ).toEqual([])
    expect(told({ ...six, reservations6: [one, { ...one, ip: 'fd00:1::11' }] })).toEqual(['reservations6'])
    expect(told({ ...six, ranges6: [{ start: 'fd00:2::1', end: 'fd00:2::9' }] })).toEqual(['ranges6'])
    expect(told({ ...six, ranges6: [{ start: 'fd00:1::100', end: 'fd00:1::ffff:ffff' }] })).toEqual([
      'ranges6',
    ])
    expect(told({ ...six, ipv6Prefix: 80 }, empty, 'warning')).toEqual(['ipv6Prefix'])
  })

  it('wants routes by a gateway inside', () => {
    const route = { address: '10.20.0.0', prefix: 16, gateway: '192.168.122.2' }
    expect(told({ ...nat, routes: [route] })).toEqual([])
    for (const bad of [
      { ...route, gateway: '192.168.123.2' },
      { ...route, address: '10.20.1.0' },
      { ...route, gateway: 'fd00::1' },
      { ...route, address: 'ten' },
    ])
      expect(told({ ...nat, routes: [bad] })).toEqual(['routes'])
  })

  it('warns of a subnet that the host has already', () => {
    const problem = checkNetwork(nat, busy).find(({ severity }) => severity === 'warning')
    expect(problem).toMatchObject({
      field: 'ipv4Address',
      message: expect.stringContaining('192.168.122.0/24'),
    })
    expect(told({ ...nat, ...modeValues('nat', busy), name: 'x' }, busy, 'warning')).toEqual([])
  })
})

describe('what a mode means', () => {
  it('is told where people are surprised by it', () => {
    const hints = (values: Values, severity = 'hint') => {
      const found = checkNetwork({ name: 'x', ...values }, empty).filter((one) => one.severity === severity)
      return found.map(({ message }) => message).join(' ')
    }
    expect(hints({ mode: 'route', ipv4Address: '10.9.0.1', ipv4Prefix: 24 })).toMatch(/router of the LAN/)
    expect(hints({ mode: 'open', ipv4Address: '10.9.0.1', ipv4Prefix: 24 })).toMatch(/no firewall rules/)
    expect(hints({ mode: 'bridge', hostBridge: 'br0' })).toMatch(/one bridge only/)
    expect(hints({ mode: 'macvtap', macvtapMode: 'bridge' })).toMatch(/own host do not reach each other/)
    expect(hints({ mode: 'macvtap', macvtapMode: 'passthrough' }, 'warning')).toMatch(/host loses/)
    expect(hints({ mode: 'hostdev', pfDevice: 'eth0' })).toMatch(/host’s driver/)
  })

  it('wants both ends of what NAT uses outside', () => {
    expect(told({ ...nat, natStart: '203.0.113.1' })).toEqual(['natEnd'])
    expect(told({ ...nat, natStart: '203.0.113.9', natEnd: '203.0.113.1' })).toEqual(['natEnd'])
    expect(told({ ...nat, natPortEnd: 2000 })).toEqual(['natPortStart'])
    expect(told({ ...nat, natIpv6: true })).toEqual(['natIpv6'])
    expect(
      told({ ...nat, natStart: '203.0.113.1', natEnd: '203.0.113.1', natPortStart: 1024, natPortEnd: 2048 }),
    ).toEqual([])
  })

  it('keeps tags and limits to networks that have them', () => {
    const group = { name: 'a', vlans: '10' }
    expect(told({ ...nat, portGroups: [group] })).toEqual(['portGroups'])
    const ovs: Values = { name: 'x', mode: 'openvswitch', hostBridge: 'br0' }
    expect(told({ ...ovs, portGroups: [group] })).toEqual([])
    expect(told({ ...ovs, portGroups: [{ ...group, vlans: '4096' }] })).toEqual(['portGroups'])
    expect(told({ ...ovs, portGroups: [group, group] })).toEqual(['portGroups'])
    expect(
      told({
        ...ovs,
        portGroups: [
          { ...group, default: true },
          { name: 'b', default: true },
        ],
      }),
    ).toEqual(['portGroups'])
    expect(told({ ...nat, inPeak: 4096 })).toEqual(['inAverage'])
    expect(told({ ...nat, inAverage: 8192, inPeak: 4096 })).toEqual(['inPeak'])
    expect(
      told({ name: 'x', mode: 'hostdev', pfDevice: 'a', portGroups: [{ name: 'a', inAverage: 1024 }] }),
    ).toEqual(['portGroups'])
  })

  it('wants name servers and records that say something', () => {
    expect(told({ ...nat, forwarders: [{}] })).toEqual(['forwarders'])
    expect(told({ ...nat, forwarders: [{ address: 'dns.example' }] })).toEqual(['forwarders'])
    expect(told({ ...nat, forwarders: [{ domain: 'lan' }] })).toEqual([])
    expect(told({ ...nat, dnsHosts: [{ ip: 'web', names: 'a' }] })).toEqual(['dnsHosts'])
    expect(told({ ...nat, srv: [{ service: 'ldap', protocol: 'tcp', port: 389 }] })).toEqual(['srv'])
  })

  it('wants virtual functions that are there once', () => {
    const pool: Values = { name: 'x', mode: 'hostdev', managed: true }
    expect(told({ ...pool, functions: [{ address: '0000:41:01.0' }] })).toEqual([])
    expect(told({ ...pool, functions: [{ address: '41:01' }] })).toEqual(['functions'])
    expect(told({ ...pool, functions: [{ address: '0000:41:01.0' }, { address: '0000:41:01.0' }] })).toEqual([
      'functions',
    ])
  })
})

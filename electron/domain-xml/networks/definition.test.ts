import { describe, expect, it } from 'vitest'
import type { Values } from '../../../shared/model/hardware/field'
import { EditDocument } from '../edit/tree'
import { keepIdentity, networkValues, newNetwork, writeNetworkValues, writtenNetwork } from './definition'
import { networkFacts } from './facts'
import { golden } from './testing/golden'

function made(values: Values): string {
  const document = newNetwork()
  writeNetworkValues(document.root, values)
  return document.toString()
}

/** As libvirt 9.0 writes one that runs. */
const running = `<network connections='2'>
  <name>default</name>
  <uuid>8d5f2a51-1d60-4a0a-8d0e-2f4a4f1f0d3c</uuid>
  <!-- by hand -->
  <forward mode='nat'>
    <nat>
      <port start='1024' end='65535'/>
    </nat>
  </forward>
  <bridge name='virbr0' stp='on' delay='0'/>
  <mac address='52:54:00:11:22:33'/>
  <domain name='lan' localOnly='yes'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='192.168.122.2' end='192.168.122.254'>
        <lease expiry='2' unit='hours'/>
      </range>
      <host mac='52:54:00:00:00:01' name='web' ip='192.168.122.10'>
        <lease expiry='5'/>
      </host>
    </dhcp>
  </ip>
  <ip family='ipv6' address='fd00:122::1' prefix='64'/>
  <x:extra xmlns:x='urn:x'/>
</network>
`

describe('the definition of a network', () => {
  for (const { name, values, xml } of golden) {
    it(`is made from values: ${name}`, () => {
      expect(made(values)).toBe(xml)
      expect(networkValues(EditDocument.parse(xml).root)).toEqual(values)
    })
  }

  it('is read with netmasks, lease times and what libvirt has filled in', () => {
    expect(networkValues(EditDocument.parse(running).root)).toEqual({
      name: 'default',
      mode: 'nat',
      bridgeName: 'virbr0',
      natPortStart: 1024,
      natPortEnd: 65_535,
      stp: true,
      bridgeDelay: 0,
      bridgeMac: '52:54:00:11:22:33',
      ipv4Address: '192.168.122.1',
      ipv4Prefix: 24,
      dhcp4: true,
      ranges4: [{ start: '192.168.122.2', end: '192.168.122.254', lease: 2, leaseUnit: 'hours' }],
      reservations4: [{ mac: '52:54:00:00:00:01', name: 'web', ip: '192.168.122.10' }],
      ipv6Address: 'fd00:122::1',
      ipv6Prefix: 64,
      domain: 'lan',
      domainLocalOnly: true,
    })
    expect(networkFacts(EditDocument.parse(running).root)).toEqual({
      forward: 'nat',
      bridge: 'virbr0',
      interfaces: [],
      subnets: ['192.168.122.0/24', 'fd00:122::/64'],
      hasDhcp: true,
      domain: 'lan',
      connections: 2,
    })
  })

  it('stays as it is, byte for byte, when its own values are written', () => {
    const document = EditDocument.parse(running)
    writeNetworkValues(document.root, networkValues(document.root))
    expect(document.toString()).toBe(running)
  })

  it('changes in the lines of what is changed, and keeps what no field shows', () => {
    const document = EditDocument.parse(running)
    writeNetworkValues(document.root, {
      ...networkValues(document.root),
      ipv4Prefix: 25,
      reservations4: [
        { mac: '52:54:00:00:00:01', name: 'web', ip: '192.168.122.11' },
        { mac: '52:54:00:00:00:02', ip: '192.168.122.12' },
      ],
    })
    expect(document.toString()).toBe(
      running
        .replace("netmask='255.255.255.0'", "netmask='255.255.255.128'")
        .replace('122.10', '122.11')
        .replace('</host>\n', "</host>\n      <host mac='52:54:00:00:00:02' ip='192.168.122.12'/>\n"),
    )
  })

  it('says who keeps the forwarding table of a bridge', () => {
    expect(made({ name: 'a', mode: 'bridge', hostBridge: 'br0', macTableManager: 'libvirt' })).toContain(
      "<bridge name='br0' macTableManager='libvirt'/>",
    )
  })

  it('loses what another mode does not have', () => {
    const document = EditDocument.parse(running)
    writeNetworkValues(document.root, { ...networkValues(document.root), mode: 'bridge', hostBridge: 'br0' })
    const { root } = document
    expect(networkValues(root)).toEqual({ name: 'default', mode: 'bridge', hostBridge: 'br0' })
    expect(root.children().map(({ name }) => name)).toEqual(['name', 'uuid', 'forward', 'bridge', 'x:extra'])
    writeNetworkValues(root, { name: 'default', mode: 'isolated', ipv4Address: '10.9.0.1', ipv4Prefix: 24 })
    expect(root.children().map(({ name }) => name)).toEqual(['name', 'uuid', 'ip', 'x:extra'])
  })

  it('is not made from values that cannot be, and says which', () => {
    for (const [values, field] of [
      [{ name: 'a/b', mode: 'nat' }, 'name'],
      [{ name: 'a', mode: 'warp' }, 'mode'],
      [{ name: 'a', mode: 'bridge' }, 'hostBridge'],
      [{ name: 'a', mode: 'isolated', mtu: 1 }, 'mtu'],
      [{ name: 'a', mode: 'isolated', nonsense: 1 }, undefined],
    ] as const)
      expect(() => made(values)).toThrow(expect.objectContaining({ kind: 'invalid', field }))
  })

  it('keeps its name and UUID when it is written by hand', () => {
    const stored = EditDocument.parse(running).root
    const without = writtenNetwork(running.replace(/ *<uuid>.*\n/, ''))
    keepIdentity(without.root, stored)
    expect(without.root.find('uuid')?.text()).toBe('8d5f2a51-1d60-4a0a-8d0e-2f4a4f1f0d3c')
    const other = (from: string, to: string) => () =>
      keepIdentity(writtenNetwork(running.replace(from, to)).root, stored)
    expect(other('<name>default', '<name>other')).toThrow(expect.objectContaining({ field: 'name' }))
    expect(other('<uuid>8d5f', '<uuid>9d5f')).toThrow(expect.objectContaining({ field: 'uuid' }))
    for (const xml of ['<network>', '<domain/>', '<network/>'])
      expect(() => writtenNetwork(xml)).toThrow(expect.objectContaining({ kind: 'invalid', field: 'xml' }))
  })
})

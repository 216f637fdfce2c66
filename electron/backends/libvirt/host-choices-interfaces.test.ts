import { expect, it } from 'vitest'
import { AppError } from '../../../shared/errors'
import { takesCards, takesMacvtap, type HostInterface } from '../../../shared/model/host-choices'
import type { NetDevice } from '../../../shared/model/node-device'
import type { Link, RunResult } from '../../link/link'
import { mergeInterfaces } from './host-choices-interfaces'
import { parseIpLinks, sysfsLink, type KernelLink } from '../host/kernel-links'
import { readDaemonLinks } from './daemon-links'

const common = { usedBy: [], isUseUncertain: false, isHostCritical: false } as const
const device = (name: string, mac: string, parent = 'pci_1'): NetDevice => ({
  ...common,
  kind: 'net',
  name: `net_${name}`,
  parent,
  interface: name,
  mac,
})
const link = (name: string, kind: KernelLink['kind'], mac: string): KernelLink => ({
  name,
  kind,
  mac,
  isUp: true,
  addresses: ['192.0.2.1/24'],
})

const ipText = JSON.stringify([
  {
    ifname: 'lo',
    link_type: 'loopback',
    operstate: 'UNKNOWN',
    flags: ['LOOPBACK', 'UP'],
    address: '00:00:00:00:00:00',
    addr_info: [{ local: '127.0.0.1', prefixlen: 8, scope: 'host' }],
  },
  {
    ifname: 'eno1',
    link_type: 'ether',
    operstate: 'UP',
    flags: ['UP', 'LOWER_UP'],
    address: '3C:EC:EF:00:00:01',
    master: 'br0',
    addr_info: [],
  },
  { ifname: 'eno2', link_type: 'ether', operstate: 'DOWN', flags: ['UP'], address: '3c:ec:ef:00:00:02' },
  {
    ifname: 'br0',
    link_type: 'ether',
    operstate: 'DOWN',
    flags: ['UP', 'NO-CARRIER'],
    address: '3c:ec:ef:00:00:01',
    mtu: 9000,
    linkinfo: {
      info_kind: 'bridge',
      info_data: {
        forward_delay: 1500,
        hello_time: 200,
        max_age: 2000,
        ageing_time: 30_000,
        stp_state: 1,
        priority: 32_768,
        vlan_filtering: 0,
        vlan_default_pvid: 1,
        group_fwd_mask: '0',
        mcast_snooping: 1,
      },
    },
    addr_info: [
      { local: '192.0.2.7', prefixlen: 24, scope: 'global' },
      { local: 'fe80::1', prefixlen: 64, scope: 'link' },
      { local: '2001:db8::7', prefixlen: 64, scope: 'global' },
    ],
  },
  {
    ifname: 'br0.5',
    link: 'br0',
    operstate: 'UP',
    linkinfo: { info_kind: 'vlan', info_data: { protocol: '802.1Q', id: 5 } },
    addr_info: [],
  },
  { ifname: 'vnet0', operstate: 'UNKNOWN', flags: ['UP'], master: 'br0', linkinfo: { info_kind: 'tun' } },
  { ifname: 'wg0', operstate: 'UNKNOWN', flags: [], linkinfo: { info_kind: 'wireguard' } },
  { no: 'name' },
])

it('what ip says of the kernel is read: kinds, states, addresses and what belongs to what', () => {
  expect(parseIpLinks(ipText)).toEqual([
    { name: 'lo', kind: 'loopback', isUp: true, mac: '00:00:00:00:00:00', addresses: ['127.0.0.1/8'] },
    { name: 'eno1', kind: 'physical', isUp: true, mac: '3c:ec:ef:00:00:01', addresses: [], master: 'br0' },
    { name: 'eno2', kind: 'physical', isUp: false, mac: '3c:ec:ef:00:00:02', addresses: [] },
    {
      name: 'br0',
      kind: 'bridge',
      isUp: true,
      mac: '3c:ec:ef:00:00:01',
      addresses: ['192.0.2.7/24', '2001:db8::7/64'],
      mtuBytes: 9000,
      bridge: {
        stp: true,
        priority: 32_768,
        forwardDelayS: 15,
        helloTimeS: 2,
        maxAgeS: 20,
        ageingTimeS: 300,
        groupForwardMask: '0',
        multicastSnooping: true,
        vlanFiltering: false,
        defaultVlan: 1,
      },
    },
    { name: 'br0.5', kind: 'vlan', isUp: true, addresses: [], lower: 'br0', vlanId: 5 },
    { name: 'vnet0', kind: 'guest', isUp: true, addresses: [], master: 'br0' },
    { name: 'wg0', kind: 'virtual', isUp: false, addresses: [] },
  ])
  for (const text of ['', 'Option "-j" is unknown', '{}']) expect(parseIpLinks(text)).toBeUndefined()
})

it('files of the kernel tell the same where ip does not', () => {
  const of = (files: Record<string, string[]>) => sysfsLink('x', (file) => files[file])
  const mac = { address: ['52:54:00:00:00:01'] }
  expect(
    of({ ...mac, uevent: ['DEVTYPE=bridge', 'INTERFACE=x'], operstate: ['down'], flags: ['0x1003'] }),
  ).toEqual({
    name: 'x',
    kind: 'bridge',
    isUp: true,
    mac: '52:54:00:00:00:01',
    addresses: [],
  })
  expect(of({ uevent: ['INTERFACE=x'], 'device/uevent': ['DRIVER=igb'], operstate: ['up'] })).toMatchObject({
    kind: 'physical',
    isUp: true,
  })
  expect(of({ uevent: ['DEVTYPE=vlan'] }).kind).toBe('vlan')
  expect(of({ uevent: ['DEVTYPE=bond'] }).kind).toBe('bond')
  expect(of({ uevent: ['INTERFACE=x'] }).kind).toBe('virtual')
  expect(of({ type: ['772'] }).kind).toBe('loopback')
  expect(of({ tun_flags: ['0x1002'] }).kind).toBe('guest')
})

function linkThat(answer: (argv: readonly string[]) => Partial<RunResult>): Link {
  return {
    run: async (argv: readonly string[]) => ({ stdout: '', stderr: '', code: 0, ...answer(argv) }),
  } as unknown as Link
}

const hostnameIs = (name: string) => ({ stdout: `/proc/sys/kernel/hostname:${name}\n` })

it('names of interfaces are never taken for paths or options', async () => {
  const asked: string[] = []
  const rogue = linkThat((argv) => {
    asked.push(...argv)
    if (argv[0] === 'ip') return { code: 127 }
    if (argv[0] === 'ls') return { stdout: 'eno1\n..\n../../etc\n-f\na b\n' }
    return hostnameIs('rack')
  })
  expect((await readDaemonLinks(rogue, 'rack')).map(({ name }) => name)).toEqual(['eno1', '-f'])
  expect(asked.filter((word) => word.includes('..'))).toEqual([])
  expect(asked).not.toContain('-f')
})

it('a host that is not the daemon’s, or runs no commands, tells nothing', async () => {
  const elsewhere = linkThat((argv) => (argv[0] === 'ip' ? { stdout: ipText } : hostnameIs('laptop')))
  expect(await readDaemonLinks(elsewhere, 'rack')).toEqual([])
  expect(await readDaemonLinks(elsewhere, 'laptop')).toHaveLength(7)
  const closed = {
    run: async () => {
      throw new AppError('unsupported', 'No commands')
    },
  } as unknown as Link
  expect(await readDaemonLinks(closed, 'rack')).toEqual([])
})

it('interfaces are put together from all that know of them, without loopback and the ends of VMs', () => {
  const managed: HostInterface[] = [
    { name: 'br0', kind: 'bridge', isUp: true, mac: '52:54:00:00:00:01', addresses: ['192.0.2.9/24'] },
    // as libvirt lists them where it has no netcf
    { name: 'lo', kind: 'physical', isUp: true, addresses: ['127.0.0.1/8'] },
    { name: 'vnet7', kind: 'physical', isUp: true, addresses: [] },
  ]
  const merged = mergeInterfaces(
    managed,
    [
      device('lo', '00:00:00:00:00:00', 'computer'),
      device('eno1', '52:54:00:00:00:02'),
      device('br0', '52:54:00:00:00:01', 'computer'),
      device('bond0', '52:54:00:00:00:03', 'computer'),
      device('vnet7', 'fe:54:00:00:00:04', 'computer'),
      device('mytap', 'fe:54:00:00:00:05', 'computer'),
    ],
    [link('bond0', 'bond', '52:54:00:00:00:03'), link('mytap', 'guest', 'fe:54:00:00:00:05')],
  )
  expect(merged).toEqual([
    { name: 'bond0', kind: 'bond', isUp: true, mac: '52:54:00:00:00:03', addresses: ['192.0.2.1/24'] },
    { name: 'br0', kind: 'bridge', isUp: true, mac: '52:54:00:00:00:01', addresses: ['192.0.2.9/24'] },
    { name: 'eno1', kind: 'physical', mac: '52:54:00:00:00:02', addresses: [] },
  ])
  expect(merged.map(takesCards)).toEqual([false, true, false])
  expect(merged.map(takesMacvtap)).toEqual([true, false, true])
})

it('the kernel is not believed about interfaces that libvirt knows otherwise: it is another network namespace', () => {
  const merged = mergeInterfaces(
    [],
    [device('eth0', '52:54:00:00:00:02')],
    [link('eth0', 'bridge', '52:54:00:99:99:99'), link('docker0', 'bridge', '52:54:00:99:99:98')],
  )
  expect(merged).toEqual([{ name: 'eth0', kind: 'physical', mac: '52:54:00:00:00:02', addresses: [] }])
})

it('the kernel alone is enough where libvirt has neither interfaces nor devices', () => {
  expect(mergeInterfaces([], [], [link('br0', 'bridge', '52:54:00:00:00:01')])).toEqual([
    { name: 'br0', kind: 'bridge', isUp: true, mac: '52:54:00:00:00:01', addresses: ['192.0.2.1/24'] },
  ])
})

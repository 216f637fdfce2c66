import { describe, expect, it } from 'vitest'
import type { HostChoices } from '../../../shared/model/host-choices'
import { hostId, vmId } from '../../../shared/model/ids'
import type { MoveCheck } from '../../../shared/model/migration/move'
import { contradictions, usualMoveOptions, type MoveOptions } from '../../../shared/model/migration/options'
import { sourceDisks } from '../../clone/source-disks'
import { EditDocument } from '../../domain-xml/edit/tree'
import { placesOf } from '../disk-places'
import { movedDefinitions } from '../definitions'
import type { MoveSurroundings } from '../look'
import { cpuChecks } from './cpu'
import { deviceChecks } from './devices'
import { hostChecks, isOlder } from './hosts'
import { placeChecks } from './places'
import { subnetChecks } from './subnet'

const id = vmId.parse('12345678-1234-4234-8234-123456789abc')
const gib = 1024 ** 3

const xml = (devices: string, more = ''): string =>
  `<domain type='kvm'><name>web</name><uuid>${id}</uuid>${more}<os><type arch='x86_64' machine='pc-q35-7.2'>hvm</type></os><devices>${devices}</devices></domain>`

function around(devices = '', more: Partial<MoveSurroundings> = {}, head = ''): MoveSurroundings {
  const document = EditDocument.parse(xml(devices, head))
  return {
    vm: {
      id,
      name: 'web',
      state: 'running',
      isPersistent: true,
      hasSavedState: false,
      autostart: false,
      vcpuCount: 1,
      memoryBytes: gib,
      maxMemoryBytes: gib,
    },
    isRunning: true,
    definitions: { running: xml(devices, head) },
    document,
    emulator: { architecture: 'x86_64', virtType: 'kvm', machine: 'pc-q35-7.2' },
    disks: sourceDisks(document.root).map((disk) => ({ disk, format: 'qcow2', sizeBytes: 4 * gib })),
    source: {
      hostname: 'a',
      hostUuid: 'A',
      daemonVersion: '9.0.0',
      hypervisorVersion: '7.2.0',
      machines: [],
      clockAheadMs: 5,
      account: { user: 64055, group: 108 },
    },
    target: {
      hostname: 'b',
      hostUuid: 'B',
      daemonVersion: '9.0.0',
      hypervisorVersion: '7.2.0',
      machines: ['q35', 'pc-q35-7.2'],
      clockAheadMs: 9,
      freeMemoryBytes: 8 * gib,
      account: { user: 64055, group: 108 },
    },
    targetVms: [],
    targetPools: [
      {
        name: 'default',
        uuid: '',
        state: 'running',
        type: 'dir',
        isAutostart: true,
        isPersistent: true,
        path: '/images',
        availableBytes: 90 * gib,
      },
    ],
    targetVolumes: new Map([['default', new Set<string>()]]),
    sourceChoices: undefined,
    targetChoices: undefined,
    targetDetails: undefined,
    cpuFit: 'superset',
    commonCpu: undefined,
    isReached: true,
    ...more,
  }
}

const input = (options: Partial<MoveOptions> = {}) => ({
  host: hostId.parse('a'),
  to: hostId.parse('b'),
  vm: id,
  options: { ...usualMoveOptions, ...options },
})
const open = (checks: readonly MoveCheck[]): string[] =>
  checks.filter(({ state }) => state !== 'ok').map(({ state, id: what }) => `${state} ${what}`)
const disk = (cache: string, more = ''): string =>
  `<disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='${cache}'/><source file='/images/web.qcow2'/><target dev='vda' bus='virtio'/>${more}</disk>`
const placed = (surroundings: MoveSurroundings, options: Partial<MoveOptions> = {}): MoveCheck[] => {
  const wanted = input(options)
  return placeChecks(wanted, surroundings, placesOf(surroundings, wanted.options), [])
}

describe('what stands against a move', () => {
  it('is nothing between two hosts that are alike', () => {
    expect(
      open([...hostChecks(input(), around()), ...cpuChecks(around()), ...deviceChecks(around())]),
    ).toEqual([])
  })

  it('is a host that is the same, an older one, another clock, another account, a name nobody finds', () => {
    const base = around()
    const odd = around('', {
      source: { ...base.source, hostUuid: 'B' },
      target: {
        ...base.target,
        hypervisorVersion: '6.0.0',
        clockAheadMs: 90_000,
        account: { user: 107, group: 107 },
      },
      isReached: false,
    })
    expect(open(hostChecks(input(), odd))).toEqual([
      'error host',
      'warning versions',
      'warning clock',
      'error reach',
      'warning account',
    ])
  })

  it('is a destination that calls itself localhost, unless an address is given', () => {
    const here = around('', { target: { ...around().target, hostname: 'localhost.localdomain' } })
    expect(open(hostChecks(input(), here))).toEqual(['error reach'])
    expect(open(hostChecks(input({ dataAddress: '10.0.0.2' }), here))).toEqual([])
  })

  it('is a way that a host without libvirt has not, what QEMU itself has against it, and snapshots', () => {
    const base = around()
    const plain = around('', {
      source: { ...base.source, machine: 'm', ways: ['direct'] },
      target: { ...base.target, machine: 'm' },
      definitions: { ...base.definitions, obstacles: ['State blocked by non-migratable device ahci'] },
      isReached: false,
    })
    const wanted = input({ way: 'peerToPeer', peerUri: 'qemu+tcp://b/system' })
    expect(open(hostChecks(wanted, plain))).toEqual(['error options.way'])
    // one machine with two stores: no network is between them
    expect(open(hostChecks(input(), plain))).toEqual([])
    expect(deviceChecks(plain)).toMatchObject([
      { state: 'error', message: 'QEMU does not let the VM go: State blocked by non-migratable device ahci' },
    ])
    expect(deviceChecks({ ...plain, isRunning: false })).toMatchObject([{ state: 'ok' }])
    const kept = { ...plain.definitions, snapshotCount: 2 }
    expect(open(deviceChecks({ ...plain, isRunning: false, definitions: kept }))).toEqual([
      'error devices.snapshots',
    ])
  })

  it('is a bridge that nobody tells whether it is there', () => {
    const card = `<interface type='bridge'><source bridge='br0'/></interface>`
    const refused = { items: [], error: { kind: 'unsupported', message: 'Not told' } }
    const targetChoices = { networks: refused, interfaces: refused } as unknown as HostChoices
    const network = placeChecks(
      input(),
      around(card, { targetChoices }),
      [],
      [{ from: 'br0', isBridge: true }],
    )
    expect(network[0]).toMatchObject({
      state: 'unknown',
      message: 'The destination does not tell its bridges.',
    })
  })

  it('is storage that both hosts have to have open, where nobody tells whether they can', () => {
    const drive = (target: string, type: string, source: string): string =>
      `<disk type='${type}' device='disk'><driver name='qemu' type='raw' cache='none'/><source ${source}/><target dev='${target}' bus='virtio'/></disk>`
    const devices = [
      drive('vda', 'block', `dev='/dev/drbd0'`),
      drive('vdb', 'block', `dev='/dev/drbd1'`),
      drive('vdc', 'network', `protocol='nbd' name='data'`),
      drive('vdd', 'network', `protocol='rbd' name='pool/image'`),
    ].join('')
    const checks = placed(around(devices)).filter(({ title }) => title === 'Storage')
    expect(checks).toMatchObject([
      { state: 'unknown', message: 'vda, vdb are on DRBD.', cure: expect.stringContaining('two-primaries') },
      { state: 'unknown', message: 'vdc is on NBD.', cure: expect.stringContaining('both hosts') },
    ])
    expect(placed(around(devices), { storage: 'full' }).some(({ title }) => title === 'Storage')).toBe(false)
  })

  it('is hosts that have no subnet in common; networks of their own guests do not count', () => {
    const choices = (...addresses: string[]): HostChoices =>
      ({
        networks: { items: [{ name: 'default', isActive: true, forward: 'nat', bridge: 'virbr0' }] },
        interfaces: {
          items: [
            { name: 'lo', kind: 'ethernet', addresses: ['127.0.0.1/8', '::1/128'] },
            { name: 'virbr0', kind: 'bridge', addresses: ['192.168.122.1/24'] },
            { name: 'br0', kind: 'bridge', addresses: ['fe80::1/64', ...addresses] },
          ],
        },
      }) as unknown as HostChoices
    const card = `<interface type='bridge'><source bridge='br0'/></interface>`
    const between = (here: string, there: string) =>
      subnetChecks(around(card, { sourceChoices: choices(here), targetChoices: choices(there) }))
    expect(between('10.77.0.11/24', '10.77.0.12/24')).toMatchObject([
      { state: 'ok', message: 'Both hosts are in 10.77.0.0/24.' },
    ])
    expect(between('10.77.0.11/24', '10.78.0.12/24')).toMatchObject([
      { state: 'warning', message: expect.stringContaining('10.77.0.0/24 and 10.78.0.0/24') },
    ])
    expect(open(subnetChecks(around(card, { targetChoices: choices('10.77.0.12/24') })))).toEqual([
      'unknown subnet',
    ])
    const inside = `<interface type='network'><source network='default'/></interface>`
    const chosen = { sourceChoices: choices('10.77.0.11/24'), targetChoices: choices('10.78.0.12/24') }
    expect(subnetChecks(around(inside, chosen))).toEqual([])
  })

  it('is a microcode that differs, for a VM that sees its host’s own CPU', () => {
    const base = around()
    const between = (here: string, there: string) =>
      cpuChecks(
        around(
          '',
          {
            source: { ...base.source, cpu: '<cpu/>', microcode: here },
            target: { ...base.target, cpu: '<cpu/>', microcode: there },
          },
          `<cpu mode='host-passthrough'/>`,
        ),
      )
    expect(open(between('0x1', '0x1'))).toEqual([])
    expect(between('0x1', '0x2')).toMatchObject([
      { state: 'warning', message: expect.stringContaining('microcode 0x1 and 0x2') },
    ])
  })

  it('is a compression that one of the hosts does not have', () => {
    const base = around()
    const newer = around('', {
      source: { ...base.source, daemonVersion: '9.1.0', hypervisorVersion: '9.1.0' },
      target: { ...base.target, daemonVersion: '10.0.0', hypervisorVersion: '9.1.0' },
    })
    const parallel = { parallelConnections: 2 }
    expect(open(hostChecks(input({ compression: 'zstd', ...parallel }), base))).toEqual([
      'error options.compression',
    ])
    expect(open(hostChecks(input({ compression: 'zstd', ...parallel }), newer))).toEqual([])
    expect(open(hostChecks(input({ compression: 'mt' }), base))).toEqual(['warning options.compression'])
    expect(open(hostChecks(input({ compression: 'mt' }), newer))).toEqual(['error options.compression'])
  })

  it('is a machine type or an architecture that the destination has not', () => {
    const without = (machines: string[]) => around('', { target: { ...around().target, machines } })
    expect(open(hostChecks(input(), without(['q35'])))).toEqual(['error machine'])
    expect(open(hostChecks(input(), without([])))).toEqual(['error machine'])
  })

  it('is a VM of this UUID that runs there; one that is off is overwritten, with a warning', () => {
    const { vm } = around()
    expect(open(hostChecks(input(), around('', { targetVms: [vm] })))).toEqual(['error name'])
    expect(open(hostChecks(input(), around('', { targetVms: [{ ...vm, state: 'shut-off' }] })))).toEqual([
      'warning name',
    ])
  })

  it('is a CPU that does not fit, for a VM that runs; what both have is proposed', () => {
    const unlike = { cpuFit: 'incompatible', commonCpu: '<cpu/>' } as const
    const [check] = cpuChecks(around('', unlike))
    expect(check).toMatchObject({
      state: 'error',
      cure: expect.stringContaining('that both hosts have, shown below'),
    })
    expect(open(cpuChecks(around('', { ...unlike, isRunning: false })))).toEqual(['warning cpu'])
    const passed = around('', {}, "<cpu mode='host-passthrough'/>")
    expect(open(cpuChecks(passed))).toEqual(['error cpu'])
  })

  it('is hardware of the host, a shared folder, shared memory', () => {
    const devices = `<hostdev type='pci'/><filesystem><target dir='home'/></filesystem><shmem name='x'/>`
    expect(open(deviceChecks(around(devices)))).toEqual([
      'error devices.hostdev',
      'error devices.folder.home',
      'error devices.shmem',
    ])
  })

  it('is state beside the disks of a VM that is off, also where the host chose the firmware', () => {
    const warned = (os: string, isRunning: boolean): boolean => {
      const document = EditDocument.parse(xml('').replace('<os>', os))
      return deviceChecks({ ...around(), isRunning, document }).some(({ id: one }) => one === 'devices.state')
    }
    expect(warned(`<os firmware='efi'>`, false)).toBe(true)
    expect(warned(`<os><nvram>/var/lib/vars.fd</nvram>`, false)).toBe(true)
    expect(warned(`<os firmware='efi'>`, true)).toBe(false)
    expect(warned('<os>', false)).toBe(false)
  })

  it('is a disk that the destination does not have, a cache that it would not see, a pool that is too small', () => {
    const there = new Map([['default', new Set(['web.qcow2'])]])
    expect(open(placed(around(disk('none'))))).toEqual(['error disk.vda'])
    expect(open(placed(around(disk('none'), { targetVolumes: there })))).toEqual(['warning disk.vda'])
    expect(open(placed(around(disk('writeback'), { targetVolumes: there })))).toEqual([
      'warning disk.vda',
      'warning cache',
    ])
    expect(open(placed(around(disk('writeback', '<readonly/>'), { targetVolumes: there })))).toEqual([
      'warning disk.vda',
    ])
    expect(open(placed(around(disk('none'), { targetVolumes: there }), { storage: 'full' }))).toEqual([
      'error disk.vda',
    ])
    const [pool] = around().targetPools
    const small = pool ? [{ ...pool, availableBytes: gib }] : []
    expect(open(placed(around(disk('none'), { targetPools: small }), { storage: 'full' }))).toEqual([
      'warning room.default',
    ])
    expect(open(placed(around(disk('none')), { storage: 'topLayer' }))).toEqual(['error base.vda'])
    const logical = pool ? [{ ...pool, type: 'logical', path: '/dev/vg' }] : []
    const pools = [{ target: 'vda', pool: 'default' }]
    expect(open(placed(around(disk('none'), { targetPools: logical }), { storage: 'full', pools }))).toEqual([
      'error disk.vda',
    ])
  })

  it('is more memory than the destination has free', () => {
    const full = around('', { target: { ...around().target, freeMemoryBytes: gib / 2 } })
    expect(open(placed(full))).toEqual(['warning memory'])
  })

  it('are options that cannot go together', () => {
    const fields = (options: Partial<MoveOptions>): string[] =>
      contradictions({ ...usualMoveOptions, ...options }).map(({ field }) => field)
    expect(fields({})).toEqual([])
    expect(
      fields({ way: 'tunnelled', peerUri: 'qemu+tls://b/system', storage: 'full', parallelConnections: 4 }),
    ).toEqual(['storage', 'parallelConnections'])
    expect(fields({ way: 'peerToPeer' })).toEqual(['peerUri'])
    expect(fields({ allowsPostCopy: true, parallelConnections: 2 })).toEqual(['allowsPostCopy'])
    expect(fields({ compression: 'zstd' })).toEqual(['compression'])
    expect(fields({ dataPort: 49_200 })).toEqual(['dataAddress'])
  })
})

describe('the definition at the destination', () => {
  it('has other places, networks and addresses, and every other byte as it was', () => {
    const devices = `${disk('none')}<!-- kept --><interface type='network'><source network='old' portid='x' bridge='virbr0'/></interface><graphics type='vnc' listen='10.0.0.1' passwd='s'><listen type='address' address='10.0.0.1'/></graphics>`
    const { running, stored } = movedDefinitions(
      { running: xml(devices), stored: xml(devices) },
      {
        ...usualMoveOptions,
        newName: 'web-b',
        networks: [{ from: 'old', to: 'new' }],
        listenAddress: '0.0.0.0',
      },
      new Map([['vda', { kind: 'file', path: '/far/web.qcow2' }]]),
    )
    const expected = xml(devices)
      .replace('/images/web.qcow2', '/far/web.qcow2')
      .replace(`network='old' portid='x' bridge='virbr0'`, `network='new'`)
      .replaceAll('10.0.0.1', '0.0.0.0')
    expect(running).toBe(expected)
    expect(stored).toBe(expected.replace('<name>web</name>', '<name>web-b</name>'))
  })
})

describe('versions', () => {
  it('are compared number by number', () => {
    expect([isOlder('9.0.0', '10.0.0'), isOlder('7.2.5', '7.2'), isOlder(undefined, '1')]).toEqual([
      true,
      false,
      false,
    ])
  })
})

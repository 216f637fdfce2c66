import { describe, expect, it } from 'vitest'
import { AppError } from '../../../shared/errors'
import { maxVolumes } from '../../../shared/model/host-choices'
import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import { RpcClosedError, RpcTimeoutError, type LibvirtSession } from '../../libvirt-rpc/index'
import type { LibvirtHost } from './host'
import { readHostChoices } from './host-choices'
import { readVolumes } from './host-choices-volumes'
import { bindDevice, readNodeDevices } from './node-devices'
import { fakeRpc, hostError } from './testing/fake-rpc'

const record = (name: string, at: number, more: Partial<VmRecord> = {}): VmRecord => ({
  id: `6a1c0f3e-9a55-4c0e-8a1b-00000000000${at}` as VmId,
  name,
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
  ...more,
})

/** Over which no command can be run. */
const closedLink = {
  run: async () => {
    throw new AppError('unsupported', 'TLS carries no commands')
  },
} as unknown as LibvirtHost['link']

function hostOf(rpc: LibvirtSession, records: VmRecord[] = []): LibvirtHost {
  return {
    rpc,
    link: closedLink,
    driver: 'QEMU',
    inventory: { readAll: async () => records },
  } as unknown as LibvirtHost
}

const uuid = '00000000-0000-4000-8000-000000000001'
const handle = (name: string) => ({ name, uuid })
const nic = (mac: string) =>
  `<domain><devices><interface type='user'><mac address='${mac}'/></interface></devices></domain>`

const networks: Record<string, string> = {
  lab: `<network><bridge name='virbr1'/></network>`,
  default: `<network><forward mode='nat'/><bridge name='virbr0'/></network>`,
  ovs: `<network><forward mode='bridge'/><bridge name='ovsbr0'/><portgroup name='red' default='yes'/>
    <portgroup name='blue'/></network>`,
  vfs: `<network><forward mode='hostdev' managed='yes'><pf dev='eno1'/></forward></network>`,
  plain: `<network><forward/></network>`,
}

const listNetworks = ({ flags }: { flags: number }) => ({
  nets: Object.keys(networks)
    .filter((name) => flags === 0 || name !== 'lab')
    .map(handle),
  ret: 0,
})
const networkXml = ({ net }: { net: { name: string } }) => ({ xml: networks[net.name] ?? '<network/>' })

describe('what a host offers', () => {
  it('names its networks with what they forward and whether they are up', async () => {
    const { session } = fakeRpc({ CONNECT_LIST_ALL_NETWORKS: listNetworks, NETWORK_GET_XML_DESC: networkXml })
    const { networks: read } = await readHostChoices(hostOf(session), 'rack')
    expect(read).toEqual({
      items: [
        { name: 'default', isActive: true, forward: 'nat', bridge: 'virbr0', portGroups: [] },
        { name: 'lab', isActive: false, forward: 'isolated', bridge: 'virbr1', portGroups: [] },
        {
          name: 'ovs',
          isActive: true,
          forward: 'bridge',
          bridge: 'ovsbr0',
          portGroups: [
            { name: 'red', isDefault: true },
            { name: 'blue', isDefault: false },
          ],
        },
        { name: 'plain', isActive: true, forward: 'nat', portGroups: [] },
        { name: 'vfs', isActive: true, forward: 'hostdev', portGroups: [] },
      ],
    })
  })

  it('loses one list, not all, when a driver refuses or is silent', async () => {
    const { session } = fakeRpc({
      CONNECT_LIST_ALL_NETWORKS: listNetworks,
      NETWORK_GET_XML_DESC: networkXml,
      CONNECT_LIST_ALL_STORAGE_POOLS: () => {
        throw hostError('VIR_ERR_ACCESS_DENIED')
      },
      CONNECT_LIST_ALL_SECRETS: () => {
        throw new RpcTimeoutError('CONNECT_LIST_ALL_SECRETS', 8000)
      },
    })
    const choices = await readHostChoices(hostOf(session, []), 'rack')
    expect(choices.networks.items).toHaveLength(5)
    expect(choices.networks.error).toBeUndefined()
    expect(choices.pools).toMatchObject({ items: [], error: { kind: 'denied' } })
    expect(choices.secrets).toMatchObject({ items: [], error: { kind: 'timed-out' } })
    expect(choices.filters).toMatchObject({ items: [], error: { kind: 'unsupported' } })
    expect(choices.interfaces).toMatchObject({ items: [], error: { kind: 'unsupported' } })
    expect(choices.macs).toEqual({ items: [] })
  })

  it('leaves out what vanished meanwhile, and says why something else is missing', async () => {
    const { session } = fakeRpc({
      CONNECT_LIST_ALL_NETWORKS: listNetworks,
      NETWORK_GET_XML_DESC: ({ net }: { net: { name: string } }) => {
        if (net.name === 'lab') throw hostError('VIR_ERR_NO_NETWORK')
        if (net.name === 'ovs') throw hostError('VIR_ERR_ACCESS_DENIED')
        return networkXml({ net })
      },
    })
    const { networks: read } = await readHostChoices(hostOf(session), 'rack')
    expect(read.items.map(({ name }) => name)).toEqual(['default', 'plain', 'vfs'])
    expect(read.error).toMatchObject({ kind: 'denied' })
  })

  it('fails as a whole when the connection is over', async () => {
    const closed = new RpcClosedError({ kind: 'ended', message: 'over' })
    const { session } = fakeRpc({
      CONNECT_LIST_ALL_SECRETS: () => {
        throw closed
      },
    })
    await expect(readHostChoices(hostOf(session), 'rack')).rejects.toBe(closed)
  })

  it('tells pools with state and size, and no size of one that is off', async () => {
    const { session } = fakeRpc({
      CONNECT_LIST_ALL_STORAGE_POOLS: () => ({ pools: ['nfs', 'images'].map(handle), ret: 2 }),
      STORAGE_POOL_GET_INFO: ({ pool }: { pool: { name: string } }) => ({
        state: pool.name === 'images' ? 2 : 0,
        capacity: 1000n,
        allocation: 400,
        available: 600,
      }),
      STORAGE_POOL_GET_XML_DESC: ({ pool }: { pool: { name: string } }) => ({
        xml:
          pool.name === 'images'
            ? `<pool type='dir'><target><path>/srv/images</path></target></pool>`
            : `<pool type='rbd'/>`,
      }),
    })
    const { pools } = await readHostChoices(hostOf(session), 'rack')
    expect(pools.items).toEqual([
      {
        name: 'images',
        state: 'running',
        type: 'dir',
        path: '/srv/images',
        capacityBytes: 1000,
        availableBytes: 600,
      },
      { name: 'nfs', state: 'inactive', type: 'rbd' },
    ])
  })

  it('names secrets and never asks for their values', async () => {
    const { session, calls } = fakeRpc({
      CONNECT_LIST_ALL_SECRETS: () => ({
        secrets: [
          { uuid, usageType: 2, usageID: 'client.admin' },
          { uuid, usageType: 0, usageID: '' },
          { uuid, usageType: 99, usageID: 'x' },
        ],
        ret: 3,
      }),
    })
    const { secrets } = await readHostChoices(hostOf(session), 'rack')
    expect(secrets.items).toEqual([
      { uuid, usageType: 'ceph', usageId: 'client.admin' },
      { uuid, usageType: 'none' },
      { uuid, usageType: 'unknown', usageId: 'x' },
    ])
    expect(calls.map(({ name }) => name)).not.toContain('SECRET_GET_VALUE')
  })

  it('collects the addresses of live and stored definitions, each once', async () => {
    const { session, calls } = fakeRpc({
      DOMAIN_GET_XML_DESC: ({ dom, flags }: { dom: { name: string }; flags: number }) => {
        if (dom.name === 'gone') throw hostError('VIR_ERR_NO_DOMAIN')
        if (dom.name === 'bare') return { xml: '<domain/>' }
        return { xml: nic(flags === 0 ? '52:54:00:AA:00:01' : '52:54:00:aa:00:02') }
      },
    })
    const records = [
      record('web', 1, { state: 'running' }),
      record('db', 2),
      record('job', 3, { state: 'running', isPersistent: false }),
      record('gone', 4),
      record('bare', 5),
    ]
    const { macs } = await readHostChoices(hostOf(session, records), 'rack')
    expect(macs).toEqual({
      items: [
        { vmName: 'web', mac: '52:54:00:aa:00:01' },
        { vmName: 'web', mac: '52:54:00:aa:00:02' },
        { vmName: 'db', mac: '52:54:00:aa:00:01' },
        { vmName: 'job', mac: '52:54:00:aa:00:01' },
      ],
    })
    expect(calls.filter(({ name }) => name === 'DOMAIN_GET_XML_DESC')).toHaveLength(6)
  })
})

describe('the interfaces of a host', () => {
  it('are asked for one question at a time, also when two want to know', async () => {
    let running = 0
    let most = 0
    const answer = async <T>(value: T): Promise<T> => {
      running += 1
      most = Math.max(most, running)
      await new Promise((resolve) => setImmediate(resolve))
      running -= 1
      return value
    }
    const ifaces = ['eth0', 'eth1', 'eth2'].map((name) => ({ name, mac: '' }))
    const { session } = fakeRpc({
      CONNECT_LIST_ALL_INTERFACES: () => answer({ ifaces, ret: ifaces.length }),
      INTERFACE_GET_XML_DESC: ({ iface }: { iface: { name: string } }) =>
        iface.name === 'eth1'
          ? answer(undefined).then(() => Promise.reject(hostError('VIR_ERR_NO_INTERFACE')))
          : answer({ xml: `<interface type='ethernet' name='${iface.name}'/>` }),
    })
    const both = await Promise.all([1, 2].map(() => readHostChoices(hostOf(session), 'rack')))
    expect(both.map(({ interfaces }) => interfaces.items.map(({ name }) => name))).toEqual([
      ['eth0', 'eth2'],
      ['eth0', 'eth2'],
    ])
    expect(most).toBe(1)
  })
})

describe('the volumes of a pool', () => {
  const volume = (name: string) => ({ pool: 'images', name, key: `/srv/${name}` })
  function poolWith(names: readonly string[], xmlOf: (name: string) => string) {
    let running = 0
    let most = 0
    const rpc = fakeRpc({
      STORAGE_POOL_LOOKUP_BY_NAME: () => ({ pool: handle('images') }),
      STORAGE_POOL_LIST_ALL_VOLUMES: () => ({ vols: names.map(volume), ret: names.length }),
      STORAGE_VOL_GET_XML_DESC: async ({ vol }: { vol: { name: string } }) => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setImmediate(resolve))
        running -= 1
        return { xml: xmlOf(vol.name) }
      },
    })
    return { ...rpc, mostAtOnce: () => most }
  }

  it('are told with format and sizes', async () => {
    const { session } = poolWith(
      ['b.qcow2', 'a.raw'],
      (
        name,
      ) => `<volume type='file'><capacity unit='GiB'>2</capacity><allocation unit='bytes'>200704</allocation>
        <target><path>/real/${name}</path><format type='${name.split('.')[1] ?? ''}'/></target></volume>`,
    )
    expect(await readVolumes(hostOf(session), 'images')).toEqual({
      volumes: ['a.raw', 'b.qcow2'].map((name) => ({
        name,
        path: `/real/${name}`,
        type: 'file',
        format: name.slice(2),
        capacityBytes: 2 * 1024 ** 3,
        allocationBytes: 200_704,
      })),
      isTruncated: false,
    })
  })

  it('are asked for a few at a time, and only so many', async () => {
    const names = Array.from({ length: maxVolumes + 10 }, (_, index) => `v${String(index).padStart(5, '0')}`)
    const pool = poolWith(names, () => '<volume type="block"/>')
    const { volumes, isTruncated } = await readVolumes(hostOf(pool.session), 'images')
    expect(volumes).toHaveLength(maxVolumes)
    expect(volumes.at(-1)).toEqual({ name: 'v04999', path: '/srv/v04999', type: 'block' })
    expect(isTruncated).toBe(true)
    expect(pool.mostAtOnce()).toBe(4)
  })

  it('are told by name when there is no time to ask for more', async () => {
    const pool = poolWith(['a', 'b'], () => '<volume/>')
    expect((await readVolumes(hostOf(pool.session), 'images', 0)).volumes).toEqual([
      { name: 'a', path: '/srv/a', type: 'unknown' },
      { name: 'b', path: '/srv/b', type: 'unknown' },
    ])
    expect(pool.calls.map(({ name }) => name)).not.toContain('STORAGE_VOL_GET_XML_DESC')
  })

  it('cannot be seen while the pool is off', async () => {
    const { session } = fakeRpc({
      STORAGE_POOL_LOOKUP_BY_NAME: () => ({ pool: handle('images') }),
      STORAGE_POOL_LIST_ALL_VOLUMES: () => {
        throw hostError('VIR_ERR_OPERATION_INVALID', "storage pool 'images' is not active")
      },
    })
    await expect(readVolumes(hostOf(session), 'images')).rejects.toMatchObject({
      kind: 'invalid',
      message: 'The pool is not active',
    })
  })
})

describe('the hardware of a host', () => {
  const devices: Record<string, string> = {
    computer: `<device><name>computer</name><capability type='system'/></device>`,
    pci_gpu: `<device><name>pci_gpu</name><capability type='pci'><domain>0</domain><bus>1</bus><slot>0</slot>
      <function>0</function></capability></device>`,
    usb_hub: `<device><name>usb_hub</name><path>/sys/x/1-1</path><capability type='usb_device'><bus>1</bus>
      <device>2</device></capability></device>`,
    usb_hub_if: `<device><name>usb_hub_if</name><parent>usb_hub</parent><capability type='usb'><class>9</class>
      </capability></device>`,
    scsi_1: `<device><name>scsi_1</name><capability type='scsi'><host>1</host><bus>0</bus><target>0</target>
      <lun>0</lun><type>disk</type></capability></device>`,
    sda: `<device><name>sda</name><parent>scsi_1</parent><capability type='storage'><block>/dev/sda</block>
      <model>M</model><size>512</size></capability></device>`,
    sg0: `<device><name>sg0</name><parent>scsi_1</parent><capability type='scsi_generic'><char>/dev/sg0</char>
      </capability></device>`,
  }
  const listDevices = () => ({ devices: Object.keys(devices).map((name) => ({ name })), ret: 0 })
  const deviceXml = ({ name }: { name: string }) => ({ xml: devices[name] ?? '' })
  const gpuUser = `<domain><devices><hostdev mode='subsystem' type='pci'><source>
    <address domain='0' bus='1' slot='0' function='0'/></source></hostdev></devices></domain>`

  it('is told with who uses it, and what belongs to what', async () => {
    const { session } = fakeRpc({
      CONNECT_LIST_ALL_NODE_DEVICES: listDevices,
      NODE_DEVICE_GET_XML_DESC: deviceXml,
      // assigned from the next start on
      DOMAIN_GET_XML_DESC: ({ dom, flags }: { dom: { name: string }; flags: number }) => ({
        xml: dom.name === 'game' && flags !== 0 ? gpuUser : '<domain/>',
      }),
    })
    const records = [record('game', 1, { state: 'running' }), record('web', 2)]
    const read = await readNodeDevices(hostOf(session, records), 'rack')
    expect(read.map(({ name }) => name)).toEqual(['pci_gpu', 'usb_hub', 'scsi_1', 'sda', 'sg0'])
    const byName = new Map(read.map((one) => [one.name, one]))
    expect(byName.get('pci_gpu')).toMatchObject({ usedBy: ['game'], isUseUncertain: false })
    expect(byName.get('usb_hub')).toMatchObject({ isHub: true, usedBy: [] })
    expect(byName.get('scsi_1')).toMatchObject({
      block: '/dev/sda',
      model: 'M',
      sizeBytes: 512,
      generic: '/dev/sg0',
    })
  })

  it('says that it may be in use when a definition could not be read', async () => {
    const { session } = fakeRpc({
      CONNECT_LIST_ALL_NODE_DEVICES: listDevices,
      NODE_DEVICE_GET_XML_DESC: deviceXml,
      DOMAIN_GET_XML_DESC: () => {
        throw hostError('VIR_ERR_ACCESS_DENIED')
      },
    })
    const read = await readNodeDevices(hostOf(session, [record('secret', 1)]), 'rack')
    expect(read).toHaveLength(5)
    expect(read.every((one) => one.isUseUncertain)).toBe(true)
  })

  it('leaves out a device that was unplugged meanwhile', async () => {
    const { session } = fakeRpc({
      CONNECT_LIST_ALL_NODE_DEVICES: listDevices,
      NODE_DEVICE_GET_XML_DESC: ({ name }: { name: string }) => {
        if (name === 'usb_hub') throw hostError('VIR_ERR_NO_NODE_DEVICE')
        return deviceXml({ name })
      },
    })
    const read = await readNodeDevices(hostOf(session), 'rack')
    expect(read.map(({ name }) => name)).toEqual(['pci_gpu', 'scsi_1', 'sda', 'sg0'])
  })

  it('is moved by the words of libvirt', async () => {
    const { session, calls } = fakeRpc({
      NODE_DEVICE_DETACH_FLAGS: () => undefined,
      NODE_DEVICE_RE_ATTACH: () => undefined,
      NODE_DEVICE_RESET: () => undefined,
    })
    for (const action of ['detach', 'reattach', 'reset'] as const) {
      await bindDevice(hostOf(session), 'pci_gpu', action)
    }
    expect(calls).toEqual([
      { name: 'NODE_DEVICE_DETACH_FLAGS', args: { name: 'pci_gpu', driverName: null, flags: 0 } },
      { name: 'NODE_DEVICE_RE_ATTACH', args: { name: 'pci_gpu' } },
      { name: 'NODE_DEVICE_RESET', args: { name: 'pci_gpu' } },
    ])
  })
})

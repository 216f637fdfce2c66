import { describe, expect, it } from 'vitest'
import type { MdevDevice, NodeDevice, PciDevice, UsbDevice } from '../node-device'
import type { Values } from './field'
import { hostDeviceRows, identityFields, needsIommu, rowsTogether } from './host-device-rows'

const free = { usedBy: [], isUseUncertain: false, isHostCritical: false }

function pci(addressText: string, more: Partial<PciDevice> = {}): PciDevice {
  return {
    ...free,
    kind: 'pci',
    name: addressText,
    addressText,
    address: { domain: 0, bus: 0, slot: 0, function: 0 },
    className: 'Graphics card',
    isBridge: false,
    mdevTypes: [],
    ...more,
  }
}

function usb(port: string | undefined, device: number, more: Partial<UsbDevice> = {}): UsbDevice {
  return {
    ...free,
    kind: 'usb',
    name: `usb ${device}`,
    bus: 3,
    device,
    ...(port === undefined ? {} : { port }),
    vendorId: '0781',
    productId: '5583',
    isHub: false,
    ...more,
  }
}

const members = ['0000:01:00.0', '0000:01:00.1', '0000:00:01.0']
const iommuGroup = { number: 16, members }
const card = pci('0000:01:00.0', { iommuGroup, productName: 'GeForce', vendorId: '10de', productId: '2484' })
const sound = pci('0000:01:00.1', { iommuGroup })
const bridge = pci('0000:00:01.0', { iommuGroup, isBridge: true })
const taken = pci('0000:02:00.0', { usedBy: ['web'], iommuGroup: { number: 17, members: ['0000:02:00.0'] } })
const all: NodeDevice[] = [bridge, taken, sound, card]

const pciRows = (values: Values = {}, others: Values[] = []) =>
  hostDeviceRows({ kind: 'pci-device', values, devices: all, vmName: 'mine', others })

describe('devices of a host to choose from', () => {
  it('come with what can be had first, and with the reason where one cannot', () => {
    expect(pciRows().map(({ address, whyNot }) => [address, whyNot])).toEqual([
      ['0000:01:00.0', undefined],
      ['0000:01:00.1', undefined],
      ['0000:00:01.0', 'It connects other devices and stays with the host.'],
      ['0000:02:00.0', 'It is given to "web".'],
    ])
  })

  it('tell what they are, and are found again by what is set', () => {
    const [first] = pciRows({ address: '0000:01:00.0' })
    expect(first).toMatchObject({
      title: 'GeForce',
      ids: '10de:2484',
      iommuGroup: 16,
      values: { address: '0000:01:00.0' },
      isChosen: true,
    })
    expect(pciRows({ address: '0000:01:00.9' }).some(({ isChosen }) => isChosen)).toBe(false)
  })

  it('are not offered twice to one VM', () => {
    expect(pciRows({}, [{ address: '0000:01:00.0' }]).find(({ key }) => key === card.name)?.whyNot).toBe(
      'The VM has it already.',
    )
  })

  it('go to a VM with their group, the bridge stays', () => {
    const rows = pciRows()
    const row = rows.find(({ key }) => key === sound.name)
    if (!row) throw new Error('no row')
    expect(rowsTogether(row, rows, all).map(({ address }) => address)).toEqual([
      '0000:01:00.0',
      '0000:01:00.1',
    ])
  })

  it('need an IOMMU only where they are PCI', () => {
    const without = [pci('0000:01:00.0')]
    expect(needsIommu('pci-device', without)).toBe(true)
    expect(needsIommu('pci-device', all)).toBe(false)
    expect(needsIommu('usb-device', without)).toBe(false)
    expect(needsIommu('pci-device', [])).toBe(false)
  })
})

describe('USB devices of a host', () => {
  const stick = usb('4.1', 5)
  const twin = usb('4.2', 6)
  const mouse = usb('1', 7, { vendorId: '046d', productId: 'c52b' })
  const rowsBy = (identifyBy: string, devices: NodeDevice[], values: Values = {}) =>
    hostDeviceRows({ kind: 'usb-device', values: { identifyBy, ...values }, devices })

  it('are named in the way that was chosen', () => {
    expect(rowsBy('id', [mouse])[0]?.values).toEqual({ id: '046d:c52b', busDevice: undefined })
    expect(rowsBy('address', [mouse])[0]?.values).toEqual({ busDevice: '3.7' })
    expect(rowsBy('port', [mouse])[0]?.values).toEqual({ busPort: '3-1' })
  })

  it('are told apart by their number when several are equal', () => {
    const rows = rowsBy('id', [stick, twin], { id: '0781:5583', busDevice: '3.6' })
    expect(rows.map(({ values, isChosen }) => [values['busDevice'], isChosen])).toEqual([
      ['3.5', false],
      ['3.6', true],
    ])
  })

  it('cannot be named by what the host does not tell', () => {
    expect(rowsBy('port', [usb(undefined, 5)])[0]?.whyNot).toContain('socket')
    const { vendorId: _, ...unknown } = stick
    expect(rowsBy('id', [unknown])[0]?.whyNot).toContain('where it is')
    expect(rowsBy('address', [unknown])[0]?.whyNot).toBeUndefined()
  })

  it('that are hubs say so', () => {
    expect(rowsBy('id', [usb('4', 2, { isHub: true })])[0]?.whyNot).toContain('hub')
  })
})

describe('other devices of a host', () => {
  const mdev: MdevDevice = {
    ...free,
    kind: 'mdev',
    name: 'mdev',
    parent: 'whole',
    uuid: '3627463d-b7f0-4fea-b468-f1da537d301b',
    type: 'nvidia-222',
    attributes: [],
  }
  const rowsOf = (devices: NodeDevice[]) => hostDeviceRows({ kind: 'mdev-device', values: {}, devices })

  it('bring the kind that parts of devices are', () => {
    const whole = pci('whole', {
      name: 'whole',
      mdevTypes: [{ id: 'nvidia-222', name: 'GRID T4-1B', deviceApi: 'vfio-pci' }],
    })
    expect(rowsOf([whole, mdev])[0]).toMatchObject({
      title: 'GRID T4-1B',
      values: { uuid: mdev.uuid, model: 'vfio-pci' },
    })
    expect(rowsOf([{ ...mdev, type: 'vfio_ap-passthrough' }])[0]?.values['model']).toBe('vfio-ap')
    expect(rowsOf([{ ...mdev, type: 'vfio_ccw-io' }])[0]?.values['model']).toBe('vfio-ccw')
  })

  it('without a UUID can be named by no VM', () => {
    const { uuid: _, ...nameless } = mdev
    expect(rowsOf([nameless])[0]?.whyNot).toContain('UUID')
  })

  it('are looked for only where a device of the host is meant', () => {
    expect(identityFields('scsi-device', { from: 'adapter' })).toEqual(['device'])
    expect(identityFields('scsi-device', { from: 'iscsi' })).toEqual([])
    expect(identityFields('disk', {})).toEqual([])
    expect(identityFields('constructor', {})).toEqual([])
  })

  it('are SCSI devices by adapter, bus, target and unit', () => {
    const [row] = hostDeviceRows({
      kind: 'scsi-device',
      values: { device: '2:0:1:0' },
      devices: [
        {
          ...free,
          kind: 'scsi',
          name: 'scsi',
          host: 2,
          bus: 0,
          target: 1,
          lun: 0,
          type: 'tape',
          block: '/dev/st0',
        },
      ],
    })
    expect(row).toMatchObject({ title: 'tape, /dev/st0', address: '2:0:1:0', isChosen: true })
  })
})

import { describe, expect, it } from 'vitest'
import { goingTogether, iommuGroups, lacksIommu, whyNotAssignable } from './assignable'
import { pciText, type MdevDevice, type PciDevice, type UsbDevice } from './node-device'

const common = { usedBy: [], isUseUncertain: false, isHostCritical: false } as const

function pci(fn: number, more: Partial<PciDevice> = {}): PciDevice {
  const address = { domain: 0, bus: 1, slot: 0, function: fn }
  return {
    ...common,
    kind: 'pci',
    name: `pci_${fn}`,
    address,
    addressText: pciText(address),
    className: 'PCI device',
    isBridge: false,
    mdevTypes: [],
    ...more,
  }
}

const group = (number: number, ...functions: number[]) => ({
  iommuGroup: { number, members: functions.map((fn) => `0000:01:00.${fn}`) },
})

const bridge = pci(0, { ...group(7, 0, 1, 2), isBridge: true, isHostCritical: true, whyCritical: 'Reason.' })
const gpu = pci(1, group(7, 0, 1, 2))
const sound = pci(2, group(7, 0, 1, 2))
const alone = pci(3, group(2, 3))

const stick: UsbDevice = { ...common, kind: 'usb', name: 'usb_1', bus: 1, device: 2, isHub: false }

describe('IOMMU groups', () => {
  it('say what must go together and that bridges stay', () => {
    expect(iommuGroups([gpu, alone, sound, bridge, stick])).toEqual([
      { number: 2, together: ['pci_3'], bridges: [], unlisted: [] },
      { number: 7, together: ['pci_1', 'pci_2'], bridges: ['pci_0'], unlisted: [] },
    ])
    expect(goingTogether(gpu, [bridge, gpu, sound, alone])).toEqual([gpu, sound])
  })

  it('name members that are not among the devices', () => {
    expect(iommuGroups([gpu, bridge])).toEqual([
      { number: 7, together: ['pci_1'], bridges: ['pci_0'], unlisted: ['0000:01:00.2'] },
    ])
  })

  it('leave out devices without group, which go alone', () => {
    const plain = pci(4)
    expect(iommuGroups([plain])).toEqual([])
    expect(goingTogether(plain, [plain, gpu])).toEqual([plain])
  })

  it('are missing altogether where the IOMMU is off', () => {
    expect(lacksIommu([pci(4), pci(5)])).toBe(true)
    expect(lacksIommu([pci(4), gpu])).toBe(false)
    expect(lacksIommu([stick])).toBe(false)
  })
})

describe('a device of the host', () => {
  const all = [bridge, gpu, sound, alone, stick]

  it('may go to a VM when nothing speaks against it', () => {
    for (const device of [gpu, alone, stick]) expect(whyNotAssignable(device, all)).toBeUndefined()
  })

  it('stays when it connects others', () => {
    expect(whyNotAssignable(bridge, all)).toContain('connects other devices')
    expect(whyNotAssignable({ ...stick, isHub: true })).toContain('hub')
  })

  it('stays when the host needs it, with the reason', () => {
    const why = 'The host swaps to it.'
    expect(whyNotAssignable({ ...alone, isHostCritical: true, whyCritical: why })).toBe(why)
  })

  it('is taken when another VM has it, but not by the VM that asks', () => {
    const used = { ...alone, usedBy: ['a', 'b'] }
    expect(whyNotAssignable(used)).toBe('It is given to "a" and "b".')
    expect(whyNotAssignable(used, all, 'a')).toBe('It is given to "b".')
    expect(whyNotAssignable({ ...alone, usedBy: ['a'] }, all, 'a')).toBeUndefined()
    expect(whyNotAssignable({ ...alone, usedBy: ['a', 'b', 'c', 'd', 'e'] })).toBe(
      'It is given to "a", "b", "c" and 2 more.',
    )
  })

  it('is taken when what would go along is taken', () => {
    const taken = { ...sound, usedBy: ['media'] }
    const why = whyNotAssignable(gpu, [bridge, gpu, taken])
    expect(why).toContain('0000:01:00.2')
    expect(why).toContain('IOMMU group 7')
    expect(why).toContain('"media"')
  })

  it('is taken when a part of it is in use: a virtual function or a mediated device', () => {
    const part = pci(5, { physicalFunction: alone.addressText, usedBy: ['web'] })
    expect(whyNotAssignable(alone, [alone, part])).toBe('Parts of it are given to "web".')
    const mdev: MdevDevice = {
      ...common,
      kind: 'mdev',
      name: 'm',
      parent: alone.name,
      attributes: [],
      usedBy: ['cad'],
    }
    expect(whyNotAssignable(alone, [alone, mdev])).toBe('Parts of it are given to "cad".')
    expect(whyNotAssignable(alone, [alone, { ...mdev, usedBy: [] }])).toBeUndefined()
  })

  it('may be drawn on by many VMs when it is a render node', () => {
    const drm = { ...common, kind: 'drm', name: 'd', type: 'render', usedBy: ['a'] } as const
    expect(whyNotAssignable(drm)).toBeUndefined()
  })
})

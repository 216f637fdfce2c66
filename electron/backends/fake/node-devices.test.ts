import { describe, expect, it } from 'vitest'
import { goingTogether, whyNotAssignable } from '../../../shared/model/assignable'
import type { PciDevice } from '../../../shared/model/node-device'
import { expectKind } from '../suite/expect-kind'
import { fakeBackend } from './fake-backend'
import { connectTo } from './test-session'

const immediate = { delay: async () => {} }

async function devicesOf() {
  const session = await connectTo(fakeBackend(immediate), 'demo://local/')
  const devices = await session.nodeDevices()
  const pci = (name: string): PciDevice => {
    const found = devices.find((device) => device.name === name)
    if (found?.kind !== 'pci') throw new Error(`No PCI device ${name}`)
    return found
  }
  return { session, devices, pci }
}

describe('the hardware of the demo host', () => {
  it('fits together: parents, groups, parts and disks lead to devices that are there', async () => {
    const { devices } = await devicesOf()
    const names = new Set(devices.map(({ name }) => name))
    const addresses = new Set(devices.flatMap((one) => (one.kind === 'pci' ? [one.addressText] : [])))
    for (const device of devices) {
      if (device.parent !== undefined && device.parent !== 'computer') expect(names).toContain(device.parent)
      if (device.kind !== 'pci') continue
      for (const member of device.iommuGroup?.members ?? []) expect(addresses).toContain(member)
      for (const vf of device.sriov?.vfs ?? []) expect(addresses).toContain(vf)
      if (device.physicalFunction !== undefined) expect(addresses).toContain(device.physicalFunction)
    }
  })

  it('has a graphics card that only goes with its sound, and cards that stay', async () => {
    const { devices, pci } = await devicesOf()
    const gpu = pci('pci_0000_01_00_0')
    expect(goingTogether(gpu, devices).map(({ name }) => name)).toEqual([
      'pci_0000_01_00_0',
      'pci_0000_01_00_1',
    ])
    expect(whyNotAssignable(gpu, devices)).toBeUndefined()
    expect(whyNotAssignable(pci('pci_0000_41_00_0'), devices)).toContain('enp65s0f0')
  })

  it('is partly given to its VMs, whose names are told: a card with its sound, a part of a card, a key', async () => {
    const { devices, pci } = await devicesOf()
    for (const name of ['pci_0000_82_00_0', 'pci_0000_82_00_1'])
      expect(whyNotAssignable(pci(name), devices)).toBe('It is given to "design-studio".')
    expect(whyNotAssignable(pci('pci_0000_82_00_0'), devices, 'design-studio')).toBeUndefined()
    expect(pci('pci_0000_41_01_0').usedBy).toEqual(['build-runner-07'])
    expect(pci('pci_0000_41_01_1').usedBy).toEqual([])
    expect(devices.find(({ name }) => name === 'usb_3_1')?.usedBy).toEqual(['design-studio'])
  })

  it('is moved to VMs and back, for every client', async () => {
    const backend = fakeBackend(immediate)
    const [one, two] = [await connectTo(backend, 'demo://local/'), await connectTo(backend, 'demo://local/')]
    const driver = async () =>
      (await two.nodeDevices()).find(({ name }) => name === 'pci_0000_01_00_0')?.driver
    await one.bindDevice('pci_0000_01_00_0', 'detach')
    expect(await driver()).toBe('vfio-pci')
    await one.bindDevice('pci_0000_01_00_0', 'reset')
    expect(await driver()).toBe('vfio-pci')
    await one.bindDevice('pci_0000_01_00_0', 'reattach')
    expect(await driver()).toBe('nouveau')
  })

  it('is moved only where it is PCI', async () => {
    const { session } = await devicesOf()
    await expectKind(session.bindDevice('usb_3_1', 'detach'), 'invalid')
  })
})

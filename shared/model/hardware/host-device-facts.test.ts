import { expect, test } from 'vitest'
import type { PciDevice } from '../node-device'
import { hostDeviceRows } from './host-device-rows'

const card = (more: Partial<PciDevice>): PciDevice => ({
  kind: 'pci',
  name: 'pci_0000_03_00_0',
  address: { domain: 0, bus: 3, slot: 0, function: 0 },
  addressText: '0000:03:00.0',
  classCode: '020000',
  className: 'Network card',
  isBridge: false,
  mdevTypes: [],
  usedBy: [],
  isUseUncertain: false,
  isHostCritical: false,
  ...more,
})
const row = (more: Partial<PciDevice>) => {
  const [found] = hostDeviceRows({ kind: 'pci-device', values: {}, devices: [card(more)] })
  if (!found) throw new Error('no row')
  return found
}

test('a row tells the NUMA node of a device, and how far it is split', () => {
  expect(row({ numaNode: 1, sriov: { maxVfs: 8, vfs: ['0000:03:10.0', '0000:03:10.2'] } }).facts).toEqual([
    'NUMA node 1',
    '2 of 8 functions made',
  ])
  expect(row({ physicalFunction: '0000:03:00.0' }).facts).toEqual(['function of 0000:03:00.0'])
  expect(row({}).facts).toEqual([])
})

test('a card that can be split is told how, also for each start of the host, until that is done', () => {
  const [advice] = row({ sriov: { maxVfs: 8, vfs: [] } }).advice
  expect(advice?.title).toContain('8 functions')
  expect(advice?.text).toContain('echo 4 > /sys/bus/pci/devices/0000:03:00.0/sriov_numvfs')
  expect(advice?.text).toContain('ATTR{sriov_numvfs}="4"')
  expect(row({ sriov: { maxVfs: 2, vfs: [] } }).advice[0]?.text).toContain('echo 2 >')
  expect(row({ sriov: { maxVfs: 8, vfs: ['0000:03:10.0'] } }).advice).toEqual([])
})

test('a function of a network card is better given as a network card, which keeps its address', () => {
  expect(row({ physicalFunction: '0000:03:00.0' }).advice).toMatchObject([
    { text: expect.stringContaining('A PCI function of the host') as string },
  ])
  expect(row({ physicalFunction: '0000:03:00.0', classCode: '010802' }).advice).toEqual([])
})

test('a graphics card takes the picture away from the console', () => {
  expect(row({ classCode: '030000' }).advice).toMatchObject([
    { title: expect.stringContaining('console may stay dark') as string },
  ])
})

import { expect, it } from 'vitest'
import { parseXml } from '../../../domain-xml/document'
import type { ParamValue } from '../../../libvirt-rpc/index'
import { FreshMemory } from './fresh-memory'
import { countersFrom } from './vm-counters'

const definition = (balloon: string) =>
  parseXml(`<domain><devices>${balloon}</devices></domain>`, 'a definition').root
const read = (values: Record<string, ParamValue>, balloon = '', fresh = new FreshMemory()) =>
  countersFrom(new Map(Object.entries(values)), new Map(), definition(balloon), fresh, 'a')

it('tells each virtual CPU by its own number', () => {
  const { vcpus } = read({
    'vcpu.current': 2,
    'vcpu.maximum': 4,
    'vcpu.0.state': 1,
    'vcpu.0.time': 5,
    'vcpu.0.delay': 3,
    'vcpu.2.state': 0,
    'vcpu.2.halted': true,
  })
  expect(vcpus).toEqual([
    { number: 0, state: 'running', timeNs: 5, stealNs: 3 },
    { number: 2, state: 'offline', isHalted: true },
  ])
})

it('tells each disk and each card by its name', () => {
  const { disks, nics } = read({
    'block.count': 1,
    'block.0.name': 'vda',
    'block.0.path': '/a.qcow2',
    'block.0.wr.reqs': 4,
    'block.0.wr.times': 9,
    'net.count': 2,
    'net.1.name': 'vnet3',
    'net.1.rx.drop': 1,
  })
  expect(disks).toEqual([{ target: 'vda', source: '/a.qcow2', writeRequests: 4, writeTimeNs: 9 }])
  expect(nics).toEqual([{ name: 'vnet3', receiveDrops: 1 }])
})

it('tells how often the guest is asked for its memory, and 0 for never', () => {
  const period = (balloon: string) => read({}, balloon).memory.reportPeriodSeconds
  expect(period(`<memballoon model='virtio'><stats period='5'/></memballoon>`)).toBe(5)
  expect(period(`<memballoon model='virtio'/>`)).toBe(0)
  expect(period(`<memballoon model='none'/>`)).toBeUndefined()
  expect(period(`<memballoon model='xen'/>`)).toBeUndefined()
  expect(period('')).toBeUndefined()
})

it('tells what the guest says of its memory only once it is known to be fresh', () => {
  const fresh = new FreshMemory()
  const report = { 'balloon.current': 100, 'balloon.available': 90, 'balloon.usable': 60, 'balloon.rss': 80 }
  const first = read({ ...report, 'balloon.last-update': 10 }, '', fresh)
  expect(first.memory).toEqual({ balloonBytes: 102_400, residentBytes: 81_920 })
  const second = read({ ...report, 'balloon.last-update': 12 }, '', fresh)
  expect(second.memory.guest).toEqual({ totalBytes: 92_160, usedBytes: 30_720 })
})

import { expect, it } from 'vitest'
import { planArgv } from '../argv/plan-argv'
import { completed, named } from '../complete'
import { host } from '../testing/host'
import { difference } from './units'

const card = (mac: string, more = '') =>
  `<interface type='user'><mac address='${mac}'/><model type='virtio'/>${more}</interface>`
const first = card('52:54:00:00:00:01')

function domain(devices: string, more = ''): string {
  return `<domain type='qemu'>
  <name>web</name>
  <uuid>6f0e5b3c-1d0b-4d55-9d7d-9a5c0c1c2d3e</uuid>
  <memory unit='MiB'>512</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  ${more}
  <devices>
    ${devices}
  </devices>
</domain>`
}

const running = named(completed(domain(first), host()), host())
const plan = (xml: string) => planArgv(xml, host({ isRunning: true }))
const withMore = (device: string) =>
  completed(running.replace('</devices>', `${device}</devices>`), host({ isRunning: true }))

it('a card that comes is a network and a device, in that order', () => {
  const { added, removed, isMore } = difference(plan(running), plan(withMore(card('52:54:00:00:00:02'))))
  expect(added.map(({ kind, id }) => [kind, id])).toEqual([
    ['netdev', 'hostnet1'],
    ['device', 'net1'],
  ])
  expect(removed).toEqual([])
  expect(isMore).toBe(false)
})

it('a card that goes leaves the others as they are', () => {
  const both = named(withMore(card('52:54:00:00:00:02')), host({ isRunning: true }))
  const { added, removed } = difference(plan(both), plan(both.replace(/<interface[\s\S]*?<\/interface>/, '')))
  expect(added).toEqual([])
  expect(removed.map(({ id }) => id)).toEqual(['hostnet0', 'net0'])
})

it('a disk brings the controller along that it needs', () => {
  const disk = `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='/a'/><target dev='sda' bus='scsi'/></disk>`
  const { added } = difference(plan(running), plan(withMore(disk)))
  expect(added.map(({ kind, id }) => [kind, id])).toEqual([
    ['device', 'scsi0'],
    ['blockdev', 'drive-sda'],
    ['device', 'scsi0-0-0-0'],
  ])
})

it('what QEMU takes at its start only is told apart', () => {
  expect(difference(plan(running), plan(running.replace('<vcpu>2', '<vcpu>4'))).isMore).toBe(true)
})

import { expect, it } from 'vitest'
import { vmId } from '../ids'
import { hostTimer, onCalendar, whyNoTimer } from './host-timer'
import { usualSchedule, type Schedule } from './schedule'

const vm = { id: vmId.parse('5717e000-0000-4000-8000-000000000001'), name: 'web 01' }
const info = { connectedUri: 'qemu:///system', daemon: { name: 'libvirt', version: '9.0.0' } }
const nightly = usualSchedule('internal')
const made = (more: Partial<Schedule> = {}, name = vm.name, about = info) =>
  hostTimer({ ...vm, name }, { ...nightly, ...more }, about)

it('each file has a place of its own, named after the VM', () => {
  const { script, service, timer } = made()
  expect([script.path, service.path, timer.path]).toEqual([
    '/usr/local/sbin/innkeeper-snapshot-web-01-5717e000',
    '/etc/systemd/system/innkeeper-snapshot-web-01-5717e000.service',
    '/etc/systemd/system/innkeeper-snapshot-web-01-5717e000.timer',
  ])
  expect(service.content).toContain('ExecStart=/usr/local/sbin/innkeeper-snapshot-web-01-5717e000\n')
})

it('the VMs of a user have units of that user', () => {
  const { script, service, install } = made({}, vm.name, { ...info, connectedUri: 'qemu:///session' })
  expect(script.path).toBe('~/.local/bin/innkeeper-snapshot-web-01-5717e000')
  expect(service.content).toContain('ExecStart=%h/.local/bin/')
  expect(install.at(-1)?.commands).not.toContain('sudo')
  expect(install.at(-1)?.commands).toContain('systemctl --user enable --now')
})

it('rhythms are written as systemd writes them', () => {
  expect(onCalendar({ kind: 'hours', every: 1 })).toBe('*-*-* *:00:00')
  expect(onCalendar({ kind: 'hours', every: 6 })).toBe('*-*-* 00/6:00:00')
  expect(onCalendar({ kind: 'daily', at: '03:05' })).toBe('*-*-* 03:05:00')
  expect(onCalendar({ kind: 'weekly', days: ['Thu', 'Mon'], at: '22:30' })).toBe('Mon,Thu *-*-* 22:30:00')
})

it('names that mean something to a shell or to systemd stay what they are', () => {
  const { script, service, timer } = made({}, 'a\nrm -rf / %n \\', {
    ...info,
    connectedUri: "qemu:///system?x='$(id)'",
  })
  expect(script.content).toContain('# Takes a snapshot of the VM a rm -rf / %n \\ and keeps')
  expect(script.content).toContain(`uri='qemu:///system?x='\\''$(id)'\\'''\n`)
  expect(service.content).toContain('Description=Snapshot of the VM “a rm -rf / %%n \\”, of which')
  expect(timer.content).toContain('“a rm -rf / %%n \\” are taken\n')
})

it('a VM that is off is passed over, unless that is wanted too', () => {
  expect(made().script.content).toContain("'shut off' | crashed)")
  expect(made({ whileOff: true }).script.content).not.toContain('shut off')
})

it('what was missed is made up for only where that is wanted', () => {
  expect(made().timer.content).toContain('Persistent=true')
  expect(made({ makesUp: false }).timer.content).toContain('Persistent=false')
})

it('is offered only where virsh on the host can delete what it made', () => {
  const of = (kind: Schedule['kind'], version: string) =>
    whyNoTimer({ ...nightly, kind }, { ...info, daemon: { name: 'libvirt', version } }).isAllowed
  expect(of('internal', '6.0.0')).toBe(true)
  expect(of('disks', '8.10.0')).toBe(false)
  expect(of('disks', '9.0.0')).toBe(true)
  expect(of('disks', '10.0.0')).toBe(true)
  expect(of('memory', '10.0.0')).toBe(false)
})

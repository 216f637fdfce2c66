import { expect, it } from 'vitest'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import { EditDocument } from '../../../domain-xml/edit/tree'
import { workOut } from '../../../domain-xml/hardware/work-out'
import { completed, named } from '../complete'
import { host } from '../testing/host'
import { commandsFor } from './commands'
import { PlannedVm } from './running-vm'

const stored = completed(
  `<domain type='qemu'>
  <name>web</name>
  <uuid>6f0e5b3c-1d0b-4d55-9d7d-9a5c0c1c2d3e</uuid>
  <memory unit='MiB'>512</memory>
  <vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type></os>
  <devices>
    <interface type='user'><mac address='52:54:00:00:00:01'/><model type='virtio'/></interface>
    <memballoon model='virtio'/>
  </devices>
</domain>`,
  host(),
)
const running = named(stored, host())

function commands(isRunning: boolean, ...changes: HardwareChange[]): string[] {
  const read = (xml: string) => EditDocument.parse(xml)
  const definitions = { stored: read(stored), ...(isRunning ? { running: read(running) } : {}) }
  const vm = isRunning ? new PlannedVm(read(running), host()) : undefined
  return commandsFor(workOut(definitions, changes, 'now'), '/vms/my web/vm.xml', vm)
}

const card: HardwareChange = {
  kind: 'add',
  device: 'nic',
  key: 'new',
  values: { type: 'user', mac: '52:54:00:00:00:02', model: 'virtio' },
}
const edit = `"\${EDITOR:-vi}" '/vms/my web/vm.xml'`

const monitor = '# in the monitor of web:'

it('a change of what is off is the file that is edited', () => {
  expect(commands(false, card)).toEqual([edit])
})

it('a change of what runs is what its monitor is told besides', () => {
  expect(commands(true, card)).toEqual([
    edit,
    monitor,
    'netdev_add user,id=hostnet1',
    'device_add virtio-net-pci,netdev=hostnet1,id=net1,mac=52:54:00:00:00:02,bus=pci.3,addr=0x0',
  ])
  expect(commands(true, { kind: 'remove', item: { kind: 'nic', key: '52:54:00:00:00:01' } })).toEqual([
    edit,
    monitor,
    'device_del net0',
    'netdev_del hostnet0',
  ])
  const cable: HardwareChange = {
    kind: 'set',
    item: { kind: 'nic', key: '52:54:00:00:00:01' },
    values: { linkUp: false },
  }
  expect(commands(true, cable)).toEqual([edit, monitor, 'set_link net0 off'])
})

it('a forward that comes, and one that goes, are words of people', () => {
  const forwards: HardwareChange = {
    kind: 'set',
    item: { kind: 'nic', key: '52:54:00:00:00:01' },
    values: { portForwards: [{ proto: 'tcp', start: 2222, to: 22 }] },
  }
  expect(commands(true, forwards)).toEqual([edit, monitor, 'hostfwd_add hostnet0 tcp::2222-:22'])
})

it('a password is in no command', () => {
  const disk: HardwareChange = {
    kind: 'add',
    device: 'disk',
    key: 'new',
    values: {
      device: 'disk',
      bus: 'virtio',
      target: 'vdb',
      format: 'raw',
      sourceType: 'network',
      protocol: 'https',
      sourceName: 'a.img',
      hosts: [{ name: 'example.org' }],
      cookies: [{ name: 'key', value: 'hush4711' }],
    },
  }
  expect(commands(true, disk).join()).toContain('blockdev-add')
  expect(commands(true, disk).join()).not.toContain('hush4711')
})

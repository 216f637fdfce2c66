import { expect, test } from 'vitest'
import type { Host } from '../../../shared/model/host'
import { hostId, vmId } from '../../../shared/model/ids'
import type { Vm, VmState } from '../../../shared/model/vm'
import { wallVms } from './wall-vms'

const vm = (host: string, name: string, state: VmState = 'running'): Vm => ({
  id: vmId.parse('11111111-2222-3333-4444-555555555555'),
  host: hostId.parse(host),
  name,
  state,
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
})
const host = (id: string, kind: 'connected' | 'disconnected') =>
  ({ id: hostId.parse(id), label: `Rack ${id}`, status: { kind, sinceMs: 0 } }) as Host
const hosts = { a: host('a', 'connected'), b: host('b', 'connected'), away: host('away', 'disconnected') }
const order = ['b', 'a', 'away']
const names = (vms: readonly Vm[], filter = '') =>
  wallVms(vms, hosts, order, filter).map(({ host: of, name }) => `${of}/${name}`)

test('VMs that run are shown by host and name, those of hosts that are away are not', () => {
  const vms = [
    vm('a', 'web-10'),
    vm('a', 'web-9'),
    vm('b', 'db'),
    vm('a', 'off', 'shut-off'),
    vm('away', 'x'),
  ]
  expect(names(vms)).toEqual(['b/db', 'a/web-9', 'a/web-10'])
})

test('paused VMs have a screen as well', () => {
  expect(names([vm('a', 'still', 'paused')])).toEqual(['a/still'])
})

test('all words must be in the name or the host', () => {
  const vms = [vm('a', 'web'), vm('b', 'web'), vm('b', 'db')]
  expect(names(vms, 'WEB rack')).toEqual(['b/web', 'a/web'])
  expect(names(vms, 'web b')).toEqual(['b/web', 'a/web'])
  expect(names(vms, 'nothing')).toEqual([])
})

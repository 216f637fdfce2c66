import { beforeEach, expect, it } from 'vitest'
import { vmId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { useDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost, testHost, testInfo } from '../../stores/test-host'
import { useToasts } from '../../stores/toasts'
import { deleteFromMenu, runShortcut } from './shortcuts'

const vm: Vm = {
  host: testHost('a').id,
  id: vmId.parse('00000000-0000-0000-0000-000000000001'),
  name: 'web',
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
}

function connected(isReadOnly: boolean): void {
  const host = connectedHost('a')
  if (host.status.kind !== 'connected') throw new Error('not connected')
  replaceHosts([{ ...host, status: { ...host.status, info: { ...testInfo, isReadOnly } } }])
}

beforeEach(() => {
  useDialog.setState({ open: undefined })
  useToasts.setState({ toasts: [] })
})

it('the menu’s delete opens the dialog for the one VM at hand', () => {
  connected(false)
  deleteFromMenu([vm])
  expect(useDialog.getState().open).toMatchObject({ kind: 'deleteVm' })
})

it('the menu’s delete says why a VM of a read-only host cannot be deleted', () => {
  connected(true)
  deleteFromMenu([vm])
  expect(useDialog.getState().open).toBeUndefined()
  expect(useToasts.getState().toasts.map((toast) => toast.title)).toEqual([
    expect.stringMatching(/^web cannot be deleted: .*read-only/),
  ])
})

it('the shortcut for cloning opens the dialog for one VM, and does nothing for several', () => {
  connected(false)
  const press = { key: 'l', ctrlKey: true, metaKey: false, shiftKey: true, altKey: false }
  expect(runShortcut(press, [vm, vm])).toBe(false)
  expect(useDialog.getState().open).toBeUndefined()
  expect(runShortcut(press, [vm])).toBe(true)
  expect(useDialog.getState().open).toEqual({ kind: 'cloneVm', ref: { host: vm.host, vm: vm.id } })
})

it('the delete key and the menu’s delete open one dialog for several VMs', () => {
  connected(false)
  const press = { key: 'Delete', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false }
  const other = { ...vm, id: vmId.parse('00000000-0000-0000-0000-000000000002') }
  const refs = [vm, other].map(({ host, id }) => ({ host, vm: id }))
  expect(runShortcut(press, [vm, other])).toBe(true)
  expect(useDialog.getState().open).toEqual({ kind: 'deleteVm', refs })
  useDialog.setState({ open: undefined })
  deleteFromMenu([vm, other])
  expect(useDialog.getState().open).toEqual({ kind: 'deleteVm', refs })
})

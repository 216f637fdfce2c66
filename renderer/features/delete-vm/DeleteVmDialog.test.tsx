// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import type { DeletePlan } from '../../../shared/model/delete-plan'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { putTask } from '../../stores/tasks'
import { replaceVms } from '../../stores/vms'
import { DeleteVmDialog } from './DeleteVmDialog'

const target = { host: hostId.parse('a'), vm: vmId.parse('00000000-0000-0000-0000-000000000001') }
const plan: DeletePlan = {
  vm: target.vm,
  name: 'web',
  goesAlong: ['UEFI variables'],
  files: [
    { path: '/i/web.qcow2', target: 'vda', sizeBytes: 1024 ** 3, usedBy: [], isSuggested: true },
    { path: '/i/shared.raw', target: 'vdb', usedBy: ['db'], isSuggested: false },
    { path: '/dev/sdz', target: 'vdc', keep: 'It is a block device', usedBy: [], isSuggested: true },
  ],
}
const taskOf = (state: 'failed' | 'succeeded') => ({
  id: taskId.parse(`delete-${state}`),
  kind: 'vm.delete',
  title: 'Deleting web',
  state,
  startedAtMs: 1,
  canCancel: false,
  ...(state === 'failed'
    ? { error: { kind: 'denied' as const, message: 'Permission denied', detail: 'EACCES' } }
    : {}),
})

beforeEach(() => {
  replaceVms([
    {
      host: target.host,
      id: target.vm,
      name: 'web',
      state: 'shut-off',
      isPersistent: true,
      hasSavedState: false,
      autostart: false,
      vcpuCount: 1,
      memoryBytes: 1,
      maxMemoryBytes: 1,
    },
  ])
  openDialog({ kind: 'deleteVm', ref: target })
})
afterEach(cleanup)

const deleteButton = (name: RegExp): HTMLButtonElement => screen.getByRole('button', { name })
const isOff = (name: RegExp): boolean => deleteButton(name).getAttribute('aria-disabled') === 'true'
const sent = (main: FakeMain): unknown => main.calls.find(({ channel }) => channel === 'vms.delete')?.input

async function open(answer: DeletePlan, end: 'failed' | 'succeeded' = 'succeeded'): Promise<FakeMain> {
  const main = installFakeMain({
    vms: {
      deletePlan: () => answer,
      delete: () => {
        putTask(taskOf(end))
        return taskOf(end).id
      },
    },
  })
  render(<DeleteVmDialog target={target} />)
  await waitFor(() => expect(screen.queryByText(/Looking at what belongs/)).toBeNull())
  return main
}

it('ticks only what is suggested, and lets nothing be ticked that another VM uses or that has to stay', async () => {
  await open(plan)
  const boxes = screen.getAllByRole<HTMLInputElement>('checkbox')
  expect(boxes.map((box) => [box.checked, box.disabled])).toEqual([
    [true, false],
    [false, true],
    [false, true],
  ])
  expect(screen.getByText('Stays: also used by db')).toBeTruthy()
  expect(screen.getByText('Stays: It is a block device')).toBeTruthy()
  expect(screen.getByText(/With it go: UEFI variables/)).toBeTruthy()
})

it('deletes storage only after the name was typed', async () => {
  const main = await open(plan)
  expect(isOff(/^Delete with 1 file$/)).toBe(true)
  const name = screen.getByRole('textbox')
  fireEvent.change(name, { target: { value: 'we' } })
  expect(isOff(/^Delete with 1 file$/)).toBe(true)
  fireEvent.change(name, { target: { value: 'web' } })
  fireEvent.click(deleteButton(/^Delete with 1 file$/))
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(sent(main)).toEqual({ ...target, deleteFiles: ['/i/web.qcow2'] })
})

it('needs no name to forget only the definition', async () => {
  const main = await open(plan)
  fireEvent.click(screen.getByRole('checkbox', { name: /web\.qcow2/ }))
  fireEvent.click(deleteButton(/^Delete$/))
  await waitFor(() => expect(sent(main)).toEqual({ ...target, deleteFiles: [] }))
})

it('cannot delete a VM in use and says why', async () => {
  await open({ ...plan, blockedBy: 'The VM must be shut off first' })
  expect(isOff(/^Delete$/)).toBe(true)
  expect(screen.getByText('The VM must be shut off first')).toBeTruthy()
  expect(screen.queryAllByRole('checkbox')).toEqual([])
})

it('shows the failure in the dialog and stays open', async () => {
  await open({ ...plan, files: [] }, 'failed')
  fireEvent.click(deleteButton(/^Delete$/))
  expect((await screen.findByRole('alert')).textContent).toContain('Permission denied')
  expect(useDialog.getState().open).toMatchObject({ kind: 'deleteVm' })
})

it('tells what was left behind when the VM itself is gone, and has nothing more to confirm', async () => {
  const main = await open({ ...plan, files: [] }, 'failed')
  fireEvent.click(deleteButton(/^Delete$/))
  await screen.findByText('Permission denied')
  act(() => replaceVms([]))
  expect(screen.getByRole('heading', { name: 'web no longer exists' })).toBeTruthy()
  expect(screen.getByText('Permission denied')).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Delete/ })).toBeNull()
  expect(main.calls.filter(({ channel }) => channel === 'vms.deletePlan')).toHaveLength(1)
})

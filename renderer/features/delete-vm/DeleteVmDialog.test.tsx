// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import type { DeleteOutcome, DeletePlan, DeletePlanFile } from '../../../shared/model/delete-plan'
import type { ErrorData } from '../../../shared/errors'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { replaceKnownSaves } from '../../stores/known-saves'
import { remember } from '../../stores/remembered'
import { putTask } from '../../stores/tasks'
import { replaceVms } from '../../stores/vms'
import { DeleteVmDialog } from './DeleteVmDialog'

const host = hostId.parse('a')
const idAt = (at: number) => vmId.parse(`00000000-0000-0000-0000-00000000000${at}`)
const target = { host, vm: idAt(1) }
const second = { host, vm: idAt(2) }

const file = (path: string, more: Partial<DeletePlanFile> = {}): DeletePlanFile => ({
  path,
  role: 'disk',
  target: 'vda',
  volume: { pool: 'default', volume: path.slice(path.lastIndexOf('/') + 1) },
  usedBy: [],
  sharedWith: [],
  neededBy: [],
  isSuggested: true,
  ...more,
})
const planOf = (name: string, at: number, files: readonly DeletePlanFile[]): DeletePlan => ({
  vm: idAt(at),
  name,
  stamp: `stamp of ${name}`,
  goesAlong: [],
  parts: [],
  files,
  unread: [],
})
const plan: DeletePlan = {
  ...planOf('web', 1, [
    file('/i/web.qcow2', { sizeBytes: 1024 ** 3 }),
    file('/i/shared.raw', { usedBy: ['db'], isSuggested: false }),
    file('/dev/sdz', { keep: 'It is a block device' }),
  ]),
  goesAlong: ['2 snapshots (a, b)'],
}
const vm = (name: string, at: number, more: Partial<Vm> = {}): Vm => ({
  host,
  id: idAt(at),
  name,
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
  ...more,
})

beforeEach(() => {
  remember({ ticksFilesToDelete: true })
  replaceVms([vm('web', 1)])
  replaceKnownSaves([])
  openDialog({ kind: 'deleteVm', refs: [target] })
})
afterEach(cleanup)

const deleteButton = (name: RegExp): HTMLButtonElement => screen.getByRole('button', { name })
const isOff = (name: RegExp): boolean => deleteButton(name).getAttribute('aria-disabled') === 'true'
const sent = (main: FakeMain): unknown => main.calls.find(({ channel }) => channel === 'vms.delete')?.input
const deletionOf = (more: object) => ({
  vm: target.vm,
  stamp: 'stamp of web',
  deleteFiles: [],
  keepParts: [],
  forceOff: false,
  ...more,
})
const boxes = () =>
  within(screen.getByRole('group', { name: 'What belongs to it' })).getAllByRole<HTMLInputElement>('checkbox')

interface End {
  readonly error?: ErrorData
  readonly deleted?: readonly DeleteOutcome[]
}

async function open(
  plans: readonly DeletePlan[],
  { error, deleted }: End = {},
  refs = [target],
): Promise<FakeMain> {
  let tasks = 0
  const main = installFakeMain({
    vms: {
      deletePlan: ({ vm: id }) => {
        const found = plans.find((one) => one.vm === id)
        if (!found) throw new Error('No such VM')
        return found
      },
      delete: () => ended(error ? 'failed' : 'succeeded', error, deleted),
    },
    storage: { deleteVolumes: () => ended('succeeded') },
  })
  function ended(state: 'failed' | 'succeeded', why?: ErrorData, outcomes?: readonly DeleteOutcome[]) {
    tasks += 1
    const id = taskId.parse(`delete-${state}-${tasks}-${Math.random()}`)
    putTask({
      id,
      kind: 'vm.delete',
      title: 'Deleting',
      host,
      state,
      startedAtMs: 1,
      canCancel: false,
      ...(why ? { error: why } : {}),
      ...(outcomes ? { deleted: outcomes } : {}),
    })
    return id
  }
  render(<DeleteVmDialog targets={refs} />)
  await waitFor(() => expect(screen.queryByText(/Looking at what belongs/)).toBeNull())
  return main
}

it('ticks only what is suggested, and lets nothing be ticked that another VM uses or that has to stay', async () => {
  await open([plan])
  expect(boxes().map((box) => [box.checked, box.disabled])).toEqual([
    [true, false],
    [false, true],
    [false, true],
  ])
  expect(screen.getByText('Stays: also used by db')).toBeTruthy()
  expect(screen.getByText('Stays: It is a block device')).toBeTruthy()
  expect(screen.getByText(/With it go: 2 snapshots/)).toBeTruthy()
})

it('deletes storage only after the name was typed', async () => {
  const main = await open([plan])
  expect(isOff(/^Delete with 1 file$/)).toBe(true)
  const name = screen.getByRole('textbox')
  fireEvent.change(name, { target: { value: 'we' } })
  expect(isOff(/^Delete with 1 file$/)).toBe(true)
  fireEvent.change(name, { target: { value: 'web' } })
  fireEvent.click(deleteButton(/^Delete with 1 file$/))
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(sent(main)).toEqual({ host, vms: [deletionOf({ deleteFiles: ['/i/web.qcow2'] })] })
})

it('needs no name to forget only the definition', async () => {
  const main = await open([plan])
  fireEvent.click(screen.getByRole('checkbox', { name: /web\.qcow2/ }))
  fireEvent.click(deleteButton(/^Delete$/))
  await waitFor(() => expect(sent(main)).toEqual({ host, vms: [deletionOf({})] }))
})

it('ticks nothing at first for those who chose so, and remembers the choice', async () => {
  await open([plan])
  fireEvent.click(screen.getByRole('checkbox', { name: /next time too/ }))
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /web\.qcow2/ }).checked).toBe(true)
  cleanup()
  await open([plan])
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /web\.qcow2/ }).checked).toBe(false)
  fireEvent.click(deleteButton(/^Tick what is suggested$/))
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /web\.qcow2/ }).checked).toBe(true)
})

it('lets UEFI variables and the state of the TPM stay where the host can keep them', async () => {
  const why = 'libvirt older than 8.9 always removes it'
  const main = await open([
    {
      ...plan,
      files: [],
      parts: [
        { kind: 'nvram', text: 'UEFI variables' },
        { kind: 'tpm', text: 'TPM state', fixed: { to: 'goes', why } },
      ],
    },
  ])
  expect(boxes().map((box) => [box.checked, box.disabled])).toEqual([
    [true, false],
    [true, true],
  ])
  expect(screen.getByText(`Goes: ${why}`)).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: /UEFI variables/ }))
  fireEvent.click(deleteButton(/^Delete$/))
  await waitFor(() => expect(sent(main)).toEqual({ host, vms: [deletionOf({ keepParts: ['nvram'] })] }))
})

it('lets the base of an image go only together with the image', async () => {
  const main = await open([
    planOf('web', 1, [
      file('/i/top'),
      file('/i/base', { role: 'layer', neededBy: ['/i/top'], isSuggested: false }),
    ]),
  ])
  const box = (name: RegExp) => screen.getByRole<HTMLInputElement>('checkbox', { name })
  fireEvent.click(box(/i\/base/))
  expect(deleteButton(/^Delete with 2 files$/)).toBeTruthy()
  fireEvent.click(box(/i\/top/))
  expect([box(/i\/base/).checked, box(/i\/base/).disabled]).toEqual([false, true])
  expect(screen.getByText('Goes only together with top')).toBeTruthy()
  fireEvent.click(deleteButton(/^Delete$/))
  await waitFor(() => expect(sent(main)).toEqual({ host, vms: [deletionOf({})] }))
})

it('ticks nothing and says why while it is not known who else uses the files', async () => {
  await open([
    { ...planOf('web', 1, [file('/i/web', { isSuggested: false })]), unread: ['Pool far: no answer'] },
  ])
  expect(boxes().map((box) => [box.checked, box.disabled])).toEqual([[false, false]])
  expect(screen.getByText('Pool far: no answer')).toBeTruthy()
})

it('cannot delete a VM in use and says why', async () => {
  replaceVms([vm('web', 1, { state: 'running' })])
  await open([{ ...plan, blockedBy: 'The VM must be shut off first' }])
  expect(isOff(/^Delete$/)).toBe(true)
  expect(screen.getByText('The VM must be shut off first')).toBeTruthy()
  expect(screen.queryByRole('checkbox', { name: /web\.qcow2/ })).toBeNull()
})

it('shows the failure in the dialog, stays open, and looks again at what it would touch', async () => {
  const main = await open([{ ...plan, files: [] }], {
    error: { kind: 'invalid', message: 'What belongs to web has changed since it was shown' },
  })
  fireEvent.click(deleteButton(/^Delete$/))
  expect((await screen.findByRole('alert')).textContent).toContain('has changed since it was shown')
  expect(useDialog.getState().open).toMatchObject({ kind: 'deleteVm' })
  await waitFor(() =>
    expect(main.calls.filter(({ channel }) => channel === 'vms.deletePlan')).toHaveLength(2),
  )
})

it('tells of each file what became of it, and tries again what is still there', async () => {
  const volume = { pool: 'default', volume: 'web.qcow2' }
  const main = await open([plan], {
    error: { kind: 'busy', message: 'The VM was deleted, but not all of its files' },
    deleted: [
      {
        vm: target.vm,
        name: 'web',
        isDeleted: true,
        keptParts: [],
        files: [
          { path: '/i/log.raw', result: 'deleted' },
          { path: '/i/web.qcow2', result: 'failed', why: 'Permission denied', volume },
        ],
      },
    ],
  })
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'web' } })
  fireEvent.click(deleteButton(/^Delete with 1 file$/))
  await screen.findByText('Still there: Permission denied')
  act(() => replaceVms([]))
  expect(screen.getByRole('heading', { name: 'web no longer exists' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: /^Delete/ })).toBeNull()
  fireEvent.click(deleteButton(/^Try the file again$/))
  await waitFor(() => expect(screen.getAllByText('Deleted')).toHaveLength(2))
  expect(main.calls.find(({ channel }) => channel === 'storage.deleteVolumes')?.input).toEqual({
    host,
    pool: 'default',
    volumes: ['web.qcow2'],
    evenUsed: [],
  })
  expect(screen.queryByRole('button', { name: /^Try/ })).toBeNull()
})

const shared = (name: string, other: string) =>
  file('/i/base', {
    role: 'layer',
    sharedWith: [other],
    neededBy: ['/i/web', '/i/db'],
    target: name,
    isSuggested: false,
  })

it('lists several VMs, counts what goes once, and needs the count typed', async () => {
  replaceVms([vm('web', 1), vm('db', 2)])
  const main = await open(
    [
      planOf('web', 1, [file('/i/web'), shared('web', 'db')]),
      planOf('db', 2, [file('/i/db'), shared('db', 'web')]),
    ],
    {},
    [target, second],
  )
  const web = within(screen.getByRole('region', { name: 'web' }))
  const db = within(screen.getByRole('region', { name: 'db' }))
  expect(db.getByText('Shared with web, and goes with the last')).toBeTruthy()
  fireEvent.click(web.getByRole('checkbox', { name: /base/ }))
  expect(db.getByRole<HTMLInputElement>('checkbox', { name: /base/ }).checked).toBe(true)
  expect(isOff(/^Delete 2 VMs with 3 files$/)).toBe(true)
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'delete 3 files' } })
  fireEvent.click(deleteButton(/^Delete 2 VMs with 3 files$/))
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(sent(main)).toEqual({
    host,
    vms: [
      deletionOf({ deleteFiles: ['/i/web', '/i/base'] }),
      deletionOf({ vm: second.vm, stamp: 'stamp of db', deleteFiles: ['/i/db', '/i/base'] }),
    ],
  })
  const asked = main.calls.find(({ channel }) => channel === 'vms.deletePlan')?.input
  expect(asked).toEqual({ ...target, alongWith: [second.vm] })
})

it('keeps running VMs of a selection, unless it is said that they are forced off', async () => {
  replaceVms([vm('web', 1), vm('db', 2, { state: 'running' })])
  const main = await open(
    [
      planOf('web', 1, [file('/i/web')]),
      { ...planOf('db', 2, [file('/i/db')]), blockedBy: 'The VM must be shut off first' },
    ],
    {},
    [target, second],
  )
  expect(isOff(/^Delete 1 VM with 1 file$/)).toBe(true)
  expect(screen.getByText('It is running and stays, unless this is ticked.')).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: /Force it off first/ }))
  await waitFor(() =>
    expect(main.calls.at(-1)).toMatchObject({ channel: 'vms.deletePlan', input: { alongWith: [target.vm] } }),
  )
  fireEvent.change(screen.getByRole('textbox'), { target: { value: 'delete 2 files' } })
  fireEvent.click(deleteButton(/^Delete 2 VMs with 2 files$/))
  await waitFor(() =>
    expect(sent(main)).toMatchObject({ vms: [{ forceOff: false }, { vm: second.vm, forceOff: true }] }),
  )
})

it('says of a paused VM that it is paused', async () => {
  replaceVms([vm('web', 1), vm('db', 2, { state: 'paused' })])
  await open(
    [planOf('web', 1, []), { ...planOf('db', 2, []), blockedBy: 'The VM must be shut off first' }],
    {},
    [target, second],
  )
  expect(screen.getByText('It is paused and stays, unless this is ticked.')).toBeTruthy()
  fireEvent.click(screen.getByRole('checkbox', { name: /Force it off first/ }))
  expect(screen.getByText('It is paused: unsaved data in it is lost.')).toBeTruthy()
})

it('says which pools are stopped, so that what is in them was not seen', async () => {
  await open([{ ...planOf('web', 1, [file('/i/web')]), stoppedPools: ['archive'] }])
  expect(screen.getByText('What is in a stopped pool is not seen: archive')).toBeTruthy()
  // it holds nothing against what is ticked
  expect(screen.queryByText(/Nothing is ticked/)).toBeNull()
})

it('keeps templates of a selection and says so', async () => {
  replaceVms([vm('web', 1), vm('golden', 2, { isTemplate: true })])
  await open([planOf('web', 1, []), planOf('golden', 2, [])], {}, [target, second])
  expect(screen.getByText(/It stays: This VM is a template/)).toBeTruthy()
  expect(deleteButton(/^Delete 1 VM$/)).toBeTruthy()
})

it('names the file that the memory of a VM was saved to, which stays', async () => {
  replaceKnownSaves([{ host, vm: target.vm, path: '/saves/web.save', savedAtMs: 1 }])
  await open([plan])
  expect(await screen.findByText('Its memory is saved in /saves/web.save')).toBeTruthy()
})

// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import { newVmInput } from '../../../shared/model/new-vm/new-vm'
import type { UnfinishedCreation } from '../../../shared/model/new-vm/unfinished'
import type { Vm } from '../../../shared/model/vm'
import type { Task } from '../../../shared/model/task'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { closeDialog, useDialog } from '../../stores/dialogs'
import { putHost, replaceHosts } from '../../stores/hosts'
import { useRoute } from '../../stores/route'
import { putTask, replaceTasks } from '../../stores/tasks'
import { connectedHost, testHost } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { AllUnfinishedCreations, UnfinishedCreations } from './UnfinishedCreations'
import { watchUnfinished } from './watch'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 10_000 })

const host = hostId.parse('a')
const vm = vmId.parse('00000000-0000-0000-0000-000000000001')
const gib = 1024 ** 3
const cut: UnfinishedCreation = {
  id: 'one',
  name: 'web-01',
  what: 'create',
  cutOffAtMs: Date.UTC(2026, 1, 3, 4, 5),
  files: [
    { pool: 'images', volume: 'web-01.qcow2', path: '/i/web-01.qcow2', sizeBytes: 3 * gib, isPartial: false },
    { pool: 'images', volume: 'web-01-2.qcow2', sizeBytes: gib, isPartial: true },
    { pool: 'images', volume: 'web-01-3.qcow2', isPartial: true, keptBecause: 'mail has it' },
  ],
  again: {
    input: newVmInput.parse({
      host,
      name: 'web-01',
      guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64' },
      source: { kind: 'network-boot' },
      vcpuCount: 3,
      memoryBytes: 2 * gib,
      hasTpm: false,
      disks: [],
      nics: [],
      graphics: 'vnc',
      hasAutostart: false,
      startsNow: true,
      changes: [],
    }),
    without: ['the password'],
  },
}
const cleaning: Task = {
  id: taskId.parse('t'),
  kind: 'volume.cleanUp',
  title: 'Removing what is left of web-01',
  host,
  state: 'running',
  startedAtMs: 1,
  canCancel: false,
}

const vmNamed = (name: string): Vm => ({
  host,
  id: vm,
  name,
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
})

let found: readonly UnfinishedCreation[]
let stop: () => void
let main: FakeMain
beforeEach(() => {
  found = [cut]
  replaceHosts([connectedHost('a')])
  replaceVms([])
  replaceTasks([])
  main = installFakeMain({
    newVm: {
      unfinished: () => found,
      keepUnfinished: () => undefined,
      cleanUp: () => {
        putTask(cleaning)
        return cleaning.id
      },
    },
  })
  stop = watchUnfinished()
  render(
    <>
      <UnfinishedCreations host={host} />
      <Dialogs />
    </>,
  )
})
afterEach(() => {
  stop()
  act(closeDialog)
  cleanup()
})

const region = (): Promise<HTMLElement> =>
  screen.findByRole('region', { name: 'Unfinished creation of web-01' })
const press = (within_: HTMLElement, name: string): void =>
  void fireEvent.click(within(within_).getByRole('button', { name }))
const asked = (channel: string): unknown[] =>
  main.calls.filter((call) => call.channel === channel).map(({ input }) => input)

it('says what was cut off when, and how much of it is on the host', async () => {
  const { textContent } = await region()
  expect(textContent).toContain('Creating web-01 was cut off on ')
  expect(textContent).toContain('2 files of 4 GiB are on the host, and 1 more in use.')
})

it('is asked when a host is connected and when main says so, and is gone with the connection', async () => {
  await region()
  found = []
  act(() => main.emit.newVm.unfinishedChanged({ host }))
  await waitFor(() => expect(screen.queryByRole('region')).toBeNull())
  found = [cut]
  act(() => putHost(testHost('a')))
  act(() => putHost(connectedHost('a')))
  await region()
  act(() => putHost(testHost('a')))
  expect(screen.queryByRole('region')).toBeNull()
  expect(asked('newVm.unfinished')).toEqual([{ host }, { host }, { host }])
})

it('removes what it lists, and nothing before it was confirmed', async () => {
  press(await region(), 'Clean up…')
  const dialog = await screen.findByRole('alertdialog', { name: 'Remove what is left of web-01?' })
  const removed = within(dialog).getByRole('list', { name: 'Removed' })
  expect(
    within(removed)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['/i/web-01.qcow23 GiB', 'images/web-01-2.qcow21 GiB, perhaps only a part'])
  expect(within(dialog).getByRole('list', { name: 'Kept' }).textContent).toContain('mail has it')
  expect(asked('newVm.cleanUp')).toEqual([])
  press(dialog, 'Remove 2 files')
  await waitFor(() =>
    expect(asked('newVm.cleanUp')).toEqual([
      {
        host,
        id: 'one',
        files: [
          { pool: 'images', volume: 'web-01.qcow2' },
          { pool: 'images', volume: 'web-01-2.qcow2' },
        ],
      },
    ]),
  )
  act(() => putTask({ ...cleaning, state: 'failed', error: { kind: 'busy', message: 'Not all of it went' } }))
  await within(dialog).findByText('Not all of it went')
  press(dialog, 'Remove 2 files')
  await waitFor(() => expect(asked('newVm.cleanUp')).toHaveLength(2))
  act(() => putTask({ ...cleaning, state: 'succeeded' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
})

it('begins again with the same choices once the rest is gone, and says what has to be entered anew', async () => {
  press(await region(), 'Start again…')
  const dialog = await screen.findByRole('alertdialog', { name: 'Start web-01 again?' })
  expect(dialog.textContent).toContain('To be entered anew, as they are never kept: the password.')
  press(dialog, 'Remove 2 files and start again')
  await waitFor(() => expect(asked('newVm.cleanUp')).toHaveLength(1))
  expect(useDialog.getState().open?.kind).toBe('cleanUpCreation')
  act(() => putTask({ ...cleaning, state: 'succeeded' }))
  await waitFor(() =>
    expect(useDialog.getState().open).toMatchObject({
      kind: 'newVm',
      host,
      begin: { wishes: { name: 'web-01', source: 'network-boot', vcpuCount: 3 }, without: ['the password'] },
    }),
  )
})

it('leaves all as it is with Keep', async () => {
  press(await region(), 'Keep')
  await waitFor(() => expect(asked('newVm.keepUnfinished')).toEqual([{ host, id: 'one' }]))
  expect(asked('newVm.cleanUp')).toEqual([])
})

it('opens the VM that is there after all, and removes nothing of it by itself', async () => {
  found = [
    { ...cut, vm, files: [{ pool: 'images', volume: 'x', isPartial: false, keptBecause: 'web-01 has it' }] },
  ]
  act(() => replaceVms([vmNamed('web-01')]))
  act(() => main.emit.newVm.unfinishedChanged({ host }))
  const there = await region()
  await within(there).findByText('web-01 is on the host nevertheless. Look whether it is whole.')
  expect(within(there).queryByRole('button', { name: 'Clean up…' })).toBeNull()
  expect(within(there).queryByRole('button', { name: 'Start again…' })).toBeNull()
  press(there, 'Delete it…')
  expect(useDialog.getState().open).toEqual({ kind: 'deleteVm', refs: [{ host, vm }] })
  act(closeDialog)
  press(there, 'Open it')
  expect(useRoute.getState().route).toMatchObject({ kind: 'vm', ref: { host, vm } })
})

it('goes back to the page for clones where a clone was cut off', async () => {
  const { again: _, ...rest } = cut
  found = [{ ...rest, what: 'clone', cloneOf: vm, files: [] }]
  act(() => replaceVms([vmNamed('web')]))
  act(() => main.emit.newVm.unfinishedChanged({ host }))
  await waitFor(async () => expect((await region()).textContent).toContain('Cloning to web-01'))
  press(await region(), 'Start again…')
  press(await screen.findByRole('alertdialog'), 'Start again')
  await waitFor(() => expect(asked('newVm.cleanUp')).toEqual([{ host, id: 'one', files: [] }]))
  act(() => putTask({ ...cleaning, state: 'succeeded' }))
  await waitFor(() => expect(useDialog.getState().open).toEqual({ kind: 'cloneVm', ref: { host, vm } }))
})

it('is listed with its host above the tasks', async () => {
  await region()
  cleanup()
  render(<AllUnfinishedCreations />)
  expect((await region()).textContent).toContain('on Host a')
})

// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { hostId, vmId } from '../../../shared/model/ids'
import type { InstallMedia, TakenOut } from '../../../shared/model/new-vm/install-media'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { closeDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { replaceTasks } from '../../stores/tasks'
import { connectedHost } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { InstallMediaNote } from './InstallMediaNote'

configure({ asyncUtilTimeout: 10_000 })

const host = hostId.parse('a')
const vm = vmId.parse('00000000-0000-0000-0000-000000000001')
const record: Vm = {
  host,
  id: vm,
  name: 'web-01',
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
}
const iso = '/iso/debian-12.iso'
const answers = '/i/web-01-answers.iso'
const both: InstallMedia = {
  base: 'b',
  isRunning: false,
  media: [
    { id: iso, role: 'install', place: iso, drive: 'sda' },
    { id: answers, role: 'answers', place: answers, drive: 'sdb', deletableBytes: 56 * 1024 },
  ],
}

let found: InstallMedia | null
let result: TakenOut
let main: FakeMain
beforeEach(() => {
  found = both
  result = { left: [] }
  replaceHosts([connectedHost('a')])
  replaceVms([record])
  replaceTasks([])
  main = installFakeMain({
    newVm: {
      installMedia: () => found,
      keepMedia: () => {
        found = null
      },
      takeOutMedia: () => result,
    },
  })
})
afterEach(() => {
  act(closeDialog)
  cleanup()
})

const shown = (vmRecord = record): void =>
  void render(
    <>
      <InstallMediaNote target={{ host, vm }} record={vmRecord} />
      <Dialogs />
    </>,
  )
const note = (): Promise<HTMLElement> => screen.findByRole('region', { name: 'Installation media' })
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }))
const asked = (channel: string): unknown[] =>
  main.calls.filter((call) => call.channel === channel).map(({ input }) => input)
const dialog = (): Promise<HTMLElement> => screen.findByRole('alertdialog')

it('says what is still in the VM, and that answers may hold a password', async () => {
  shown()
  const { textContent } = await note()
  expect(textContent).toContain('still in web-01: debian-12.iso and web-01-answers.iso')
  expect(textContent).toContain('may hold a password')
})

it('says nothing where there is nothing, and of a template nothing at all', async () => {
  found = null
  shown()
  await waitFor(() => expect(asked('newVm.installMedia')).toHaveLength(1))
  expect(screen.queryByRole('region')).toBeNull()
  cleanup()
  found = both
  shown({ ...record, isTemplate: true })
  expect(screen.queryByRole('region')).toBeNull()
  expect(asked('newVm.installMedia')).toHaveLength(1)
})

it('lists each disc, takes them out and deletes only our own', async () => {
  shown()
  await note()
  press('Take out…')
  const list = within(await dialog()).getByRole('list', { name: 'Media' })
  expect(
    within(list)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual([`${iso}the installation disc, in sda`, `${answers}the answers for the installer, in sdb`])
  expect((await dialog()).textContent).toContain('frees 56 KiB')
  press('Take out and delete')
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(asked('newVm.takeOutMedia')).toEqual([
    { host, vm, base: 'b', media: [iso, answers], deletesAnswers: true },
  ])
})

it('leaves in what is not ticked, and deletes nothing when the file shall stay', async () => {
  shown()
  await note()
  press('Take out…')
  const boxes = within(await dialog()).getAllByRole('checkbox')
  fireEvent.click(boxes[2] as HTMLElement)
  press('Take out')
  await waitFor(() => expect(asked('newVm.takeOutMedia')).toHaveLength(1))
  expect(asked('newVm.takeOutMedia')[0]).toMatchObject({ media: [iso, answers], deletesAnswers: false })
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  press('Take out…')
  fireEvent.click(within(await dialog()).getAllByRole('checkbox')[1] as HTMLElement)
  press('Take out')
  await waitFor(() => expect(asked('newVm.takeOutMedia')).toHaveLength(2))
  expect(asked('newVm.takeOutMedia')[1]).toMatchObject({ media: [iso], deletesAnswers: false })
})

it('tells what could not be done, with its reason', async () => {
  result = { left: [{ place: answers, why: 'Its file is still there: the running VM still holds it' }] }
  shown()
  await note()
  press('Take out…')
  await dialog()
  press('Take out and delete')
  await screen.findByText('Not everything is out of web-01 yet')
  expect((await dialog()).textContent).toContain('the running VM still holds it')
})

it('Keep ends it', async () => {
  shown()
  await note()
  press('Keep')
  await waitFor(() => expect(screen.queryByRole('region')).toBeNull())
  expect(asked('newVm.keepMedia')).toEqual([{ host, vm }])
  expect(asked('newVm.takeOutMedia')).toEqual([])
})

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import '../../../test-dom'
import { hostId, vmId } from '../../../../shared/model/ids'
import { usualSchedule, type Schedule, type ScheduleView } from '../../../../shared/model/snapshots/schedule'
import type { SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import { allowed, refused } from '../../../../shared/model/snapshots/verdict'
import { installFakeMain, type FakeMain } from '../../../api/fake'
import { useDialog } from '../../../stores/dialogs'
import { replaceHosts } from '../../../stores/hosts'
import { connectedHost, testInfo } from '../../../stores/test-host'
import { replaceVms } from '../../../stores/vms'
import { Dialogs } from '../../shell/Dialogs'
import { SnapshotsTab } from '../SnapshotsTab'
import { one, viewOf } from '../test-views'

let number = 0
let target = { host: hostId.parse('a'), vm: vmId.parse('00000000-0000-0000-0001-000000000000') }
const nightly: Schedule = { ...usualSchedule('internal'), rhythm: { kind: 'daily', at: '03:00' } }

beforeEach(() => {
  vi.setSystemTime(new Date('2026-11-29T12:00:00'))
  // answers are kept for a VM as long as the window is open: each test has its own
  number += 1
  target = { ...target, vm: vmId.parse(`00000000-0000-0000-0001-${String(number).padStart(12, '0')}`) }
  replaceHosts([connectedHost('a', { lastInfo: testInfo })])
  replaceVms([
    {
      host: target.host,
      id: target.vm,
      name: 'web',
      state: 'running',
      isPersistent: true,
      hasSavedState: false,
      autostart: false,
      vcpuCount: 1,
      memoryBytes: 1,
      maxMemoryBytes: 1,
    },
  ])
})
afterEach(() => {
  cleanup()
  useDialog.setState({ open: undefined })
  vi.useRealTimers()
})

let kept: ScheduleView | null

function show(known: ScheduleView | null, view: SnapshotView = viewOf([])): FakeMain {
  kept = known
  const keep = (next: ScheduleView | null): void => {
    kept = next
    main.emit.schedules.changed(target)
  }
  const main = installFakeMain({
    snapshots: { list: () => view, picture: () => null },
    schedules: {
      get: () => kept,
      set: ({ schedule }) => keep({ schedule, own: [] }),
      remove: () => keep(null),
    },
  })
  render(
    <>
      <SnapshotsTab {...target} />
      <Dialogs />
    </>,
  )
  return main
}

const line = (): Promise<HTMLElement> => screen.findByRole('region', { name: 'Schedule' })
async function openDialog(): Promise<HTMLElement> {
  fireEvent.click(within(await line()).getByRole('button', { name: 'Schedule…' }))
  return screen.findByRole('dialog', { name: 'Snapshots of web by schedule' })
}
const type = (dialog: HTMLElement, label: string, value: string): void => {
  fireEvent.change(within(dialog).getByLabelText(label), { target: { value } })
}
const save = (dialog: HTMLElement): void => {
  fireEvent.click(within(dialog).getByRole('button', { name: 'Save' }))
}
const sent = (main: FakeMain, channel: string): unknown =>
  main.calls.findLast((call) => call.channel === channel)?.input

it('the tab says that there is no schedule, and offers one', async () => {
  show(null)
  expect((await line()).textContent).toContain('No schedule: snapshots are taken by hand')
  const dialog = await openDialog()
  expect(dialog.textContent).toContain('Next: tomorrow 03:00 · ')
  expect(within(dialog).queryByRole('button', { name: 'Remove the schedule' })).toBeNull()
})

it('what is chosen is sent whole', async () => {
  const main = show(null)
  const dialog = await openDialog()
  fireEvent.click(within(dialog).getByRole('radio', { name: 'Weekly' }))
  type(dialog, 'At', '22:30')
  fireEvent.click(within(dialog).getByRole('checkbox', { name: 'Sunday' }))
  expect(dialog.textContent).toContain('Next: today 22:30 · tomorrow 22:30 · Sun')
  fireEvent.click(within(dialog).getByRole('radio', { name: /^The disks, in files of their own/ }))
  type(dialog, 'Keep the newest', '3')
  type(dialog, 'Names begin with', 'nightly')
  expect(dialog.textContent).toContain('As in nightly-2026-11-29-0300')
  save(dialog)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(sent(main, 'schedules.set')).toEqual({
    ...target,
    schedule: {
      isOn: true,
      rhythm: { kind: 'weekly', days: ['Mon', 'Sun'], at: '22:30' },
      kind: 'disks',
      quiesce: true,
      keep: 3,
      prefix: 'nightly',
      whileOff: false,
      makesUp: true,
    },
  })
})

it('a time, a number or a name that is none is told at its field, and nothing is sent', async () => {
  const main = show(null)
  const dialog = await openDialog()
  type(dialog, 'At', '25:00')
  type(dialog, 'Keep the newest', '0')
  type(dialog, 'Names begin with', 'a b')
  expect(dialog.textContent).toContain('A time is written like 03:00')
  expect(dialog.textContent).toContain('Keep at least one')
  expect(dialog.textContent).toContain('Use up to 32 letters')
  save(dialog)
  expect(sent(main, 'schedules.set')).toBeUndefined()
})

it('what comes next and what became of the last are told as they change', async () => {
  const main = show({
    schedule: nightly,
    own: [],
    last: { atMs: Date.parse('2026-11-29T03:00:00'), outcome: 'taken', name: 'auto-2026-11-29-0300' },
  })
  expect((await line()).textContent).toContain(
    'Next: tomorrow 03:00, keeps 7Last: auto-2026-11-29-0300, today 03:00',
  )
  kept = {
    schedule: nightly,
    own: [],
    last: { atMs: Date.parse('2026-11-28T03:00:00'), outcome: 'missed', times: 4 },
  }
  main.emit.schedules.changed(target)
  await screen.findByText('Missed 4 times, the last yesterday 03:00')
  kept = { schedule: nightly, own: [], waitsFor: 'web is busy: Backing up web' }
  main.emit.schedules.changed(target)
  await screen.findByText('Due now. It waits: web is busy: Backing up web')
})

it('a failure is told in the dialog with its cure', async () => {
  show({
    schedule: nightly,
    own: [],
    last: {
      atMs: Date.parse('2026-11-29T03:00:00'),
      outcome: 'failed',
      error: { kind: 'unsupported', message: 'The pool is full', cure: 'Make room.' },
    },
  })
  const dialog = await openDialog()
  expect(dialog.textContent).toContain('Failed today 03:00: The pool is full')
  expect(dialog.textContent).toContain('Make room.')
})

it('a schedule can be switched off, and removed', async () => {
  const main = show({ schedule: nightly, own: [] })
  const dialog = await openDialog()
  fireEvent.click(within(dialog).getByRole('switch'))
  save(dialog)
  await screen.findByText('The schedule is off: daily at 03:00')
  expect(sent(main, 'schedules.set')).toMatchObject({ schedule: { isOn: false } })
  fireEvent.click(within(await openDialog()).getByRole('button', { name: 'Remove the schedule' }))
  await screen.findByText('No schedule: snapshots are taken by hand')
})

it('long chains and mixed kinds are warned of', async () => {
  show(null, viewOf([one('by hand')]))
  const dialog = await openDialog()
  expect(dialog.textContent).not.toContain('mixed')
  fireEvent.click(within(dialog).getByRole('radio', { name: /^The disks, in files of their own/ }))
  expect(dialog.textContent).toContain('This VM has snapshots inside its disk images')
  type(dialog, 'Keep the newest', '30')
  expect(dialog.textContent).toContain('31 with these')
})

it('a VM that can have no snapshots says why there can be no schedule', async () => {
  const none = refused('The VM has no disk that it writes to')
  const offers = { internal: none, external: none, memory: none, quiesce: none, live: none }
  const { usual: _, ...without } = viewOf([], { offers })
  show(null, without)
  const button = within(await line()).getByRole('button', { name: 'Schedule…' })
  expect(button.getAttribute('aria-disabled')).toBe('true')
})

it('a kind that the VM cannot have says why, and one that only is not possible while it is off stays', async () => {
  const offers = {
    internal: refused('vda is a raw image'),
    external: allowed,
    memory: refused('The VM has 1 device of the host'),
    quiesce: allowed,
    live: allowed,
  }
  show(null, viewOf([], { offers, usual: 'external' }))
  const dialog = await openDialog()
  const isOff = (name: RegExp): boolean =>
    (within(dialog).getByRole('radio', { name }) as HTMLInputElement).disabled
  expect(isOff(/^Inside the disk images/)).toBe(true)
  expect(isOff(/^The disks/)).toBe(false)
  expect(isOff(/^Disks and memory/)).toBe(true)
})

it('the files of a timer for the host follow what is chosen', async () => {
  show(null)
  const dialog = await openDialog()
  expect(dialog.textContent).toContain('OnCalendar=*-*-* 03:00:00')
  type(dialog, 'At', '04:15')
  expect(dialog.textContent).toContain('OnCalendar=*-*-* 04:15:00')
  expect(dialog.textContent).toContain('systemctl enable --now innkeeper-snapshot-web-00000000.timer')
  fireEvent.click(within(dialog).getByRole('radio', { name: /^Disks and memory/ }))
  expect(dialog.textContent).toContain('A timer on the host keeps no memory in files of its own')
})

import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import type { ChangeHardwareInput } from '../../../shared/model/hardware/change'
import type { ApplyOutcome, HardwareView } from '../../../shared/model/hardware/view'
import type { Host } from '../../../shared/model/host'
import { vmId, vmKey } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain, type Answers, type FakeMain } from '../../api/fake'
import { closeDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost, testHost } from '../../stores/test-host'
import { applyVmChanges, replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { HardwareTab } from './HardwareTab'
import { forgetHostData } from '../../form/host-data'
import { useHardwareStore } from './store'

const host = connectedHost('h')
const id = vmId.parse('11111111-2222-3333-4444-555555555555')
const target = { host: host.id, vm: id }

const record: Vm = {
  id,
  host: host.id,
  name: 'web-01',
  state: 'running',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 2,
  memoryBytes: 1024 ** 3,
  maxMemoryBytes: 1024 ** 3,
}

const watchdog = {
  ref: { kind: 'watchdog', key: 'i6300esb' },
  values: { model: 'i6300esb', action: 'reset' },
  live: { model: 'i6300esb', action: 'reset' },
  address: 'PCI 0000:03:00.0',
  hasMore: true,
}
const rng = {
  ref: { kind: 'rng', key: '#0' },
  values: { model: 'virtio', backend: 'random', device: '/dev/urandom' },
  live: { model: 'virtio', backend: 'random', device: '/dev/urandom' },
  hasMore: false,
}

const view: HardwareView = {
  base: 'one',
  name: 'web-01',
  guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'pc' },
  isRunning: true,
  isPersistent: true,
  items: [watchdog, rng],
  pending: [],
}

interface World {
  view?: HardwareView
  apply?: (input: ChangeHardwareInput) => ApplyOutcome
  answers?: Answers['hardware']
  shownHost?: Host
  vm?: Vm
}

/** A host that stores whatever it is told, unless the test says what it does. */
function show(world: World = {}): FakeMain & { current: { view: HardwareView } } {
  const current = { view: world.view ?? view }
  const main = installFakeMain({
    hardware: {
      view: () => current.view,
      apply: (input) =>
        world.apply?.(input as ChangeHardwareInput) ?? {
          kind: 'applied',
          base: 'two',
          results: input.changes.map(() => ({ when: 'now' })),
        },
      preview: ({ changes }) => ({
        before: '<domain/>\n',
        after: `<domain>\n${changes.map(({ kind }) => `  <${kind}/>\n`).join('')}</domain>\n`,
        effects: changes.map(() => ({ when: 'next-start', why: 'The guest is asleep' })),
        commands: ['virsh edit web-01'],
      }),
      ...world.answers,
    },
    app: { copyText: () => undefined },
  })
  replaceHosts([world.shownHost ?? host])
  replaceVms([world.vm ?? record])
  render(
    <>
      <HardwareTab host={host.id} vm={id} />
      <Dialogs />
    </>,
  )
  return { ...main, current }
}

const list = () => screen.getByRole('navigation', { name: 'Hardware' })
const open = async (name: RegExp) => {
  fireEvent.click(await screen.findByRole('option', { name }))
}
const bar = () => screen.getByRole('region', { name: 'Changes not applied yet' })
/** The button of a select, which is named by what is chosen and by its label. */
const named = (label: string) => (name: string) => name.endsWith(` ${label}`) && !name.includes(': ')
const select = (label: string) => screen.getByRole('button', { name: named(label) })
/** Dialogs are loaded when they are first opened. */
const dialogNamed = async (name: string) =>
  within(
    await screen.findByRole(
      /^(Review|Add)/.test(name) ? 'dialog' : 'alertdialog',
      { name },
      { timeout: 15_000 },
    ),
  )
const pick = (label: string, option: string) => {
  fireEvent.click(select(label))
  fireEvent.click(screen.getByRole('option', { name: option }))
}
const applied = (main: FakeMain) =>
  main.calls.filter(({ channel }) => channel === 'hardware.apply').map(({ input }) => input)

beforeEach(() => {
  forgetHostData()
  closeDialog()
  useHardwareStore.setState({ byVm: {} })
})
afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

test('the list names what the VM has, and arrow keys walk through it', async () => {
  show()
  await open(/^Watchdog/)
  expect(screen.getByRole('region', { name: 'Watchdog Intel 6300ESB' }).textContent).toContain(
    'PCI 0000:03:00.0',
  )
  expect(screen.getByText(/The definition has more about it/)).toBeTruthy()
  fireEvent.keyDown(screen.getByRole('listbox', { name: 'Pages and devices' }), { key: 'ArrowDown' })
  expect(screen.getByRole('region', { name: 'Random number generator' })).toBeTruthy()
  expect(document.activeElement?.textContent).toContain('Random number generator')
})

test('a change is marked, says when it takes effect, and is applied with the base it was made on', async () => {
  const main = show()
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  expect(within(list()).getByRole('option', { name: /Watchdog.*Changed/ })).toBeTruthy()
  expect(bar().textContent).toContain('1 change')
  expect(bar().textContent).toContain('At the next start')
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  await waitFor(() => expect(applied(main)).toHaveLength(1))
  expect(applied(main)[0]).toEqual({
    ...target,
    base: 'one',
    when: 'now',
    changes: [{ kind: 'set', item: watchdog.ref, values: { action: 'pause' } }],
  })
  await waitFor(() => expect(screen.queryByRole('region', { name: 'Changes not applied yet' })).toBeNull())
})

test('Ctrl+Enter applies wherever the focus is', async () => {
  const main = show()
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  fireEvent.keyDown(screen.getByRole('button', { name: 'Remove…' }), { key: 'Enter', ctrlKey: true })
  await waitFor(() => expect(applied(main)).toHaveLength(1))
})

test('a field goes back to what is stored, and Discard takes back all', async () => {
  show()
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  fireEvent.click(screen.getByRole('button', { name: 'Undo: When it expires' }))
  expect(screen.queryByRole('region', { name: 'Changes not applied yet' })).toBeNull()
  pick('When it expires', 'Do nothing')
  fireEvent.click(within(bar()).getByRole('button', { name: 'Discard' }))
  expect(select('When it expires').textContent).toContain('Reset the VM')
})

test('changes survive leaving the page', async () => {
  show()
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  cleanup()
  render(<HardwareTab host={host.id} vm={id} />)
  expect((await screen.findByRole('button', { name: named('When it expires') })).textContent).toContain(
    'Pause the VM',
  )
})

test('what did not happen at once is listed with the reason', async () => {
  show({
    apply: () => ({
      kind: 'applied',
      base: 'two',
      results: [{ when: 'next-start', whyNotNow: 'The guest did not let go of it', detail: 'EBUSY' }],
    }),
  })
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  expect(await screen.findByText(/one change did not reach the running guest/)).toBeTruthy()
  expect(screen.getByText('The guest did not let go of it')).toBeTruthy()
})

test('what the guest refused can be made by force, after a look at it', async () => {
  let calls = 0
  const main = show({
    apply: () => ({
      kind: 'applied',
      base: 'two',
      results: [
        (calls += 1) === 1
          ? { when: 'next-start', whyNotNow: 'The drive did not take the change', canBeForced: true }
          : { when: 'now' },
      ],
    }),
  })
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  fireEvent.click(await screen.findByRole('button', { name: 'By force…' }))
  expect(within(bar()).getByText('1 change')).toBeTruthy()
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  await waitFor(() => expect(calls).toBe(2))
  const sent = main.calls.filter(({ channel }) => channel === 'hardware.apply').map(({ input }) => input)
  expect(sent).toMatchObject([
    { changes: [{ kind: 'set', values: { action: 'pause' } }] },
    { changes: [{ kind: 'set', values: { action: 'pause' }, isForced: true }] },
  ])
  expect(screen.queryByRole('button', { name: 'By force…' })).toBeNull()
})

test('a refusal is shown at its field, and nothing that was entered is lost', async () => {
  show({
    apply: () => {
      throw new AppError('invalid', 'There is no such device', {
        field: 'device',
        cure: 'Choose another one',
      })
    },
  })
  await open(/^Random/)
  fireEvent.change(screen.getByLabelText('Host device'), { target: { value: '/dev/nothing' } })
  await open(/^Watchdog/)
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  expect(await screen.findByText('There is no such device. Choose another one')).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('Host device').value).toBe('/dev/nothing')
})

test('a refusal that belongs to no field is shown above the bar', async () => {
  show({
    apply: () => {
      throw new AppError('busy', 'web-01 is busy: Saving web-01')
    },
  })
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  expect((await screen.findByRole('alert')).textContent).toContain('web-01 is busy: Saving web-01')
  expect(bar().textContent).toContain('1 change')
})

test('what cannot be right is not applied, and the bar leads to it', async () => {
  const main = show()
  await open(/^Random/)
  fireEvent.change(screen.getByLabelText('Host device'), { target: { value: 'urandom' } })
  expect(screen.getByText(/Enter an absolute path/)).toBeTruthy()
  await open(/^Watchdog/)
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  expect(applied(main)).toHaveLength(0)
  fireEvent.click(screen.getByRole('button', { name: 'One thing to correct' }))
  expect(screen.getByLabelText('Host device')).toBeTruthy()
})

test('a review tells each change in words, as XML and as commands, and takes one back', async () => {
  const main = show()
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  await open(/^Random/)
  fireEvent.change(screen.getByLabelText('Host device'), { target: { value: '/dev/hwrng' } })
  fireEvent.click(within(bar()).getByRole('button', { name: 'Review…' }))
  const dialog = await dialogNamed('Review the changes to web-01')
  expect(dialog.getByText('Pause the VM')).toBeTruthy()
  expect((await dialog.findAllByText('The guest is asleep')).length).toBe(2)
  fireEvent.click(dialog.getByRole('tab', { name: 'XML difference' }))
  expect(dialog.getAllByText('<set/>').length).toBe(2)
  fireEvent.click(dialog.getByRole('tab', { name: 'Same as commands' }))
  expect(dialog.getByText('virsh edit web-01')).toBeTruthy()
  fireEvent.click(dialog.getByRole('tab', { name: 'Changes' }))
  fireEvent.click(dialog.getAllByRole('button', { name: 'Take back this change' })[0] as HTMLElement)
  expect(dialog.queryByText('Pause the VM')).toBeNull()
  fireEvent.click(dialog.getByRole('button', { name: 'Apply' }))
  await waitFor(() => expect(applied(main)).toHaveLength(1))
  expect(applied(main)[0]).toMatchObject({
    changes: [{ kind: 'set', item: rng.ref, values: { device: '/dev/hwrng' } }],
  })
})

test('a conflict shows both differences, and going on keeps the changes on the newer definition', async () => {
  const main = show({
    apply: ({ base }) =>
      base === 'one'
        ? {
            kind: 'conflict',
            base: 'two',
            before: '<domain/>\n',
            theirs: '<domain><theirs/></domain>\n',
            ours: '<domain><ours/></domain>\n',
          }
        : { kind: 'applied', base: 'three', results: [{ when: 'now' }] },
  })
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  main.current.view = { ...view, base: 'two', items: [watchdog] }
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  const dialog = await dialogNamed('web-01 was changed elsewhere')
  expect(dialog.getByText(/theirs/, { selector: 'td, mark' })).toBeTruthy()
  fireEvent.click(dialog.getByRole('tab', { name: 'What you changed' }))
  expect(dialog.getByText(/ours/, { selector: 'td, mark' })).toBeTruthy()
  fireEvent.click(dialog.getByRole('button', { name: 'Keep editing on top of theirs' }))
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  await waitFor(() => expect(applied(main)).toHaveLength(2))
  expect(applied(main)[1]).toMatchObject({
    base: 'two',
    changes: [{ kind: 'set', values: { action: 'pause' } }],
  })
})

test('a change made elsewhere is told at once, and what was typed stays', async () => {
  const main = show()
  await open(/^Watchdog/)
  pick('When it expires', 'Pause the VM')
  main.current.view = { ...view, base: 'two' }
  act(() => applyVmChanges([{ kind: 'put', vm: { ...record, vcpuCount: 3 } }]))
  expect(await screen.findByText('This VM was changed elsewhere while you were editing')).toBeTruthy()
  expect(select('When it expires').textContent).toContain('Pause the VM')
})

test('what waits for the next start is told in words and can be reverted one by one', async () => {
  const main = show({
    view: {
      ...view,
      pending: [
        {
          item: watchdog.ref,
          what: { kind: 'changed', field: 'action', now: 'pause', next: 'reset' },
        },
        { item: rng.ref, what: { kind: 'added' } },
      ],
    },
  })
  const section = within(await screen.findByRole('region', { name: 'Waiting for the next start' }))
  fireEvent.click(section.getByRole('button', { name: '2 settings wait for the next start' }))
  expect(section.getByText('Pause the VM → Reset the VM')).toBeTruthy()
  expect(within(list()).getAllByText('Waits for the next start')).toHaveLength(2)
  fireEvent.click(section.getByRole('button', { name: /^Revert Watchdog/ }))
  expect(section.getByText('To be reverted')).toBeTruthy()
  await open(/^Watchdog/)
  expect(select('When it expires').textContent).toContain('Pause the VM')
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  await waitFor(() => expect(applied(main)).toHaveLength(1))
  expect(applied(main)[0]).toMatchObject({
    changes: [{ kind: 'as-running', item: watchdog.ref, field: 'action' }],
  })
})

test('new hardware begins with sensible settings, is edited like the rest, and goes without a question', async () => {
  const main = show({ view: { ...view, items: [rng] } })
  await open(/^Random/)
  fireEvent.click(screen.getByRole('button', { name: 'Add hardware…' }))
  const dialog = await dialogNamed('Add hardware to web-01')
  fireEvent.change(dialog.getByLabelText('Find hardware'), { target: { value: 'watch' } })
  fireEvent.click(dialog.getByRole('option', { name: 'Watchdog' }))
  expect(dialog.getByRole('button', { name: /Model/ }).textContent).toContain('Intel 6300ESB')
  fireEvent.click(dialog.getByRole('button', { name: 'Add' }))
  expect(screen.getByRole('region', { name: 'Watchdog Intel 6300ESB' })).toBeTruthy()
  pick('When it expires', 'Pause the VM')
  expect(bar().textContent).toContain('1 change')
  fireEvent.click(screen.getByRole('button', { name: 'Remove…' }))
  expect(screen.queryByRole('option', { name: /^Watchdog/ })).toBeNull()
  expect(applied(main)).toHaveLength(0)
})

test('removing says what goes, waits for Apply, and can be taken back before', async () => {
  const main = show()
  await open(/^Watchdog/)
  const remove = async () => {
    fireEvent.click(screen.getByRole('button', { name: 'Remove…' }))
    const dialog = await dialogNamed('Remove Watchdog Intel 6300ESB?')
    fireEvent.click(dialog.getByRole('button', { name: 'Remove' }))
  }
  await remove()
  expect(screen.getByText('Goes when the changes are applied.')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Keep it' }))
  expect(screen.queryByRole('region', { name: 'Changes not applied yet' })).toBeNull()
  await remove()
  fireEvent.click(within(bar()).getByRole('button', { name: 'Apply' }))
  await waitFor(() => expect(applied(main)).toHaveLength(1))
  expect(applied(main)[0]).toMatchObject({ changes: [{ kind: 'remove', item: watchdog.ref }] })
})

test('a device of another VM of the host is copied without what belongs to that VM', async () => {
  const other = vmId.parse('22222222-2222-3333-4444-555555555555')
  show({ answers: { deviceXml: () => '<watchdog model="ib700"/>' } })
  await open(/^Random/)
  act(() => applyVmChanges([{ kind: 'put', vm: { ...record, id: other, name: 'db-01' } }]))
  fireEvent.click(screen.getByRole('button', { name: 'Add hardware…' }))
  const dialog = await dialogNamed('Add hardware to web-01')
  fireEvent.click(dialog.getByRole('option', { name: 'Copy from another VM…' }))
  fireEvent.click(dialog.getByRole('button', { name: /VM/ }))
  fireEvent.click(screen.getByRole('option', { name: 'db-01' }))
  fireEvent.click(await dialog.findByRole('button', { name: /^Watchdog/ }))
  await waitFor(() => expect(bar().textContent).toContain('1 change'))
  expect(useHardwareStore.getState().byVm[vmKey(target)]?.changes).toEqual([
    { kind: 'add-xml', key: 'new-1', xml: '<watchdog model="ib700"/>' },
  ])
})

test('a read-only connection is explained, and nothing can be changed', async () => {
  const { status } = host
  if (status.kind !== 'connected') throw new Error('the host is connected')
  show({
    shownHost: { ...host, status: { ...status, info: { ...status.info, isReadOnly: true } } },
  })
  await open(/^Random/)
  expect(screen.getByText(/This connection is read-only/)).toBeTruthy()
  expect(screen.getByLabelText<HTMLInputElement>('Host device').disabled).toBe(true)
})

test('while the host is away the page says so', async () => {
  show({ shownHost: testHost('h') })
  expect(await screen.findByText('Connect the host to see the hardware of this VM.')).toBeTruthy()
})

test('a VM of a hundred devices is filtered by words', async () => {
  const many = Array.from({ length: 100 }, (_, index) => ({
    ...rng,
    ref: { kind: 'rng', key: `#${index}` },
    values: { ...rng.values, device: `/dev/source-${index}` },
  }))
  show({ view: { ...view, items: [watchdog, ...many] } })
  fireEvent.change(await screen.findByLabelText('Filter hardware'), { target: { value: 'source-42' } })
  await waitFor(() => expect(within(list()).getAllByRole('option')).toHaveLength(2))
  expect(within(list()).getByRole('option', { name: /source-42/ })).toBeTruthy()
})

test('hardware that could not be read can be asked for again', async () => {
  let isDown = true
  show({
    answers: {
      view: () => {
        if (isDown) throw new AppError('timed-out', 'The host did not answer')
        return view
      },
    },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('The host did not answer')
  isDown = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByRole('option', { name: /^Watchdog/ })).toBeTruthy()
})

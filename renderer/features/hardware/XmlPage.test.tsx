import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import type { HardwareView, HistoryEntry } from '../../../shared/model/hardware/view'
import { vmId, vmKey } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain, type Answers, type FakeMain } from '../../api/fake'
import { closeDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { HardwareTab } from './HardwareTab'
import { forgetHostData } from '../../form/host-data'
import { putHardware, useHardwareStore } from './store'

const host = connectedHost('h')
const target = { host: host.id, vm: vmId.parse('11111111-2222-3333-4444-555555555555') }
const key = vmKey(target)
const stored = '<domain>\n  <name>web-01</name>\n</domain>\n'

const view: HardwareView = {
  base: 'one',
  name: 'web-01',
  guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'pc' },
  isRunning: true,
  isPersistent: true,
  items: [
    { ref: { kind: 'rng', key: '#0' }, values: { model: 'virtio', backend: 'builtin' }, hasMore: false },
  ],
  pending: [],
}

const record = {
  ...target,
  id: target.vm,
  name: 'web-01',
  state: 'running',
  isPersistent: true,
} as unknown as Vm

function show(answers: Answers['hardware'] = {}): FakeMain {
  const main = installFakeMain({
    hardware: {
      view: () => view,
      definition: ({ which }) => ({
        xml: which === 'running' ? '<domain id="7"/>\n' : stored,
        base: 'one',
      }),
      history: () => [],
      preview: ({ changes: [change] }) => ({
        before: stored,
        after: change?.kind === 'definition' ? change.xml : stored,
        effects: [],
        commands: ['virsh define /dev/stdin'],
      }),
      apply: () => ({ kind: 'applied', base: 'two', results: [{ when: 'next-start' }] }),
      ...answers,
    },
    app: { copyText: () => undefined },
  })
  replaceHosts([host])
  replaceVms([record])
  putHardware(key, { page: 'xml' })
  render(<HardwareTab host={host.id} vm={target.vm} />)
  return main
}

/** As if it had been typed; the editor itself has tests of its own. */
function typed(text: string): void {
  act(() => putHardware(key, { xml: { text, base: 'one' } }))
}

const wait = { timeout: 15_000 }
const review = async () => {
  fireEvent.click(await screen.findByRole('button', { name: 'Review and apply…' }, wait))
}
const definitions = (main: FakeMain) =>
  main.calls.filter(({ channel }) => channel === 'hardware.apply').map(({ input }) => input)

beforeEach(() => {
  forgetHostData()
  closeDialog()
  useHardwareStore.setState({ byVm: {} })
})
afterEach(cleanup)

test('a definition is reviewed before it is stored, against the base it was read with', async () => {
  const main = show()
  await screen.findByText('As stored; what the next start uses', {}, wait)
  const text = stored.replace('</domain>', '  <title>New</title>\n</domain>')
  typed(text)
  await review()
  const dialog = within(await screen.findByRole('dialog', {}, wait))
  expect((await dialog.findByText(/<title>New<\/title>/, { selector: 'td, mark' })).textContent).toBeTruthy()
  expect(definitions(main)).toHaveLength(0)
  fireEvent.click(dialog.getByRole('button', { name: 'Apply' }))
  expect(await screen.findByText('What the host stored differs from what you sent', {}, wait)).toBeTruthy()
  expect(definitions(main)).toEqual([
    { ...target, base: 'one', when: 'next-start', changes: [{ kind: 'definition', xml: text }] },
  ])
  expect(useHardwareStore.getState().byVm[key]?.xml).toBeUndefined()
})

test('a text that is no XML is not sent, and its line is told', async () => {
  const main = show()
  await screen.findByText('As stored; what the next start uses', {}, wait)
  typed('<domain>\n  <name>web-01</nam>\n</domain>\n')
  await review()
  expect(await screen.findByText(/line 2/i, {}, wait)).toBeTruthy()
  expect(main.calls.map(({ channel }) => channel)).not.toContain('hardware.preview')
})

test('what the host refuses stays in the editor, with its words and the line it names', async () => {
  show({
    apply: () => {
      throw new AppError('invalid', 'The host does not take this definition', {
        detail: 'XML error: (domain_definition):3: unknown element',
      })
    },
  })
  await screen.findByText('As stored; what the next start uses', {}, wait)
  typed(`${stored}<!-- mine -->`)
  await review()
  const dialog = within(await screen.findByRole('dialog', {}, wait))
  await dialog.findByText(/mine/, { selector: 'td, mark' }, wait)
  fireEvent.click(dialog.getByRole('button', { name: 'Apply' }))
  expect((await screen.findByRole('alert', {}, wait)).textContent).toContain(
    'The host does not take this definition',
  )
  expect(screen.getByText(/line 3/i)).toBeTruthy()
  expect(useHardwareStore.getState().byVm[key]?.xml?.text).toContain('<!-- mine -->')
})

test('while forms hold changes the text can only be read', async () => {
  show()
  await screen.findByText('As stored; what the next start uses', {}, wait)
  act(() =>
    putHardware(key, { changes: [{ kind: 'remove', item: { kind: 'rng', key: '#0' } }], base: 'one' }),
  )
  expect(screen.getByText('The changes made in the forms are not in this text')).toBeTruthy()
  expect(screen.getByText('Apply or discard the changes made in the forms first')).toBeTruthy()
})

test('what runs can be read beside what is stored', async () => {
  show()
  fireEvent.click(await screen.findByRole('tab', { name: 'Running' }, wait))
  expect(await screen.findByText('What the guest runs with; it can only be read', {}, wait)).toBeTruthy()
})

test('a definition of the history is reviewed and brought back', async () => {
  const entry: HistoryEntry = {
    id: '1',
    atMs: Date.UTC(2026, 0, 2, 3, 4),
    title: 'Disk vda: Cache',
    commands: ['virt-xml web-01 --edit'],
    before: '<domain><old/></domain>\n',
    after: stored,
  }
  const main = show({ history: () => [entry] })
  fireEvent.click(await screen.findByRole('tab', { name: 'History' }, wait))
  fireEvent.click(await screen.findByRole('button', { name: /^Disk vda: Cache/ }, wait))
  fireEvent.click(screen.getByRole('button', { name: /^Restore the definition/ }))
  const dialog = within(await screen.findByRole('dialog', {}, wait))
  await dialog.findByText(/old/, { selector: 'td, mark' }, wait)
  fireEvent.click(dialog.getByRole('button', { name: 'Apply' }))
  await screen.findByRole('button', { name: /^Disk vda: Cache/ }, wait)
  expect(definitions(main)).toEqual([
    { ...target, base: 'one', when: 'next-start', changes: [{ kind: 'definition', xml: entry.before }] },
  ])
})

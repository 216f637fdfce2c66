// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { EditorView } from '@codemirror/view'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import type { FromDefinitionInput, FromDefinitionPlan } from '../../../shared/model/new-vm/from-definition'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { go, useRoute } from '../../stores/route'
import { putTask, replaceTasks } from '../../stores/tasks'
import { connectedHost, testHost } from '../../stores/test-host'
import { useToasts } from '../../stores/toasts'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 20_000 })

const host = hostId.parse('a')
const vm = vmId.parse('00000000-0000-0000-0000-000000000001')
const task = taskId.parse('creating')
const converted = "<domain type='kvm'><name>restored</name></domain>"
const text = '<domain><name>restored</name></domain>'

function show(plan: (input: FromDefinitionInput) => Partial<FromDefinitionPlan> = () => ({})): FakeMain {
  const main = installFakeMain({
    newVm: {
      planDefinition: (input) => ({
        name: input.name ?? 'restored',
        hasUuid: true,
        xml: input.xml,
        problems: [],
        ...plan(input as FromDefinitionInput),
      }),
      createFromDefinition: () => task,
      convertDefinition: (input) => ({
        xml: converted,
        steps: [
          { part: 'Hypervisor', change: 'xen becomes kvm', why: 'It runs here.' },
          {
            part: 'Disk xvda',
            change: `Bus xen becomes ${input.devices === 'virtio' ? 'virtio' : 'sata'}`,
            why: 'Fast.',
          },
        ],
        warnings: ['The guest was started with “console=hvc0”.'],
        renamed: [{ from: 'xvda', to: input.devices === 'virtio' ? 'vda' : 'sda' }],
      }),
    },
    hardware: { definition: () => ({ xml: text, base: '' }) },
  })
  render(<Dialogs />)
  act(() => openDialog({ kind: 'newVmFromDefinition', host }))
  return main
}
const inputs = (main: FakeMain, name: string): FromDefinitionInput[] =>
  main.calls
    .filter(({ channel }) => channel === `newVm.${name}`)
    .map(({ input }) => input as FromDefinitionInput)
const name = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Name' })
const createButton = (): HTMLElement => screen.getByRole('button', { name: 'Create' })
async function paste(): Promise<void> {
  const editor = EditorView.findFromDOM(await screen.findByRole('textbox', { name: 'Definition' }))
  act(() => editor?.dispatch({ changes: { from: 0, insert: text } }))
}
const canCreate = (): Promise<void> =>
  waitFor(() => expect(createButton()).not.toHaveProperty('disabled', true))

beforeEach(() => {
  replaceHosts([connectedHost('a')])
  replaceVms([])
  replaceTasks([])
  act(() => go({ kind: 'all' }))
})
afterEach(() => {
  act(closeDialog)
  cleanup()
  forgetHostData()
  useToasts.setState({ toasts: [] })
})

it('a pasted definition becomes a VM, which is opened', async () => {
  const main = show()
  await paste()
  await waitFor(() => expect(name().value).toBe('restored'))
  await canCreate()
  fireEvent.submit(createButton())
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(inputs(main, 'createFromDefinition')).toEqual([
    { host, xml: text, identity: 'keep', startsNow: false },
  ])
  act(() =>
    putTask({
      id: task,
      kind: 'vm.create',
      title: 'Creating restored',
      host,
      vm,
      state: 'succeeded',
      startedAtMs: 1,
      canCancel: true,
    }),
  )
  await waitFor(() => expect(useRoute.getState().route).toMatchObject({ kind: 'vm', tab: 'overview' }))
})

it('a file is opened, and one that is no text of this size is not read', async () => {
  const main = show()
  const picker = await screen.findByLabelText('Definition file')
  const huge = new File([''], 'disk.qcow2')
  Object.defineProperty(huge, 'size', { value: 5 * 1024 ** 3 })
  fireEvent.change(picker, { target: { files: [huge] } })
  expect(await screen.findByText('disk.qcow2 is too large for the definition of a VM')).toBeTruthy()
  const file = new File([text], 'restored.xml')
  // the page of the tests cannot read files yet
  Object.defineProperty(file, 'text', { value: async () => text })
  fireEvent.change(picker, { target: { files: [file] } })
  await waitFor(() => expect(inputs(main, 'planDefinition').at(-1)?.xml).toBe(text))
  expect(screen.queryByText(/is too large/)).toBeNull()
})

it('a file that is dropped on the text takes its place', async () => {
  const main = show()
  const box = await screen.findByRole('textbox', { name: 'Definition' })
  const file = new File([text], 'restored.xml')
  Object.defineProperty(file, 'text', { value: async () => text })
  fireEvent.drop(box, { dataTransfer: { files: [file], types: ['Files'] } })
  await waitFor(() => expect(inputs(main, 'planDefinition').at(-1)?.xml).toBe(text))
})

it('a name or UUID that is taken is told where it is changed', async () => {
  const main = show(({ name: typed, identity }) => ({
    problems: [
      ...(typed === 'mine'
        ? []
        : [{ level: 'error' as const, field: 'name', message: 'Somebody is called that' }]),
      ...(identity === 'new'
        ? []
        : [{ level: 'error' as const, field: 'identity', message: 'Its UUID belongs to web-01' }]),
    ],
  }))
  await paste()
  expect(await screen.findByText('Somebody is called that')).toBeTruthy()
  expect(name().getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText('Its UUID belongs to web-01')).toBeTruthy()
  fireEvent.submit(createButton())
  fireEvent.change(name(), { target: { value: 'mine' } })
  fireEvent.click(screen.getByText('A VM of its own, with a new UUID'))
  await waitFor(() =>
    expect(inputs(main, 'planDefinition').at(-1)).toMatchObject({ name: 'mine', identity: 'new' }),
  )
  await waitFor(() => expect(screen.queryByText('Its UUID belongs to web-01')).toBeNull())
  expect(inputs(main, 'createFromDefinition')).toEqual([])
  fireEvent.change(name(), { target: { value: 'a b' } })
  expect(await screen.findByText(/Use letters, digits/)).toBeTruthy()
})

const madeForXen = ({ xml }: FromDefinitionInput): Partial<FromDefinitionPlan> =>
  xml === text
    ? {
        conversion: { from: 'pv', to: 'kvm', isNeeded: true },
        problems: [{ level: 'error', field: 'xml', message: 'This definition was made for Xen' }],
      }
    : {}

it('what was made for Xen is converted after every change, its reason and the guest’s part were shown', async () => {
  const main = show(madeForXen)
  await paste()
  expect(await screen.findByText('This definition was made for Xen')).toBeTruthy()
  fireEvent.click(await screen.findByRole('button', { name: 'Convert it for KVM…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Convert it for KVM' }))
  expect((await dialog.findByRole('table', { name: 'Changes' })).textContent).toContain(
    'Hypervisorxen becomes kvmIt runs here.',
  )
  expect(dialog.getByText(/console=hvc0/)).toBeTruthy()
  fireEvent.click(dialog.getByRole('tab', { name: 'XML difference' }))
  expect((await dialog.findByRole('region', { name: 'Conversion' })).textContent).toContain("type='kvm'")
  fireEvent.click(dialog.getByText('Emulated: every system has drivers'))
  fireEvent.click(dialog.getByRole('tab', { name: 'In the guest' }))
  await waitFor(() => expect(dialog.getByText(/xvda becomes .dev.sda/)).toBeTruthy())
  fireEvent.click(dialog.getByText('Debian, Ubuntu'))
  expect(await dialog.findByText(/update-initramfs -u -k all/)).toBeTruthy()
  const use = dialog.getByRole('button', { name: 'Use this definition' })
  await waitFor(() => expect(use).not.toHaveProperty('disabled', true))
  fireEvent.submit(use)
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Convert it for KVM' })).toBeNull())
  await waitFor(() => expect(inputs(main, 'planDefinition').at(-1)?.xml).toBe(converted))
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Convert it for KVM…' })).toBeNull())
  // using the text has created nothing yet
  expect(inputs(main, 'createFromDefinition')).toEqual([])
})

it('a conversion that is given up leaves the text as it was', async () => {
  const main = show(madeForXen)
  await paste()
  fireEvent.click(await screen.findByRole('button', { name: 'Convert it for KVM…' }))
  const dialog = within(await screen.findByRole('dialog', { name: 'Convert it for KVM' }))
  await dialog.findByRole('table', { name: 'Changes' })
  fireEvent.click(dialog.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Convert it for KVM' })).toBeNull())
  expect(new Set(inputs(main, 'planDefinition').map(({ xml }) => xml))).toEqual(new Set([text]))
})

const onB = { host: hostId.parse('b'), id: vm, name: 'orders', state: 'running' } as Vm

it('the definition of a VM of another connected host is taken, and that its disks stay there is told', async () => {
  replaceHosts([connectedHost('a'), connectedHost('b'), testHost('c')])
  replaceVms([onB, { ...onB, id: vmId.parse('00000000-0000-0000-0000-000000000002'), name: 'mail' }])
  const main = show(madeForXen)
  fireEvent.click(await screen.findByRole('button', { name: 'From a VM of another host…' }))
  const dialog = within(await screen.findByRole('dialog', { name: /VM of another host/ }))
  fireEvent.change(dialog.getByLabelText('Search VMs', { selector: 'input' }), { target: { value: 'ORD' } })
  expect(dialog.queryByRole('button', { name: 'mail' })).toBeNull()
  fireEvent.click(dialog.getByRole('button', { name: 'orders' }))
  await waitFor(() => expect(inputs(main, 'planDefinition').at(-1)).toMatchObject({ host, xml: text }))
  expect(main.calls.find(({ channel }) => channel === 'hardware.definition')?.input).toEqual({
    host: 'b',
    vm,
    which: 'stored',
  })
  expect(screen.getByText('Taken from orders on Host b')).toBeTruthy()
  expect(screen.getByText(/Its disks stay there, and it runs/)).toBeTruthy()
  expect(await screen.findByRole('button', { name: 'Convert it for KVM…' })).toBeTruthy()
})

it('without another connected host there is nothing to take from', async () => {
  replaceHosts([connectedHost('a'), testHost('c')])
  show()
  await screen.findByRole('button', { name: 'Open a file…' })
  expect(screen.queryByRole('button', { name: 'From a VM of another host…' })).toBeNull()
})

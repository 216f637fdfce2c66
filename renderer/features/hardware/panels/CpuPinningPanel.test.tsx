import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import '../../../test-dom'
import type { Values } from '../../../../shared/model/hardware/field'
import type { HostDetails, NumaCell } from '../../../../shared/model/host-details'
import { drafted, itemOf, openPage, showHardware } from './test-panel'

const page = { kind: 'vcpu-tuning', key: '' }

/** Nodes one after the other, with two threads to a core. */
function cells(count: number, coresEach: number): NumaCell[] {
  return Array.from({ length: count }, (_, id) => {
    const cores = Array.from({ length: coresEach }, (_core, core) => {
      const first = 2 * (id * coresEach + core)
      return { socket: id, cpus: [first, first + 1] }
    })
    const first = 2 * id * coresEach
    return {
      id,
      cpuCount: 2 * coresEach,
      cpus: `${first}-${first + 2 * coresEach - 1}`,
      cores,
      hugePages: [],
    }
  })
}

function detailsWith(list: NumaCell[]): HostDetails {
  return {
    cpu: { model: 'x', sockets: 2, dies: 2, cores: 4, threads: 8 },
    memory: { totalBytes: 1024 ** 3 },
    cells: list,
    daemon: { answerMs: 1 },
    connection: { reach: 'local', isSecure: true, isEncrypted: false },
    services: {},
    hardening: {} as HostDetails['hardening'],
  }
}

const show = async (values: Values = {}, more: { cpu?: Values; cells?: NumaCell[]; live?: Values } = {}) => {
  const list = more.cells ?? cells(2, 2)
  showHardware({
    items: [itemOf('cpu', '', { maximum: 4, ...more.cpu }), itemOf('vcpu-tuning', '', values, more.live)],
    ...(list.length > 0 ? { details: detailsWith(list) } : {}),
  })
  await openPage(/^CPU placement/)
  await screen.findByRole('group', { name: 'Pinning' })
  if (list.length > 0) await screen.findByRole('region', { name: 'Node 0' })
}
const panel = () => within(screen.getByRole('group', { name: 'Pinning' }))
// asking by role takes seconds among hundreds of controls
const inPanel = (selector: string) => {
  const found = screen.getByRole('group', { name: 'Pinning' }).querySelector<HTMLElement>(selector)
  if (!found) throw new Error(`no ${selector}`)
  return found
}
const cpu = (number: number) => inPanel(`[role=checkbox][aria-label^="CPU ${number}"][data-cpu="${number}"]`)
const target = (name: string) => inPanel(`[role=option][aria-label^="${name},"]`)
const count = (selector: string) => document.querySelectorAll(selector).length
/** As a mouse does it; what lacks size and pressure counts as a screen reader's click, which adds to what is chosen. */
const choose = (name: string) => {
  const mouse = { button: 0, pointerType: 'mouse', width: 1, height: 1, pressure: 0.5, detail: 1 }
  fireEvent.pointerDown(target(name), mouse)
  fireEvent.pointerUp(target(name), mouse)
  fireEvent.click(target(name), mouse)
}
const press = (...numbers: number[]) => {
  const [first = 0, ...rest] = numbers
  fireEvent.mouseDown(cpu(first), { button: 0 })
  for (const number of rest) fireEvent.mouseMove(cpu(number))
  fireEvent.mouseUp(cpu(numbers.at(-1) ?? first))
}
const text = (name: string) => panel().getByLabelText<HTMLInputElement>(`Host CPUs of ${name}`)

afterEach(cleanup)

test('a click pins what is chosen, another takes it back, and dragging does it to many', async () => {
  await show()
  expect(target('vCPU 0').getAttribute('aria-label')).toBe('vCPU 0, Anywhere')
  press(2)
  expect(drafted()).toEqual([{ kind: 'set', item: page, values: { vcpuPins: [{ vcpu: 0, cpus: '2' }] } }])
  press(2)
  expect(drafted()).toEqual([])
  press(4, 5, 6)
  expect(text('vCPU 0').value).toBe('4-6')
  // where a drag begins decides whether it puts in or takes out
  press(5, 6, 7)
  expect(text('vCPU 0').value).toBe('4')
  expect(cpu(4).getAttribute('aria-checked')).toBe('true')
})

test('the emulator and I/O threads are placed in the same way', async () => {
  await show({ ioThreads: 1 })
  choose('Emulator')
  press(0)
  choose('I/O thread 1')
  press(1)
  expect(drafted()).toEqual([
    { kind: 'set', item: page, values: { emulatorPin: '0', ioThreadPins: [{ thread: 1, cpus: '1' }] } },
  ])
  expect(cpu(0).getAttribute('aria-label')).toBe('CPU 0, also Emulator')
})

test('several are chosen at once with the keyboard, and placed together', async () => {
  await show({ vcpuPins: [{ vcpu: 1, cpus: '7' }] })
  choose('vCPU 0')
  fireEvent.keyDown(target('vCPU 0'), { key: 'a', ctrlKey: true })
  expect(panel().getByLabelText<HTMLInputElement>('Host CPUs of 5 selected ones').placeholder).toBe(
    'Different ones',
  )
  fireEvent.click(panel().getByRole('button', { name: 'Node 1' }))
  expect(drafted()).toEqual([
    {
      kind: 'set',
      item: page,
      values: {
        vcpuPins: [0, 1, 2, 3].map((vcpu) => ({ vcpu, cpus: '4-7' })),
        emulatorPin: '4-7',
      },
    },
  ])
  expect(panel().getByRole('button', { name: 'Node 1' }).getAttribute('aria-pressed')).toBe('true')
})

test('arrow keys walk over the CPUs and Space puts one in', async () => {
  await show()
  expect(count('[data-cpu][tabindex="0"]')).toBe(1)
  expect(cpu(0).tabIndex).toBe(0)
  cpu(0).focus()
  fireEvent.keyDown(cpu(0), { key: 'ArrowRight' })
  expect(document.activeElement).toBe(cpu(1))
  // what a browser makes of Space on a button
  fireEvent.click(cpu(1), { detail: 0 })
  expect(text('vCPU 0').value).toBe('1')
  fireEvent.keyDown(cpu(1), { key: 'End' })
  expect(document.activeElement).toBe(cpu(7))
})

test('an exact set is typed, and one that is none is told and kept', async () => {
  await show()
  fireEvent.change(text('vCPU 0'), { target: { value: '0-7,^2' } })
  expect(cpu(2).getAttribute('aria-checked')).toBe('false')
  expect(cpu(3).getAttribute('aria-checked')).toBe('true')
  expect(drafted()).toEqual([
    { kind: 'set', item: page, values: { vcpuPins: [{ vcpu: 0, cpus: '0-7,^2' }] } },
  ])
  fireEvent.change(text('vCPU 0'), { target: { value: '0-' } })
  expect(panel().getByText('Enter numbers and ranges such as 0-3,8')).toBeTruthy()
  expect(text('vCPU 0').value).toBe('0-')
})

test('a preset places all virtual CPUs, Clear frees everything, and Undo brings back what is stored', async () => {
  await show({ emulatorPin: '0' })
  fireEvent.click(panel().getByRole('button', { name: 'Presets' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'One to one on node 1' }))
  expect(target('vCPU 3').getAttribute('aria-label')).toBe('vCPU 3, 7')
  fireEvent.click(panel().getByRole('button', { name: 'Clear' }))
  expect(drafted()).toEqual([{ kind: 'set', item: page, values: {}, unset: ['emulatorPin'] }])
  fireEvent.click(screen.getByRole('button', { name: 'Undo: Pinning' }))
  expect(drafted()).toEqual([])
})

test('a preset that needs more CPUs than there are cannot be chosen', async () => {
  await show({}, { cpu: { maximum: 6 } })
  fireEvent.click(panel().getByRole('button', { name: 'Presets' }))
  const item = screen.getByRole('menuitem', { name: 'One to one on node 0' })
  expect(item.getAttribute('aria-disabled')).toBe('true')
})

test('a host that tells nothing about its CPUs leaves the text', async () => {
  await show({ vcpuPins: [{ vcpu: 0, cpus: '3' }] }, { cells: [] })
  await waitFor(() => expect(screen.queryByText(/Asking the host for its CPUs/)).toBeNull())
  fireEvent.change(text('vCPU 0'), { target: { value: '5' } })
  expect(drafted()).toHaveLength(1)
})

test('256 host CPUs and 64 virtual ones are all there', async () => {
  await show({}, { cells: cells(4, 32), cpu: { maximum: 64 } })
  expect(count('[role=checkbox]')).toBe(256)
  expect(count('.pin-target')).toBe(65)
  press(200, 201)
  expect(text('vCPU 0').value).toBe('200-201')
})

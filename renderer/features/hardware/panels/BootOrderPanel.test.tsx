import { cleanup, createEvent, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import '../../../test-dom'
import { Dialogs } from '../../shell/Dialogs'
import { draftChanges, drafted, itemOf, openPage, showHardware } from './test-panel'

const boot = (values = {}) => itemOf('boot', '', { osType: 'hvm', ...values })
const vda = { kind: 'disk', key: 'vda' }
const sda = { kind: 'disk', key: 'sda' }
const card = { kind: 'nic', key: '52:54:00:00:00:01' }
const disk = (key: string, values = {}, live?: object) =>
  itemOf(
    'disk',
    key,
    { device: 'disk', bus: 'virtio', target: key, sourceType: 'file', file: `/srv/${key}.qcow2`, ...values },
    live && { device: 'disk', bus: 'virtio', target: key, ...live },
  )
const nic = (values = {}) => itemOf('nic', card.key, { model: 'virtio', mac: card.key, ...values })
const placed = [
  boot(),
  disk('vda', { bootOrder: 1 }),
  disk('sda', { device: 'cdrom', bus: 'sata', bootOrder: 2 }),
  nic(),
]
const byKind = [
  boot({ legacyBoot: [{ device: 'hd' }, { device: 'network' }] }),
  disk('vda'),
  disk('sda', { device: 'cdrom', bus: 'sata' }),
  nic(),
]

const list = () => screen.getByRole('list', { name: 'Devices to start from' })
const rows = () => within(list()).getAllByRole('listitem')
/** First words of each row's box: which device, and whether it is tried. */
const shown = () =>
  rows().map((row) => {
    const box = within(row).getByRole<HTMLInputElement>('checkbox')
    return `${box.checked ? '+' : '-'}${box.getAttribute('aria-label')?.replace('Start from ', '') ?? ''}`
  })
const row = (name: string) => {
  const found = rows().find((one) => one.textContent?.includes(name))
  if (!found) throw new Error(`no row ${name}`)
  return found
}
const box = (name: string) => within(row(name)).getByRole<HTMLInputElement>('checkbox')
const open = () => openPage(/^Boot and firmware/)

afterEach(cleanup)

test('every device that can be started from is there, those that are tried first and in their order', async () => {
  showHardware({ items: [...placed.toReversed(), itemOf('rng', '#0', { model: 'virtio' })] })
  await open()
  expect(shown()).toEqual(['+VirtIO disk vda', '+SATA CD drive sda', `-Network card ${card.key}`])
})

test('a device that is ticked comes last, and the change names the whole order', async () => {
  showHardware({ items: placed })
  await open()
  fireEvent.click(box(card.key))
  expect(drafted()).toEqual([{ kind: 'boot-order', order: [vda, sda, card] }])
  fireEvent.click(box('vda'))
  expect(drafted()).toEqual([{ kind: 'boot-order', order: [sda, card] }])
  expect(shown()[0]).toBe('+SATA CD drive sda')
})

test('buttons move a device, and an order that is as stored is no change', async () => {
  showHardware({ items: placed })
  await open()
  fireEvent.click(within(row('sda')).getByRole('button', { name: /up$/ }))
  expect(drafted()).toEqual([{ kind: 'boot-order', order: [sda, vda] }])
  expect(screen.getByText(/sda: place 1 of 2/)).toBeTruthy()
  fireEvent.click(within(row('sda')).getByRole('button', { name: /down$/ }))
  expect(drafted()).toEqual([])
})

test('arrow keys walk through the devices, and with Alt they move one', async () => {
  showHardware({ items: placed })
  await open()
  box('vda').focus()
  fireEvent.keyDown(box('vda'), { key: 'ArrowDown', altKey: true })
  expect(shown().slice(0, 2)).toEqual(['+SATA CD drive sda', '+VirtIO disk vda'])
  expect(document.activeElement).toBe(box('vda'))
  fireEvent.keyDown(box('vda'), { key: 'ArrowUp' })
  expect(document.activeElement).toBe(box('sda'))
  // there is nothing above the first
  fireEvent.keyDown(box('sda'), { key: 'ArrowUp', altKey: true })
  expect(drafted()).toEqual([{ kind: 'boot-order', order: [sda, vda] }])
})

test('a device is dragged to its place, also one that was not tried', async () => {
  showHardware({ items: placed })
  await open()
  const dataTransfer = { setData: () => undefined, effectAllowed: '', dropEffect: '' }
  const drag = (from: string, to: string) => {
    fireEvent.dragStart(row(from), { dataTransfer })
    const over = createEvent.dragOver(row(to), { dataTransfer })
    fireEvent(row(to), over)
    expect(over.defaultPrevented).toBe(true)
    fireEvent.drop(row(to), { dataTransfer })
  }
  drag(card.key, 'vda')
  // jsdom has no places, so a drop is always on the upper half
  expect(drafted()).toEqual([{ kind: 'boot-order', order: [card, vda, sda] }])
  drag(card.key, 'sda')
  expect(drafted()).toEqual([{ kind: 'boot-order', order: [vda, card, sda] }])
})

test('an order by kind is shown as the devices it means, and converted only by a change', async () => {
  showHardware({ items: byKind })
  await open()
  expect(shown().slice(0, 2)).toEqual(['+VirtIO disk vda', `+Network card ${card.key}`])
  expect(screen.getByText(/by kind of device, the old way/)).toBeTruthy()
  expect(drafted()).toEqual([])
  fireEvent.click(box('sda'))
  expect(drafted()).toEqual([{ kind: 'boot-order', order: [vda, card, sda] }])
  expect(screen.queryByText(/the old way/)).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Undo: Boot order' }))
  expect(drafted()).toEqual([])
  expect(screen.getByText(/the old way/)).toBeTruthy()
})

test('the review names the devices in their order', async () => {
  showHardware({ items: placed })
  render(<Dialogs />)
  await open()
  fireEvent.click(within(row('sda')).getByRole('button', { name: /up$/ }))
  fireEvent.click(screen.getByRole('button', { name: 'Review…' }))
  const dialog = await screen.findByRole('dialog', {}, { timeout: 15_000 })
  expect(within(dialog).getByText('SATA CD drive sda, then VirtIO disk vda')).toBeTruthy()
})

test('the order by kind can still be edited itself', async () => {
  showHardware({ items: byKind })
  await open()
  fireEvent.click(screen.getByRole('button', { name: 'Order by kind of device instead' }))
  fireEvent.click(screen.getByRole('button', { name: 'Remove kind of device 1' }))
  expect(drafted()).toEqual([
    { kind: 'set', item: { kind: 'boot', key: '' }, values: { legacyBoot: [{ device: 'network' }] } },
  ])
  expect(shown()[0]).toBe(`+Network card ${card.key}`)
})

test('a place typed at the device is in the order, and later counts more than the order', async () => {
  showHardware({ items: placed })
  await open()
  fireEvent.click(within(row('sda')).getByRole('button', { name: /up$/ }))
  await openPage(/^VirtIO disk vda/)
  const field = screen.getByLabelText<HTMLInputElement>('Boot order')
  expect(field.value).toBe('2')
  fireEvent.change(field, { target: { value: '' } })
  await open()
  expect(shown()[0]).toBe('+SATA CD drive sda')
  expect(box('vda').checked).toBe(false)
  expect(drafted().map(({ kind }) => kind)).toEqual(['boot-order', 'set'])
})

test('a new disk can be started from before it is there, and one that goes is not in the order', async () => {
  showHardware({ items: placed })
  await open()
  const add = {
    kind: 'add',
    device: 'disk',
    key: 'new-1',
    values: { device: 'disk', target: 'vdb' },
  } as const
  draftChanges([add, { kind: 'remove', item: sda }])
  expect(rows()).toHaveLength(3)
  fireEvent.click(box('vdb'))
  expect(drafted().at(-1)).toEqual({
    kind: 'boot-order',
    order: [vda, { kind: 'disk', key: 'new-1' }],
  })
})

test('under a running guest a change says that it waits, and what waits says what the guest runs with', async () => {
  showHardware({
    items: [
      itemOf('boot', '', { osType: 'hvm' }, { osType: 'hvm' }),
      disk('vda', { bootOrder: 2 }, { bootOrder: 1 }),
      disk('sda', { device: 'cdrom', bus: 'sata', bootOrder: 1 }, { device: 'cdrom', bus: 'sata' }),
    ],
    view: {
      isRunning: true,
      pending: [{ item: vda, what: { kind: 'changed', field: 'bootOrder', now: 1, next: 2 } }],
    },
  })
  await open()
  expect(screen.getByText(/Waits for the next start; the guest runs with/).textContent).toMatch(
    /VirtIO disk vda$/,
  )
  fireEvent.click(box('sda'))
  expect(screen.getByText(/At the next start\. The firmware reads the boot order/)).toBeTruthy()
})

test('without a device to start from the panel says what to do', async () => {
  showHardware({ items: [boot()] })
  await open()
  expect(screen.getByText(/nothing to start from/).textContent).toContain('Add hardware…')
})

test('Xen keeps the order by kind, and a container has none', async () => {
  showHardware({
    items: byKind,
    view: { guest: { virtType: 'xen', osType: 'hvm', architecture: 'x86_64', machine: 'xenfv' } },
  })
  await open()
  expect(screen.getByRole('group', { name: 'Boot order by kind of device' })).toBeTruthy()
  expect(screen.queryByRole('list', { name: 'Devices to start from' })).toBeNull()
  cleanup()
  showHardware({ items: [itemOf('boot', '', { osType: 'exe' }), nic()] })
  await open()
  expect(screen.queryByRole('list', { name: 'Devices to start from' })).toBeNull()
})

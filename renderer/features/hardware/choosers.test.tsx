import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import type { HostChoices, VolumeChoice } from '../../../shared/model/host-choices'
import type { NodeDevice, PciDevice, UsbDevice } from '../../../shared/model/node-device'
import type { Answers } from '../../api/fake'
import { closeDialog } from '../../stores/dialogs'
import { Dialogs } from '../shell/Dialogs'
import { drafted, itemOf, openPage, showHardware } from './panels/test-panel'

// dialogs are loaded when they are first opened, which takes a busy machine its time
configure({ asyncUtilTimeout: 20_000 })

afterEach(() => {
  closeDialog()
  cleanup()
})

const free = { usedBy: [], isUseUncertain: false, isHostCritical: false }

function pci(fn: number, more: Partial<PciDevice> = {}): PciDevice {
  const addressText = `0000:01:00.${fn}`
  return {
    ...free,
    kind: 'pci',
    name: `pci_${fn}`,
    addressText,
    address: { domain: 0, bus: 1, slot: 0, function: fn },
    className: 'Graphics card',
    productName: `Card ${fn}`,
    isBridge: false,
    mdevTypes: [],
    ...more,
  }
}

const pair = { number: 16, members: ['0000:01:00.0', '0000:01:00.1'] }
const graphics = pci(0, { iommuGroup: pair, driver: 'nouveau', vendorName: 'NVIDIA' })
const sound = pci(1, { iommuGroup: pair })
const taken = pci(2, { usedBy: ['studio'], iommuGroup: { number: 17, members: ['0000:01:00.2'] } })
const mouse: UsbDevice = {
  ...free,
  kind: 'usb',
  name: 'usb_3_2',
  bus: 3,
  device: 7,
  port: '2',
  vendorId: '046d',
  productId: 'c52b',
  productName: 'Receiver',
  isHub: false,
}

const none = { items: [] }
const pools: HostChoices['pools'] = {
  items: [
    { name: 'archive', state: 'inactive', type: 'netfs', path: '/srv/archive' },
    { name: 'images', state: 'running', type: 'dir', path: '/srv/images' },
  ],
}
const choices = (more: Partial<HostChoices> = {}): HostChoices => ({
  networks: none,
  interfaces: none,
  filters: none,
  pools,
  secrets: none,
  macs: none,
  ...more,
})
const volumes: VolumeChoice[] = [
  {
    name: 'data.qcow2',
    path: '/srv/images/data.qcow2',
    type: 'file',
    format: 'qcow2',
    capacityBytes: 1024 ** 3,
  },
  { name: 'setup.iso', path: '/srv/images/setup.iso', type: 'file', format: 'iso' },
  { name: 'folder', path: '/srv/images/folder', type: 'dir' },
]

const disk = itemOf('disk', 'vda', {
  device: 'disk',
  sourceType: 'file',
  file: '/srv/images/old.img',
  format: 'raw',
  bus: 'virtio',
  target: 'vda',
})
const drive = itemOf('disk', 'sda', {
  device: 'cdrom',
  sourceType: 'file',
  file: '/srv/images/setup.iso',
  format: 'raw',
  bus: 'sata',
  target: 'sda',
  readOnly: true,
})

function show(items: Parameters<typeof showHardware>[0]['items'], hosts: Answers['hosts'] = {}): void {
  showHardware({
    items,
    hosts: {
      choices: () => choices(),
      volumes: () => ({ volumes, isTruncated: false }),
      nodeDevices: () => [graphics, sound, taken, mouse],
      ...hosts,
    },
  })
  render(<Dialogs />)
}

async function add(kind: string): Promise<HTMLElement> {
  fireEvent.click(await screen.findByRole('button', { name: 'Add hardware…' }))
  const dialog = await screen.findByRole('dialog', { name: /^Add hardware/ })
  fireEvent.click(within(dialog).getByRole('option', { name: kind }))
  return dialog
}

const rows = () => screen.getAllByRole('row').slice(1)
const row = (name: RegExp) => screen.getByRole('row', { name })
const deviceTable = () => screen.findByRole('grid', { name: 'Devices of the host' })

test('a PCI device is chosen from what the host has, together with its group', async () => {
  show([])
  await add('PCI host device')
  await deviceTable()
  fireEvent.click(row(/Card 0/))
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Device' }).value).toBe('0000:01:00.0')
  expect(row(/Card 0/).getAttribute('aria-selected')).toBe('true')
  fireEvent.click(screen.getByRole('button', { name: 'Add all 2 devices of group 16' }))
  await waitFor(() =>
    expect(drafted()).toEqual([
      { kind: 'add', device: 'pci-device', key: 'new-1', values: { managed: true, address: '0000:01:00.0' } },
      { kind: 'add', device: 'pci-device', key: 'new-2', values: { managed: true, address: '0000:01:00.1' } },
    ]),
  )
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('a device of another VM can be read and not chosen, and typed by hand it is warned of', async () => {
  show([])
  await add('PCI host device')
  await deviceTable()
  expect(row(/Card 2/).getAttribute('aria-disabled')).toBe('true')
  expect(row(/Card 2/).textContent).toContain('It is given to "studio".')
  fireEvent.click(row(/Card 2/))
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Device' })
  expect(field.value).toBe('')
  fireEvent.change(field, { target: { value: '0000:01:00.2' } })
  expect(screen.getByText(/the VM does not start with it/)).toBeTruthy()
  fireEvent.change(field, { target: { value: '0000:01' } })
  expect(screen.getByText('Enter a PCI address such as 0000:01:00.0.')).toBeTruthy()
  fireEvent.change(field, { target: { value: '0000:09:00.0' } })
  expect(screen.getByText('The host has no such device now')).toBeTruthy()
})

test('devices are found by words and walked by keys', async () => {
  show([])
  await add('PCI host device')
  await deviceTable()
  const search = screen.getByRole('searchbox', { name: 'Find a device' })
  fireEvent.change(search, { target: { value: 'nvidia group 16' } })
  expect(rows().map(({ textContent }) => textContent?.slice(0, 6))).toEqual(['Card 0'])
  fireEvent.change(search, { target: { value: 'nothing' } })
  expect(screen.getByText(/Nothing here fits/)).toBeTruthy()
  fireEvent.change(search, { target: { value: '' } })
  fireEvent.keyDown(search, { key: 'ArrowDown' })
  expect(document.activeElement?.textContent).toContain('Card 0')
  fireEvent.keyDown(document.activeElement ?? search, { key: 'ArrowDown' })
  fireEvent.keyDown(document.activeElement ?? search, { key: 'Enter' })
  expect(screen.getByRole<HTMLInputElement>('combobox', { name: 'Device' }).value).toBe('0000:01:00.1')
})

test('the rest of a group is added from the page of one of its devices', async () => {
  show([itemOf('pci-device', '0000:01:00.0', { address: '0000:01:00.0', managed: true })])
  await openPage(/^PCI device 0000:01:00.0/)
  fireEvent.click(await screen.findByRole('button', { name: 'Add the other device of group 16' }))
  expect(drafted()).toEqual([
    { kind: 'add', device: 'pci-device', key: 'new-1', values: { managed: true, address: '0000:01:00.1' } },
  ])
})

test('a device that is not managed is detached from the host’s driver by a button, and what the host says of it is shown', async () => {
  let { driver } = graphics
  const bindDevice = vi.fn(() => {
    driver = 'vfio-pci'
  })
  bindDevice.mockImplementationOnce(() => {
    throw new AppError('invalid', 'The device is busy')
  })
  const alone = { ...graphics, iommuGroup: { number: 16, members: ['0000:01:00.0'] } }
  show([itemOf('pci-device', '0000:01:00.0', { address: '0000:01:00.0', managed: false })], {
    nodeDevices: () => [{ ...alone, ...(driver === undefined ? {} : { driver }) }],
    bindDevice,
  })
  await openPage(/^PCI device 0000:01:00.0/)
  const detach = () => screen.findByRole('button', { name: 'Detach it from the host' })
  fireEvent.click(await detach())
  expect((await screen.findByRole('alert')).textContent).toContain('The device is busy')
  await waitFor(async () => expect((await detach()).hasAttribute('disabled')).toBe(false))
  fireEvent.click(await detach())
  expect(await screen.findByRole('button', { name: 'Give it back to the host' })).toBeTruthy()
  expect(bindDevice).toHaveBeenLastCalledWith({ host: 'h', name: 'pci_0', action: 'detach' })
  // nothing of it is a change of the VM
  expect(drafted()).toEqual([])
})

test('an NVMe disk that another VM has is warned of where it is chosen', async () => {
  show([
    itemOf('disk', 'vdb', { device: 'disk', sourceType: 'nvme', nvmeAddress: '0000:01:00.2', target: 'vdb' }),
  ])
  await openPage(/vdb/)
  expect(await screen.findByText('It is given to "studio".')).toBeTruthy()
})

test('a host without IOMMU says how to turn it on', async () => {
  const { iommuGroup: _, ...alone } = graphics
  show([], { nodeDevices: () => [alone] })
  await add('PCI host device')
  expect(await screen.findByText(/IOMMU of this host seems to be off/)).toBeTruthy()
  expect(screen.getByText('intel_iommu=on')).toBeTruthy()
})

test('devices that the host does not tell are an error, not an empty list', async () => {
  show([], {
    nodeDevices: (): NodeDevice[] => {
      throw new AppError('unsupported', 'This host does not list its devices')
    },
  })
  await add('PCI host device')
  expect((await screen.findByRole('alert')).textContent).toContain('This host does not list its devices')
  expect(screen.queryByText('The host has no such device.')).toBeNull()
})

test('a USB device is named by what it is, and half an id is told at once', async () => {
  show([])
  await add('USB host device')
  await deviceTable()
  fireEvent.click(row(/Receiver/))
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Vendor and product' })
  expect(field.value).toBe('046d:c52b')
  fireEvent.change(field, { target: { value: '046d:' } })
  expect(screen.getByText(/such as 046d:c52b\.$/)).toBeTruthy()
})

test('a target of the kernel is named as the kernel names it', async () => {
  show([])
  await add('SCSI target of the host')
  const field = screen.getByRole<HTMLInputElement>('combobox', { name: 'Target' })
  fireEvent.change(field, { target: { value: 'scsi_host2' } })
  expect(screen.getByText(/Enter naa\. and sixteen digits/)).toBeTruthy()
  fireEvent.change(field, { target: { value: 'naa.5001405bb6f9f0d5' } })
  expect(screen.queryByText(/Enter naa\. and sixteen digits/)).toBeNull()
})

test('an image chosen from a pool brings its format', async () => {
  show([disk])
  await openPage(/vda/)
  fireEvent.click(await screen.findByRole('button', { name: 'Browse…' }))
  expect(await screen.findByRole('grid', { name: 'Volumes' })).toBeTruthy()
  expect(row(/folder/).getAttribute('aria-disabled')).toBe('true')
  fireEvent.click(row(/folder/))
  fireEvent.click(row(/data\.qcow2/))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(drafted()).toEqual([
    { kind: 'set', item: disk.ref, values: { file: '/srv/images/data.qcow2', format: 'qcow2' } },
  ])
})

test('pools and volumes that could not be read look like neither none nor empty', async () => {
  const ask = vi.fn<() => { volumes: VolumeChoice[]; isTruncated: boolean }>(() => {
    throw new AppError('invalid', 'The pool is not active', { cure: 'Start it.' })
  })
  show([disk], { volumes: ask })
  await openPage(/vda/)
  fireEvent.click(await screen.findByRole('button', { name: 'Browse…' }))
  expect(screen.queryByText(/no storage pools/)).toBeNull()
  const alert = await screen.findByRole('alert')
  expect(alert.textContent).toContain('The pool is not active')
  expect(screen.queryByText(/pool is empty/)).toBeNull()
  ask.mockReturnValue({ volumes: [], isTruncated: false })
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText(/This pool is empty/)).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('pools that the host does not tell are an error, and none are said to be none', async () => {
  let list: HostChoices['pools'] = { items: [], error: { kind: 'unsupported', message: 'No storage driver' } }
  show([disk], { choices: () => choices({ pools: list }) })
  await openPage(/vda/)
  fireEvent.click(await screen.findByRole('button', { name: 'Browse…' }))
  expect((await screen.findByRole('alert')).textContent).toContain('No storage driver')
  list = { items: [] }
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText(/This host has no storage pools/)).toBeTruthy()
})

test('a drive is emptied and filled by buttons, images of CDs come first', async () => {
  show([drive])
  await openPage(/sda/)
  fireEvent.click(await screen.findByRole('button', { name: 'Eject' }))
  expect(drafted()).toEqual([{ kind: 'set', item: drive.ref, values: {}, unset: ['file'] }])
  fireEvent.click(screen.getByRole('button', { name: 'Insert…' }))
  await screen.findByRole('grid', { name: 'Volumes' })
  expect(rows()[0]?.textContent).toContain('setup.iso')
  fireEvent.click(row(/setup\.iso/))
  // it is what is stored
  await waitFor(() => expect(drafted()).toEqual([]))
})

test('a hard disk has no buttons of a drive', async () => {
  show([disk])
  await openPage(/vda/)
  expect(await screen.findByRole('button', { name: 'Browse…' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Eject' })).toBeNull()
  expect(screen.queryByRole('button', { name: 'Insert…' })).toBeNull()
})

import { expect, test, type Page } from '@playwright/test'
import type { Values } from '../../shared/model/hardware/field'
import { MainWindow } from '../pages/main-window'
import { onDemoHost } from '../on-demo-host'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
})

async function openHardware(name: string): Promise<void> {
  await main.showAll()
  await main.openVm(name)
  await page.getByRole('tab', { name: /^Hardware/ }).click()
  await expect(page.getByRole('navigation', { name: 'Hardware' })).toBeVisible()
}

async function startAdding(kind: string) {
  await page.getByRole('button', { name: 'Add hardware…' }).click()
  const dialog = main.dialog(/^Add hardware/)
  await dialog.getByRole('option', { name: kind, exact: true }).click()
  return dialog
}

const entry = (name: string | RegExp) =>
  page.getByRole('navigation', { name: 'Hardware' }).getByRole('option', { name })
const bar = () => page.getByRole('region', { name: 'Changes not applied yet' })

async function apply(): Promise<void> {
  await bar().getByRole('button', { name: 'Apply' }).click()
  await expect(bar()).toHaveCount(0)
}

/** As main has it stored, not as the window shows it. */
async function stored(vmName: string, kind: string): Promise<readonly Values[]> {
  const vm = (await app.api.vms.list()).items.find(({ name }) => name === vmName)
  if (!vm) throw new Error(`no VM ${vmName}`)
  const { items } = await app.api.hardware.view({ host: vm.host, vm: vm.id })
  return items.filter(({ ref }) => ref.kind === kind).map(({ values }) => values)
}

test('a graphics card goes to a VM with its whole group, and then not to another one', async () => {
  await openHardware('template-debian-12')
  const dialog = await startAdding('PCI host device')
  await dialog.getByRole('searchbox', { name: 'Find a device' }).fill('geforce')
  await dialog.getByRole('row', { name: /RTX 3070/ }).click()
  await expect(dialog.getByRole('combobox', { name: 'Device' })).toHaveValue('0000:01:00.0')
  await dialog.getByRole('button', { name: 'Add all 2 devices of group 16' }).click()
  await expect(entry(/^PCI device 0000:01:00\.1/)).toBeVisible()
  await apply()
  const devices = await stored('template-debian-12', 'pci-device')
  expect(devices.map(({ address, managed }) => [address, managed])).toEqual([
    ['0000:01:00.0', true],
    ['0000:01:00.1', true],
  ])

  await openHardware('old-fileserver')
  const other = await startAdding('PCI host device')
  const row = other.getByRole('row', { name: /RTX 3070/ })
  await expect(row).toContainText('It is given to "template-debian-12".')
  await expect(row).toHaveAttribute('aria-disabled', 'true')
  await expect(other.getByRole('row', { name: /Radeon PRO/ })).toContainText('"design-studio"')
  await other.getByRole('button', { name: 'Cancel' }).click()
})

test('a USB device is chosen by keys and found by what it is', async () => {
  await openHardware('old-fileserver')
  const dialog = await startAdding('USB host device')
  const search = dialog.getByRole('searchbox', { name: 'Find a device' })
  await search.fill('serial')
  await search.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('combobox', { name: 'Vendor and product' })).toHaveValue('0403:6001')
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await apply()
  expect(await stored('old-fileserver', 'usb-device')).toMatchObject([{ identifyBy: 'id', id: '0403:6001' }])
})

test('a volume brings its place and format, and a pool that cannot be read does not look empty', async () => {
  await openHardware('old-fileserver')
  const dialog = await startAdding('Disk')
  await dialog.getByRole('button', { name: 'Browse…' }).click()
  const browse = main.dialog('Choose a volume')
  await browse.getByRole('button', { name: /Pool/ }).click()
  await page.getByRole('option', { name: /^archive/ }).click()
  await expect(browse.getByRole('alert')).toContainText('The pool is not active')
  await expect(browse.getByText('This pool is empty')).toHaveCount(0)
  await browse.getByRole('button', { name: /Pool/ }).click()
  await page.getByRole('option', { name: /^vg0/ }).click()
  await browse.getByRole('row', { name: /scratch/ }).click()
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await apply()
  expect(await stored('old-fileserver', 'disk')).toContainEqual(
    expect.objectContaining({ sourceType: 'block', blockDevice: '/dev/vg0/scratch', format: 'raw' }),
  )
})

test('the medium of a running VM is ejected and another one inserted, both at once', async () => {
  await openHardware('win11-office')
  await entry(/CD drive/).click()
  await page.getByRole('button', { name: 'Eject' }).click()
  await apply()
  const medium = async () => (await stored('win11-office', 'disk')).find(({ device }) => device === 'cdrom')
  expect(await medium()).not.toHaveProperty('file')
  await page.getByRole('button', { name: 'Insert…' }).click()
  await main
    .dialog('Choose a medium')
    .getByRole('row', { name: /fedora-40/ })
    .click()
  await apply()
  expect(await medium()).toMatchObject({
    file: '/var/lib/libvirt/images/fedora-40-server.iso',
    format: 'raw',
  })
  await expect(page.getByRole('region', { name: 'Waiting for the next start' })).toHaveCount(0)
})

test('a device that is not managed is detached on the host by a button, and given back', async () => {
  await openHardware('old-fileserver')
  const dialog = await startAdding('PCI host device')
  await dialog.getByRole('row', { name: /0000:44:00\.3/ }).click()
  await dialog.getByRole('switch', { name: /^Taken from the host/ }).click({ force: true })
  const driver = async () => {
    const [host] = await app.api.hosts.list().then(({ items }) => items)
    if (!host) throw new Error('no host')
    const devices = await app.api.hosts.nodeDevices({ host: host.id })
    return devices.find(({ name }) => name === 'pci_0000_44_00_3')?.driver
  }
  await dialog.getByRole('button', { name: 'Detach it from the host' }).click()
  await expect.poll(driver).toBe('vfio-pci')
  await dialog.getByRole('button', { name: 'Give it back to the host' }).click()
  await expect.poll(driver).toBe('xhci_hcd')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
})

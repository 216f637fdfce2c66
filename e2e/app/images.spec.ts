import { expect, test, type Locator, type Page } from '@playwright/test'
import { MainWindow } from '../pages/main-window'
import { onDemoHost } from '../on-demo-host'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

const pool = 'default'
const folder = '/var/lib/libvirt/images'
const gib = 1024 ** 3

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
})

const demoHost = async () => {
  const [host] = (await app.api.hosts.list()).items
  if (!host) throw new Error('There is no demo host')
  return host
}

/** Ends when the host has it. */
async function make(name: string, base?: string): Promise<void> {
  const { id } = await demoHost()
  await app.api.storage.createVolume({
    host: id,
    pool,
    values: {
      name,
      format: 'qcow2',
      capacityBytes: 20 * gib,
      ...(base === undefined ? {} : { backingPath: `${folder}/${base}`, backingFormat: 'qcow2' }),
    },
  })
  const names = async () =>
    (await app.api.storage.volumeNames({ host: id, pool })).volumes.map((volume) => volume.name)
  await expect.poll(names).toContain(name)
}

async function openStorage(): Promise<void> {
  await main.host((await demoHost()).label).click()
  await page.getByRole('tab', { name: 'Storage' }).click()
  await page.getByRole('listbox', { name: 'Storage pools' }).locator(`[data-pool="${pool}"]`).click()
}

async function openImage(name: string): Promise<Locator> {
  const grid = page.getByRole('grid', { name: `Volumes of ${pool}` })
  await grid
    .getByRole('row')
    .filter({ has: page.getByText(name, { exact: true }) })
    .click()
  await page.getByRole('button', { name: 'More for volumes' }).click()
  await page.getByRole('menuitem', { name: 'Image…' }).click()
  const dialog = main.dialog(`Image ${name}`)
  await expect(dialog.getByRole('tab', { name: 'Overview' })).toBeVisible()
  return dialog
}

test('an image shows what it is built on, is converted, and a conversion is cancelled', async () => {
  await make('look-base.qcow2')
  await make('look-middle.qcow2', 'look-base.qcow2')
  await make('look-top.qcow2', 'look-middle.qcow2')
  await openStorage()
  const dialog = await openImage('look-top.qcow2')
  const chain = dialog.getByRole('region', { name: 'Chain of images' })
  await expect(chain.getByRole('button')).toHaveText([/look-top/, /look-middle/, /look-base/])
  await dialog.getByRole('tab', { name: 'Work on it' }).click()
  await dialog.getByRole('button', { name: /What to do/ }).click()
  await page.getByRole('option', { name: /^Convert or copy/ }).click()
  await expect(dialog.getByRole('textbox', { name: 'New image' })).toHaveValue(`${folder}/look-top.img`)
  await expect(dialog.getByText(/^qemu-img convert -p/)).toBeVisible()
  await dialog.getByRole('button', { name: 'Convert', exact: true }).click()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog.getByText('Cancelled', { exact: true })).toBeVisible()
  await dialog.getByRole('button', { name: 'Convert', exact: true }).click()
  await expect(dialog.getByText(`The new image is ${folder}/look-top.img`)).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
})

test('a base is protected, and what nobody uses is found and deleted', async () => {
  await openStorage()
  const dialog = await openImage('look-base.qcow2')
  await expect(dialog.getByText('2 images are built on this one: it must not be written to')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByRole('button', { name: 'More for volumes' }).click()
  await page.getByRole('menuitem', { name: 'Find unused images…' }).click()
  const unused = main.dialog(/^Unused images/)
  const table = unused.getByRole('table', { name: 'Unused images' })
  const unusedRow = (name: RegExp): Locator => table.getByRole('row', { name })
  await expect(unusedRow(/look-top\.qcow2/)).toBeVisible()
  // somebody is built on it
  await expect(unusedRow(/look-base/)).toHaveCount(0)
  await unusedRow(/look-top\.img/)
    .locator('label')
    .click()
  await unused.getByRole('button', { name: 'Delete…' }).click()
  await unused.getByRole('button', { name: 'Delete 1 image' }).click()
  await expect(unusedRow(/look-top\.img/)).toHaveCount(0)
  await unused.getByRole('button', { name: 'Close' }).last().click()
})

test('a file of the host is chosen for a disk, and VMs are let through to it', async () => {
  await main.showAll()
  await main.openVm('template-debian-12')
  await page.getByRole('tab', { name: /^Hardware/ }).click()
  await page
    .getByRole('navigation', { name: 'Hardware' })
    .getByRole('option', { name: /vda/ })
    .first()
    .click()
  await page.getByRole('button', { name: 'Browse…' }).first().click()
  const dialog = main.dialog('Choose a volume or file')
  await dialog.getByText('Files of the host').click()
  await dialog.getByRole('navigation', { name: 'Folder' }).getByRole('button', { name: '/' }).first().click()
  await dialog.getByRole('row', { name: /home/ }).click()
  await dialog.getByRole('row', { name: /anna/ }).click()
  await dialog.getByRole('row', { name: /virtio-win/ }).click()
  await expect(dialog.getByText('A VM could not open it')).toBeVisible()
  await dialog.getByRole('button', { name: 'Let VMs through' }).click()
  await expect(dialog.getByText('A VM could not open it')).toHaveCount(0)
  await dialog.getByRole('button', { name: 'Choose this file' }).click()
  await expect(dialog).toHaveCount(0)
})

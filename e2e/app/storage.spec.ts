import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
})

async function openStorage(pool: string): Promise<void> {
  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'Storage' }).click()
  await entry(pool).click()
  await expect(page.getByRole('region', { name: `Pool ${pool}` })).toBeVisible()
}

const entry = (pool: string): Locator =>
  page.getByRole('listbox', { name: 'Storage pools' }).locator(`[data-pool="${pool}"]`)
const grid = (pool: string): Locator => page.getByRole('grid', { name: `Volumes of ${pool}` })
const row = (pool: string, name: string): Locator => grid(pool).getByRole('row').filter({ hasText: name })
/** A line wherever in the table it is: those out of view are not drawn. */
async function find(pool: string, name: string): Promise<Locator> {
  await page.getByRole('searchbox', { name: 'Filter volumes' }).fill(name)
  await expect(row(pool, name)).toBeVisible()
  return row(pool, name)
}
const action = (name: string): Locator =>
  page.getByRole('toolbar', { name: 'Selected volumes' }).getByRole('button', { name })

test('a storage pool is made in a folder, filled, and deleted with all that is in it', async () => {
  await openStorage('default')
  await page.getByRole('button', { name: 'New pool…' }).click()
  const dialog = main.dialog('New pool')
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('scratch')
  await expect(dialog.getByRole('textbox', { name: 'Path on the host' })).toHaveValue(
    '/var/lib/libvirt/images/scratch',
  )
  await dialog.getByRole('button', { name: 'Preview' }).click()
  await expect(dialog).toContainText('<name>scratch</name>')
  await expect(dialog).toContainText('pool-start')
  await dialog.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('region', { name: 'Pool scratch' })).toContainText('Active')
  await expect(page.getByText('No volumes yet')).toBeVisible()

  await page.getByRole('button', { name: 'New volume…' }).last().click()
  const create = main.dialog('New volume in scratch')
  await create.getByRole('textbox', { name: 'Name', exact: true }).fill('first.qcow2')
  await create.getByRole('button', { name: 'Create' }).click()
  await expect(row('scratch', 'first.qcow2')).toContainText('20 GiB')
  await expect(row('scratch', 'first.qcow2')).toContainText('Unused')

  await row('scratch', 'first.qcow2').click()
  await action('Delete…').click()
  await main.dialog('Delete first.qcow2?').getByRole('button', { name: 'Delete', exact: true }).click()
  await expect(page.getByText('No volumes yet')).toBeVisible()

  await page.getByRole('button', { name: 'More for this pool' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const gone = main.dialog('Delete pool scratch?')
  await gone.getByText('Everything', { exact: true }).click()
  await expect(gone.getByRole('button', { name: 'Destroy' })).toHaveAttribute('aria-disabled', 'true')
  await gone.getByRole('textbox', { name: /Type scratch/ }).fill('scratch')
  await gone.getByRole('button', { name: 'Destroy' }).click()
  await expect(entry('scratch')).toHaveCount(0)
})

test('a volume in storage is copied, and the copy made larger', async () => {
  await openStorage('default')
  await (await find('default', 'spare-disk.qcow2')).click()
  await action('Copy, move or convert…').click()
  const copy = main.dialog('Copy or move spare-disk.qcow2')
  await copy.getByRole('textbox', { name: 'Name there' }).fill('larger.qcow2')
  await copy.getByRole('button', { name: 'Copy', exact: true }).click()
  await expect(await find('default', 'larger.qcow2')).toContainText('40 GiB')
  await row('default', 'larger.qcow2').click()
  await action('Resize…').click()
  const resize = main.dialog('Resize larger.qcow2')
  await resize.getByRole('textbox', { name: 'New capacity' }).fill('64')
  await resize.getByRole('button', { name: 'Resize', exact: true }).click()
  await expect(row('default', 'larger.qcow2')).toContainText('64 GiB')
})

test('a volume that a VM of the storage page uses is not deleted by a careless click', async () => {
  await openStorage('default')
  await find('default', 'web-01.qcow2')
  await row('default', 'web-01.qcow2').click()
  await page.keyboard.press('Delete')
  const dialog = main.dialog('Delete web-01.qcow2?')
  await expect(dialog).toContainText('web-01, disk vda, running')
  const button = dialog.getByRole('button', { name: 'Delete', exact: true })
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByText('Delete it although it is in use').click()
  await expect(button).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.press('Escape')
  await expect(row('default', 'web-01.qcow2')).toBeVisible()

  await page.getByRole('button', { name: 'web-01', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'web-01' })).toBeVisible()
})

test('a storage pool of five thousand volumes draws those in view, and reads the last when it is reached', async () => {
  await openStorage('archive')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(grid('archive')).toHaveAttribute('aria-rowcount', '5001')
  expect(await grid('archive').getByRole('row').count()).toBeLessThan(100)
  await grid('archive').focus()
  await page.keyboard.press('End')
  const last = row('archive', 'archive-5000.qcow2')
  await expect(last).toBeVisible()
  await expect(last).toContainText('GiB')
  await page.getByRole('searchbox', { name: 'Filter volumes' }).fill('4321')
  await expect(page.getByText('1 of 5,000')).toBeVisible()
  await page.getByRole('searchbox', { name: 'Filter volumes' }).fill('')
  await page.getByRole('button', { name: 'Allocated' }).click()
  // the largest of all is first once all are read
  await expect(grid('archive').getByRole('row').nth(1)).toContainText('97 MiB', { timeout: 60_000 })
  await expect(page.getByText(/· read/)).toHaveCount(0)
})

test('a file is uploaded to storage and comes back as it was', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-storage-'))
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7 + (at >> 8)) % 251))
  const [sent, received] = [join(folder, 'tools.iso'), join(folder, 'back.iso')]
  await writeFile(sent, bytes)
  await app.electron.evaluate(
    ({ dialog }, paths) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [paths.sent] })
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: paths.received })
    },
    { sent, received },
  )
  await openStorage('default')
  await page.getByRole('button', { name: 'Upload…' }).click()
  const dialog = main.dialog('Upload to default')
  await expect(dialog.getByRole('textbox', { name: 'Name in the pool' })).toHaveValue('tools.iso')
  await dialog.getByRole('button', { name: 'Upload', exact: true }).click()
  await expect(await find('default', 'tools.iso')).toContainText('293 KiB')
  await expect(page.getByRole('listitem').filter({ hasText: 'tools.iso' })).toContainText('Done')
  await row('default', 'tools.iso').click()
  await action('Download…').click()
  await expect(page.getByRole('listitem').filter({ hasText: /Downloading.*tools.iso/ })).toContainText('Done')
  expect((await readFile(received)).equals(bytes)).toBe(true)
  await page.getByRole('searchbox', { name: 'Filter volumes' }).fill('')
  await rm(folder, { recursive: true })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the storage page and its dialogs can be used by everybody, ${colorScheme}`, async () => {
    await openStorage('default')
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    await (await find('default', 'web-01.qcow2')).click()
    expect(await accessibilityProblems(page, '.storage')).toEqual([])
    await page.getByRole('button', { name: 'New pool…' }).click()
    await main
      .dialog('New pool')
      .getByRole('option', { name: /^Partition/ })
      .click()
    await expect(main.dialog('New pool').getByRole('textbox', { name: 'Device' })).toBeVisible()
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'More for this pool' }).click()
    await page.getByRole('menuitem', { name: 'Delete…' }).click()
    await main.dialog('Delete pool default?').getByText('Everything', { exact: true }).click()
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await page.keyboard.press('Escape')
  })
}

import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { StoragePage } from '../pages/storage-page'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow
let folder: string

onDemoHost((running) => {
  app = running
  page = running.page
  main = new MainWindow(page)
})

test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'innkeeper-export-'))
})
test.afterAll(() => rm(folder, { recursive: true }))

/** Off, with a disk of its own. */
const source = 'customer-acceptance-environment-for-the-quarterly-billing-migration-eu-central-second-attempt'

async function openExport(): Promise<ReturnType<MainWindow['dialog']>> {
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('quarterly-billing')
  await main.vm(source).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Export…' }).click()
  return main.dialog(`Export ${source}`)
}

test('a VM is exported as a bundle, which becomes a VM of its own beside it', async () => {
  test.setTimeout(240_000)
  const bundle = join(folder, 'billing.innkeeper.tar')
  await new StoragePage(app).answerFileDialogs({ open: bundle, save: bundle })
  const dialog = await openExport()
  await expect(dialog).toContainText('sent as it is')
  await expect(dialog.getByRole('button', { name: 'Export', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Choose where to…' }).click()
  await expect(dialog).toContainText('free there')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  await expect(dialog).toBeHidden()
  await page.getByRole('button', { name: /^(Tasks|\d+ tasks? running)$/ }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'billing.innkeeper.tar' })).toContainText(
    'Done',
    {
      timeout: 120_000,
    },
  )
  expect(await readdir(folder)).toEqual(['billing.innkeeper.tar'])
  expect((await stat(bundle)).size).toBeGreaterThan(10_000)

  await page.getByRole('button', { name: 'New VM…' }).first().click()
  await page.getByRole('button', { name: /From another hypervisor/ }).click()
  const found = main.dialog(`VM from the bundle of ${source}`)
  await found.getByRole('textbox', { name: 'Name' }).fill('billing-again')
  await found.getByText('A VM of its own', { exact: true }).click()
  await expect(found).toContainText('/var/lib/libvirt/images/billing-again.qcow2')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await found.getByRole('button', { name: 'Create', exact: true }).click()
  await expect(found).toBeHidden()
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill('billing-again')
  await expect(main.state('billing-again')).toContainText('Shut off', { timeout: 120_000 })
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`what an OVF cannot say is listed, for everybody to read, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme })
    await expect(page.locator('html')).toHaveAttribute('data-theme', colorScheme)
    const dialog = await openExport()
    await dialog.getByText('OVF for other hypervisors', { exact: true }).click()
    await expect(dialog).toContainText('converted on the host first')
    await expect(dialog).toContainText('virtio devices become SATA disks')
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    await page.screenshot({ path: test.info().outputPath(`export-${colorScheme}.png`) })
    await page.keyboard.press('Escape')
  })
}

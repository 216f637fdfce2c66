import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { NewVmWizard } from '../pages/new-vm-wizard'

let page: Page
let main: MainWindow

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
})

test('once a VM was off after its installation, its discs are offered to be taken out, once', async () => {
  const wizard = new NewVmWizard(page)
  await wizard.open('Demo host')
  await wizard.dialog.getByRole('option', { name: 'debian-12.5.0-amd64-netinst.iso' }).click()
  await wizard.fill('textbox', 'Name', 'installed')
  await wizard.create()
  await expect(page.getByRole('heading', { name: 'installed', exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'Overview' }).click()
  const note = page.getByRole('region', { name: 'Installation media' })
  await expect(page.getByRole('heading', { name: 'Disks' })).toBeVisible()
  await expect(note).toHaveCount(0)

  await main.power('Force off').click()
  await main
    .dialog(/Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await expect(page.locator('.vm-status')).toContainText('Shut off')
  // news of its first moments may come late, so the first seconds do not count
  await expect(async () => {
    await page.getByRole('tab', { name: 'Hardware' }).click()
    await page.getByRole('tab', { name: 'Overview' }).click()
    await expect(note).toBeVisible({ timeout: 2000 })
  }).toPass({ timeout: 60_000 })
  await expect(note).toContainText('still in installed: debian-12.5.0-amd64-netinst.iso')
  expect(await accessibilityProblems(page, '.install-media')).toEqual([])

  await note.getByRole('button', { name: 'Take out…' }).click()
  const dialog = main.dialog(/Take the installation media out/)
  await expect(dialog).toContainText('the installation disc')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Take out' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(note).toHaveCount(0)
  await page.getByRole('tab', { name: 'Hardware' }).click()
  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(page.getByRole('table', { name: 'Disks' })).toContainText('Empty')
  await expect(note).toHaveCount(0)
})

test('a cloud VM is given another seed, and the old disc goes', async () => {
  const wizard = new NewVmWizard(page)
  await wizard.open('Demo host')
  await wizard.from('Cloud image')
  await wizard.dialog.getByRole('option', { name: /debian-12-genericcloud/ }).click()
  await wizard.fill('textbox', 'Name', 'reseeded')
  await wizard.step('First start')
  await wizard.fillIn(wizard.dialog.getByLabel('Password', { exact: true }), 'geheim')
  await wizard.create()
  await expect(page.getByRole('heading', { name: 'reseeded', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: 'Cloud-init seed…' }).click()
  const dialog = main.dialog('New cloud-init seed for reseeded')
  await expect(dialog).toContainText('It undoes nothing')
  await dialog.getByRole('textbox', { name: 'User' }).fill('bob')
  await dialog.getByText('What cloud-init will read').click()
  await expect(dialog.getByRole('region', { name: 'user-data' })).toContainText('bob')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Write the seed' }).click()
  await expect(dialog).toHaveCount(0)
  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(page.getByRole('table', { name: 'Disks' })).toContainText('reseeded-seed-2.iso')
})

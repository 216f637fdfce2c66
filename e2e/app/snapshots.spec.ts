import { expect, test, type Locator, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'

let page: Page
let main: MainWindow

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
})

const row = (name: string | RegExp): Locator =>
  page.getByRole('tree', { name: 'Snapshots' }).getByRole('treeitem', { name })

async function openSnapshots(vm: string): Promise<void> {
  await main.showAll()
  await page.getByRole('searchbox', { name: 'Filter virtual machines' }).fill(vm)
  await main.openVm(vm)
  await page.getByRole('tab', { name: 'Snapshots' }).click()
}

async function take(vm: string, name: string, choose?: (dialog: Locator) => Promise<void>): Promise<void> {
  await page.getByRole('button', { name: 'Take a snapshot…' }).click()
  const dialog = main.dialog(`Take a snapshot of ${vm}`)
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name)
  await choose?.(dialog)
  await dialog.getByRole('button', { name: 'Take it' }).click()
  await expect(dialog).toBeHidden()
  await expect(row(new RegExp(`^${name} `))).toBeVisible({ timeout: 30_000 })
}

test('a running VM gets its first snapshot, with a picture of its screen', async () => {
  await openSnapshots('web-01')
  await expect(page.getByRole('heading', { name: 'No snapshots yet' })).toBeVisible()
  await take('web-01', 'before update', async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Description' }).fill('All was well')
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  })
  const shown = page.getByRole('region', { name: 'Snapshot before update' })
  await expect(shown).toContainText('All was well')
  await expect(shown.getByRole('img', { name: 'The screen when before update was taken' })).toBeVisible()
  expect(await accessibilityProblems(page, '.snap')).toEqual([])
})

test('one is described, and says why it keeps its name', async () => {
  await row(/^before update /).click()
  await page.keyboard.press('F2')
  const dialog = main.dialog('Edit before update')
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeDisabled()
  await expect(dialog).toContainText('The image knows it by this name')
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Keep this one')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('region', { name: 'Snapshot before update' })).toContainText('Keep this one')
})

test('going back tells what is lost first, and the VM is then built on that snapshot', async () => {
  await take('web-01', 'later')
  await expect(row(/^later .*the VM is built on it$/)).toHaveAttribute('aria-level', '2')
  await row(/^before update /).click()
  await page.getByRole('button', { name: 'Go back to it…' }).click()
  const dialog = main.dialog('Go back to before update?')
  await expect(dialog.getByRole('region', { name: 'What is lost' })).toBeVisible()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Go back' }).click()
  await expect(dialog).toBeHidden()
  await expect(row(/^before update .*the VM is built on it$/)).toBeVisible({ timeout: 30_000 })
})

test('one with all made after it is deleted after its steps were shown', async () => {
  await row(/^before update /).click()
  await page.getByRole('button', { name: 'Delete and more' }).click()
  await page.getByRole('menuitem', { name: 'Delete with all made after it…' }).click()
  const dialog = main.dialog('Delete before update?')
  await expect(dialog.getByRole('region', { name: 'Steps' })).toBeVisible()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Delete 2 snapshots' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('heading', { name: 'No snapshots yet' })).toBeVisible({ timeout: 30_000 })
})

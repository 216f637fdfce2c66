import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { SnapshotsPage } from '../pages/snapshots-page'

let page: Page
let main: MainWindow
let snapshots: SnapshotsPage

onDemoHost((running) => {
  page = running.page
  main = new MainWindow(page)
  snapshots = new SnapshotsPage(page)
})

test('a running VM gets its first snapshot, with a picture of its screen', async () => {
  await snapshots.open('web-01')
  await expect(page.getByRole('heading', { name: 'No snapshots yet' })).toBeVisible()
  await snapshots.take('web-01', 'before update', async (dialog) => {
    await dialog.getByRole('textbox', { name: 'Description' }).fill('All was well')
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  })
  const shown = snapshots.shown('before update')
  await expect(shown).toContainText('All was well')
  await expect(shown.getByRole('img', { name: 'The screen when before update was taken' })).toBeVisible()
  expect(await accessibilityProblems(page, '.snap')).toEqual([])
})

test('one is described, and says why it keeps its name', async () => {
  await snapshots.row('before update').click()
  await page.keyboard.press('F2')
  const dialog = main.dialog('Edit before update')
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeDisabled()
  await expect(dialog).toContainText('The image knows it by this name')
  await dialog.getByRole('textbox', { name: 'Description' }).fill('Keep this one')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toBeHidden()
  await expect(snapshots.shown('before update')).toContainText('Keep this one')
})

test('going back tells what is lost first, and the VM is then built on that snapshot', async () => {
  await snapshots.take('web-01', 'later')
  await expect(snapshots.current('later')).toHaveAttribute('aria-level', '2')
  await snapshots.goBack('before update', async (dialog) => {
    await expect(dialog.getByRole('region', { name: 'What is lost' })).toBeVisible()
    expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  })
  await expect(snapshots.current('before update')).toBeVisible({ timeout: 30_000 })
})

test('one with all made after it is deleted after its steps were shown', async () => {
  await snapshots.remove('before update', {
    entry: 'Delete with all made after it…',
    button: 'Delete 2 snapshots',
    look: async (dialog) => {
      await expect(dialog.getByRole('region', { name: 'Steps' })).toBeVisible()
      expect(await accessibilityProblems(page, '.dialog')).toEqual([])
    },
  })
  await expect(page.getByRole('heading', { name: 'No snapshots yet' })).toBeVisible({ timeout: 30_000 })
})

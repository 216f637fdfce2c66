import { expect, test, type Locator, type Page } from '@playwright/test'
import { startOnDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

function take(running: RunningApp): void {
  app = running
  page = app.page
  main = new MainWindow(page)
}

test.beforeAll(async () => take(await startOnDemoHost()))

test.afterAll(async () => {
  await app?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

async function openPreferences(): Promise<Locator> {
  await page.getByRole('button', { name: 'Theme' }).click()
  await page.getByRole('menuitem', { name: /^Preferences…/ }).click()
  const dialog = main.dialog('Preferences')
  await expect(dialog).toBeVisible()
  return dialog
}

test('how often loads are read is chosen within limits, and remembered over a start', async () => {
  const dialog = await openPreferences()
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  const seconds = dialog.getByRole('textbox', { name: 'Read every' })
  await expect(seconds).toHaveValue('2')
  await seconds.fill('61')
  await expect(dialog).toContainText('From 1 to 60 seconds')
  await seconds.fill('1')
  await expect.poll(async () => (await app.api.polling.get()).everySeconds).toBe(1)
  await dialog.getByRole('button', { name: 'Done' }).click()
  await app.stop({ keepHome: true })
  take(await startOnDemoHost(app.home))
  await expect((await openPreferences()).getByRole('textbox', { name: 'Read every' })).toHaveValue('1')
  await page.keyboard.press('Escape')
})

test('figures that are not wanted are not read any more', async () => {
  await main.showAll()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitem', { name: 'Disk I/O' }).click()
  const cells = main.vm('db-01').getByRole('gridcell')
  await expect(cells.nth(4)).toHaveText(/\/s$/)
  const dialog = await openPreferences()
  await dialog.getByRole('checkbox', { name: 'Disks' }).click({ force: true })
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(cells.nth(4)).toHaveText('–')
  await expect(cells.nth(2)).toHaveText(/%$/)
})

test('the table shows each load as a curve with its figure, and hides what is not wanted', async () => {
  await app.api.polling.set({ everySeconds: 1, figures: ['cpu', 'memory', 'disk', 'network'] })
  await main.showAll()
  const heading = (name: string): Locator => main.table.getByRole('columnheader', { name, exact: true })
  for (const column of ['Network I/O', 'Memory in use', 'CPU time in seconds', 'State']) {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitem', { name: column, exact: true }).click()
  }
  await expect(heading('State')).toHaveCount(0)
  await heading('CPU time').getByRole('button').click()
  await expect(heading('CPU time')).toHaveAttribute('aria-sort', 'descending')
  const row = main.vm('db-01')
  await expect(row.getByText(/^[\d,]+(\.\d)? s$/)).toBeVisible()
  // of CPU, memory, disk and network
  await expect(row.locator('.sparkline-line')).toHaveCount(4)
})

test('a state tells how xl writes it and what that means', async () => {
  await main.showAll()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitem', { name: 'State', exact: true }).click()
  await expect(
    main.vm('staging-web').getByTitle(/^Paused.*\n--p--- in xl list: it keeps its memory/),
  ).toBeVisible()
})

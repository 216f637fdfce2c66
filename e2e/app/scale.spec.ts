import { expect, test } from '@playwright/test'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp

test.beforeAll(async () => {
  app = await startApp({ args: ['--connect', 'demo://scale/?vms=1000'] })
})

test.afterAll(async () => {
  await app?.stop()
})

test('a thousand VMs are in the table while only those on screen are drawn, and the last is reached by keyboard', async () => {
  const main = new MainWindow(app.page)
  await main.showAll()
  await expect(main.table).toHaveAttribute('aria-rowcount', /^100[01]$/)
  expect(await main.table.getByRole('row').count()).toBeLessThan(100)
  const first = await main.table.getByRole('row').nth(1).innerText()
  await main.table.focus()
  await app.page.keyboard.press('End')
  await expect(main.table.getByRole('row', { selected: true })).toBeVisible()
  expect(await main.table.getByRole('row', { selected: true }).innerText()).not.toBe(first)
  expect(await main.table.getByRole('row').count()).toBeLessThan(100)
})

import { expect, test, type Page } from '@playwright/test'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { onDemoHost } from '../on-demo-host'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
})

test('--demo opens a window whose table lists the demo VMs', async () => {
  await main.showAll()
  for (const name of ['web-01', 'db-01', 'mail', 'win11-office', 'edge-router']) {
    await expect(main.vm(name)).toBeVisible()
  }
})

test('pause and resume from the toolbar change the state in the table', async () => {
  await main.selectVm('mail')
  await main.power('Pause').click()
  await expect(main.state('mail')).toContainText('Paused')
  await main.power('Resume').click()
  await expect(main.state('mail')).toContainText('Running')
})

test('a saved VM offers to restore and then runs', async () => {
  await main.selectVm('analytics')
  await main.power('Restore').click()
  await expect(main.state('analytics')).toContainText('Running')
})

test('forcing off asks first, and cancelling changes nothing', async () => {
  await main.selectVm('legacy-erp')
  await main.power('Force off').click()
  const dialog = main.dialog(/Force off/)
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(main.state('legacy-erp')).toContainText('Running')
  await main.power('Force off').click()
  await dialog.getByRole('button', { name: 'Force off' }).click()
  await expect(main.state('legacy-erp')).toContainText('Shut off')
})

test('the filter finds by any part of the name', async () => {
  const filter = page.getByRole('searchbox')
  await filter.fill('office')
  await expect(main.vm('win11-office')).toBeVisible()
  await expect(main.vm('mail')).toHaveCount(0)
  await filter.fill('')
  await expect(main.vm('mail')).toBeVisible()
})

test('ids and UUIDs are columns when wanted, and find their VM', async () => {
  const web = (await app.api.vms.list()).items.find(({ name }) => name === 'web-01')
  if (web?.runId === undefined) throw new Error('web-01 is not running')
  await main.showAll()
  await expect(main.table.getByRole('columnheader', { name: 'UUID' })).toHaveCount(0)
  for (const column of ['Id of the run', 'UUID', 'Virtual CPUs']) {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitem', { name: column }).click()
  }
  await expect(main.vm('web-01').getByRole('gridcell').nth(1)).toHaveText(String(web.runId))
  await expect(main.vm('old-fileserver').getByRole('gridcell').nth(1)).toHaveText('')
  await expect(main.vm('web-01').getByText(web.id)).toBeVisible()
  const filter = page.getByRole('searchbox')
  await filter.fill(web.id)
  await expect(main.vm('web-01')).toBeVisible()
  await expect(main.vm('mail')).toHaveCount(0)
  await filter.fill('')
  for (const column of ['Id of the run', 'UUID', 'Virtual CPUs']) {
    await page.getByRole('button', { name: 'Columns' }).click()
    await page.getByRole('menuitem', { name: column }).click()
  }
  await expect(main.table.getByRole('columnheader', { name: 'UUID' })).toHaveCount(0)
})

test('the console of a demo VM shows its screen, takes keys, and freezes while paused', async () => {
  const region = await main.openConsole('web-01')
  const screen = new Screen(region)
  await expect.poll(() => screen.litShare()).toBeGreaterThan(0.001)
  const before = await screen.hash()
  await screen.canvas.click()
  await page.keyboard.type('root', { delay: 20 })
  await expect.poll(() => screen.hash()).not.toBe(before)
  await main.power('Pause').click()
  await expect.poll(() => screen.picturesIn(20)).toBe(1)
  await main.power('Resume').click()
})

for (const [name, text] of [
  ['old-fileserver', /off/i],
  ['design-studio', /SPICE/],
] as const) {
  test(`the console of ${name} says why there is no picture`, async () => {
    await main.showAll()
    await expect(await main.openConsole(name)).toContainText(text)
  })
}

test('the overview tells what the definition says', async () => {
  await main.showAll()
  await main.openVm('db-01')
  await page.getByRole('tab', { name: 'Overview' }).click()
  await expect(page.getByText('PostgreSQL primary').first()).toBeVisible()
  await expect(page.getByText(/\/db-01/).first()).toBeVisible()
})

test('a disconnected host keeps its VMs in the list, greyed, and connects again', async () => {
  await main.showAll()
  const host = (await app.api.hosts.list()).items[0]
  if (!host) throw new Error('no host')
  await app.api.hosts.disconnect({ host: host.id })
  await expect(main.vm('web-01')).toHaveClass(/vm-stale/)
  await app.api.hosts.connect({ host: host.id })
  await expect(main.vm('web-01')).not.toHaveClass(/vm-stale/)
})

test('the hosts, their last known VMs and the window’s size are remembered', async () => {
  await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 20, y: 30, width: 1010, height: 640 }),
  )
  const host = (await app.api.hosts.list()).items[0]
  if (!host) throw new Error('no host')
  await app.api.hosts.update({ host: host.id, autoconnect: false })
  await app.stop({ keepHome: true })
  app = await startApp({ home: app.home })
  page = app.page
  main = new MainWindow(page)
  await main.showAll()
  await expect(main.vm('web-01')).toHaveClass(/vm-stale/)
  const bounds = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  )
  expect(bounds).toMatchObject({ width: 1010, height: 640 })
})

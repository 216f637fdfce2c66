import { expect, test } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { MainWindow } from '../pages/main-window'
import type { RunningApp } from '../start-app'

let app: RunningApp
onDemoHost((running) => {
  app = running
})

test.describe.configure({ mode: 'serial' })

const wall = () => app.page.getByRole('main', { name: 'Screens' })
const tile = (name: string) => wall().getByRole('button', { name: new RegExp(`^${name} on `) })
const width = (name: string) =>
  tile(name)
    .locator('img')
    .evaluate((image) => (image as HTMLImageElement).naturalWidth)

test('the screens of all VMs that run are shown without opening their consoles', async () => {
  await new MainWindow(app.page).showAll()
  await app.page.getByRole('button', { name: 'Screens' }).click()
  for (const name of ['build-runner-07', 'web-01'])
    await expect.poll(() => width(name), { timeout: 30_000 }).toBeGreaterThan(100)
  // one that is off has no screen
  await expect(tile('analytics')).toHaveCount(0)
})

test('a picture is taken anew while it is looked at', async () => {
  // its screen has a clock
  await wall().getByRole('searchbox', { name: 'Filter screens' }).fill('win11-office')
  const picture = () => tile('win11-office').locator('img').getAttribute('src')
  const before = await picture()
  await expect.poll(picture, { timeout: 30_000 }).not.toBe(before)
})

test('words narrow the screens by name and host', async () => {
  await wall().getByRole('searchbox', { name: 'Filter screens' }).fill('db-01')
  await expect(wall().getByRole('button', { name: / on / })).toHaveCount(1)
  await wall().getByRole('searchbox', { name: 'Filter screens' }).fill('no such machine')
  await expect(wall().getByRole('heading', { name: 'No running VM has these words' })).toBeVisible()
  await wall().getByRole('searchbox', { name: 'Filter screens' }).fill('')
})

test('a click on a screen opens its console', async () => {
  await tile('db-01').click()
  await expect(app.page.getByRole('region', { name: 'Console of db-01' })).toBeVisible()
})

test('a screenshot of a VM is saved from its menu, as large as its screen', async () => {
  const main = new MainWindow(app.page)
  await main.showAll()
  await main.vm('web-01').click({ button: 'right' })
  const saved = app.electron.evaluate(
    ({ session }) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (event, item) => {
          event.preventDefault()
          resolve(`${item.getFilename()} ${item.getMimeType()}`)
        })
      }),
  )
  await app.page.getByRole('menuitem', { name: 'Save a screenshot…' }).click()
  expect(await saved).toMatch(/^web-01-\d{4}-.*\.png image\/png$/)
})

import { expect, test, type Locator } from '@playwright/test'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp
let main: MainWindow

const connected = async (): Promise<string | undefined> => {
  const [host] = (await app.api.hosts.list()).items
  return host?.status.kind === 'connected' ? host.id : undefined
}

async function start(home?: string): Promise<void> {
  app = await startApp({ args: ['--demo'], ...(home === undefined ? {} : { home }) })
  main = new MainWindow(app.page)
  await expect.poll(connected).toBeTruthy()
}

const panel = (): Locator => app.page.getByRole('region', { name: 'Tasks' })
const rows = (text: string): Locator => panel().getByRole('listitem').filter({ hasText: text })

test.afterAll(async () => {
  await app?.stop()
})

test('tasks are there after a restart, one that was cancelled is done by a click, and a filter finds them', async () => {
  await start()
  const vms = (await app.api.vms.list()).items
  const mail = vms.find(({ name }) => name === 'mail')
  if (!mail) throw new Error('The demo host has no VM "mail"')
  const ref = { host: mail.host, vm: mail.id }
  const save = await app.api.vms.power({ ...ref, action: 'save' })
  await app.api.tasks.cancel({ task: save })
  const stateOf = async (): Promise<string | undefined> =>
    (await app.api.tasks.list()).items.find(({ id }) => id === save)?.state
  await expect.poll(stateOf).toBe('cancelled')
  await app.api.vms.power({ ...ref, action: 'pause' })
  await main.showAll()
  await expect(main.state('mail')).toContainText('Paused')
  const { home } = app
  await app.stop({ keepHome: true })

  await start(home)
  const { page } = app
  if (!(await panel().isVisible())) await page.getByRole('button', { name: /^Tasks/ }).click()
  await expect(rows('Saving mail')).toContainText('virsh managedsave mail')
  await expect(rows('Saving mail')).toContainText('Cancelled')
  await expect(rows('Pausing mail').getByRole('button', { name: /Retry/ })).toHaveCount(0)
  expect(await accessibilityProblems(page, '.tasks')).toEqual([])
  await rows('Saving mail').getByRole('button', { name: 'Retry: Saving mail' }).click()
  await expect(rows('Saving mail')).toHaveCount(2)
  await expect(rows('Saving mail').filter({ hasText: 'Done' })).toHaveCount(1, { timeout: 20_000 })
  await expect(panel().getByRole('button', { name: /Retry/ })).toHaveCount(0)
  await main.showAll()
  await expect(main.state('mail')).toContainText('state saved')

  const filter = panel().getByRole('searchbox', { name: 'Filter tasks' })
  await filter.fill('suspend')
  await expect(rows('mail')).toHaveCount(1)
  await filter.fill('')
  await panel().getByText('Not done', { exact: true }).click()
  await expect(rows('mail')).toHaveCount(1)
  await expect(rows('mail')).toContainText('Cancelled')
  await panel().getByRole('button', { name: 'Clear ended' }).click()
  await expect(panel()).toContainText('Nothing has been done yet')
  expect(app.pageErrors).toEqual([])
})

import { expect, test } from '@playwright/test'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { TasksPanel } from '../pages/tasks-panel'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp
let main: MainWindow
let tasks: TasksPanel

const connected = async (): Promise<string | undefined> => {
  const [host] = (await app.api.hosts.list()).items
  return host?.status.kind === 'connected' ? host.id : undefined
}

async function start(home?: string): Promise<void> {
  app = await startApp({ args: ['--demo'], ...(home === undefined ? {} : { home }) })
  main = new MainWindow(app.page)
  tasks = new TasksPanel(app.page)
  await expect.poll(connected).toBeTruthy()
}

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
  await tasks.open()
  await expect(tasks.rows('Saving mail')).toContainText('virsh managedsave mail')
  await expect(tasks.rows('Saving mail')).toContainText('Cancelled')
  await expect(tasks.rows('Pausing mail').getByRole('button', { name: /Retry/ })).toHaveCount(0)
  expect(await accessibilityProblems(page, '.tasks')).toEqual([])
  await tasks.rows('Saving mail').getByRole('button', { name: 'Retry: Saving mail' }).click()
  await expect(tasks.rows('Saving mail')).toHaveCount(2)
  await expect(tasks.rows('Saving mail').filter({ hasText: 'Done' })).toHaveCount(1, { timeout: 20_000 })
  await expect(tasks.panel.getByRole('button', { name: /Retry/ })).toHaveCount(0)
  await main.showAll()
  await expect(main.state('mail')).toContainText('state saved')

  const filter = tasks.panel.getByRole('searchbox', { name: 'Filter tasks' })
  await filter.fill('suspend')
  await expect(tasks.rows('mail')).toHaveCount(1)
  await filter.fill('')
  await tasks.panel.getByText('Not done', { exact: true }).click()
  await expect(tasks.rows('mail')).toHaveCount(1)
  await expect(tasks.rows('mail')).toContainText('Cancelled')
  await tasks.panel.getByRole('button', { name: 'Clear ended' }).click()
  await expect(tasks.panel).toContainText('Nothing has been done yet')
  expect(app.pageErrors).toEqual([])
})

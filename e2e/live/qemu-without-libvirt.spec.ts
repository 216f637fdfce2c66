import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { startApp, type RunningApp } from '../start-app'

/** Nothing but QEMU: no libvirt, no settings, a home of its own, in which the VMs are. */
let userHome: string
let settings: string
let app: RunningApp
let main: MainWindow

const guest = 'test-guest'
const region = () => app.page.getByRole('region', { name: `Console of ${guest}` })

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  settings = join(userHome, 'settings')
  await mkdir(settings)
  await open()
})

test.afterAll(async () => {
  await forceOff()
  await app?.stop()
  await rm(userHome, { recursive: true, force: true })
})

async function open(): Promise<void> {
  app = await startApp({ home: settings, env: { HOME: userHome, XDG_DATA_HOME: '', XDG_RUNTIME_DIR: '' } })
  main = new MainWindow(app.page)
}

/** Whatever a failed test left running. */
async function forceOff(): Promise<void> {
  const { items } = await app.api.vms.list()
  for (const { host, id, state } of items)
    if (state !== 'shut-off') await app.api.vms.power({ host, vm: id, action: 'forceOff' })
  // an app that still does something asks before it ends
  await expect
    .poll(async () => (await app.api.tasks.list()).items.filter(({ state }) => state === 'running').length)
    .toBe(0)
}

test('the first start finds QEMU and is ready without a question', async () => {
  await expect(main.tree.getByRole('treeitem', { name: /, Connected/ })).toHaveCount(1, { timeout: 30_000 })
  expect((await app.api.hosts.list()).items).toMatchObject([{ uri: 'qemu-direct:///' }])
})

test('a test guest is one click away, and draws in the window', async () => {
  await main.tree.getByRole('treeitem', { name: /, Connected/ }).click()
  await app.page.getByRole('button', { name: 'Try a test guest' }).click()
  await expect(region()).toBeVisible({ timeout: 60_000 })
  await expect.poll(() => new Screen(region()).shareOf(0, 0, 170), { timeout: 60_000 }).toBeGreaterThan(0.02)
})

test('what is typed reaches it', async () => {
  const screen = new Screen(region())
  const before = await screen.hash()
  await screen.canvas.click()
  await app.page.keyboard.type('hello', { delay: 20 })
  await expect.poll(() => screen.hash()).not.toBe(before)
})

test('it goes on when the app is killed, and the next start has it under control', async () => {
  const child = app.electron.process()
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
  await open()
  await main.showAll()
  await expect(main.state(guest)).toContainText('Running', { timeout: 30_000 })
  const screen = new Screen(await main.openConsole(guest))
  await expect.poll(() => screen.shareOf(0, 0, 170), { timeout: 30_000 }).toBeGreaterThan(0.02)
  await main.power('Shut down').click()
  await main.showAll()
  await expect(main.state(guest)).toContainText('Shut off', { timeout: 30_000 })
})

test('no uncaught error happened in the window', () => {
  expect(app.pageErrors).toEqual([])
})

/** QEMU that somebody has started by hand beside Innkeeper: it is in the list, is obeyed, and is kept when wished. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from '@playwright/test'
import { builtGuest } from '../lab/lab'
import { PlainStore } from '../lab/plain-vm'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { startApp, type RunningApp } from '../start-app'

const name = 'by-hand'
const id = '5717e000-0000-4000-8000-0000000e2e04'
const label = 'By hand'
/** A Linux whose processor is emulated on a busy machine. */
const booted = { timeout: 150_000 }
const mark = 'Not managed by Innkeeper'

let store: PlainStore
let stranger: ChildProcess
let app: RunningApp
let main: MainWindow

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  const guest = await builtGuest()
  store = await PlainStore.make()
  stranger = spawn(
    '/usr/bin/qemu-system-x86_64',
    [
      ...['-name', name, '-uuid', id, '-machine', 'q35', '-m', '160', '-nodefaults', '-vga', 'std'],
      ...['-kernel', `${guest}/vmlinux`, '-initrd', `${guest}/initrd`],
      ...['-append', `console=tty0 quiet no_timer_check lab.name=${name}`],
      ...['-qmp', 'unix:qmp,server=on,wait=off', '-vnc', `unix:${store.root}/screen`],
    ],
    { stdio: 'ignore', cwd: store.root },
  )
  await once(stranger, 'spawn')
  app = await startApp()
  main = new MainWindow(app.page)
  await addHost(app.page, { uri: store.uri, label })
  await expect(main.host(label)).toHaveAccessibleName(/Connected/i)
})

test.afterAll(async () => {
  await app?.stop()
  stranger?.kill('SIGKILL')
  await store?.remove(id)
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('a VM that somebody started by hand is in the list, told apart, and shows its screen', async () => {
  await main.showAll()
  await expect(main.vm(name)).toContainText(mark, booted)
  await expect(main.state(name)).toHaveText(/Running/, booted)
  const screen = new Screen(await main.openConsole(name))
  await expect.poll(() => screen.litShare(), booted).toBeGreaterThan(0.001)
})

test('it is paused and goes on, and its hardware is only looked at', async () => {
  await main.power('Pause').click()
  await main.power('Resume').click(booted)
  await expect(main.power('Pause')).toBeEnabled(booted)
  await app.page.getByRole('tab', { name: 'Hardware' }).click()
  await expect(
    app.page.getByText('Not possible for a VM that another program has started').first(),
  ).toBeVisible()
})

test('its definition is kept by a click, and its next start is from here', async () => {
  await app.page.getByRole('tab', { name: 'Overview' }).click()
  await app.page.getByRole('button', { name: 'Keep its definition' }).click()
  await expect(app.page.getByText('It still runs as another program has started it')).toBeVisible()
  const ended = once(stranger, 'exit')
  await main.power('Force off').click()
  await main
    .dialog(/^Force off/)
    .getByRole('button', { name: 'Force off' })
    .click()
  await ended
  await main.power('Start').click()
  await expect.poll(() => store.pidOf(id), booted).toBeDefined()
  await expect(app.page.getByText(mark)).toHaveCount(0, booted)
})

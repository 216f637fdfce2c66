/**
 * A computer with nothing but QEMU, by clicks: the host is added by its address, a VM that lies there as a file is started,
 * its screen and serial line are used, the app is killed and started again, and the guest is still there and obeys.
 */
import { once } from 'node:events'
import { expect, test } from '@playwright/test'
import { PlainStore } from '../lab/plain-vm'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { consoleChoice, TextConsole } from '../pages/text-console'
import { startApp, type RunningApp } from '../start-app'

const name = 'e2e-plain'
const id = '5717e000-0000-4000-8000-0000000e2e01'
const label = 'Plain QEMU'
/** A Linux whose processor is emulated on a busy machine. */
const booted = { timeout: 150_000 }

let store: PlainStore
let app: RunningApp
let main: MainWindow

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  store = await PlainStore.make()
  await store.define(name, id)
  app = await startApp()
  main = new MainWindow(app.page)
  await addHost(app.page, { uri: store.uri, label })
  await expect(main.host(label)).toHaveAccessibleName(/Connected/i)
})

test.afterAll(async () => {
  await app?.stop()
  await store?.remove(id)
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

test('a VM that lies there as a file is listed, started, and shows its screen', async () => {
  await main.showAll()
  await expect(main.state(name)).toHaveText(/Shut off/)
  await main.selectVm(name)
  await main.power('Start').click()
  await expect(main.state(name)).toHaveText(/Running/, booted)
  const screen = new Screen(await main.openConsole(name))
  await expect.poll(() => screen.litShare(), booted).toBeGreaterThan(0.001)
})

test('what is typed on its serial line runs in the guest', async () => {
  await consoleChoice(app.page, name)
    .getByRole('tab', { name: /^Serial 1/ })
    .click()
  const serial = new TextConsole(app.page, `Serial 1 of ${name}`)
  await serial.isConnected()
  await expect(async () => {
    await serial.press('Enter')
    await serial.shows(/#$/)
  }).toPass(booted)
  await serial.type('echo plain-$((6*7))\n')
  await serial.shows(/^plain-42$/m)
})

test('what such a host does not have is said with its reason where it is looked for', async () => {
  const says = (text: string) => expect(app.page.getByText(text).first()).toBeVisible()
  await main.showAll()
  await main.openVm(name)
  await expect(app.page.getByRole('checkbox', { name: 'Start when the host starts' })).toBeDisabled()
  await says('Nothing on this host starts VMs when it starts')
  await main.host(label).click()
  await app.page.getByRole('tab', { name: 'Networks', exact: true }).click()
  await says('This host has no virtual networks, as they are made by libvirt')
  await app.page.getByRole('tab', { name: 'Secrets', exact: true }).click()
  await says('This host keeps no secrets, as they are kept by libvirt')
})

test('the guest goes on when the app is killed, is found again, and shuts down', async () => {
  const pid = await store.pidOf(id)
  const { home } = app
  const child = app.electron.process()
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  app = await startApp({ home })
  main = new MainWindow(app.page)
  await main.showAll()
  await expect(main.state(name)).toHaveText(/Running/, booted)
  expect(await store.pidOf(id)).toBe(pid)
  await main.selectVm(name)
  await main.power('Shut down').click()
  await expect(main.state(name)).toHaveText(/Shut off/, booted)
  expect(await store.pidOf(id)).toBeUndefined()
})

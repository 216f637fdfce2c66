import { expect, test, type Page } from '@playwright/test'
import { startOnDemoHost } from '../on-demo-host'
import { ConsoleTab } from '../pages/console-tab'
import { MainWindow } from '../pages/main-window'
import { consoleChoice, TextConsole } from '../pages/text-console'
import type { RunningApp } from '../start-app'

let app: RunningApp
let main: MainWindow
let tab: ConsoleTab
let own: Page

const vm = 'web-01'

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  app = await startOnDemoHost()
  main = new MainWindow(app.page)
  tab = new ConsoleTab(app.page, vm)
})

test.afterAll(async () => {
  await app?.stop()
})

test('a console moves to a window of its own, and its tab says where it is', async () => {
  await main.showAll()
  await main.openConsole(vm)
  await expect.poll(() => tab.screen.litShare()).toBeGreaterThan(0.001)
  const opened = app.electron.waitForEvent('window')
  await tab.button('Show in its own window').click()
  own = await opened
  const moved = new ConsoleTab(own, vm)
  await expect.poll(() => moved.screen.litShare()).toBeGreaterThan(0.001)
  await expect(own).toHaveTitle(new RegExp(`^${vm} on `))
  await expect(
    tab.region.getByRole('heading', { name: 'This console is shown in its own window' }),
  ).toBeVisible()
})

test('a VM has one such window, however often it is asked for', async () => {
  await tab.region.getByRole('button', { name: 'Show that window' }).click()
  await app.api.console.detached()
  expect(app.electron.windows()).toHaveLength(2)
})

test('the window is fitted to the guest, which is then shown pixel for pixel', async () => {
  const moved = new ConsoleTab(own, vm)
  await moved.choose('Display', 'Fit this window to the guest')
  const ratio = () =>
    moved.screen.canvas.evaluate(
      (canvas) =>
        (canvas.getBoundingClientRect().width * devicePixelRatio) / (canvas as HTMLCanvasElement).width,
    )
  await expect.poll(ratio).toBe(1)
  const edges = () =>
    own.evaluate(() => {
      const view = document.querySelector('.console-view')
      const canvas = document.querySelector('.console-target canvas')
      return (view?.clientWidth ?? 0) - (canvas?.clientWidth ?? 0)
    })
  await expect.poll(edges).toBe(0)
})

test('where the window was left is where it opens again', async () => {
  const place = { x: 40, y: 50, width: 700, height: 500 }
  const bounds = () =>
    app.electron.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()
        .find((window) => window.webContents.getURL().includes('#console'))
        ?.getBounds(),
    )
  await app.electron.evaluate(({ BrowserWindow }, wanted) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.webContents.getURL().includes('#console'))
      ?.setBounds(wanted)
  }, place)
  await expect.poll(bounds).toMatchObject({ width: place.width, height: place.height })
  const left = await bounds()
  await new ConsoleTab(own, vm).button('Back to the page of the VM').click()
  await expect.poll(() => tab.screen.litShare()).toBeGreaterThan(0.001)
  const opened = app.electron.waitForEvent('window')
  await tab.button('Show in its own window').click()
  own = await opened
  await expect.poll(bounds).toEqual(left)
})

test('the console comes back to its tab when its window is closed', async () => {
  const closed = own.waitForEvent('close')
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => window.webContents.getURL().includes('#console'))
      ?.close()
  })
  await closed
  await expect.poll(() => tab.screen.litShare()).toBeGreaterThan(0.001)
})

test('the window has the contract and nothing else, opens no other page and goes nowhere', async () => {
  const opened = app.electron.waitForEvent('window')
  await tab.button('Show in its own window').click()
  own = await opened
  expect(
    await own.evaluate(() => [typeof (globalThis as { require?: unknown }).require, location.origin]),
  ).toEqual(['undefined', 'app://ui'])
  expect(await own.evaluate(() => window.open('https://example.org/'))).toBeNull()
  await own.evaluate(() => location.assign('https://example.org/'))
  // what main would have let through is under way by the time it has answered something else
  await app.api.console.detached()
  expect(await own.evaluate(() => location.origin)).toBe('app://ui')
})

test('a serial line has a window beside that of the screen, and comes back when it is closed', async () => {
  const line = consoleChoice(app.page, vm).getByRole('tab', { name: /^Serial 1/ })
  await line.click()
  const inPage = new TextConsole(app.page, `Serial 1 of ${vm}`)
  await inPage.isConnected()
  const opened = app.electron.waitForEvent('window')
  await inPage.button('Show in its own window').click()
  const window = await opened
  const moved = new TextConsole(window, `Serial 1 of ${vm}`)
  await moved.isConnected()
  await moved.press('Enter')
  await moved.shows(/login: *$/m)
  await expect(window).toHaveTitle(new RegExp(`^Serial 1 of ${vm} on `))
  await expect(
    inPage.region.getByRole('heading', { name: 'This console is shown in its own window' }),
  ).toBeVisible()
  expect(app.electron.windows()).toHaveLength(3)
  const closed = window.waitForEvent('close')
  await inPage.button('Bring it back here').click()
  await closed
  await inPage.isConnected()
})

test('the windows of consoles close with the main window', async () => {
  const ended = app.electron.waitForEvent('close')
  await app.electron.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()
      .find((window) => !window.webContents.getURL().includes('#console'))
      ?.close()
  })
  await ended
})

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { consoleChoice, TextConsole } from '../pages/text-console'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = running.page
  main = new MainWindow(page)
})

async function openSerial(vm: string): Promise<TextConsole> {
  await main.showAll()
  await main.openConsole(vm)
  await consoleChoice(page, vm)
    .getByRole('tab', { name: /^Serial 1/ })
    .click()
  const serial = new TextConsole(page, `Serial 1 of ${vm}`)
  await serial.isConnected()
  return serial
}

async function signIn(serial: TextConsole): Promise<void> {
  await serial.press('Enter')
  await serial.shows(/login: *$/m)
  await serial.type('ann\nsecret\n')
  await serial.shows(/ann@\S+:~\$/)
}

test('a VM without a display opens on its serial line, where a login answers what is typed', async () => {
  await main.showAll()
  await main.openVm('edge-router')
  await page.getByRole('tab', { name: 'Console' }).click()
  const serial = new TextConsole(page, 'Serial 1 of edge-router')
  await serial.isConnected()
  await expect(serial.region.getByText(/Press Enter in the terminal/)).toBeVisible()
  await signIn(serial)
  await expect(serial.region.getByText(/Press Enter in the terminal/)).toBeHidden()
  await serial.type('hostname\n')
  await serial.shows(/^edge-router$/m)
  expect(await accessibilityProblems(page, 'main')).toEqual([])
})

test('two consoles are seen side by side, change places by a click, and one is alone again when that is wanted', async () => {
  const serial = await openSerial('ci-job-4411')
  await signIn(serial)
  const sideBySide = page.getByRole('button', { name: 'Side by side' })
  const screenBeside = page.getByRole('menuitem', { name: 'Screen beside it' })
  await sideBySide.click()
  await screenBeside.click()
  const screen = page.getByRole('region', { name: 'Console of ci-job-4411' })
  await expect(screen).toBeVisible()
  await serial.type('hostname\n')
  await serial.shows(/^ci-job-4411$/m)
  const left = async (one: Locator): Promise<number> => (await one.boundingBox())?.x ?? Number.NaN
  expect(await left(serial.region)).toBeLessThan(await left(screen))
  expect(await accessibilityProblems(page, 'main')).toEqual([])

  const width = async (): Promise<number> => (await screen.boundingBox())?.width ?? 0
  const before = await width()
  await page.getByRole('separator', { name: 'Width of the second console' }).press('ArrowRight')
  await expect.poll(width).toBeLessThan(before)

  await consoleChoice(page, 'ci-job-4411').getByRole('tab', { name: 'Screen' }).click()
  await expect.poll(async () => (await left(screen)) < (await left(serial.region))).toBe(true)
  await sideBySide.click()
  await page.getByRole('menuitem', { name: 'Serial 1 beside it' }).click()
  await expect(serial.region).toBeHidden()
  await expect(screen).toBeVisible()
  await consoleChoice(page, 'ci-job-4411')
    .getByRole('tab', { name: /^Serial 1/ })
    .click()
  // it was only hidden
  await serial.shows(/^ci-job-4411$/m)
})

test('the screen and the serial line stay alive behind each other', async () => {
  const serial = await openSerial('web-01')
  await signIn(serial)
  const choice = consoleChoice(page, 'web-01')
  await choice.getByRole('tab', { name: 'Screen' }).click()
  await expect(page.getByRole('region', { name: 'Console of web-01' })).toBeVisible()
  await page.getByRole('tab', { name: 'Overview' }).click()
  await page.getByRole('tab', { name: 'Console' }).click()
  await choice.getByRole('tab', { name: /^Serial 1/ }).click()
  await serial.shows(/ann@web-01/)
  await serial.type('echo still here\n')
  await serial.shows(/^still here$/m)
})

test('text of any alphabet is pasted and comes back, and what is chosen is copied', async () => {
  const serial = await openSerial('mail')
  await signIn(serial)
  await serial.paste('echo Zürich, Gruß, 東京')
  await serial.press('Enter')
  await serial.shows(/^Zürich, Gruß, 東京$/m)
  // the pointer goes to what lies over the letters
  const line = await serial.rows
    .locator('> div')
    .filter({ hasText: /^Zürich/ })
    .boundingBox()
  await page.mouse.dblclick((line?.x ?? 0) + 10, (line?.y ?? 0) + 5)
  await page.keyboard.press('Control+Shift+C')
  await expect
    .poll(() => app.electron.evaluate(({ clipboard }) => clipboard.readText()))
    .toMatch(/Zürich|Gruß|東京/)
  await app.api.app.copyText({ text: 'echo from the clipboard' })
  await serial.press('Control+Shift+V')
  await serial.press('Enter')
  await serial.shows(/^from the clipboard$/m)
})

test('the search counts and walks through what was found, and closes with Escape', async () => {
  const serial = await openSerial('db-01')
  await signIn(serial)
  for (const word of ['needle one', 'hay', 'needle two']) await serial.type(`echo ${word}\n`)
  await serial.shows(/^needle two$/m)
  await serial.press('Control+Shift+F')
  const find = serial.region.getByRole('search')
  await find.getByRole('searchbox').fill('needle')
  await expect(find.getByRole('status')).toHaveText('4 of 4')
  await page.keyboard.press('Enter')
  await expect(find.getByRole('status')).toHaveText('3 of 4')
  await find.getByRole('searchbox').fill('nowhere')
  await expect(find.getByRole('status')).toHaveText('Not found')
  await page.keyboard.press('Escape')
  await expect(find).toBeHidden()
  await serial.type('echo typed\n')
  await serial.shows(/^typed$/m)
})

test('the log has what was shown from then on, and the button says where it goes', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-log-'))
  const path = join(folder, 'serial.log')
  const serial = await openSerial('legacy-erp')
  await signIn(serial)
  await app.electron.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, path)
  await serial.button('Log to file…').click()
  await expect(serial.button('Log: serial.log')).toHaveAttribute('aria-pressed', 'true')
  await serial.type('hostname\n')
  await serial.shows(/^legacy-erp$/m)
  await serial.button('Log: serial.log').click()
  await expect(serial.button('Log to file…')).toBeVisible()
  await serial.type('nproc\n')
  await serial.shows(/nproc\n\d+/)
  expect(await readFile(path, 'utf8')).toMatch(/^hostname\r\nlegacy-erp\r\n[^\n]*\$ $/)
  await rm(folder, { recursive: true })
})

test('Ctrl and Alt let the keyboard go, and the size can be told to the guest by a click', async () => {
  const serial = await openSerial('build-runner-07')
  await signIn(serial)
  await serial.press('Control+Alt')
  await expect(serial.button('Send')).toBeFocused()
  const [columns, rows] = ((await serial.region.locator('.text-size').textContent()) ?? '').split(' × ')
  await serial.button('Tell the size').click()
  await serial.shows(new RegExp(`stty rows ${rows} cols ${columns}`))
  await serial.press('Control+C')
  await serial.button('Send').click()
  await page.getByRole('menuitem', { name: /^Ctrl\+D/ }).click()
  await expect(serial.region.locator('textarea')).toBeFocused()
})

test('a VM that is off offers to start it, and its line opens by itself and shows it boot', async () => {
  await main.showAll()
  await main.openConsole('old-fileserver')
  await consoleChoice(page, 'old-fileserver')
    .getByRole('tab', { name: /^Serial 1/ })
    .click()
  const serial = new TextConsole(page, 'Serial 1 of old-fileserver')
  await expect(serial.region.getByText('The VM is shut off')).toBeVisible()
  await serial.button('Start').click()
  await serial.isConnected()
})

test('a device that cannot be opened says why', async () => {
  await main.showAll()
  await main.openConsole('web-01')
  await page.getByRole('button', { name: 'Devices that cannot be opened' }).click()
  await page.getByRole('menuitem', { name: /guest_agent/ }).click()
  await expect(page.getByRole('heading', { name: /guest agent talks to libvirt/ })).toBeVisible()
})

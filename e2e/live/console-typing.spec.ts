import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addLabHost } from '../pages/connect'
import { ConsoleTab } from '../pages/console-tab'
import { MainWindow } from '../pages/main-window'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let host: LabHost
let userHome: string
let app: RunningApp
let main: MainWindow

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')
/** Besides the letters of German, what its keyboard has with AltGr and what its dead keys make. */
const german = `${printable}äöüÄÖÜß§°²³€µáéèêâôÊ`

const guests = { us: 'e2e-typed-us', de: 'e2e-typed-de' }

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  host = lab.host('labA')
  for (const name of Object.values(guests)) await host.startGuest({ name })
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  await addLabHost(app.page, host, 'Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  for (const name of Object.values(guests)) await host?.removeGuest(name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

/** What keys made inside the guest since it began to tell (see the guest's `typed`). */
async function received(guest: string): Promise<string> {
  const log = await host.serialLog(guest)
  const bytes = [...log.matchAll(/LAB-TYPED ([\da-f]{2})/g)].map(([, hex = '']) => Number.parseInt(hex, 16))
  return Buffer.from(bytes).toString('utf8')
}

async function openTypedConsole(guest: string, layout: string): Promise<ConsoleTab> {
  await main.showAll()
  await main.openConsole(guest)
  const tab = new ConsoleTab(app.page, guest)
  await expect.poll(() => tab.screen.litShare(), { timeout: 30_000 }).toBeGreaterThan(0.001)
  // the guest's console begins with the kernel's own layout, which is that of the USA
  await tab.typeText(`typed ${layout}\n`, 'English (US)')
  await host.waitSerial(guest, new RegExp(`LAB-TYPED-READY ${layout}`))
  return tab
}

test('every printable character typed for a US keyboard arrives in a guest that has one', async () => {
  const tab = await openTypedConsole(guests.us, 'us')
  await tab.typeText(printable, 'English (US)')
  await expect.poll(() => received(guests.us), { timeout: 30_000 }).toBe(printable)
})

test('German text arrives in a guest with a German keyboard, with its dead keys and AltGr', async () => {
  const tab = await openTypedConsole(guests.de, 'de')
  await tab.typeText(german, 'German')
  await expect.poll(() => received(guests.de), { timeout: 30_000 }).toBe(german)
})

test('the clipboard is typed at once in the layout that was chosen for the VM', async () => {
  const tab = new ConsoleTab(app.page, guests.de)
  const before = await received(guests.de)
  await app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), 'Zürich: [x@y] €1\n')
  await tab.choose('Send keys', 'Type the clipboard')
  await tab.typed()
  // Enter is what a raw terminal reads for the end of a line
  await expect.poll(() => received(guests.de), { timeout: 30_000 }).toBe(`${before}Zürich: [x@y] €1\r`)
})

test('characters that the layout does not have are named before anything is typed', async () => {
  const tab = new ConsoleTab(app.page, guests.de)
  const before = await received(guests.de)
  await app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), 'aЖb')
  await tab.choose('Send keys', 'Type the clipboard')
  const dialog = main.dialog(`Type text into ${guests.de}`)
  await expect(dialog.getByText('Ж (U+0416)')).toBeVisible()
  expect(await received(guests.de)).toBe(before)
  await dialog.getByRole('button', { name: 'Type the rest' }).click()
  await tab.typed()
  await expect.poll(() => received(guests.de), { timeout: 30_000 }).toBe(`${before}ab`)
})

test('a long text that is stopped leaves no key pressed in the guest', async () => {
  const tab = new ConsoleTab(app.page, guests.de)
  const before = await received(guests.de)
  await app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), 'A'.repeat(5000))
  await tab.choose('Send keys', 'Type the clipboard')
  await expect.poll(() => received(guests.de), { timeout: 30_000 }).not.toBe(before)
  await tab.region.getByRole('button', { name: 'Stop typing' }).click()
  await tab.typed()
  await app.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), 'end')
  await tab.choose('Send keys', 'Type the clipboard')
  await tab.typed()
  // a Shift that stayed pressed would make it "END"
  await expect.poll(() => received(guests.de), { timeout: 30_000 }).toMatch(/^[^]*A+end$/)
})

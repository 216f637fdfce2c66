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
let tab: ConsoleTab

const guest = 'e2e-keys'
const mouseOnly = 'e2e-mouse-only'

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  host = lab.host('labA')
  await host.startGuest({ name: guest })
  await host.defineTiny(
    mouseOnly,
    `<graphics type='vnc' autoport='yes'><listen type='address' address='127.0.0.1'/></graphics>
     <video><model type='vga'/></video><controller type='usb' model='qemu-xhci'/>`,
  )
  await host.virsh(['start', mouseOnly])
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  await addLabHost(app.page, host, 'Lab A')
  await main.showAll()
  await main.openConsole(guest)
  tab = new ConsoleTab(app.page, guest)
  await expect.poll(() => tab.screen.litShare(), { timeout: 30_000 }).toBeGreaterThan(0.001)
})

test.afterAll(async () => {
  await app?.stop()
  for (const name of [guest, mouseOnly]) await host?.removeGuest(name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

/** The bytes that keys made inside the guest, in hex. */
async function received(): Promise<string> {
  const log = await host.serialLog(guest)
  return [...log.matchAll(/LAB-TYPED ([\da-f]{2})/g)].map(([, hex]) => hex).join(' ')
}

test('a modifier pressed three times is held for the next key, and says so', async () => {
  await tab.typeText('typed us\n', 'English (US)')
  await host.waitSerial(guest, /LAB-TYPED-READY us/)
  await tab.screen.canvas.click()
  for (let time = 0; time < 3; time += 1) await app.page.keyboard.press('Control')
  await expect(tab.region.getByText('Ctrl held for the next key')).toBeVisible()
  await app.page.keyboard.press('c')
  await expect(tab.region.getByText('Ctrl held for the next key')).toHaveCount(0)
  await app.page.keyboard.press('c')
  // Ctrl+C, and a plain c
  await expect.poll(received).toBe('03 63')
})

test('a combination of one’s own is sent, kept in the menu, and is there after the next start', async () => {
  await tab.choose('Send keys', 'Other keys…')
  const dialog = main.dialog('Keys')
  await dialog.getByText('Alt', { exact: true }).click()
  await dialog.getByRole('button', { name: /Delete Key/ }).click()
  await app.page.getByRole('option', { name: 'G', exact: true }).click()
  await dialog.getByRole('button', { name: 'Send Ctrl+G' }).click()
  await expect.poll(received).toBe('03 63 07')
  await dialog.getByRole('button', { name: 'Keep in the menu' }).click()
  await expect(dialog.getByRole('region', { name: 'In the menu' })).toContainText('Ctrl+G')
  await dialog.getByRole('button', { name: 'Done' }).click()
  await app.page.reload()
  await main.showAll()
  await main.openConsole(guest)
  await expect.poll(() => tab.screen.litShare(), { timeout: 30_000 }).toBeGreaterThan(0.001)
  await tab.choose('Send keys', 'Ctrl+G')
  await expect.poll(received).toBe('03 63 07 07')
})

test('a key that is never sent does what it does in the window while the guest has the keyboard', async () => {
  await tab.choose('Send keys', 'Other keys…')
  const dialog = main.dialog('Keys')
  for (const held of ['Ctrl', 'Alt']) await dialog.getByText(held, { exact: true }).click()
  await dialog.getByRole('button', { name: /Delete Key/ }).click()
  await app.page.getByRole('option', { name: 'F11', exact: true }).click()
  await dialog.getByRole('button', { name: 'Never send' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await tab.screen.canvas.click()
  await app.page.keyboard.press('F11')
  await expect(tab.button('Leave full screen')).toBeAttached()
  await app.page.keyboard.press('F11')
  await expect(tab.button('Full screen')).toBeVisible()
  expect(await received()).toBe('03 63 07 07')
})

test('the keys that release the keyboard are those that were chosen', async () => {
  await tab.choose('Send keys', 'Other keys…')
  const dialog = main.dialog('Keys')
  await dialog.getByRole('button', { name: /Keys that release the keyboard/ }).click()
  await app.page.getByRole('option', { name: 'Right Ctrl', exact: true }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await tab.screen.canvas.click()
  await expect(tab.region.getByText('Right Ctrl releases the keyboard')).toBeVisible()
  await app.page.keyboard.press('ControlRight')
  await expect(tab.region.getByText('Click the screen to type into it')).toBeVisible()
})

test('Ctrl+Alt+Delete from the menu restarts the guest', async () => {
  const before = (await host.serialLog(guest)).length
  await tab.choose('Send keys', 'Ctrl+Alt+Delete')
  await host.waitReady(guest, undefined, before)
})

/** How far the guest's mouse was told to go, along the axis, as QEMU's own trace has it. */
async function gone(axis: 'x' | 'y'): Promise<readonly number[]> {
  const log = await host.exec(['cat', `/var/log/libvirt/qemu/${mouseOnly}.log`])
  return [...log.matchAll(/input_event_rel con -?\d+, axis (\w), value (-?\d+)/g)]
    .filter(([, name]) => name === axis)
    .map(([, , value]) => Number(value))
}

test('without a tablet a click catches the pointer, the guest is told how far it goes, and the keys give it back', async () => {
  await host.virsh(['qemu-monitor-command', '--hmp', mouseOnly, 'trace-event input_event_rel on'])
  await main.showAll()
  await main.openConsole(mouseOnly)
  const other = new ConsoleTab(app.page, mouseOnly)
  await expect(other.region.getByText('Click the screen to move the pointer in it')).toBeVisible({
    timeout: 30_000,
  })
  const { x, y, width, height } = (await other.screen.canvas.boundingBox()) ?? fail()
  await app.page.mouse.move(x + width / 2, y + height / 2)
  await app.page.mouse.down()
  await app.page.mouse.up()
  await expect(other.region.getByText('Right Ctrl releases the pointer and the keyboard')).toBeVisible()
  await app.page.mouse.move(x + width / 2 + 30, y + height / 2 - 20, { steps: 5 })
  await expect.poll(async () => sum(await gone('x'))).toBeGreaterThan(20)
  await expect.poll(async () => sum(await gone('y'))).toBeLessThan(-10)
  // a place would be a jump
  expect(Math.max(...(await gone('x')).map(Math.abs))).toBeLessThan(100)
  await app.page.keyboard.press('ControlRight')
  await expect(other.region.getByText('Click the screen to move the pointer in it')).toBeVisible()
  expect(await app.page.evaluate(() => document.pointerLockElement)).toBeNull()
})

test('a VM without a tablet is told so, and one is plugged in while it runs', async () => {
  await main.showAll()
  await main.openConsole(mouseOnly)
  const other = new ConsoleTab(app.page, mouseOnly)
  const hint = other.region.getByRole('group', { name: 'Pointer' })
  await expect(hint).toContainText('This VM has no tablet', { timeout: 30_000 })
  await hint.getByRole('button', { name: 'Add a tablet' }).click()
  await expect(hint).toHaveCount(0, { timeout: 30_000 })
  expect(await host.virsh(['dumpxml', mouseOnly])).toContain(`<input type='tablet' bus='usb'>`)
})

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0)
}

function fail(): never {
  throw new Error('The screen is not there')
}

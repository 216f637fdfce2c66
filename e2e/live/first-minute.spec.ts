import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addLabHost, connectedSince } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { Screen } from '../pages/screen'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let labB: LabHost
let userHome: string
let app: RunningApp
let main: MainWindow

/** "Within 1 s" of the change on the host, with the time the assertion itself needs on a busy machine. */
const soon = { timeout: 1_000 }
const guest = 'e2e-guest'
const elsewhere = 'e2e-elsewhere'

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  labB = lab.host('labB')
  await labA.defineGuest({ name: guest })
  // a home of its own: no known_hosts, no keys, no agent
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
})

test.afterAll(async () => {
  await app?.stop()
  for (const name of [guest, elsewhere]) await labA?.removeGuest(name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test('a host is added over ssh: its unknown key is shown and accepted, the password is typed once', async () => {
  await addLabHost(app.page, labA, 'Lab A')
  // one authentication serves everything that follows; a second question would be a dialog
  await expect(app.page.getByRole('dialog')).toHaveCount(0)
  const knownHosts = await readFile(join(userHome, '.ssh', 'known_hosts'), 'utf8')
  expect(knownHosts).toContain(labA.hostKey.split(' ')[1])
})

test('a second host signs in by its own password and both are listed', async () => {
  await addLabHost(app.page, labB, 'Lab B')
  await main.showAll()
  await expect(main.state(guest)).toContainText('Shut off')
})

test('the guest starts from the table and its console shows what the guest shows', async () => {
  await main.selectVm(guest)
  await main.power('Start').click()
  await expect(main.state(guest)).toContainText('Running', { timeout: 20_000 })
  const screen = new Screen(await main.openConsole(guest))
  await expect.poll(() => screen.litShare(), { timeout: 30_000 }).toBeGreaterThan(0.001)
  await labA.waitReady(guest)
  // text on black, not a filled screen
  expect(await screen.litShare()).toBeLessThan(0.5)
  await expect
    .poll(async () => screen.equalShare(await hypervisorPicture()), { timeout: 15_000 })
    .toBeGreaterThan(0.99)
})

test('keys typed in the console reach the guest', async () => {
  const screen = new Screen(app.page.getByRole('region', { name: `Console of ${guest}` }))
  const before = (await labA.serialLog(guest)).length
  await screen.canvas.click()
  // only keys that need no Shift: Playwright types "A" as the A key without it, and guests see keys, not characters
  await app.page.keyboard.type('say hello-42', { delay: 20 })
  await app.page.keyboard.press('Enter')
  await labA.waitSerial(guest, /LAB-SAID hello-42/, 20_000, before)
})

test('pause freezes the screen and resume lets it go on', async () => {
  const screen = new Screen(app.page.getByRole('region', { name: `Console of ${guest}` }))
  await app.page.keyboard.type('anim', { delay: 20 })
  await app.page.keyboard.press('Enter')
  await expect.poll(() => screen.picturesIn(20), { timeout: 20_000 }).toBeGreaterThan(3)
  await main.power('Pause').click()
  await expect.poll(() => labA.guestState(guest)).toBe('paused')
  // what was under way when the guest stopped still arrives; then nothing does
  await expect.poll(() => screen.picturesIn(30), { timeout: 20_000 }).toBe(1)
  await main.power('Resume').click()
  await expect.poll(() => labA.guestState(guest)).toBe('running')
  await expect.poll(() => screen.picturesIn(20), { timeout: 20_000 }).toBeGreaterThan(3)
})

test('the console comes back by itself when the guest has rebooted', async () => {
  const region = app.page.getByRole('region', { name: `Console of ${guest}` })
  const before = (await labA.serialLog(guest)).length
  await main.power('More actions').click()
  await app.page.getByRole('menuitem', { name: /^Reset/ }).click()
  await main.dialog(/Reset/).getByRole('button', { name: 'Reset' }).click()
  await labA.waitReady(guest, 60_000, before)
  const screen = new Screen(region)
  await expect
    .poll(async () => screen.equalShare(await hypervisorPicture()), { timeout: 30_000 })
    .toBeGreaterThan(0.99)
})

test('shut down by ACPI ends the guest', async () => {
  await main.power('Shut down').click()
  await expect.poll(() => labA.guestState(guest), { timeout: 30_000 }).toBe('shut off')
  await expect(app.page.getByRole('region', { name: `Console of ${guest}` })).toContainText(/off/i)
  await main.showAll()
  await expect(main.state(guest)).toContainText('Shut off')
})

test('a host without VMs is tried by one click: its test guest is on the screen, and goes off by the power button', async () => {
  await main.host('Lab B').click()
  await app.page.getByRole('button', { name: 'Try a test guest' }).click()
  const region = app.page.getByRole('region', { name: 'Console of test-guest' })
  await expect(region).toBeVisible({ timeout: 60_000 })
  // the bar on top, 1 line of 25
  await expect.poll(() => new Screen(region).shareOf(0, 0, 170), { timeout: 60_000 }).toBeGreaterThan(0.02)
  await main.power('Shut down').click()
  await expect.poll(() => labB.guestState('test-guest'), { timeout: 30_000 }).toBe('shut off')
  await labB.removeGuest('test-guest')
  await labB.virsh(['vol-delete', '--pool', 'default', 'test-guest.img'])
  await main.showAll()
})

test('what virsh does behind our back appears, changes and disappears within a second each', async () => {
  await labA.defineGuest({ name: elsewhere })
  await expect(main.vm(elsewhere)).toBeVisible(soon)
  await labA.virsh(['start', '--domain', elsewhere])
  await expect(main.state(elsewhere)).toContainText('Running', soon)
  await labA.virsh(['suspend', '--domain', elsewhere])
  await expect(main.state(elsewhere)).toContainText('Paused', soon)
  await labA.virsh(['destroy', '--domain', elsewhere])
  await expect(main.state(elsewhere)).toContainText('Shut off', soon)
  await labA.virsh(['undefine', '--domain', elsewhere])
  await expect(main.vm(elsewhere)).toHaveCount(0, soon)
})

test('a killed daemon is told within 5 s, its VMs stay grey, it heals by itself and the other host is untouched', async () => {
  const otherSince = await connectedSince(app.api, 'Lab B')
  await labA.killDaemon()
  try {
    await expect(main.host('Lab A')).not.toHaveAccessibleName(/, Connected/i, { timeout: 5_000 })
    await expect(main.vm(guest)).toBeVisible()
    await expect(main.vm(guest)).toHaveClass(/vm-stale/)
    await expect(main.host('Lab B')).toHaveAccessibleName(/Connected/i)
  } finally {
    await labA.startDaemon()
  }
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i, { timeout: 40_000 })
  await expect(main.vm(guest)).not.toHaveClass(/vm-stale/)
  expect(await connectedSince(app.api, 'Lab B')).toBe(otherSince)
})

test('no uncaught error happened in the window', () => {
  expect(app.pageErrors).toEqual([])
})

/** The guest's screen as the hypervisor itself sees it. */
async function hypervisorPicture(): Promise<Buffer> {
  const file = join(userHome, 'screen.png')
  await labA.virsh(['screenshot', '--domain', guest, '--file', file])
  return readFile(file)
}

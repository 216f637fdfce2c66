/** The life of screens: lost and back again, off and on again, many at once, and one that never stands still. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { lookAlone } from '../lab/greedy-viewer'
import { startLab, type Lab, type LabHost } from '../lab/lab'
import { addLabHost } from '../pages/connect'
import { ConsolePage } from '../pages/console-page'
import { memoryOf } from '../pages/memory'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let host: LabHost
let userHome: string
let app: RunningApp

const moving = 'moving'
/** They stay in their firmware. */
const still = ['still-1', 'still-2', 'still-3', 'still-4', 'still-5', 'still-6']
const connected = 'Connected, encrypted by ssh'
const mebibyte = 1024 * 1024
/** Ten minutes by hand: INNKEEPER_DRAWN_SECONDS=600 npm test -- live -- e2e/live/consoles.spec.ts */
const drawnSeconds = Number(process.env['INNKEEPER_DRAWN_SECONDS'] ?? 20)

test.describe.configure({ mode: 'serial' })

test.beforeAll(async () => {
  lab = await startLab({ hosts: ['labA'] })
  host = lab.host('labA')
  for (const name of still) {
    const listen = "<listen type='address' address='127.0.0.1'/>"
    const screen = `<graphics type='vnc' autoport='yes'>${listen}</graphics><video><model type='vga'/></video>`
    await host.defineTiny(name, screen)
    await host.virsh(['start', name])
  }
  await host.startGuest({ name: moving, load: 'anim' })
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  await addLabHost(app.page, host, 'Lab A')
})

test.afterAll(async () => {
  await app?.stop()
  for (const name of [...still, moving]) await host?.removeGuest(name)
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test('a screen that another viewer took for itself comes back when that one has left', async () => {
  const console = await ConsolePage.open(app.page, moving)
  await console.shows(connected)
  const lost = console.seen(/Reconnecting|Connecting/)
  await lookAlone(host, await vncPort(moving))
  await lost
  await console.shows(connected)
  await expect.poll(() => console.screen.picturesIn(20), { timeout: 60_000 }).toBeGreaterThan(1)
})

test('a reset of the guest keeps the tab, and its new picture moves again', async () => {
  const console = await ConsolePage.open(app.page, moving)
  await console.shows(connected)
  const before = (await host.serialLog(moving)).length
  await host.virsh(['reset', moving])
  await host.waitReady(moving, 60_000, before)
  await console.shows(connected)
  await expect.poll(() => console.screen.picturesIn(20), { timeout: 60_000 }).toBeGreaterThan(1)
})

test('the last picture stays, greyed, while the VM is off, and starting it from there brings its screen back', async () => {
  const console = await ConsolePage.open(app.page, still[0] ?? '')
  await console.shows(connected)
  await host.virsh(['destroy', still[0] ?? ''])
  await expect(console.region.getByRole('heading', { name: 'The VM is shut off' })).toBeVisible()
  await expect(console.lastFrame).toBeVisible()
  expect(await console.lastFrame.evaluate((one) => getComputedStyle(one).filter)).toContain('grayscale(1)')
  expect(await console.litShareOfLastFrame()).toBeGreaterThan(0.001)
  await console.region.getByRole('button', { name: 'Start' }).click()
  await console.shows(connected)
  await expect(console.lastFrame).toBeHidden()
})

test('six screens at once are six windows, each drawn over the one connection', async () => {
  const { items } = await app.api.vms.list()
  const windows: Page[] = []
  for (const name of still) {
    const vm = items.find((one) => one.name === name)
    if (!vm) throw new Error(`no ${name}`)
    const opened = app.electron.waitForEvent('window')
    await app.api.console.detach({ host: vm.host, vm: vm.id })
    windows.push(await opened)
  }
  for (const [at, name] of still.entries()) {
    const page = windows[at]
    if (!page) throw new Error(`no window for ${name}`)
    const console = ConsolePage.in(page, name)
    await console.shows(connected)
  }
  expect(await app.api.console.detached()).toHaveLength(still.length)
  for (const { host: id, id: vm } of items.filter(({ name }) => still.includes(name)))
    await app.api.console.attach({ host: id, vm })
  await expect.poll(() => app.electron.windows().length).toBe(1)
})

test('a guest that never stands still is drawn on and on without taking more and more memory', async () => {
  test.setTimeout(120_000 + drawnSeconds * 1000)
  const console = await ConsolePage.open(app.page, moving)
  await console.shows(connected)
  const whileDrawn = async (pictures: number): Promise<void> => {
    for (let seen = 0; seen < pictures; ) seen += await console.screen.picturesIn(20)
  }
  // the first pictures compile code and fill caches
  await whileDrawn(60)
  const before = await memoryOf(app)
  const residentBefore = await residentBytes()
  const end = Date.now() + drawnSeconds * 1000
  while (Date.now() < end) await whileDrawn(20)
  const after = await memoryOf(app)
  const resident = `${mebibytes(residentBefore)} MiB before, ${mebibytes(await residentBytes())} after`
  process.stdout.write(`All processes of the app held ${resident} ${drawnSeconds} s of moving pictures\n`)
  expect(after.mainBytes - before.mainBytes).toBeLessThan(16 * mebibyte)
  expect(after.pageBytes - before.pageBytes).toBeLessThan(16 * mebibyte)
  await expect(console.state).toHaveText(connected)
})

/** Of all processes, pages shared between them counted for each. */
function residentBytes(): Promise<number> {
  return app.electron.evaluate(({ app: own }) =>
    own.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize * 1024, 0),
  )
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / mebibyte)
}

async function vncPort(name: string): Promise<number> {
  const display = (await host.virsh(['vncdisplay', name])).trim()
  return 5900 + Number(display.split(':').at(-1))
}

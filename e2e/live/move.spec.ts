/** Moves between two real hosts by clicks, of guests that count on their serial line: whatever happens, no number is lost. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import { CountingGuest } from '../lab/counting-guest'
import { startLab, stateDirectory, type Lab, type LabHost } from '../lab/lab'
import { patternedImage, sameImage, sharePath, shareStorage, volumesOf } from '../lab/moving-hosts'
import { makeSmallPool } from '../lab/small-pool'
import { tinyVmXml } from '../lab/tiny-vm'
import { addLabHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { MovePage } from '../pages/move-page'
import { Screen } from '../pages/screen'
import { StoragePage } from '../pages/storage-page'
import { startApp, type RunningApp } from '../start-app'

let lab: Lab
let labA: LabHost
let labB: LabHost
let unshare: (() => Promise<void>) | undefined
let shared: CountingGuest
let own: CountingGuest
let userHome: string
let app: RunningApp
let main: MainWindow
let move: MovePage

const inTime = { timeout: 120_000 }
const mebibyte = 1024 * 1024
const told: string[] = []

test.describe.configure({ mode: 'serial', timeout: 300_000 })

test.beforeAll(async () => {
  lab = await startLab()
  labA = lab.host('labA')
  labB = lab.host('labB')
  unshare = await shareStorage(labA, labB)
  await labA.virsh(['vol-create-as', 'share', 'e2e-shared.qcow2', '64M', '--format', 'qcow2'])
  shared = new CountingGuest('e2e-shared', { diskPath: `${sharePath}/e2e-shared.qcow2`, graphics: 'vnc' })
  own = new CountingGuest('e2e-own', { diskPath: await patternedImage(labA, 'e2e-own.qcow2') })
  await Promise.all([shared.start(labA), own.start(labA)])
  userHome = await mkdtemp(join(tmpdir(), 'innkeeper-home-'))
  app = await startApp({ env: { HOME: userHome, SSH_AUTH_SOCK: '' } })
  main = new MainWindow(app.page)
  move = new MovePage(app.page)
  await addLabHost(app.page, labA, 'Lab A')
  await addLabHost(app.page, labB, 'Lab B')
})

test.afterAll(async () => {
  process.stdout.write(`${told.join('\n')}\n`)
  await app?.stop()
  for (const host of lab?.hosts ?? [])
    for (const name of ['e2e-shared', 'e2e-own', 'e2e-unfit']) await host.removeGuest(name)
  await unshare?.()
  await rm(userHome, { recursive: true, force: true })
  await lab?.stop()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** Opens the dialog for a VM of the list. */
async function openFor(name: string): Promise<Locator> {
  await main.showAll()
  await main.selectVm(name)
  const dialog = await move.open(name)
  await expect(dialog.getByRole('button', { name: /Destination/ })).toContainText('Lab B')
  return dialog
}

/** At so little a second a copy takes half a minute or more: waits until some of it has arrived. */
async function isUnderWay(task: Locator, what: 'memory' | 'disks'): Promise<void> {
  await task.getByText('Figures').click()
  const figure = what === 'disks' ? 'Disks left' : 'Round'
  await expect(task.getByText(figure, { exact: true })).toBeVisible(inTime)
  await expect(task.getByText(/^([3-9]|\d\d+)(\.\d+)? of \d+(\.\d+)? MiB/)).toBeVisible(inTime)
}

/** Nothing of it is left at the destination, and it counts where it was. */
async function stayed(guest: CountingGuest): Promise<void> {
  await guest.goesOn(labA)
  await main.showAll()
  await expect(main.state(guest.name)).toContainText('Running')
  await labB.waitState(guest.name, undefined)
}

/** The link is put back: both hosts are connected, and the source has given up the old move. */
async function hasRecovered(guest: CountingGuest): Promise<void> {
  await expect(main.host('Lab A')).toHaveAccessibleName(/Connected/i)
  await expect(main.host('Lab B')).toHaveAccessibleName(/Connected/i, inTime)
  await expect.poll(() => labA.virsh(['domjobinfo', guest.name]), inTime).toContain('None')
}

/** As the window told to: the destination could not be asked any more. */
async function deleteWhatIsLeft(): Promise<void> {
  const storage = new StoragePage(app)
  await storage.open('Lab B')
  await storage.entry('default').click()
  await storage.deleteVolume('default', 'e2e-own.qcow2')
}

async function downtimeOf(task: Locator): Promise<number> {
  if (!(await task.getByText('It stood still for').isVisible())) await task.getByText('Figures').click()
  const text = await task.getByText(/^\d+ ms$/).innerText()
  return Number.parseInt(text, 10)
}

test('a VM whose CPU the destination has not cannot be moved, and the dialog says why before anything is done', async () => {
  const xml = tinyVmXml({ name: 'e2e-unfit', devices: '' }).replace('>qemu64<', '>Skylake-Server<')
  const file = join(stateDirectory, 'e2e-unfit.xml')
  await writeFile(file, xml)
  await labA.virsh(['create', file])
  const dialog = await openFor('e2e-unfit')
  await expect(move.checks('e2e-unfit')).toContainText(
    'The destination’s CPU lacks what the VM’s CPU model needs.',
    inTime,
  )
  await expect(dialog).toContainText('The CPU that both hosts have:')
  await expect(dialog.getByRole('button', { name: 'Move', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await labA.guestState('e2e-unfit')).toBe('running')
})

test('when the link is cut while memory is copied the VM counts on where it was, and one click moves it when the link is back', async () => {
  await openFor(shared.name)
  await move.limit(shared.name, 1)
  const task = await move.begin(shared.name)
  await isUnderWay(task, 'memory')
  await labB.cableOut()
  try {
    await expect(task).toContainText('Failed', inTime)
    await expect(task).toContainText(/connection to the destination was lost|No data has arrived/)
    await expect(task).toContainText('The VM goes on running where it was.')
    await shared.goesOn(labA)
  } finally {
    await labB.cableIn()
  }
  await hasRecovered(shared)
  await stayed(shared)

  await task.getByRole('button', { name: `Retry: Moving ${shared.name} to Lab B` }).click()
  await expect(move.tasks.rows(`Moving ${shared.name} to`)).toHaveCount(2)
  await task.getByText('Figures').click()
  await task.getByRole('textbox', { name: 'No faster than' }).fill('1000')
  await task.getByRole('button', { name: 'Change', exact: true }).click()
  await expect(task).toContainText('Done', inTime)
  await shared.left(labA)
  await shared.goesOn(labB)
  told.push(`tried again by a click, shared storage: stood still for ${await downtimeOf(task)} ms`)
})

test('a VM on shared storage moves while it counts, its console goes along, and no number is lost', async () => {
  await main.showAll()
  const console = await main.openConsole(shared.name)
  const screen = new Screen(console)
  await expect.poll(() => screen.litShare(), { timeout: 30_000 }).toBeGreaterThan(0.001)
  await move.open(shared.name)
  await expect(move.checks(shared.name)).toContainText('checks are in order', inTime)
  const task = await move.begin(shared.name)
  await expect(task).toContainText('Done', inTime)
  await shared.left(labB)
  await shared.goesOn(labA)
  told.push(`moved by clicks, shared storage: stood still for ${await downtimeOf(task)} ms`)
  expect(await labB.guestState(shared.name)).toBeUndefined()
  await expect(app.page.getByRole('tab', { name: 'Console' })).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => screen.litShare(), { timeout: 30_000 }).toBeGreaterThan(0.001)
  // what is typed there now reaches it where it is now
  const before = (await labA.serialLog(shared.name)).length
  await screen.canvas.click()
  await app.page.keyboard.type('say moved', { delay: 20 })
  await app.page.keyboard.press('Enter')
  await labA.waitSerial(shared.name, /LAB-SAID moved/, 60_000, before)
  await main.showAll()
  await expect(main.vm(shared.name)).toContainText('Lab A')
  await expect(main.state(shared.name)).toContainText('Running')
})

test('a move that is cancelled in its middle leaves the VM counting where it was and nothing at the destination', async () => {
  await openFor(own.name)
  await move.choose('Disks', 'Copy them')
  await move.limit(own.name, 1)
  const task = await move.begin(own.name)
  await isUnderWay(task, 'disks')
  await task.getByRole('button', { name: 'Cancel' }).click()
  await expect(task).toContainText('Cancelled', inTime)
  await stayed(own)
  expect(await volumesOf(labB, 'default')).not.toContain('e2e-own.qcow2')
})

test('a full pool is told with what is left before the move, and the VM counts on where it was when it fills up', async () => {
  const small = await makeSmallPool(labB, 'e2e-narrow', 8 * mebibyte)
  try {
    await openFor(own.name)
    await move.choose('Disks', 'Copy them')
    await move.choose('vda goes to the pool', 'e2e-narrow')
    await expect(move.checks(own.name)).toContainText(
      /The disks may grow to 64 MiB; the pool "e2e-narrow" has [78](\.\d)? MiB left\./,
      inTime,
    )
    const task = await move.begin(own.name)
    await expect(task).toContainText('Failed', inTime)
    await expect(task).toContainText('The migration broke off')
    await expect(task).toContainText('The VM goes on running where it was.')
    await stayed(own)
    expect(await volumesOf(labB, 'e2e-narrow')).toEqual([])
  } finally {
    await small.remove()
  }
})

test('when the link is cut while disks are copied the VM counts on where it was, and what is left is named', async () => {
  await openFor(own.name)
  await move.choose('Disks', 'Copy them')
  await move.limit(own.name, 1)
  const task = await move.begin(own.name)
  await isUnderWay(task, 'disks')
  await labB.cableOut()
  try {
    await expect(task).toContainText('Failed', inTime)
    await expect(task).toContainText('The VM goes on running where it was.')
    await expect(task).toContainText('delete there what was made for it: default/e2e-own.qcow2')
    await own.goesOn(labA)
  } finally {
    await labB.cableIn()
  }
  await hasRecovered(own)
  await stayed(own)
  await deleteWhatIsLeft()
})

test('when the link is cut while memory follows the disks the VM counts on, and the move ends when the link is back', async () => {
  await openFor(own.name)
  await move.choose('Disks', 'Copy them')
  await move.limit(own.name, 2)
  const task = await move.begin(own.name)
  await isUnderWay(task, 'memory')
  await labB.cableOut()
  try {
    await expect(task).toContainText('The move ends when the hosts reach each other again', inTime)
    await own.goesOn(labA)
  } finally {
    await labB.cableIn()
  }
  await expect(task).toContainText('Failed', inTime)
  await expect(task).toContainText('The VM goes on running where it was.')
  await hasRecovered(own)
  await stayed(own)
  await deleteWhatIsLeft()
})

test('a VM moves with its disk while it counts: the images are equal, and no number is lost', async () => {
  await openFor(own.name)
  await move.choose('Disks', 'Copy them')
  await expect(move.checks(own.name)).toContainText('checks are in order', inTime)
  const task = await move.begin(own.name)
  await expect(task).toContainText(`${own.name} qemu+ssh://root@${labB.address}/system`)
  await expect(task).toContainText('Done', inTime)
  await own.left(labA)
  await own.goesOn(labB)
  told.push(`moved by clicks, disk copied: stood still for ${await downtimeOf(task)} ms`)
  await sameImage(labA, labB, 'e2e-own.qcow2')
  expect(await labA.guestState(own.name)).toBeUndefined()
  await main.showAll()
  await expect(main.vm(own.name)).toContainText('Lab B')
  await expect(main.state(own.name)).toContainText('Running')
})

/** Moves by clicks between two hosts without libvirt, of guests that count on their serial line: no number is lost or told twice. */
import { join } from 'node:path'
import { expect, test, type Locator } from '@playwright/test'
import { MovingStores } from '../lab/moving-stores'
import { run } from '../lab/run'
import { addHost } from '../pages/connect'
import { MainWindow } from '../pages/main-window'
import { MovePage } from '../pages/move-page'
import { Screen } from '../pages/screen'
import { startApp, type RunningApp } from '../start-app'

const mover = { name: 'e2e-mover', id: '5717e000-0000-4000-8000-0000000e2e11' }
const unfit = { name: 'e2e-unfit', id: '5717e000-0000-4000-8000-0000000e2e12', cpu: 'Skylake-Server' }
/** A Linux whose processor is emulated on a busy machine. */
const inTime = { timeout: 150_000 }

let stores: MovingStores
let app: RunningApp
let main: MainWindow
let move: MovePage

test.describe.configure({ mode: 'serial', timeout: 300_000 })

test.beforeAll(async () => {
  stores = await MovingStores.make()
  const diskPath = await stores.image(join(stores.images('a'), 'e2e-mover.qcow2'))
  await stores.define('a', { ...mover, diskPath })
  await stores.define('a', unfit)
  app = await startApp()
  main = new MainWindow(app.page)
  move = new MovePage(app.page)
  await addHost(app.page, { uri: stores.uri('a'), label: 'Plain A' })
  await addHost(app.page, { uri: stores.uri('b'), label: 'Plain B' })
  await main.showAll()
  for (const { name } of [mover, unfit]) {
    await main.selectVm(name)
    await main.power('Start').click()
    await expect(main.state(name)).toHaveText(/Running/, inTime)
  }
  await stores.goesOn(mover.name)
})

test.afterAll(async () => {
  await app?.stop()
  await stores?.remove()
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** Opens the dialog for a VM of the list. */
async function openFor(name: string): Promise<Locator> {
  await main.showAll()
  await main.selectVm(name)
  const dialog = await move.open(name)
  await expect(dialog.getByRole('button', { name: /Destination/ })).toContainText('Plain B')
  return dialog
}

test('a VM whose processor the other host cannot emulate is not moved, and the dialog says why before anything is done', async () => {
  const dialog = await openFor(unfit.name)
  await expect(move.checks(unfit.name)).toContainText(
    'The destination’s CPU lacks what the VM’s CPU model needs.',
    inTime,
  )
  await expect(dialog.getByRole('button', { name: 'Move', exact: true })).toBeDisabled()
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  expect(await stores.runsAt(unfit.id)).toEqual(['a'])
})

test('a move that is cancelled in its middle leaves the VM counting where it was and nothing at the destination', async () => {
  await openFor(mover.name)
  await move.choose('Disks', 'Copy them')
  await move.limit(mover.name, 1)
  const task = await move.begin(mover.name)
  await task.getByText('Figures').click()
  await expect(task.getByText('Disks left', { exact: true })).toBeVisible(inTime)
  await task.getByRole('button', { name: 'Cancel' }).click()
  await expect(task).toContainText('Cancelled', inTime)
  await stores.goesOn(mover.name)
  expect(await stores.runsAt(mover.id)).toEqual(['a'])
  expect(await stores.left('b')).toEqual([])
})

test('a VM moves with its disk while it counts, and its console goes along', async () => {
  await main.showAll()
  const screen = new Screen(await main.openConsole(mover.name))
  await expect.poll(() => screen.litShare(), inTime).toBeGreaterThan(0.001)
  await move.open(mover.name)
  await move.choose('Disks', 'Copy them')
  await expect(move.checks(mover.name)).toContainText('checks are in order', inTime)
  const task = await move.begin(mover.name)
  await expect(task).toContainText('Done', inTime)
  await stores.goesOn(mover.name)
  expect(await stores.runsAt(mover.id)).toEqual(['b'])
  await expect(app.page.getByRole('tab', { name: 'Console' })).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => screen.litShare(), inTime).toBeGreaterThan(0.001)
  const images = [stores.images('a'), stores.images('b')].map((folder) => join(folder, 'e2e-mover.qcow2'))
  await run(['qemu-img', 'compare', '-U', ...images])
  await main.showAll()
  await expect(main.vm(mover.name)).toContainText('Plain B')
  await expect(main.state(mover.name)).toContainText('Running')
})

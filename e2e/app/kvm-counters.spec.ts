import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Locator, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
})

const events = (): Locator => page.getByRole('grid', { name: 'KVM events' })
const event = (name: string): Locator => events().getByRole('row').filter({ hasText: name })

async function openKvm(): Promise<void> {
  await main.host('Demo host').click()
  await page.getByRole('tab', { name: 'KVM', exact: true }).click()
  await expect(page.getByRole('region', { name: 'KVM counters of Demo host' })).toBeVisible()
}

/** The last figure of a line: since the start. */
async function totalOf(name: string): Promise<number> {
  const cells = await event(name).first().getByRole('gridcell').allTextContents()
  return Number((cells.at(-1) ?? '').replaceAll(',', ''))
}

test('the events of all guests are counted, busiest first, and from 0 again when wanted', async () => {
  await openKvm()
  await expect(events().getByRole('row').nth(1)).toContainText('exits')
  await expect.poll(() => totalOf('exits')).toBeGreaterThan(1000)
  expect(await accessibilityProblems(page, '.kvm')).toEqual([])
  const before = await totalOf('exits')
  await page.getByRole('button', { name: 'Count from 0' }).click()
  await expect.poll(() => totalOf('exits')).toBeLessThan(before)
})

test('paused, the figures stand still while they are looked through', async () => {
  await openKvm()
  await expect.poll(() => totalOf('exits')).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Pause' }).click()
  await expect(page.getByRole('button', { name: 'Go on reading' })).toBeVisible()
  const still = await events().textContent()
  await page.getByRole('searchbox', { name: 'Filter events' }).fill('nothing to do')
  await expect(events().getByRole('row')).toHaveCount(2)
  await page.getByRole('searchbox', { name: 'Filter events' }).fill('')
  await expect(events()).toHaveText(still ?? '')
  await page.getByRole('button', { name: 'Go on reading' }).click()
})

test('guests are listed busiest first, and a double click opens the VM', async () => {
  await openKvm()
  await page.getByText('Guests', { exact: true }).click()
  const guests = page.getByRole('grid', { name: 'Guests that KVM runs' })
  const busiest = guests.getByRole('row').nth(1)
  await expect(busiest.getByRole('gridcell').nth(2)).toHaveText(/^[\d,]+/)
  const name = (await busiest.getByRole('gridcell').first().textContent()) ?? ''
  await busiest.dblclick()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
})

test('a log is written until its task is cancelled, a line for each reading', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-kvm-'))
  const path = join(folder, 'counters.csv')
  try {
    await app.electron.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath })
    }, path)
    await openKvm()
    await page.getByRole('button', { name: 'Log to file…' }).click()
    await expect
      .poll(async () => (await readFile(path, 'utf8').catch(() => '')).split('\r\n').length)
      .toBeGreaterThan(3)
    const task = (await app.api.tasks.list()).items.find(({ kind }) => kind === 'host.kvmLog')
    if (!task) throw new Error('There is no task')
    expect(task.title).toBe('Writing the KVM counters of Demo host to counters.csv')
    await app.api.tasks.cancel({ task: task.id })
    await expect
      .poll(async () => (await app.api.tasks.list()).items.find(({ id }) => id === task.id)?.state)
      .toBe('succeeded')
    const [header = '', first = ''] = (await readFile(path, 'utf8')).split('\r\n')
    expect(header).toMatch(/^Time,exits,/)
    expect(first).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,\d/)
    expect(first.split(',')).toHaveLength(header.split(',').length)
  } finally {
    await rm(folder, { recursive: true })
  }
})

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { accessibilityProblems } from '../pages/accessibility'
import { MainWindow } from '../pages/main-window'
import { PerformancePage } from '../pages/performance-page'
import type { RunningApp } from '../start-app'

let app: RunningApp
let page: Page
let main: MainWindow
let charts: PerformancePage

onDemoHost((running) => {
  app = running
  page = app.page
  main = new MainWindow(page)
  charts = new PerformancePage(page)
})

async function openCharts(vm: string): Promise<void> {
  await main.showAll()
  await main.openVm(vm)
  await charts.open()
}

test('the charts grow with each sample and read out the last', async () => {
  await openCharts('db-01')
  await charts.choose('1 min')
  await expect.poll(() => charts.pointCount('CPU')).toBeGreaterThan(2)
  const before = await charts.pointCount('CPU')
  await expect.poll(() => charts.pointCount('CPU')).toBeGreaterThan(before)
  expect(await charts.value('CPU', 'Used')).toMatch(/^[\d.]+ %$/)
  expect(await charts.value('Memory', 'Used in the guest')).toMatch(/^[\d.]+ GiB$/)
  expect(await charts.value('Disk throughput', 'Write')).toMatch(/^[\d.]+ [KM]iB\/s$/)
  expect(await charts.value('Disk latency', 'Read')).toMatch(/^[\d.]+ ms$/)
  expect(await charts.value('Network throughput', 'Send')).toMatch(/iB\/s$/)
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`the charts can be read by everybody, ${colorScheme}`, async () => {
    await page.emulateMedia({ colorScheme })
    await openCharts('db-01')
    await expect(charts.table('Virtual CPUs')).toBeVisible()
    expect(await accessibilityProblems(page, '.perf')).toEqual([])
  })
}

test('pointing at one chart reads out all of them at that time, by mouse and by keys', async () => {
  await openCharts('db-01')
  await charts.choose('1 min')
  await expect.poll(() => charts.pointCount('CPU')).toBeGreaterThan(3)
  await page.getByRole('button', { name: 'Hold charts' }).click()
  const box = await charts.plot('CPU').boundingBox()
  if (!box) throw new Error('the chart is not drawn')
  // before anything was recorded: nothing to read out anywhere
  await page.mouse.move(box.x + 2, box.y + 20)
  await expect.poll(() => charts.value('Memory', 'Balloon')).toBe('–')
  await page.mouse.move(0, 0)
  await expect.poll(() => charts.value('Memory', 'Balloon')).toBe('12 GiB')
  await charts.plot('CPU').focus()
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('.perf-cursor')).not.toHaveCount(0)
  expect(await charts.value('Memory', 'Balloon')).toBe('12 GiB')
  await page.keyboard.press('Escape')
  await expect(page.locator('.perf-cursor')).toHaveCount(0)
  await page.getByRole('button', { name: 'Go on' }).click()
})

test('a stretch that is drawn is zoomed into, and left again', async () => {
  await openCharts('db-01')
  await charts.choose('5 min')
  await charts.drag('CPU', 0.25, 0.5)
  await expect(
    page
      .getByText(/ to \w/)
      .filter({ hasText: ':' })
      .first(),
  ).toBeVisible()
  await charts.drag('Memory', 0.2, 0.8)
  await page.getByRole('button', { name: 'Zoom out' }).click()
  await page.getByRole('button', { name: 'Zoom out' }).click()
  await expect(page.getByText('Drag over a chart to zoom in.')).toBeVisible()
})

test('charts on hold stand still', async () => {
  await openCharts('db-01')
  await charts.choose('1 min')
  await expect.poll(() => charts.pointCount('CPU')).toBeGreaterThan(2)
  await page.getByRole('button', { name: 'Hold charts' }).click()
  const line = charts.chart('CPU').locator('.recharts-area-curve').first()
  const drawn = async () => (await line.getAttribute('d')) ?? ''
  await expect.poll(async () => (await drawn()) === (await drawn())).toBe(true)
  const still = await drawn()
  // two samples later main knows more, and the picture does not show it
  const first = await lastSample('db-01')
  await expect.poll(async () => (await lastSample('db-01')) > first + 3000).toBe(true)
  expect(await drawn()).toBe(still)
  await page.getByRole('button', { name: 'Go on' }).click()
  await expect.poll(drawn).not.toBe(still)
})

/** When main last heard of the VM's load. */
async function lastSample(name: string): Promise<number> {
  const vm = (await app.api.vms.list()).items.find((one) => one.name === name)
  if (!vm) throw new Error(`There is no ${name}`)
  const toMs = Date.now()
  const { columns } = await app.api.stats.history({
    subjects: [{ kind: 'vm', host: vm.host, vm: vm.id }],
    fromMs: toMs - 60_000,
    toMs,
    maxPoints: 300,
  })
  return Object.values(columns[0]?.atMs ?? {}).at(-1) ?? 0
}

test('each disk, card and virtual CPU is told by itself', async () => {
  await openCharts('db-01')
  await expect(charts.table('Disks').getByRole('row')).toHaveCount(3)
  await expect(charts.table('Virtual CPUs').getByRole('row')).toHaveCount(5)
  await expect(charts.table('Virtual CPUs')).toContainText('May run on')
  await expect(charts.table('Network cards')).toContainText(/vnet\d+/)
  await charts.chart('Disk throughput').getByRole('button', { name: /Disk/ }).click()
  await page.getByRole('option', { name: 'vdb' }).click()
  await expect.poll(() => charts.value('Disk throughput', 'Write')).toMatch(/iB\/s$/)
  await expect.poll(() => charts.value('Disk latency', 'Flush')).toMatch(/ms$/)
  await expect.poll(() => charts.value('Virtual CPUs', 'vCPU 3')).toMatch(/%$/)
})

test('a guest that was never asked for its memory is asked at a click', async () => {
  await openCharts('legacy-erp')
  expect(await charts.value('Memory', 'Used in the guest')).toBe('–')
  await charts.chart('Memory').getByRole('button', { name: 'Ask every 5 s' }).click()
  await expect.poll(() => charts.value('Memory', 'Used in the guest')).toMatch(/iB$/)
  await expect(page.getByText('The guest is never asked what it uses.')).toHaveCount(0)
})

test('what happened to the VM stands on the time axis', async () => {
  await openCharts('web-01')
  await main.power('Pause').click()
  await expect(page.getByRole('list', { name: 'Events in the time shown' })).toContainText('Paused')
  await main.power('Resume').click()
  await expect(page.getByRole('list', { name: 'Events in the time shown' })).toContainText('Resumed')
  await expect(charts.chart('CPU').locator('.perf-mark')).toHaveCount(2)
})

test('the values go into a CSV file and the charts into a picture', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-charts-'))
  const saveAs = (filePath: string) =>
    app.electron.evaluate(({ dialog }, path) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
    }, filePath)
  try {
    await openCharts('db-01')
    await expect.poll(() => charts.pointCount('CPU')).toBeGreaterThan(2)
    await saveAs(join(folder, 'db.csv'))
    await charts.menu('Save values as CSV…')
    await expect(page.getByText('db.csv was saved')).toBeVisible()
    const [head = '', ...lines] = (await readFile(join(folder, 'db.csv'), 'utf8')).trim().split('\r\n')
    expect(head).toMatch(/^Time,CPU: Used \(%\),/)
    expect(lines.length).toBeGreaterThan(2)
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z,[\d.]+,/)

    await saveAs(join(folder, 'db.png'))
    await charts.menu('Save charts as PNG…')
    await expect(page.getByText('db.png was saved')).toBeVisible()
    const picture = await readFile(join(folder, 'db.png'))
    expect(picture.subarray(1, 4).toString()).toBe('PNG')
    expect(await colourCount(picture)).toBeGreaterThan(20)
  } finally {
    await rm(folder, { recursive: true })
  }
})

/** A picture of nothing has one or two. */
function colourCount(picture: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const image = new Image()
    image.src = `data:image/png;base64,${base64}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const context = canvas.getContext('2d')
    context?.drawImage(image, 0, 0)
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] }
    const colours = new Set<string>()
    for (let at = 0; at < data.length; at += 4) colours.add(`${data[at]} ${data[at + 1]} ${data[at + 2]}`)
    return colours.size
  }, picture.toString('base64'))
}

test('a VM above a limit is marked and told on the desktop, until the limit goes', async () => {
  // notes of the desktop cannot be looked at: what would be shown is kept
  await app.electron.evaluate(({ Notification }) => {
    const notes: string[] = []
    Object.assign(globalThis, { notes })
    Notification.isSupported = () => true
    Notification.prototype.show = function show(this: { title: string; body: string }) {
      notes.push(`${this.title}: ${this.body}`)
    }
  })
  await openCharts('db-01')
  await charts.menu('Limits…')
  const dialog = main.dialog('Limits')
  await dialog.getByRole('button', { name: 'Add a limit' }).click()
  await dialog.getByRole('textbox', { name: 'Above' }).fill('1')
  await dialog.getByRole('textbox', { name: 'For' }).fill('0')
  expect(await accessibilityProblems(page, '.dialog')).toEqual([])
  await dialog.getByRole('button', { name: 'Save' }).click()
  await main.showAll()
  await expect(main.vm('db-01').getByRole('img', { name: 'CPU above 1 %' })).toBeVisible()
  await expect(main.vm('web-01').getByRole('img', { name: /above/ })).toHaveCount(0)
  const notes = () => app.electron.evaluate(() => (globalThis as unknown as { notes: string[] }).notes)
  await expect.poll(notes).toEqual(['db-01: CPU above 1 %'])

  await openCharts('db-01')
  await charts.menu('Limits…')
  await dialog.getByRole('button', { name: 'Remove the limit of CPU' }).click()
  await dialog.getByRole('button', { name: 'Save' }).click()
  await main.showAll()
  await expect(main.vm('db-01').getByRole('img', { name: /above/ })).toHaveCount(0)
})

test('a host tells what it does itself and which VMs do most of it', async () => {
  await main.host('Demo host').click()
  await charts.open()
  await expect.poll(() => charts.value('CPU', 'User')).toMatch(/%$/)
  await expect.poll(() => charts.value('Memory', 'Used')).toMatch(/GiB$/)
  await expect.poll(() => charts.value('Disks of all VMs', 'Write')).toMatch(/iB\/s$/)
  expect(await accessibilityProblems(page, '.perf')).toEqual([])
  const busiest = page.getByRole('region', { name: 'Most CPU' }).getByRole('button').first()
  const name = (await busiest.textContent()) ?? ''
  await busiest.click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(charts.chart('CPU')).toBeVisible()
})

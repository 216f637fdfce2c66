import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { onDemoHost } from '../on-demo-host'
import { ConsoleTab } from '../pages/console-tab'
import { MainWindow } from '../pages/main-window'
import type { RunningApp } from '../start-app'

let app: RunningApp
onDemoHost((running) => {
  app = running
})

const vm = 'win11-office'
const tab = () => new ConsoleTab(app.page, vm)

test.describe.configure({ mode: 'serial' })

async function open(): Promise<void> {
  await new MainWindow(app.page).showAll()
  await new MainWindow(app.page).openConsole(vm)
  await expect.poll(() => tab().screen.litShare()).toBeGreaterThan(0.001)
}

/** Name and type of the next file the page gives out; it is not kept. */
function nextFile(): Promise<string> {
  return app.electron.evaluate(
    ({ session }) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (event, item) => {
          event.preventDefault()
          resolve(`${item.getFilename()} ${item.getMimeType()} ${item.getTotalBytes() > 0}`)
        })
      }),
  )
}

test('pixel for pixel, one pixel of the guest is one of the display, and the choice is remembered', async () => {
  await open()
  await tab().choose('Display', 'Actual size (1:1)')
  const ratio = () =>
    tab().screen.canvas.evaluate(
      (canvas) =>
        (canvas.getBoundingClientRect().width * devicePixelRatio) / (canvas as HTMLCanvasElement).width,
    )
  await expect.poll(ratio).toBe(1)
  await app.page.reload()
  await open()
  await expect.poll(ratio).toBe(1)
  await tab().choose('Display', 'Scale to fit')
})

test('a guest that keeps its size says why, and is scaled instead', async () => {
  await tab().choose('Display', 'Resize the guest to fit')
  const hint = tab().region.getByRole('group', { name: 'Size of the guest' })
  await expect(hint).toContainText('The guest stays at')
  await hint.getByRole('button', { name: 'Scale to fit' }).click()
  await expect(hint).toHaveCount(0)
})

test('the clipboard stays where it is while the VM has no channel for it, and the reason is told', async () => {
  await tab().button('Display').click()
  const entry = app.page.getByRole('menuitem', { name: 'Give this clipboard to the guest' })
  await expect(entry).toHaveAttribute('aria-disabled', 'true')
  await expect(entry.getByTitle(/Clipboard and pointer for VNC/)).toBeVisible()
  await app.page.keyboard.press('Escape')
})

test('a screenshot is put on the clipboard as a picture', async () => {
  await app.electron.evaluate(({ clipboard }) => clipboard.writeText('before'))
  await tab().choose('Picture', 'Copy a screenshot')
  await expect(app.page.getByText(`The screen of ${vm} is on the clipboard`)).toBeVisible()
  // newer runtimes give items, older ones the names of formats
  const formats = await app.electron.evaluate(async ({ clipboard }) => {
    const older = clipboard as unknown as { availableFormats?: () => string[] }
    return older.availableFormats?.() ?? (await clipboard.read()).flatMap(({ types }) => types)
  })
  expect(formats).toContain('image/png')
})

test('a screenshot is saved as a file', async () => {
  const file = nextFile()
  await tab().choose('Picture', 'Save a screenshot…')
  expect(await file).toMatch(/^win11-office-.*\.png image\/png true$/)
})

test('the screen is recorded until it is stopped, and saved as a film', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'innkeeper-film-'))
  await tab().choose('Picture', 'Record to a file')
  const strip = tab().region.getByRole('group', { name: 'Recording' })
  // the film grows, whether or not anything moves
  await expect(strip).toContainText(/\d+ (KiB|MiB)/, { timeout: 30_000 })
  const saved = app.electron.evaluate(
    ({ session }, path) =>
      new Promise<string>((resolve) => {
        session.defaultSession.once('will-download', (_, item) => {
          item.setSavePath(path)
          item.once('done', (_done, state) => resolve(`${item.getFilename()} ${state}`))
        })
      }),
    join(folder, 'film.webm'),
  )
  await strip.getByRole('button', { name: 'Stop and save…' }).click()
  expect(await saved).toMatch(/\.webm completed$/)
  await expect(strip).toHaveCount(0)
  const film = await readFile(join(folder, 'film.webm'))
  // EBML, the beginning of every WebM file
  expect(film.subarray(0, 4).toString('hex')).toBe('1a45dfa3')
  await rm(folder, { recursive: true })
})

test('how the screen is sent is shown while it is wanted', async () => {
  await tab().choose('Display', 'Show how the screen is sent')
  const figure = (label: string) =>
    tab()
      .region.getByLabel('Figures of the screen')
      .locator('div')
      .filter({ hasText: label })
      .getByRole('definition')
  await expect(figure('Answer after')).toHaveText(/^\d+(\.\d)? ms$/)
  await expect(figure('Received')).toHaveText(/^[\d.]+ (B|KiB|MiB)\/s$/)
  await expect(figure('Updates')).toHaveText(/^[1-9]\d* per second$/)
  await expect(figure('Encoding')).toHaveText(/^(ZRLE|Raw|Tight|Tight, JPEG)$/)
  await tab().choose('Display', 'Show how the screen is sent')
  await expect(tab().region.getByLabel('Figures of the screen')).toHaveCount(0)
})

test('quality and compression are chosen by number, and remembered for the VM', async () => {
  await tab().choose('Display', 'Other quality…')
  const dialog = app.page.getByRole('dialog', { name: `Picture quality of ${vm}` })
  await dialog.getByLabel('Quality of pictures').fill('12')
  await expect(dialog.getByRole('button', { name: 'Use', exact: true })).toBeDisabled()
  await dialog.getByLabel('Quality of pictures').fill('3')
  await dialog.getByLabel('Compression').fill('7')
  await dialog.getByRole('button', { name: 'Use', exact: true }).click()
  await app.page.reload()
  await open()
  await tab().choose('Display', 'Other quality…')
  await expect(dialog.getByLabel('Quality of pictures')).toHaveValue('3')
  await expect(dialog.getByLabel('Compression')).toHaveValue('7')
  await app.page.keyboard.press('Escape')
})

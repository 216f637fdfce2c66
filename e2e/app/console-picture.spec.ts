import { mkdtemp, rm } from 'node:fs/promises'
import type { Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import type { EncodingName } from '../../bench/console/encode'
import { filmPicture, height, textPicture, width, type Picture } from '../../bench/console/frames'
import { serveHost, vmName } from '../../bench/console/host'
import { makeJpegs } from '../../bench/console/jpegs'
import { pictureCount } from '../../bench/console/picture-count'
import { startScreen, type ScreenProcess } from '../../bench/console/screen'
import { addHost } from '../pages/connect'
import { ConsolePage } from '../pages/console-page'
import { startApp, type RunningApp } from '../start-app'

let app: RunningApp
let screen: ScreenProcess
let host: Server
let scratch: string

test.beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'innkeeper-picture-'))
  const socketPath = join(scratch, 'host')
  app = await startApp()
  await makeJpegs(app, join(scratch, 'jpegs'))
  screen = await startScreen(join(scratch, 'jpegs'))
  host = await serveHost(socketPath, screen.port)
  await addHost(app.page, { uri: `qemu+unix:///system?socket=${socketPath}`, label: 'Pictures' })
})

test.afterAll(async () => {
  await app?.stop()
  host?.close()
  screen?.stop()
  await rm(scratch, { recursive: true, force: true })
})

test.afterEach(() => {
  expect(app.pageErrors).toEqual([])
})

/** Enough for some to be covered before they are drawn, and for each picture to come several times. */
const minUpdates = 5 * pictureCount

/** The screen after many pictures: what is drawn, and the last that was sent. */
async function afterMany(encoding: EncodingName, pictureAt: (at: number) => Picture) {
  await screen.show(encoding)
  await screen.move(true)
  const { updates: before } = await screen.figures()
  const console = await ConsolePage.open(app.page, vmName)
  await console.shows('Connected')
  const sent = async () => (await screen.figures()).updates - before
  await expect.poll(sent).toBeGreaterThan(minUpdates)
  await screen.move(false)
  // one may be under way still
  const last = async () => pictureAt(((await sent()) - 1) % pictureCount)
  return { console, last }
}

test.afterEach(async () => {
  // another stream for the next
  await app.page.reload()
})

for (const [encoding, pictureAt] of [
  ['tight-basic', textPicture],
  ['zrle', textPicture],
  ['raw', filmPicture],
] as const) {
  test(`the last of many pictures is on the screen, point for point, by ${encoding}`, async () => {
    const { console, last } = await afterMany(encoding, pictureAt)
    await expect
      .poll(async () => (await console.screen.hash()) === hashOf(await last()), { timeout: 30_000 })
      .toBe(true)
  })
}

test('the last of many pictures is on the screen by JPEG, but for what JPEG itself loses', async () => {
  const { console, last } = await afterMany('tight-jpeg', filmPicture)
  await expect
    .poll(async () => largestDifference(await pointsOf(console), await last()), { timeout: 30_000 })
    .toBeLessThan(12)
})

/** As Screen.hash has it. */
function hashOf(picture: Picture): number {
  let hash = 0x811c9dc5
  const add = (byte: number): void => {
    hash = Math.imul(hash ^ byte, 0x01000193)
  }
  for (let at = 0; at < picture.length; at += 3) {
    for (let part = 0; part < 3; part += 1) add(picture[at + part] ?? 0)
    add(255)
  }
  return hash >>> 0
}

/** One of so many, in no step with the rows. */
const step = 101

function pointsOf(console: ConsolePage): Promise<number[]> {
  return console.screen.canvas.evaluate((element, every) => {
    const canvas = element as HTMLCanvasElement
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
    const points: number[] = []
    for (let point = 0; 4 * point < data.length; point += every)
      for (let part = 0; part < 3; part += 1) points.push(data[4 * point + part] ?? 0)
    return points
  }, step)
}

function largestDifference(points: readonly number[], picture: Picture): number {
  if (points.length !== 3 * Math.ceil((width * height) / step)) return Number.NaN
  let largest = 0
  for (const [at, value] of points.entries()) {
    const wanted = picture[3 * step * Math.floor(at / 3) + (at % 3)] ?? Number.NaN
    largest = Math.max(largest, Math.abs(value - wanted))
  }
  return largest
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { RunningApp } from '../../e2e/start-app'
import { openInApp, startBenchApp } from './app-viewer'
import type { EncodingName } from './encode'
import { serveHost } from './host'
import { makeJpegs } from './jpegs'
import { displaySize, prepareDisplay } from './prepare'
import { cpuSeconds } from './processes'
import { quantile, reportScreens, type Seen } from './report'
import { startScreen, type ScreenProcess } from './screen'
import type { Viewer } from './viewer'
import { openVncviewer } from './vncviewer'

export interface BenchConsoleOptions {
  readonly json: string | undefined
  readonly rounds: number
  readonly seconds: number
  readonly only: string | undefined
}

const encodings: readonly EncodingName[] = ['tight-jpeg', 'tight-basic', 'zrle', 'raw']
const keyCount = 60
const warmUpMs = 2000

/** The app and the native viewer in turn, at the same server, on the same display, without a graphics card. */
export async function benchConsole(options: BenchConsoleOptions): Promise<void> {
  await withStage(async ({ app, screen, display }) => {
    const seen: Seen[] = []
    const wanted = encodings.filter((one) => options.only === undefined || one.includes(options.only))
    for (let round = 0; round < options.rounds; round += 1) {
      for (const encoding of wanted) {
        for (const open of [
          () => openVncviewer(encoding, screen.port, { ...process.env, DISPLAY: display.name }),
          () => openInApp(app),
        ]) {
          await screen.show(encoding)
          await screen.move(true)
          const viewer = await open()
          const one = await measure(viewer, encoding, screen, display.pid, options.seconds)
          await viewer.close()
          process.stderr.write(`${encoding}, ${viewer.name}: ${one.framesPerSecond.toFixed(1)} a second\n`)
          seen.push(one)
        }
      }
    }
    const about = { width: 1920, height: 1080, seconds: options.seconds, rounds: options.rounds }
    const text = `${JSON.stringify(reportScreens(seen, about), undefined, 2)}\n`
    process.stdout.write(text)
    if (options.json) await writeFile(options.json, text)
  })
}

/** A screen that never stands still, for as long as told: what the app's processes hold meanwhile. */
export async function benchConsoleSoak({ json, seconds }: BenchConsoleOptions): Promise<void> {
  await withStage(async ({ app, screen }) => {
    await screen.show('tight-jpeg')
    await openInApp(app)
    const first = await screen.figures()
    const samples: { atSeconds: number; mebibytes: number }[] = []
    for (let second = 0; second <= seconds; second += soakStepSeconds) {
      samples.push({ atSeconds: second, mebibytes: await workingSet(app) })
      await delay(soakStepSeconds * 1000)
    }
    const last = await screen.figures()
    const half = (part: typeof samples): number =>
      quantile(
        part.map(({ mebibytes }) => mebibytes),
        0.5,
      )
    const middle = Math.ceil(samples.length / 2)
    const result = {
      seconds,
      pictures: last.updates - first.updates,
      gibibytes: Number(((last.bytes - first.bytes) / 1024 ** 3).toFixed(2)),
      firstHalfMebibytes: half(samples.slice(0, middle)),
      secondHalfMebibytes: half(samples.slice(middle)),
      samples,
    }
    const text = `${JSON.stringify(result, undefined, 2)}\n`
    process.stdout.write(text)
    if (json) await writeFile(json, text)
  })
}

const soakStepSeconds = 10

interface Stage {
  readonly app: RunningApp
  readonly screen: ScreenProcess
  readonly display: { readonly name: string; readonly pid: number | undefined }
}

async function withStage(work: (stage: Stage) => Promise<void>): Promise<void> {
  const display = await prepareDisplay()
  process.env['DISPLAY'] = display.display
  const scratch = await mkdtemp(join(tmpdir(), 'innkeeper-bench-'))
  const socketPath = join(scratch, 'host')
  const jpegs = join(scratch, 'jpegs')
  let app: RunningApp | undefined
  let screen: ScreenProcess | undefined
  try {
    // the pictures are made by an app that is not measured
    const painter = await startBenchApp('/nowhere', displaySize)
    try {
      await makeJpegs(painter, jpegs)
    } finally {
      await painter.stop()
    }
    screen = await startScreen(jpegs)
    const host = await serveHost(socketPath, screen.port)
    app = await startBenchApp(socketPath, displaySize)
    await work({ app, screen, display: { name: display.display, pid: display.pid } })
    host.close()
  } finally {
    await app?.stop()
    screen?.stop()
    await display.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

async function measure(
  viewer: Viewer,
  encoding: EncodingName,
  screen: ScreenProcess,
  displayPid: number | undefined,
  seconds: number,
): Promise<Seen> {
  await delay(warmUpMs)
  const cpu = async () => ({
    own: await cpuSeconds(viewer.pid),
    display: displayPid === undefined ? 0 : await cpuSeconds(displayPid),
  })
  const shown = async () => (await viewer.shown?.()) ?? Number.NaN
  const [shownBefore, cpuBefore, before] = [await shown(), await cpu(), await screen.figures()]
  await delay(seconds * 1000)
  const [after, cpuAfter, shownAfter] = [await screen.figures(), await cpu(), await shown()]
  const passed = (after.atMs - before.atMs) / 1000
  const whileMoving = await keyTimes(viewer, screen)
  await screen.move(false)
  await delay(500)
  const whileStill = await keyTimes(viewer, screen)
  return {
    encoding,
    viewer: viewer.name,
    framesPerSecond: (after.updates - before.updates) / passed,
    shownPerSecond: (shownAfter - shownBefore) / passed,
    megabytesPerSecond: (after.bytes - before.bytes) / passed / 1e6,
    cpuPercent: (100 * (cpuAfter.own - cpuBefore.own)) / passed,
    displayCpuPercent: (100 * (cpuAfter.display - cpuBefore.display)) / passed,
    keysMs: { whileStill, whileMoving },
  }
}

/** From the press to the server; each key that was pressed has to have arrived. */
async function keyTimes(viewer: Viewer, screen: ScreenProcess): Promise<number[]> {
  await screen.figures()
  const pressed = await viewer.pressKeys(keyCount)
  const arrived: number[] = []
  for (let times = 0; arrived.length < pressed.length && times < 100; times += 1) {
    arrived.push(...(await screen.figures()).keysAtMs)
    await delay(50)
  }
  if (arrived.length !== pressed.length)
    throw new Error(`${viewer.name}: of ${pressed.length} keys ${arrived.length} arrived`)
  return arrived.map((at, index) => at - (pressed[index] ?? Number.NaN))
}

async function workingSet(app: RunningApp): Promise<number> {
  const kibibytes = await app.electron.evaluate(({ app: electron }) =>
    electron.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
  )
  return Math.round(kibibytes / 1024)
}

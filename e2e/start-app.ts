import type { ChildProcess } from 'node:child_process'
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import type { Api } from '../shared/ipc/contract'
import { driver } from './driver'

export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly api: Api
  /** Settings folder; pass it to the next start to test what is remembered. */
  readonly home: string
  /** Uncaught errors of the page so far; tests of bad input assert it stays empty. */
  readonly pageErrors: readonly string[]
  /** Everything main wrote to stdout and stderr. */
  output(): string
  /** Ends the app; with `keepHome` the settings folder survives for another start. */
  stop(options?: { keepHome?: boolean }): Promise<void>
}

export interface StartOptions {
  readonly args?: readonly string[]
  readonly home?: string
  readonly env?: Record<string, string>
}

/** It ends within some seconds whatever its hosts and its page do. */
const endLimitMs = 25_000
/** Some seconds are usual; twice this is less than the limit of a test's hook. */
const launchLimitMs = 25_000

/** Starts the built app in the real Electron. The runtime's path comes from `npm test`, which found or fetched it. */
export async function startApp(options: StartOptions = {}): Promise<RunningApp> {
  const runtime = process.env['INNKEEPER_RUNTIME']
  if (!runtime) throw new Error('INNKEEPER_RUNTIME is not set; run the tests through npm test')
  const { electron, home } = await launched(options.home ?? (await newHome()), (own) => ({
    executablePath: runtime,
    args: [join(import.meta.dirname, '..'), '--disable-gpu', ...(options.args ?? [])],
    env: { ...stringEnv(), INNKEEPER_HOME: own, ...options.env },
  }))
  let text = ''
  const child = electron.process()
  child.stdout?.on('data', (chunk) => (text += String(chunk)))
  child.stderr?.on('data', (chunk) => (text += String(chunk)))
  const page = await electron.firstWindow()
  const pageErrors: string[] = []
  page.on('pageerror', (error) => pageErrors.push(error.message))
  return {
    electron,
    page,
    api: driver(page),
    home,
    pageErrors,
    output: () => text,
    stop: async ({ keepHome = false } = {}) => {
      await ended(electron, child, () => text)
      if (!keepHome) await rm(home, { recursive: true, force: true })
    },
  }
}

/**
 * Of some hundred starts one never ends the handshake between the test driver and the runtime, which comes before the app has
 * a window: that is told, and the app is started once more. The driver ends the other when it ends itself; before, its failure
 * would be that of a test. As the other may hold its settings folder, and a second app on that would leave to the first, the
 * new one gets a copy.
 */
async function launched(
  home: string,
  optionsFor: (home: string) => Parameters<typeof _electron.launch>[0],
): Promise<{ electron: ElectronApplication; home: string }> {
  const first = _electron.launch({ ...optionsFor(home), timeout: 0 })
  first.catch(() => undefined)
  const isUp = new AbortController()
  const late = delay(launchLimitMs, 'late' as const, { signal: isUp.signal }).catch(() => 'late' as const)
  const electron = await Promise.race([first, late])
  isUp.abort()
  if (electron !== 'late') return { electron, home }
  console.log(`The runtime did not come up within ${launchLimitMs} ms and is started once more`)
  const copy = await mkdtemp(join(tmpdir(), 'innkeeper-e2e-'))
  await cp(home, copy, { recursive: true, filter: (path) => !basename(path).startsWith('Singleton') })
  return { electron: await _electron.launch(optionsFor(copy)), home: copy }
}

/** One that does not end is told with what it printed, instead of as a test that takes too long. */
async function ended(
  electron: ElectronApplication,
  child: ChildProcess,
  output: () => string,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`The app did not end within ${endLimitMs} ms. It printed:\n${output().slice(-4000)}`))
    }, endLimitMs)
  })
  try {
    await Promise.race([electron.close(), late])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * A settings folder that was used before: a first run would connect to whatever hypervisor the testing computer has.
 * For a first run pass an empty folder.
 */
async function newHome(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'innkeeper-e2e-'))
  await writeFile(join(home, 'settings.json'), JSON.stringify({ version: 1, hosts: [], theme: 'system' }))
  return home
}

function stringEnv(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined),
  )
}

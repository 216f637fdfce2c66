import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasDisplay, startXvfb } from '../../scripts/display.mjs'
import { resolveRuntime } from '../../scripts/runtime.mjs'
import { figuresOf, firstLineOf, nodeScript } from '../child'

export interface BenchStatsOptions {
  readonly json: string | undefined
  readonly domains: number
  readonly seconds: number
  readonly hours: number
}

/**
 * What loads cost: one host with a thousand running VMs asked each second, as the app does it; the window that shows them;
 * and what a day of samples takes in memory and on disk, with the clock turned faster.
 */
export async function benchStats(options: BenchStatsOptions): Promise<void> {
  const result = {
    main: await main(options),
    window: await window(options),
    history: await figuresOf(
      nodeScript(path('soak.ts'), [String(options.domains), String(options.hours)], ['--expose-gc']),
    ),
  }
  const text = `${JSON.stringify(result, undefined, 2)}\n`
  process.stdout.write(text)
  if (options.json) await writeFile(options.json, text)
}

const path = (name: string): string => fileURLToPath(new URL(name, import.meta.url))
const everyMs = 1000

async function main({ domains, seconds }: BenchStatsOptions): Promise<unknown> {
  const directory = await mkdtemp(join(tmpdir(), 'innkeeper-stats-'))
  const daemon = nodeScript(path('../fleet/daemon.ts'), [directory, '1', String(domains)])
  try {
    await firstLineOf(daemon)
    const words = [directory, String(domains), String(seconds), String(everyMs)]
    const figures = await figuresOf(nodeScript(path('../fleet/measure.ts'), words))
    return { ...figures, shareOfACore: (figures['cpuMsPerSecond'] ?? Number.NaN) / 1000 }
  } finally {
    daemon.stdin?.end()
    await rm(directory, { recursive: true, force: true })
  }
}

/** In the real Electron, on the user's display or on one of its own. */
async function window({ domains, seconds }: BenchStatsOptions): Promise<unknown> {
  const runtime = await resolveRuntime()
  const virtual = hasDisplay() ? undefined : await startXvfb()
  try {
    const words = [String(domains), String(seconds)]
    return await figuresOf(
      spawn(process.execPath, [...process.execArgv, path('window.ts'), ...words], {
        stdio: ['pipe', 'pipe', 'inherit'],
        env: {
          ...process.env,
          ...(virtual ? { DISPLAY: virtual.display } : {}),
          INNKEEPER_RUNTIME: runtime.path,
        },
      }),
    )
  } finally {
    await virtual?.stop()
  }
}

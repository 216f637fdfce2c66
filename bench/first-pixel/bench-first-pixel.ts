import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeFolderPool } from '../../e2e/lab/folder-pool'
import { startLab } from '../../e2e/lab/lab'
import { startApp, type RunningApp } from '../../e2e/start-app'
import { displaySize, prepareDisplay } from '../console/prepare'
import { quantile } from '../console/report'
import { inApp } from './app'
import type { Contender } from './contender'
import { Framebuffer } from './framebuffer'
import { byVirtInstall } from './virt-install'

export interface BenchFirstPixelOptions {
  readonly json: string | undefined
  readonly rounds: number
}

const limitMs = 120_000

/** From the click, or the command, to the first pixel that a new guest drew, on the same display. */
export async function benchFirstPixel({ json, rounds }: BenchFirstPixelOptions): Promise<void> {
  installViewer()
  const scratch = await mkdtemp(join(tmpdir(), 'ikb-'))
  const display = await prepareDisplay({ framebufferFolder: scratch })
  process.env['DISPLAY'] = display.display
  const framebuffer = new Framebuffer(scratch)
  let app: RunningApp | undefined
  const lab = await startLab({ hosts: ['labA'] })
  const host = lab.host('labA')
  const pool = await makeFolderPool(host, 'bench-first-pixel')
  try {
    app = await startApp()
    await app.electron.evaluate(({ BrowserWindow }, { width, height }) => {
      BrowserWindow.getAllWindows()[0]?.setBounds({ x: 0, y: 0, width, height })
    }, displaySize)
    const contenders = [
      await byVirtInstall(host, pool, scratch, process.env),
      await inApp(app, 'innkeeper', `qemu-direct:///?root=${join(scratch, 'vms')}`),
    ]
    const tookMs = new Map<string, number[]>()
    for (let round = 0; round < rounds; round += 1)
      for (const one of contenders) {
        const took = await measured(one, framebuffer)
        process.stderr.write(`${one.name}: ${Math.round(took)} ms\n`)
        tookMs.set(one.name, [...(tookMs.get(one.name) ?? []), took])
      }
    const text = `${JSON.stringify(report(tookMs, rounds), undefined, 2)}\n`
    process.stdout.write(text)
    if (json) await writeFile(json, text)
  } finally {
    await app?.stop()
    await pool.remove()
    await lab.stop()
    framebuffer.close()
    await display.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

async function measured(one: Contender, framebuffer: Framebuffer): Promise<number> {
  await one.prepare()
  try {
    const seen = framebuffer.firstSeenMs(limitMs)
    const beganMs = await one.begin()
    return (await seen) - beganMs
  } finally {
    await one.clear()
    await framebuffer.gone()
  }
}

/** Medians; a ratio is virt-install's time divided by ours: above 1 the app is faster. */
function report(tookMs: ReadonlyMap<string, readonly number[]>, rounds: number): Record<string, unknown> {
  const median = (name: string): number => quantile(tookMs.get(name) ?? [], 0.5)
  const peer = median('virt-install')
  return {
    rounds,
    ...Object.fromEntries(
      [...tookMs].map(([name, all]) => [
        name,
        {
          medianMs: Math.round(median(name)),
          worstMs: Math.round(quantile(all, 1)),
          ratio: Number((peer / median(name)).toFixed(2)),
        },
      ]),
    ),
  }
}

/** Only this bench needs it, and it brings much along. */
function installViewer(): void {
  if (!spawnSync('virt-viewer', ['--version']).error) return
  const { status } = spawnSync('apt-get', ['install', '-y', '--no-install-recommends', 'virt-viewer'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (status !== 0) throw new Error('virt-viewer cannot be installed')
}

/** What a bench of the window needs: the runtime, a built app, and a display with room for a whole screen. */
import { spawn, spawnSync } from 'node:child_process'

export const displaySize = { width: 2400, height: 1400 }

export async function prepareDisplay(options: { readonly framebufferFolder?: string } = {}): Promise<{
  display: string
  pid: number | undefined
  stop(): Promise<void>
}> {
  const { resolveRuntime } = await import('../../scripts/runtime.mjs')
  process.env['INNKEEPER_RUNTIME'] = (await resolveRuntime()).path
  const { isBuilt } = await import('../../scripts/freshness.mjs')
  if (!isBuilt()) await run(process.execPath, ['scripts/build.mjs'])
  if (spawnSync('vncviewer', ['-h']).error || spawnSync('xdotool', ['version']).error)
    await run('bash', ['e2e/lab/install-packages.sh'])
  const { startXvfb } = await import('../../scripts/display.mjs')
  const { framebufferFolder } = options
  return startXvfb(
    `${displaySize.width}x${displaySize.height}`,
    // the screen as a file that anybody can look at: Xvfb(1), -fbdir
    framebufferFolder === undefined ? [] : ['-fbdir', framebufferFolder],
  )
}

function run(command: string, words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { stdio: 'inherit' })
    child.once('error', reject)
    child.once('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`)),
    )
  })
}

// @ts-check
// What the main process looks for beside its bundle is there, and works from there.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { mainOptions } from './main-bundle.mjs'
import { root } from './processes.mjs'

const folder = mkdtempSync(join(tmpdir(), 'bundle-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Bundles a program in main's place, with everything else that is bundled, and runs it. */
async function runAsMain(/** @type {string} */ program) {
  const main = join(folder, 'main.ts')
  writeFileSync(main, program)
  const others = /** @type {string[]} */ (mainOptions.entryPoints).filter(
    (file) => file !== 'electron/main.ts',
  )
  const out = join(folder, 'out')
  await build({
    ...mainOptions,
    sourcemap: false,
    outdir: out,
    entryPoints: [
      { in: main, out: 'main' },
      ...others.map((file) => ({
        in: join(root, file),
        out: file.replace(/^electron\//, '').replace(/\.ts$/, ''),
      })),
    ],
  })
  return execFileSync(process.execPath, [join(out, 'main.cjs')], { cwd: folder, encoding: 'utf8' })
}

describe('the bundle of the main process', () => {
  it('finds the program of the thread that unlocks keys', async () => {
    const key = join(folder, 'key')
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '4', '-N', 'open', '-f', key])
    const printed = await runAsMain(`
      import { readFileSync } from 'node:fs'
      import { unlockKey } from ${JSON.stringify(join(root, 'electron/link/key-unlock'))}
      const keyText = readFileSync(${JSON.stringify(key)}, 'latin1')
      const unlock = (passphrase: string) => unlockKey({ keyText, passphrase }, 'key')
      void Promise.all([unlock('open'), unlock('shut')]).then(([pem, none]) =>
        console.log(pem?.split('\\n')[0], none))
    `)
    expect(printed.trim()).toBe('-----BEGIN PRIVATE KEY----- undefined')
  })
})

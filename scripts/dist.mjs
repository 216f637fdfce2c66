// @ts-check
// `npm run dist`: packages for this platform, with electron-builder (electron-builder.yml).
//
//   npm run dist -- [--linux deb …] [any option of electron-builder]
//   npm run dist -- --try    an unpacked folder on whatever runtime is at hand, to see that a packaged app starts
import { join } from 'node:path'
import { resolveRuntime } from './runtime.mjs'
import { root, run, say } from './processes.mjs'

async function dist() {
  const words = process.argv.slice(2)
  const isTrial = words.includes('--try')
  const { code: built } = await run(process.execPath, ['scripts/build.mjs'])
  if (built !== 0) return built

  const runtime = await resolveRuntime()
  if (runtime.kind === 'substitute' && !isTrial) {
    say(
      'Refused: packages for others are made with the official Electron only, which cannot be fetched from here.',
    )
    return 1
  }
  const cli = join(root, 'node_modules', 'electron-builder', 'cli.js')
  const target = isTrial ? ['--dir', '-c.directories.output=.cache/trial'] : words
  const { code } = await run(process.execPath, [
    cli,
    ...target,
    `-c.electronDist=${runtime.folder}`,
    `-c.electronVersion=${runtime.version}`,
    '--publish=never',
  ])
  return code
}

process.exitCode = await dist()

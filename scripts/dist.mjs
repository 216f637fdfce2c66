// @ts-check
// `npm run dist`: packages for this platform, with electron-builder (electron-builder.yml).
//
//   npm run dist -- [--linux deb …] [any option of electron-builder]
//   npm run dist -- --try    an unpacked folder on whatever runtime is at hand, to see that a packaged app starts
import { cp, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { writeLicences } from './licences.mjs'
import { root, run, say } from './processes.mjs'
import { resolveRuntime } from './runtime.mjs'

const trialFolder = '.cache/trial'

/** electron-builder reads every .asar of a runtime as an archive; our default app is a folder, and of no use there. */
async function runtimeForTrial(/** @type {string} */ folder) {
  const copy = join(root, '.cache', 'trial-runtime')
  await rm(copy, { recursive: true, force: true })
  await cp(folder, copy, { recursive: true, filter: (path) => basename(path) !== 'default_app.asar' })
  return copy
}

async function dist() {
  const words = process.argv.slice(2)
  const isTrial = words.includes('--try')
  const { code: built } = await run(process.execPath, ['scripts/build.mjs'])
  if (built !== 0) return built
  writeLicences(join(root, 'dist', 'third-party-licences.txt'))

  const runtime = await resolveRuntime()
  if (runtime.kind === 'substitute' && !isTrial) {
    say(
      'Refused: packages for others are made with the official Electron only, which cannot be fetched from here.',
    )
    return 1
  }
  const electronDist = isTrial ? await runtimeForTrial(runtime.folder) : runtime.folder
  const target = isTrial ? ['--dir', `-c.directories.output=${trialFolder}`] : words
  const { code } = await run(process.execPath, [
    join(root, 'node_modules', 'electron-builder', 'cli.js'),
    ...target,
    `-c.electronDist=${electronDist}`,
    `-c.electronVersion=${runtime.version}`,
    '--publish=never',
  ])
  if (isTrial) await rm(electronDist, { recursive: true })
  if (isTrial && code === 0) say(`The unpacked app is in ${trialFolder}. It must not be given to others.`)
  return code
}

process.exitCode = await dist()

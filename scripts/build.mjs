// @ts-check
// Builds the app into dist/: the window with Vite, main process and preload with esbuild.
// With --watch it rebuilds main and preload when they change, and starts the app again (npm run dev).
import { spawn } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { rememberBuild, sourceMark } from './freshness.mjs'
import { mainOptions } from './main-bundle.mjs'
import { root, say } from './processes.mjs'

const isWatching = process.argv.includes('--watch')
const output = join(root, 'dist', 'electron')

async function buildOnce() {
  const startedAt = Date.now()
  const mark = sourceMark()
  const [{ build: buildWindow }, { build: buildMain }] = await Promise.all([
    import('vite'),
    import('esbuild'),
  ])
  await rm(output, { recursive: true, force: true })
  await Promise.all([
    buildMain(mainOptions),
    buildWindow({
      root: join(root, 'renderer'),
      configFile: join(root, 'vite.config.mts'),
      logLevel: 'warn',
    }),
  ])
  await rememberBuild(mark)
  say(`Built in ${((Date.now() - startedAt) / 1000).toFixed(1)} s.`)
}

/** The window reloads by hand (Ctrl+R); main and preload need a new process, so the app is started again. */
async function watch() {
  const [{ build: buildWindow }, { context }] = await Promise.all([import('vite'), import('esbuild')])
  /** @type {import('node:child_process').ChildProcess | undefined} */
  let app
  process.on('exit', () => app?.kill('SIGTERM'))
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => process.exit())
  /** @type {import('esbuild').Plugin} */
  const restart = {
    name: 'restart',
    setup(build) {
      build.onEnd((result) => {
        if (result.errors.length > 0) return
        app?.kill('SIGTERM')
        const words = process.argv.slice(2).filter((word) => word !== '--watch')
        app = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), '--no-build', ...words], {
          stdio: 'inherit',
        })
      })
    },
  }
  await buildWindow({
    root: join(root, 'renderer'),
    configFile: join(root, 'vite.config.mts'),
    logLevel: 'info',
    build: { watch: {} },
  })
  const main = await context({ ...mainOptions, plugins: [restart] })
  await main.watch()
}

try {
  await (isWatching ? watch() : buildOnce())
} catch (error) {
  // Both bundlers have printed where; a stack of theirs would bury it.
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

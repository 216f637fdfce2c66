// @ts-check
// `npm start`: from a bare checkout to a window. Needs Node only; everything else is fetched or named.
//
//   npm start -- [--xvfb] [arguments of the app, such as --demo]
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { isRoot, root, run, say } from './processes.mjs'

// What Vite and Electron's installer need.
const oldestNode = { major: 20, minor: 19 }

/** @param {string[]} words @returns {{ useXvfb: boolean, build: boolean, appWords: string[] }} */
function readWords(words) {
  return {
    useXvfb: words.includes('--xvfb') || process.env['INNKEEPER_XVFB'] === '1',
    build: !words.includes('--no-build'),
    appWords: words.filter((word) => word !== '--xvfb' && word !== '--no-build'),
  }
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor)) return
  throw new Error(
    `Innkeeper needs Node ${oldestNode.major}.${oldestNode.minor} or newer; this is Node ${process.versions.node}. ` +
      'Get a newer one from https://nodejs.org/ or from your distribution.',
  )
}

/** @param {string} executable @param {string[]} words @param {NodeJS.ProcessEnv} env @returns {Promise<number>} */
function runApp(executable, words, env) {
  return new Promise((resolve, reject) => {
    const app = spawn(executable, words, { cwd: root, env, stdio: 'inherit' })
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
      process.on(signal, () => {
        // A terminal sends Ctrl+C to the whole group; a second one would cut the app's orderly end short.
        if (signal === 'SIGINT' && process.stdin.isTTY) return
        app.kill(signal)
      })
    }
    app.on('error', reject)
    app.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

async function start() {
  checkNode()
  const { useXvfb, build, appWords } = readWords(process.argv.slice(2))

  const { ensureModules } = await import('./modules.mjs')
  await ensureModules()

  const { isBuilt } = await import('./freshness.mjs')
  if (build && !isBuilt()) {
    say('Building …')
    const { code } = await run(process.execPath, ['scripts/build.mjs'])
    if (code !== 0) throw new Error('The build failed; its message is above.')
  }

  const { resolveRuntime } = await import('./runtime.mjs')
  const runtime = await resolveRuntime()
  const { ensureLibraries } = await import('./libraries.mjs')
  await ensureLibraries(runtime.path)
  const { ensureDisplay } = await import('./display.mjs')
  const virtual = await ensureDisplay({ wanted: useXvfb })

  const words = []
  if (process.platform === 'linux' && isRoot()) {
    say('Running as root: Chromium refuses its sandbox to root, so it is started with --no-sandbox.')
    words.push('--no-sandbox')
  }
  // Xvfb is an X server; newer Electron would look for Wayland first.
  if (virtual) words.push('--ozone-platform=x11')
  const env = virtual ? { ...process.env, DISPLAY: virtual.display } : process.env
  const code = await runApp(runtime.path, [...words, '.', ...appWords], env)
  await virtual?.stop()
  return code
}

start().then(
  (code) => process.exit(code),
  (error) => {
    say(error instanceof Error ? error.message : String(error))
    process.exit(1)
  },
)

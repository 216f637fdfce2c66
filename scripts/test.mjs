// @ts-check
// `npm test`: everything, on a machine that may have nothing but Node. Ends with one line "N passed, N failed".
//
//   npm test -- unit e2e            only these steps
//   npm test -- app -- -g console   what follows a second -- goes to the runner of the steps
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { ensureModules } from './modules.mjs'
import { findProgram, isRoot, root, say } from './processes.mjs'
import {
  countPlaywright,
  countVitest,
  failuresOfPlaywright,
  failuresOfVitest,
  judge,
  total,
} from './reports.mjs'

/** @typedef {import('./reports.mjs').Count} Count */

const node = process.execPath
const reports = join(root, '.cache', 'test')
const bin = {
  biome: ['node_modules/@biomejs/biome/bin/biome'],
  oxlint: ['node_modules/oxlint/bin/oxlint'],
  tsx: ['node_modules/tsx/dist/cli.mjs'],
  vitest: ['node_modules/vitest/vitest.mjs'],
  playwright: ['node_modules/@playwright/test/cli.js'],
}

/** Tests have limits of their own; this one only ends what hangs beside them. */
const stepLimitMs = 40 * 60_000

/** For a step to clean up after itself once it was told to end. */
const farewellMs = 20_000

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()

/** Runs a step's program with its output on ours. @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} [env] @returns {Promise<number>} */
function execute(command, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    running.add(child)
    const limit = setTimeout(() => {
      say(`${command} ${args.join(' ')} takes longer than ${stepLimitMs / 60_000} minutes and is ended`)
      child.kill('SIGTERM')
      // a lane hears nothing else, and takes along what it started
      setTimeout(() => child.kill('SIGKILL'), farewellMs).unref()
    }, stepLimitMs)
    child.on('error', (error) => {
      say(error.message)
      clearTimeout(limit)
      resolve(127)
    })
    child.on('close', (code, signal) => {
      clearTimeout(limit)
      running.delete(child)
      if (signal) say(`${command} was ended by ${signal}`)
      resolve(code ?? 1)
    })
  })
}

/** @param {number} code @returns {Count} */
function asCount(code) {
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 }
}

/** A check with no tests inside counts as one. @param {string[]} words */
async function check(words) {
  return asCount(await execute(node, words))
}

/** @type {string[]} what failed in all steps */
const failures = []

/** @param {string} file @param {(report: unknown) => Count} count @param {(report: unknown) => string[]} failuresOf @param {number} code */
function countReport(file, count, failuresOf, code) {
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
  failures.push(...failuresOf(report))
  return judge(report && count(report), code)
}

/** @param {string} name @returns {string} */
function freshReport(name) {
  mkdirSync(reports, { recursive: true })
  const file = join(reports, `${name}.json`)
  rmSync(file, { force: true })
  return file
}

/** @param {string} file @param {string[]} projects @param {string[]} extra */
const vitestWords = (file, projects, extra) => [
  ...bin.vitest,
  'run',
  ...projects.flatMap((project) => ['--project', project]),
  '--reporter=default',
  '--reporter=json',
  ...(projects.includes('unit') ? [] : [`--reporter=${join(root, 'scripts/files-at-work.mjs')}`]),
  `--outputFile.json=${file}`,
  ...extra,
]

/** @param {string} name @param {string[]} projects @param {string[]} extra */
async function vitest(name, projects, extra) {
  const file = freshReport(name)
  const code = await execute(node, vitestWords(file, projects, extra))
  return countReport(file, countVitest, failuresOfVitest, code)
}

const laneCount = 2

/**
 * Live tests wait more than they work: their files run in lanes side by side, each with a lab of its own. One by one
 * where only some are asked for, or where there is no lab.
 * @param {string} name @param {string[]} extra
 */
async function vitestInLanes(name, extra) {
  if (extra.length > 0 || !isRoot()) return vitest(name, [name], extra)
  await buildImages()
  const lanes = Array.from({ length: laneCount }, async (_, at) => {
    const file = freshReport(`${name}-${at + 1}`)
    const words = vitestWords(file, [name], [`--shard=${at + 1}/${laneCount}`])
    const code = await execute('bash', ['e2e/lab/lane.sh', `${at + 1}`, node, ...words])
    return countReport(file, countVitest, failuresOfVitest, code)
  })
  return total(await Promise.all(lanes), { strict: false })
}

/** What all lanes use is made before; a lane has no way to a mirror. */
async function buildImages() {
  for (const image of ['guest', 'rich', 'tpm'])
    if ((await execute('bash', [`e2e/lab/${image}/build.sh`])) !== 0)
      throw new Error(`The lab's ${image} cannot be built`)
}

/**
 * The same for journeys, each lane with a display of its own as well: windows side by side would take the keyboard from one
 * another. A lane is this program again, for its files.
 * @param {string} project @param {string[]} extra @param {string[]} [around]
 */
async function playwrightInLanes(project, extra, around) {
  if (extra.length > 0 || !isRoot() || process.platform !== 'linux') return playwright(project, extra, around)
  if (around) await buildImages()
  await prepareApp()
  // brings vitest along, which is not there before the modules are
  const { divide } = await import('./live-lanes.mjs')
  const files = readdirSync(join(root, 'e2e', project))
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => `e2e/${project}/${name}`)
  const lanes = divide(files, (file) => file, laneCount).map(async (own, at) => {
    const name = `${project}-${at + 1}`
    const file = freshReport(name)
    const { DISPLAY: _x, WAYLAND_DISPLAY: _w, ...env } = process.env
    const words = ['scripts/test.mjs', project, '--', `--output=test-results/${name}`, ...own]
    const code = await execute('bash', ['e2e/lab/lane.sh', name, node, ...words], {
      ...env,
      INNKEEPER_REPORT: name,
    })
    return countReport(file, countPlaywright, failuresOfPlaywright, code)
  })
  return total(await Promise.all(lanes), { strict: false })
}

/** Its runtime, and built. */
async function prepareApp() {
  const runtime = await prepareRuntime()
  const { isBuilt } = await import('./freshness.mjs')
  if (!isBuilt() && (await execute(node, ['scripts/build.mjs'])) !== 0)
    throw new Error('The app does not build')
  return runtime
}

/**
 * The app's journeys, on the user's display or on one of our own. `around` goes before the runner: the lab's journeys
 * run on the lab's network.
 * @param {string} project @param {string[]} extra @param {string[]} [around]
 */
async function playwright(project, extra, around = []) {
  const runtime = await prepareApp()
  const { hasDisplay, startXvfb } = await import('./display.mjs')
  const virtual = hasDisplay() ? undefined : await startXvfb()
  try {
    const file = freshReport(process.env['INNKEEPER_REPORT'] ?? project)
    const words = ['test', '-c', 'e2e', '--project', project, '--reporter=list,json', ...extra]
    const line = [...around, ...(around.length > 0 ? [node] : []), ...bin.playwright, ...words]
    const code = await execute(node, line, {
      ...process.env,
      ...(virtual ? { DISPLAY: virtual.display } : {}),
      INNKEEPER_RUNTIME: runtime.path,
      PLAYWRIGHT_JSON_OUTPUT_NAME: file,
    })
    return countReport(file, countPlaywright, failuresOfPlaywright, code)
  } finally {
    await virtual?.stop()
  }
}

/** @type {Promise<import('./runtime.mjs').Runtime> | undefined} */
let prepared

function prepareRuntime() {
  prepared ??= (async () => {
    const { resolveRuntime } = await import('./runtime.mjs')
    const runtime = await resolveRuntime()
    const { ensureLibraries } = await import('./libraries.mjs')
    await ensureLibraries(runtime.path)
    say(`Electron ${runtime.version} (${runtime.kind})`)
    return runtime
  })()
  return prepared
}

/** The lab's and the e2e's Debian packages: only root can install them, and only Debian has them by these names. */
async function packages() {
  if (!isRoot() || !findProgram('apt-get')) {
    say('Not root on Debian: the tests run with what is installed.')
    return { passed: 0, failed: 0, skipped: 0 }
  }
  return asCount(await execute('bash', ['e2e/lab/install-packages.sh']))
}

/** @type {Record<string, (extra: string[]) => Promise<Count>>} in the order in which they run */
const steps = {
  packages,
  runtime: async () => {
    await prepareRuntime()
    return asCount(0)
  },
  typecheck: () => check(['scripts/typecheck.mjs']),
  lint: () => check([...bin.oxlint, '--type-aware', '--deny-warnings']),
  format: () => check([...bin.biome, 'format', '--max-diagnostics=20']),
  unit: (extra) => vitest('unit', ['unit', 'window'], extra),
  coverage: () => check(['scripts/coverage.mjs', '--check']),
  build: () => check(['scripts/build.mjs']),
  backends: (extra) => vitestInLanes('backends', extra),
  lab: (extra) => vitest('lab', ['lab'], extra),
  app: (extra) => playwrightInLanes('app', extra),
  // asked for by name only: it makes the pictures of docs/ and proves nothing
  screenshots: (extra) => playwright('screenshots', extra),
  live: (extra) => playwrightInLanes('live', extra, [...bin.tsx, 'e2e/lab/cli.ts', 'run']),
}

/** @param {string[]} words */
function chooseSteps(words) {
  const border = words.indexOf('--')
  const names = (border < 0 ? words : words.slice(0, border)).flatMap((word) =>
    word === 'e2e' ? ['app', 'live'] : [word],
  )
  const unknown = names.filter((name) => !(name in steps))
  if (unknown.length > 0) {
    say(
      `No such step: ${unknown.join(', ')}. There are: ${Object.keys(steps).join(', ')}, e2e (app and live)`,
    )
    process.exit(2)
  }
  const chosen = Object.keys(steps).filter((name) =>
    names.length > 0 ? names.includes(name) : name !== 'screenshots',
  )
  return { chosen, extra: border < 0 ? [] : words.slice(border + 1) }
}

/** @typedef {{ name: string, count: Count, seconds: number }} Row */

/** @param {Row[]} rows */
function printTable(rows) {
  const line = (/** @type {(string | number)[]} */ cells) =>
    console.log(
      cells.map((cell, at) => (at === 0 ? String(cell).padEnd(12) : String(cell).padStart(9))).join(''),
    )
  console.log('')
  line(['step', 'passed', 'failed', 'skipped', 'seconds'])
  for (const { name, count, seconds } of rows) {
    line([name, count.passed, count.failed, count.skipped, seconds.toFixed(1)])
  }
}

async function main() {
  const { chosen, extra } = chooseSteps(process.argv.slice(2))
  const isStrict = process.env['CI'] === 'true'
  /** @type {Row[]} */
  const rows = []
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    process.on(signal, () => {
      for (const child of running) child.kill(signal)
      process.exit(130)
    })
  }

  await ensureModules()
  for (const name of chosen) {
    const startedAt = Date.now()
    console.log(`\n━━ ${name}`)
    /** @type {Count} */
    let count
    try {
      count = (await steps[name]?.(extra)) ?? asCount(1)
    } catch (error) {
      console.log(error)
      count = asCount(1)
    }
    rows.push({ name, count, seconds: (Date.now() - startedAt) / 1000 })
  }

  for (const failure of failures) console.log(`\nFAILED ${failure.replaceAll(root, '.')}`)
  printTable(rows)
  const sum = total(
    rows.map((row) => row.count),
    { strict: isStrict },
  )
  if (sum.skipped > 0) console.log(`${sum.skipped} skipped${isStrict ? ', each counted as a failure' : ''}`)
  console.log(`${sum.passed} passed, ${sum.failed} failed`)
  process.exitCode = sum.failed > 0 ? 1 : 0
}

main().catch((error) => {
  console.log(error instanceof Error ? error.message : error)
  console.log('0 passed, 1 failed')
  process.exitCode = 1
})

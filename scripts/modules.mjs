// @ts-check
// node_modules, brought in line with package-lock.json.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { npm, root, run, say } from './processes.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, dev?: boolean, link?: boolean }} Locked
 * @typedef {{ packages: Record<string, Locked> }} Lockfile
 */

/**
 * The first package whose installed version is not the locked one. npm writes node_modules/.package-lock.json as
 * the last step of an install, so it is the truest stamp there is: it is missing after an interrupted install.
 * Optional packages may be absent (they belong to other platforms), but not of another version.
 *
 * @param {Lockfile} locked
 * @param {Lockfile | undefined} installed
 * @returns {string | undefined}
 */
export function firstDifference(locked, installed) {
  if (!installed) return 'node_modules is missing'
  for (const [path, wanted] of Object.entries(locked.packages)) {
    if (path === '' || wanted.link) continue
    const found = installed.packages[path]
    if (!found && wanted.optional) continue
    if (!found) return `${path} is not installed`
    if (found.version !== wanted.version) return `${path} is ${found.version}, not ${wanted.version}`
    if (found.integrity && wanted.integrity && found.integrity !== wanted.integrity) return `${path} differs`
  }
  return undefined
}

/** @param {string} path @returns {Lockfile | undefined} */
function readLockfile(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Installs the locked packages unless they are there already. Package scripts never run. */
export async function ensureModules() {
  const locked = readLockfile(join(root, 'package-lock.json'))
  if (!locked) throw new Error('package-lock.json is missing or damaged: the checkout is not complete')
  const difference = firstDifference(locked, readLockfile(join(root, 'node_modules', '.package-lock.json')))
  if (!difference) return
  say(`Installing packages (${difference}). This takes about a minute the first time.`)
  const startedAt = Date.now()
  const { code } = await run(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    waiting: 'Installing packages',
  })
  if (code !== 0) throw new Error(`npm ci failed (exit ${code}); its own message is above`)
  say(`Packages installed in ${Math.round((Date.now() - startedAt) / 1000)} s.`)
}

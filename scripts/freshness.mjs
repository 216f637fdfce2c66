// @ts-check
// Whether dist/ was built from the sources as they are now.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from './processes.mjs'

const stampFile = join(root, 'dist', 'built-from')
const sources = [
  'electron',
  'shared',
  'renderer',
  'assets',
  'scripts/build.mjs',
  'scripts/main-bundle.mjs',
  'scripts/novnc-pieces.mjs',
  'vite.config.mts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
]

/** @param {string} path */
function filesUnder(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) return []
  if (stats.isFile()) return [path]
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|suite)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

/** A digest of all sources' contents: a checkout changes times without changing files, and the other way round. */
export function sourceMark(base = root, names = sources) {
  const hash = createHash('sha256')
  for (const path of names.flatMap((name) => filesUnder(join(base, name))).sort()) {
    const bytes = readFileSync(path)
    hash.update(`${path.slice(base.length)}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

export function isBuilt() {
  try {
    return readFileSync(stampFile, 'utf8') === sourceMark()
  } catch {
    return false
  }
}

/** @param {string} mark the digest taken before the build began, so that an edit during it is not lost */
export async function rememberBuild(mark) {
  await mkdir(join(root, 'dist'), { recursive: true })
  await writeFile(stampFile, mark)
}

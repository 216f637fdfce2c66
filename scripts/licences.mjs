// @ts-check
// The licences of all packages that end up in the bundles, in one text that travels with the packaged app.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './processes.mjs'

/**
 * Folders of the packages an installed app needs: everything in the lockfile that is neither for development only
 * nor optional (optional ones are native parts, which the bundles leave out).
 *
 * @param {{ packages: Record<string, { dev?: boolean, optional?: boolean, devOptional?: boolean }> }} lockfile
 * @returns {string[]}
 */
export function shippedPackages(lockfile) {
  return Object.entries(lockfile.packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.optional && !entry.devOptional)
    .map(([path]) => path)
    .sort()
}

/** @param {string} folder */
function describe(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const files = readdirSync(folder).filter((name) => /^(licen[cs]e|copying|notice)/i.test(name))
  const texts = files.sort().map((name) => readFileSync(join(folder, name), 'utf8').trim())
  const heading = `${manifest.name} ${manifest.version} (${manifest.license ?? 'licence in its own text'})`
  return [
    heading,
    '='.repeat(heading.length),
    ...(texts.length > 0 ? texts : ['No licence text in the package.']),
  ].join('\n\n')
}

/** @param {string} target */
export function writeLicences(target) {
  const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  writeFileSync(
    target,
    `${shippedPackages(lockfile)
      .map((path) => describe(join(root, path)))
      .join('\n\n\n')}\n`,
  )
}

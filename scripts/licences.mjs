// @ts-check
// The licences of all packages that end up in the bundles, in one text that travels with the packaged app, and where
// data come from that are no package.
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

/** The catalogue of operating systems says which version of osinfo-db its facts are from. */
export function dataNotice() {
  const file = join(root, 'electron', 'os-catalogue', 'os.catalogue.json')
  const heading = `${JSON.parse(readFileSync(file, 'utf8')).from} (its files: GPL-2.0-or-later)`
  return [
    heading,
    '='.repeat(heading.length),
    'The catalogue of operating systems (os.catalogue.json) was made from osinfo-db, https://libosinfo.org/, Copyright (C)\n' +
      'Red Hat, Inc. and its contributors. It holds facts: identifiers, names, dates, sizes, what is supported, the patterns\n' +
      "that media are known by, and addresses. osinfo-db's own files, its descriptions, translations and installation\n" +
      'scripts are no part of it. It was made by scripts/os-catalogue.mjs of the sources of this app.',
  ].join('\n\n')
}

/** @param {string} target */
export function writeLicences(target) {
  const lockfile = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const packages = shippedPackages(lockfile).map((path) => describe(join(root, path)))
  writeFileSync(target, `${[...packages, dataNotice()].join('\n\n\n')}\n`)
}

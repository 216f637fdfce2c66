// @ts-check
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { dataNotice, shippedPackages } from './licences.mjs'
import { root } from './processes.mjs'

describe('packages whose licences travel along', () => {
  it('are those an installed app needs, tools and optional native parts aside', () => {
    const packages = {
      '': {},
      'node_modules/zod': {},
      'node_modules/vite': { dev: true },
      'node_modules/nan': { optional: true },
    }
    expect(shippedPackages({ packages })).toEqual(['node_modules/zod'])
  })

  it('include every dependency of package.json', () => {
    const read = (/** @type {string} */ name) => JSON.parse(readFileSync(join(root, name), 'utf8'))
    const shipped = shippedPackages(read('package-lock.json'))
    const wanted = Object.keys(read('package.json').dependencies).map((name) => `node_modules/${name}`)
    expect(wanted.filter((path) => !shipped.includes(path))).toEqual([])
  })
})

describe('data that are no package', () => {
  it('are told with their source, its licence, and the version they are from', () => {
    expect(dataNotice()).toMatch(/^osinfo-db \d{8} \(its files: GPL-2\.0-or-later\)\n/)
    expect(dataNotice()).toContain('https://libosinfo.org/')
  })
})

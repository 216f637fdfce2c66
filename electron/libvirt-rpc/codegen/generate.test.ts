import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { generatedFiles, libvirtVersions } from './emit'
import { loadFacts } from './facts'

const facts = loadFacts()
const folder = new URL('../generated/', import.meta.url)

describe('the generated files', () => {
  it('are byte for byte what the generator writes from the facts', () => {
    const onDisk = new Map(
      readdirSync(folder).map((name) => [name, readFileSync(new URL(name, folder), 'utf8')]),
    )
    const fresh = generatedFiles(facts)
    expect([...onDisk.keys()].sort()).toEqual([...fresh.keys()].sort())
    for (const [name, text] of fresh) expect(onDisk.get(name) === text, name).toBe(true)
  })

  it('name the pinned libvirt versions in their headers', () => {
    const pin = readFileSync(new URL('./pin.txt', import.meta.url), 'utf8').trim()
    expect(libvirtVersions(facts)).toBe(pin)
    for (const name of readdirSync(folder)) {
      const [first, second] = readFileSync(new URL(name, folder), 'utf8').split('\n')
      expect(first).toMatch(/^\/\/ Do not edit: written by electron\/libvirt-rpc\/codegen\/generate\.ts/)
      expect(second).toBe(`// ${pin}`)
    }
  })
})

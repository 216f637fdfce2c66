import { expect, it } from 'vitest'
import { freeName } from './free-name'

const free = (): boolean => false
const bytesOf = (text: string): number => Buffer.byteLength(text)

it('a name is that of the VM, and numbered where it is taken', () => {
  expect(freeName({ stem: 'web-01', ending: '.qcow2' }, free)).toBe('web-01.qcow2')
  const there = new Set(['web-01.qcow2', 'web-01-2.qcow2'])
  expect(freeName({ stem: 'web-01', ending: '.qcow2' }, (name) => there.has(name))).toBe('web-01-3.qcow2')
})

it('names up to 255 bytes stay whole', () => {
  const longest = 'x'.repeat(249)
  expect(freeName({ stem: longest, ending: '.qcow2' }, free)).toBe(`${longest}.qcow2`)
})

it('longer ones are cut, keep their ending and stay apart from each other', () => {
  const names = ['1', '2'].map((end) =>
    freeName({ stem: `${'x'.repeat(254)}${end}`, what: '-seed', ending: '.iso' }, free),
  )
  for (const name of names) {
    expect(bytesOf(name)).toBe(255)
    expect(name).toMatch(/^x+-[0-9a-f]{8}-seed\.iso$/)
  }
  expect(new Set(names).size).toBe(2)
  // the same each time, so that a plan holds when it is made
  expect(freeName({ stem: `${'x'.repeat(254)}1`, what: '-seed', ending: '.iso' }, free)).toBe(names[0])
})

it('a cut name that is taken is numbered, and not longer for that', () => {
  const stem = 'x'.repeat(255)
  const first = freeName({ stem, ending: '.qcow2' }, free)
  const next = freeName({ stem, ending: '.qcow2' }, (name) => name === first)
  expect(next).toMatch(/-2\.qcow2$/)
  expect(bytesOf(next)).toBeLessThanOrEqual(255)
})

it('signs of several bytes are never cut apart', () => {
  const name = freeName({ stem: 'größe'.repeat(60), ending: '.img' }, free)
  expect(bytesOf(name)).toBeLessThanOrEqual(255)
  expect(name).not.toContain('\uFFFD')
  expect(name).toMatch(/^(größe)+(g|gr|grö|größ)?-[0-9a-f]{8}\.img$/)
})

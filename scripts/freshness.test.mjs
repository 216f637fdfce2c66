// @ts-check
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sourceMark } from './freshness.mjs'

describe('the mark of the sources', () => {
  let base = ''
  const mark = () => sourceMark(base, ['shared', 'package.json', 'absent'])

  beforeEach(() => {
    base = mkdtempSync(join(tmpdir(), 'innkeeper-sources-'))
    mkdirSync(join(base, 'shared', 'model'), { recursive: true })
    writeFileSync(join(base, 'shared', 'model', 'vm.ts'), 'export const a = 1\n')
    writeFileSync(join(base, 'package.json'), '{}')
  })
  afterEach(() => rmSync(base, { recursive: true }))

  it('stays when a file is only touched', () => {
    const before = mark()
    utimesSync(join(base, 'package.json'), 1, 1)
    expect(mark()).toBe(before)
  })

  it.each([
    [
      'a file changes, however deep',
      () => writeFileSync(join(base, 'shared', 'model', 'vm.ts'), 'export const a = 2\n'),
    ],
    ['a file is added', () => writeFileSync(join(base, 'shared', 'nic.ts'), '')],
    ['a file goes', () => rmSync(join(base, 'package.json'))],
  ])('changes when %s', (_what, change) => {
    const before = mark()
    change()
    expect(mark()).not.toBe(before)
  })

  it('leaves tests out, which are not built', () => {
    const before = mark()
    writeFileSync(join(base, 'shared', 'vm.test.ts'), '')
    expect(mark()).toBe(before)
  })
})

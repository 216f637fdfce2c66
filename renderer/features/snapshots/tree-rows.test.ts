import { describe, expect, it } from 'vitest'
import { allowed } from '../../../shared/model/snapshots/verdict'
import type { Snapshot } from '../../../shared/model/snapshots/snapshot'
import { descendantsOf, nowKey, treeRows } from './tree-rows'

const one = (name: string, parent?: string, isCurrent = false): Snapshot => ({
  name,
  ...(parent === undefined ? {} : { parent }),
  isCurrent,
  createdAtMs: 0,
  description: '',
  state: 'shut-off',
  kind: 'internal',
  hasMemory: false,
  disks: [],
  actions: {
    revert: allowed,
    delete: allowed,
    deleteWithChildren: allowed,
    forget: allowed,
    edit: allowed,
    rename: allowed,
  },
})
const shape = (snapshots: readonly Snapshot[]): string[] =>
  treeRows(snapshots).map(({ key, level }) => `${level} ${key === nowKey ? 'now' : key}`)

describe('the tree of snapshots', () => {
  it('shows each below the one it was made after, and what is now below the one it is built on', () => {
    expect(shape([one('a'), one('b', 'a', true), one('c', 'b'), one('d', 'a')])).toEqual([
      '1 a',
      '2 b',
      '3 c',
      '3 now',
      '2 d',
    ])
  })

  it('shows what is now at the end when it is built on none', () => {
    expect(shape([one('a')])).toEqual(['1 a', '1 now'])
  })

  it('leaves nothing out when a host tells of parents that are not there or of a circle', () => {
    expect(shape([one('a', 'gone'), one('b', 'c'), one('c', 'b')])).toEqual(['1 a', '1 b', '2 c', '1 now'])
  })

  it('holds ten thousand, each made after the one before', () => {
    const many = Array.from({ length: 10_000 }, (_, at) => one(`${at}`, at === 0 ? undefined : `${at - 1}`))
    expect(treeRows(many)).toHaveLength(10_001)
  })

  it('knows all that were made after one', () => {
    expect(descendantsOf([one('a'), one('b', 'a'), one('c', 'b'), one('d')], 'a')).toEqual(['b', 'c'])
  })
})

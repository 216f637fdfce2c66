import { describe, expect, it } from 'vitest'
import { pick, stepTarget, typeAheadTarget, type GridSelection } from './grid-selection'

const keys = ['a', 'b', 'c', 'd', 'e']
const nothing: GridSelection = { selected: new Set(), cursor: undefined, anchor: undefined }
const plain = { isRange: false, isToggle: false }
const range = { isRange: true, isToggle: false }
const toggle = { isRange: false, isToggle: true }

describe('picking rows', () => {
  it('replaces, toggles and extends from the anchor', () => {
    const one = pick(keys, nothing, 'b', plain)
    expect(one).toEqual({ selected: new Set(['b']), cursor: 'b', anchor: 'b' })
    const toD = pick(keys, one, 'd', range)
    expect(toD).toEqual({ selected: new Set(['b', 'c', 'd']), cursor: 'd', anchor: 'b' })
    expect(pick(keys, toD, 'a', range)).toEqual({ selected: new Set(['a', 'b']), cursor: 'a', anchor: 'b' })
    expect(pick(keys, toD, 'c', toggle).selected).toEqual(new Set(['b', 'd']))
    expect(pick(keys, one, 'e', toggle).selected).toEqual(new Set(['b', 'e']))
  })

  it('begins a range at the top when its anchor is gone', () => {
    const gone = { selected: new Set(['x']), cursor: 'x', anchor: 'x' }
    expect(pick(keys, gone, 'b', range).selected).toEqual(new Set(['a', 'b']))
  })
})

describe('moving', () => {
  it('stays inside the list', () => {
    expect(stepTarget('ArrowDown', 4, 5, 3)).toBe(4)
    expect(stepTarget('ArrowUp', -1, 5, 3)).toBe(0)
    expect(stepTarget('PageDown', 1, 5, 3)).toBe(4)
    expect(stepTarget('Home', 3, 5, 3)).toBe(0)
    expect(stepTarget('End', 0, 5, 3)).toBe(4)
    expect(stepTarget('ArrowDown', -1, 0, 3)).toBeUndefined()
    expect(stepTarget('x', 0, 5, 3)).toBeUndefined()
  })
})

describe('typing', () => {
  const names = ['alpha', 'beta', 'Bravo', 'gamma']
  it('walks through matches by one letter and around the end', () => {
    expect(typeAheadTarget(names, 0, 'b')).toBe(1)
    expect(typeAheadTarget(names, 1, 'b')).toBe(2)
    expect(typeAheadTarget(names, 2, 'b')).toBe(1)
  })
  it('stays on a row that still fits a longer word', () => {
    expect(typeAheadTarget(names, 1, 'be')).toBe(1)
    expect(typeAheadTarget(names, 1, 'br')).toBe(2)
    expect(typeAheadTarget(names, 1, 'zz')).toBeUndefined()
  })
})

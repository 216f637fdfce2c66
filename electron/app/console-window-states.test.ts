import { expect, test } from 'vitest'
import { withState } from './console-window-states'

const at = (x: number) => ({ bounds: { x, y: 0, width: 800, height: 600 }, isMaximised: false })

test('the place of a console window replaces the one before and leaves those of others', () => {
  expect(withState({ a: at(1), b: at(2) }, 'a', at(3))).toEqual({ b: at(2), a: at(3) })
  expect(withState(undefined, 'a', at(1))).toEqual({ a: at(1) })
})

test('of very many places those used longest ago go', () => {
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`vm ${index}`, at(index)]))
  const states = withState(many, 'new', at(0))
  expect(Object.keys(states)).toHaveLength(200)
  expect(states['vm 99']).toBeUndefined()
  expect(states['vm 299']).toEqual(at(299))
  expect(states['new']).toEqual(at(0))
})

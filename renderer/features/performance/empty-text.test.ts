import { expect, it } from 'vitest'
import { emptyText } from './empty-text'

const look = { isRunning: true, isPart: false }

it('a network that the host counts nothing of is said to be so, once that is known', () => {
  expect(emptyText({ id: 'network' }, { ...look, load: { nics: [] } })).toContain('user mode')
  expect(emptyText({ id: 'network' }, { ...look, load: { nics: [{ name: 'vnet0' }] } })).toContain('yet')
  expect(emptyText({ id: 'network' }, look)).toContain('yet')
  expect(emptyText({ id: 'cpu' }, { ...look, load: { nics: [] } })).toContain('yet')
})

it('a VM that is off has recorded nothing', () => {
  expect(emptyText({ id: 'network' }, { ...look, isRunning: false, load: { nics: [] } })).toBe(
    'Nothing was recorded in this time',
  )
})

import { expect, test } from 'vitest'
import { CommandHistory } from './command-history'

test('the arrow keys walk through what was sent, and back to what is being typed', () => {
  const history = new CommandHistory()
  expect(history.older('draft')).toBe('draft')
  for (const line of ['info kvm', 'stop', 'stop', 'cont']) history.add(line)
  expect(history.older('inf')).toBe('cont')
  expect(history.older('cont')).toBe('stop')
  expect(history.older('stop')).toBe('info kvm')
  expect(history.older('info kvm')).toBe('info kvm')
  expect(history.newer('info kvm')).toBe('stop')
  expect(history.newer('stop')).toBe('cont')
  expect(history.newer('cont')).toBe('inf')
  expect(history.newer('inf')).toBe('inf')
})

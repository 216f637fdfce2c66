import { expect, test } from 'vitest'
import { figuresOf } from './screen-figures'

const start = { atMs: 1000, receivedBytes: 500, updates: 10, pictures: 9, encoding: 'Raw' }

test('figures are of what came between two looks, for each second of it', () => {
  const now = { atMs: 3000, receivedBytes: 4_000_500, updates: 70, pictures: 59, encoding: 'Tight' }
  expect(figuresOf(start, now, 3.21).map(({ label, text }) => `${label}: ${text}`)).toEqual([
    'Updates: 30 per second',
    'Drawn: 25 per second',
    'Received: 1.9 MiB/s',
    'Answer after: 3.2 ms',
    'Encoding: Tight',
  ])
})

test('a server that has not answered yet has no figure for it', () => {
  expect(figuresOf(start, { ...start, atMs: 2000, encoding: undefined }, undefined).slice(3)).toEqual([
    { label: 'Answer after', text: '–' },
    { label: 'Encoding', text: '–' },
  ])
})

import { expect, it } from 'vitest'
import type { VmCommand } from '../../../shared/model/vm-command'
import { found, rowsOf } from './rows'

function command(...parts: (readonly [from: string, ...words: string[]])[]): VmCommand {
  return {
    program: ['qemu-system-x86_64'],
    parts: parts.map(([from, ...words]) => ({ from, words, why: `Because of ${from}.` })),
    helpers: [],
    notes: [],
  }
}

const running = command(['Memory', '-m', '512'], ['Disk vda', '-device', 'virtio-blk'], ['This start', '-S'])
const next = command(['Memory', '-m', '1024'], ['Disk vda', '-device', 'virtio-blk'])

it('marks what only runs now and what comes with the next start, but not how it was started', () => {
  expect(rowsOf('running', running, next).map(({ from, only }) => [from, only])).toEqual([
    ['Memory', 'running'],
    ['Disk vda', undefined],
    ['This start', undefined],
  ])
  expect(rowsOf('differences', running, next).map(({ words, only }) => [words[1], only])).toEqual([
    ['512', 'running'],
    ['1024', 'next'],
  ])
})

it('marks nothing of a VM that is off, as there is nothing to compare', () => {
  expect(rowsOf('next', undefined, next).every(({ only }) => only === undefined)).toBe(true)
})

it('finds words in options, reasons and what they come from', () => {
  const rows = rowsOf('next', undefined, next)
  expect(found(rows, 'vda')).toHaveLength(1)
  expect(found(rows, 'BECAUSE memory')).toHaveLength(1)
  expect(found(rows, '1024 virtio')).toEqual([])
  expect(found(rows, '')).toHaveLength(2)
})

import { expect, it } from 'vitest'
import { commandText, onlyIn, optionLines, type VmCommand } from './vm-command'

function command(...parts: (readonly string[])[]): VmCommand {
  return {
    program: ['/usr/bin/qemu-system-x86_64'],
    parts: parts.map((words) => ({ words, from: 'General', why: 'It is so.' })),
    helpers: [],
    notes: [],
  }
}

it('is copied with one option on a line, each word quoted for a shell', () => {
  expect(commandText(command(['-name', "guest=Ann's VM"], ['-object', '{"id": "a"}', '-device', 'x']))).toBe(
    `/usr/bin/qemu-system-x86_64 \\
  -name 'guest=Ann'\\''s VM' \\
  -object '{"id": "a"}' \\
  -device x`,
  )
})

it('keeps a value with its option, and an option without one alone', () => {
  expect(optionLines(['-S', '-m', '512', '-nodefaults'])).toEqual([['-S'], ['-m', '512'], ['-nodefaults']])
})

it('tells what only one of two commands has, counting what is there twice', () => {
  const one = command(['-m', '512'], ['-device', 'x'], ['-device', 'x'])
  const other = command(['-device', 'x'], ['-m', '1024'])
  expect([...onlyIn(one, other)].map(({ words }) => words)).toEqual([
    ['-m', '512'],
    ['-device', 'x'],
  ])
  expect([...onlyIn(other, one)].map(({ words }) => words)).toEqual([['-m', '1024']])
})

import { expect, test } from 'vitest'
import { diffLines, type DiffRow } from './diff-lines'

const signs = { same: ' ', removed: '-', added: '+' }
/** "-3 <vcpu>[4]</vcpu>": the sign, the line's number in the text it is from, and what is marked in it. */
const shown = (rows: readonly DiffRow[]): string[] =>
  rows.map(
    ({ kind, beforeLine, afterLine, parts }) =>
      `${signs[kind]}${[beforeLine, afterLine].filter((line) => line !== undefined).join('/')} ${parts
        .map(({ text, isChanged }) => (isChanged ? `[${text}]` : text))
        .join('')}`,
  )
const textOf = (rows: readonly DiffRow[], leftOut: DiffRow['kind']): string =>
  rows
    .filter(({ kind }) => kind !== leftOut)
    .map(({ parts }) => parts.map(({ text }) => text).join(''))
    .join('\n')

test('a changed line is shown as removed and added, with only what differs marked', () => {
  expect(shown(diffLines('<a>\n  <vcpu>4</vcpu>\n</a>\n', '<a>\n  <vcpu>8</vcpu>\n</a>\n'))).toEqual([
    ' 1/1 <a>',
    '-2   <vcpu>[4]</vcpu>',
    '+2   <vcpu>[8]</vcpu>',
    ' 3/3 </a>',
  ])
})

test('lines that are only there before or after count on their own side', () => {
  expect(shown(diffLines('a\nb\nc', 'b\nc\nd'))).toEqual(['-1 a', ' 2/1 b', ' 3/2 c', '+3 d'])
})

test('of several added lines the one that is alike is taken for the changed one', () => {
  expect(
    shown(
      diffLines(
        "<boot dev='hd'/>",
        "<loader readonly='yes'>/usr/share/OVMF.fd</loader>\n<boot dev='network'/>\n<bootmenu enable='yes'/>",
      ),
    ),
  ).toEqual([
    "-1 <boot dev='[hd]'/>",
    "+1 <loader readonly='yes'>/usr/share/OVMF.fd</loader>",
    "+2 <boot dev='[network]'/>",
    "+3 <bootmenu enable='yes'/>",
  ])
})

test('lines that have little in common are not marked within', () => {
  const rows = diffLines('<uuid>1111</uuid>', "  <driver name='qemu' type='raw'/>")
  expect(rows.flatMap(({ parts }) => parts).some(({ isChanged }) => isChanged)).toBe(false)
})

test('a line that is only moved in by white space is a difference, and the space is what is marked', () => {
  expect(shown(diffLines('<a/>', '  <a/>'))).toEqual(['-1 <a/>', '+1 [  ]<a/>'])
})

test('equal texts have no difference, and nothing has no lines', () => {
  expect(diffLines('a\nb\n', 'a\nb\n').every(({ kind }) => kind === 'same')).toBe(true)
  expect(diffLines('', '')).toEqual([])
  expect(shown(diffLines('', 'a\n'))).toEqual(['+1 a'])
  expect(shown(diffLines('a\n', ''))).toEqual(['-1 a'])
})

test('a line feed at the end of one text only is told', () => {
  expect(shown(diffLines('a', 'a\n'))).toEqual([' 1/1 a', '+2 '])
  expect(shown(diffLines('a\n', 'a'))).toEqual([' 1/1 a', '-2 '])
})

test("a carriage return is part of its line, so Windows' line ends are a difference", () => {
  expect(shown(diffLines('a=1\n', 'a=1\r\n'))).toEqual(['-1 a=1', '+1 a=1[\r]'])
})

test('both texts can be read out of the rows, whatever they are', () => {
  // A small generator with a fixed start: the same texts in every run.
  let seed = 7
  const next = (below: number): number => {
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % below
  }
  for (let round = 0; round < 300; round++) {
    const line = (): string => ['', '<a>', "<b c='1'>", "<b c='2'/>", ' x y', '\r', 'żółć'][next(7)] ?? ''
    const before = Array.from({ length: next(12) }, line)
    const after = before.flatMap((text) => (next(3) === 0 ? [line()] : next(5) === 0 ? [] : [text]))
    const texts = [before, after].map((lines) => `${lines.join('\n')}end`) as [string, string]
    const rows = diffLines(...texts)
    expect(textOf(rows, 'added')).toBe(texts[0])
    expect(textOf(rows, 'removed')).toBe(texts[1])
    expect(rows.filter((row) => row.kind !== 'added').map((row) => row.beforeLine)).toEqual(
      texts[0].split('\n').map((_, index) => index + 1),
    )
  }
})

test('two big texts without a common line come out whole, one after the other', () => {
  const before = Array.from({ length: 5000 }, (_, index) => `old ${index}`).join('\n')
  const after = Array.from({ length: 5000 }, (_, index) => `new ${index}`).join('\n')
  const rows = diffLines(before, after)
  expect(rows.findIndex(({ kind }) => kind === 'added')).toBe(5000)
  expect(textOf(rows, 'added')).toBe(before)
  expect(textOf(rows, 'removed')).toBe(after)
})

import { expect, test } from 'vitest'
import { foldUnchanged } from './diff-folds'
import { diffLines } from './diff-lines'
import { unifiedText } from './unified-text'

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`)
const changed = (lines: readonly string[], ...at: number[]): string =>
  lines.map((text, index) => (at.includes(index + 1) ? `other ${index + 1}` : text)).join('\n')
const sizes = (before: readonly string[], ...at: number[]): string[] =>
  foldUnchanged(diffLines(before.join('\n'), changed(before, ...at))).map(
    ({ kind, rows }) => `${kind} ${rows.length}`,
  )

test('what is far from a change is folded, three lines around each stay', () => {
  expect(sizes(numbered(40), 20)).toEqual(['fold 16', 'rows 8', 'fold 17'])
  expect(sizes(numbered(40), 10, 30)).toEqual(['fold 6', 'rows 8', 'fold 13', 'rows 8', 'fold 7'])
})

test('a fold that would hide three lines or fewer is not made', () => {
  expect(sizes(numbered(9), 4)).toEqual(['rows 10'])
  expect(sizes(numbered(30), 1, 11)).toEqual(['rows 16', 'fold 16'])
  expect(sizes(numbered(30), 1, 12)).toEqual(['rows 5', 'fold 4', 'rows 8', 'fold 15'])
})

test('no line is lost by folding', () => {
  const before = numbered(200)
  const rows = diffLines(before.join('\n'), changed(before, 5, 90, 96, 200))
  expect(foldUnchanged(rows).flatMap((section) => section.rows)).toEqual(rows)
})

test('the copied text names for each part where it begins and how long it is on both sides', () => {
  const before = numbered(20)
  expect(unifiedText(diffLines(before.join('\n'), changed(before, 10)))).toBe(
    [
      '@@ -7,7 +7,7 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      '+other 10',
      ' line 11',
      ' line 12',
      ' line 13',
      '',
    ].join('\n'),
  )
  expect(unifiedText(diffLines('', 'a\nb\n'))).toBe('@@ -0,0 +1,2 @@\n+a\n+b\n')
  expect(unifiedText(diffLines('a', 'a'))).toBe('')
})

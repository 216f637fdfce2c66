// @ts-check
import { describe, expect, it } from 'vitest'
import { countPerArea, findProblems, hasTest, parseTable } from './coverage.mjs'

const works = {
  id: 'S1-001',
  area: 'console',
  capability: 'console in a tab',
  status: 'works',
  where: 'VM page › Console',
  test: 'e2e/live/console.spec.ts › shows the boot text',
}
const todo = { id: 'S1-002', area: 'console', capability: 'screenshot', status: 'todo', where: '', test: '' }
const lengths = { S1: 2 }
const read = (/** @type {string} */ path) =>
  path === 'e2e/live/console.spec.ts' ? "test('shows the boot text', async () => {})" : undefined

describe('the coverage table', () => {
  it('is read row by row', () => {
    const text = 'id\tarea\tcapability\tstatus\twhere\ttest\nS1-002\tconsole\tscreenshot\ttodo\t\t\n'
    expect(parseTable(text)).toEqual({ rows: [todo], problems: [] })
  })

  it('tells a wrong header and rows with too few columns', () => {
    const { problems } = parseTable('id\tarea\nS1-001\tconsole\n')
    expect(problems).toEqual([
      'The first line must be: id, area, capability, status, where, test',
      'Line 2 has 2 columns, not 6',
    ])
  })

  it('passes when each id is there once and each claim has its test', () => {
    expect(findProblems([works, todo], read, lengths)).toEqual([])
  })

  it.each([
    ['a missing id', [works], 'S1-002 is missing'],
    ['a doubled id', [works, todo, todo], 'S1-002 is there twice'],
    ['an id of no series', [works, todo, { ...todo, id: 'S1-003' }], 'S1-003 is not an id we know'],
    ['an unknown status', [works, { ...todo, status: 'done' }], 'S1-002: no such status: done'],
    [
      'a row without text',
      [works, { ...todo, capability: '' }],
      'S1-002: area and capability must be filled',
    ],
    ['a claim without a place', [{ ...works, where: '' }, todo], 'S1-001 works, but not said where'],
    ['a claim without a test', [{ ...works, test: '' }, todo], 'S1-001 works, but no test proves it'],
    [
      'a test in another form',
      [{ ...works, test: 'e2e/live/console.spec.ts' }, todo],
      'S1-001: write the test as "path › title", not: e2e/live/console.spec.ts',
    ],
    [
      'a file that is no test',
      [{ ...works, test: 'README.md › Start' }, todo],
      'S1-001: README.md is not a test file',
    ],
    ['an absent file', [{ ...works, test: 'e2e/a.spec.ts › x' }, todo], 'S1-001: there is no e2e/a.spec.ts'],
    [
      'an absent test',
      [{ ...works, test: 'e2e/live/console.spec.ts › shows it' }, todo],
      'S1-001: e2e/live/console.spec.ts has no test (switched on) titled: shows it',
    ],
  ])('fails for %s', (_what, rows, problem) => {
    expect(findProblems(rows, read, lengths)).toEqual([problem])
  })

  it('counts per area', () => {
    expect(countPerArea([works, todo]).get('console')).toEqual({
      works: 1,
      partial: 0,
      todo: 1,
      'not-applicable': 0,
    })
  })
})

describe('looking for a test', () => {
  it.each([
    ["it('starts', () => {})", 'starts', true],
    ['test(\n    "starts",', 'starts', true],
    ["it.each([1])('starts %s', () => {})", 'starts %s', true],
    [String.raw`it('tells the host\'s name', f)`, "tells the host's name", true],
    ["it('starts (again)', f)", 'starts (again)', true],
    ["it('starts twice', () => {})", 'starts', false],
    ["// it starts\nconst title = 'starts'", 'starts', false],
    ["it.skip('starts', () => {})", 'starts', false],
    ["it.todo('starts')", 'starts', false],
  ])('in %j for %j: %s', (text, title, found) => {
    expect(hasTest(text, title)).toBe(found)
  })
})

// @ts-check
// docs/coverage.tsv: what the app is meant to do, row by row, and the test that proves each row that works.
//
//   npm run coverage              counts per area
//   npm run coverage -- --check   fails when the table claims what no test shows
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './processes.mjs'

const columns = ['id', 'area', 'capability', 'status', 'where', 'test']
export const statuses = ['works', 'partial', 'todo', 'not-applicable']

/** How many rows each series has: a row may change its status, but never vanish. */
export const series = { S1: 291, S2: 284 }

/** @typedef {{ id: string, area: string, capability: string, status: string, where: string, test: string }} Row */

/**
 * @param {string} text
 * @returns {{ rows: Row[], problems: string[] }}
 */
export function parseTable(text) {
  const [header, ...lines] = text.replace(/\n$/, '').split('\n')
  const problems = header === columns.join('\t') ? [] : [`The first line must be: ${columns.join(', ')}`]
  /** @type {Row[]} */
  const rows = []
  for (const [at, line] of lines.entries()) {
    const cells = line.split('\t')
    const [id = '', area = '', capability = '', status = '', where = '', test = ''] = cells
    if (cells.length === columns.length) rows.push({ id, area, capability, status, where, test })
    else problems.push(`Line ${at + 2} has ${cells.length} columns, not ${columns.length}`)
  }
  return { rows, problems }
}

/** @param {Record<string, number>} lengths */
function expectedIds(lengths) {
  return Object.entries(lengths).flatMap(([name, length]) =>
    Array.from({ length }, (_, at) => `${name}-${String(at + 1).padStart(3, '0')}`),
  )
}

/**
 * Whether a test of this title stands in a file's text, switched on. Titles are looked for as whole literals right
 * after a parenthesis, which covers it('…'), test('…') and it.each([…])('…').
 *
 * @param {string} text
 * @param {string} title
 */
export function hasTest(text, title) {
  const escaped = title
    .replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll(/['"`]/g, String.raw`\\?$&`)
  const call = new RegExp(String.raw`(\.\w+)?\s*\(\s*(['"\`])${escaped}\2`, 'g')
  return [...text.matchAll(call)].some(
    (match) => !['.skip', '.todo', '.fixme', '.fails'].includes(match[1] ?? ''),
  )
}

/**
 * @param {Row[]} rows
 * @param {(path: string) => string | undefined} read text of a test file, by its path in the project
 * @param {Record<string, number>} [lengths]
 * @returns {string[]}
 */
export function findProblems(rows, read, lengths = series) {
  const problems = []
  const seen = new Set()
  for (const { id } of rows) {
    if (seen.has(id)) problems.push(`${id} is there twice`)
    seen.add(id)
  }
  const expected = new Set(expectedIds(lengths))
  for (const id of expected) if (!seen.has(id)) problems.push(`${id} is missing`)
  for (const id of seen) if (!expected.has(id)) problems.push(`${id} is not an id we know`)

  for (const row of rows) {
    if (!statuses.includes(row.status)) problems.push(`${row.id}: no such status: ${row.status || '(empty)'}`)
    if (!row.area || !row.capability) problems.push(`${row.id}: area and capability must be filled`)
    if (row.status === 'works' && !row.where) problems.push(`${row.id} works, but not said where`)
    if (row.status === 'works' && !row.test) problems.push(`${row.id} works, but no test proves it`)
    if (row.test) problems.push(...testProblems(row, read))
  }
  return problems
}

/** @param {Row} row @param {(path: string) => string | undefined} read */
function testProblems(row, read) {
  const [path = '', ...rest] = row.test.split(' › ')
  const title = rest.join(' › ')
  if (!title) return [`${row.id}: write the test as "path › title", not: ${row.test}`]
  if (!/\.(test|spec|suite)\.(tsx?|mjs)$/.test(path)) return [`${row.id}: ${path} is not a test file`]
  const text = read(path)
  if (text === undefined) return [`${row.id}: there is no ${path}`]
  return hasTest(text, title) ? [] : [`${row.id}: ${path} has no test (switched on) titled: ${title}`]
}

/** @param {Row[]} rows */
export function countPerArea(rows) {
  /** @type {Map<string, Record<string, number>>} */
  const areas = new Map()
  for (const { area, status } of rows) {
    const counts = areas.get(area) ?? Object.fromEntries(statuses.map((name) => [name, 0]))
    counts[status] = (counts[status] ?? 0) + 1
    areas.set(area, counts)
  }
  return areas
}

/** @param {Row[]} rows */
function printCounts(rows) {
  const line = (/** @type {(string | number)[]} */ cells) =>
    console.log(
      cells.map((cell, at) => (at === 0 ? String(cell).padEnd(26) : String(cell).padStart(15))).join(''),
    )
  line(['area', ...statuses])
  for (const [area, counts] of [...countPerArea(rows)].sort(([a], [b]) => a.localeCompare(b))) {
    line([area, ...statuses.map((name) => counts[name] ?? 0)])
  }
  line([`all (${rows.length})`, ...statuses.map((name) => rows.filter((row) => row.status === name).length)])
}

function main() {
  const { rows, problems } = parseTable(readFileSync(join(root, 'docs', 'coverage.tsv'), 'utf8'))
  if (!process.argv.includes('--check')) return printCounts(rows)
  /** @param {string} path */
  const read = (path) => {
    try {
      return readFileSync(join(root, path), 'utf8')
    } catch {
      return undefined
    }
  }
  const found = [...problems, ...findProblems(rows, read)]
  for (const problem of found) console.log(`docs/coverage.tsv: ${problem}`)
  if (found.length > 0) process.exitCode = 1
  else console.log(`docs/coverage.tsv: ${rows.length} rows in order, every test named in them exists`)
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) main()

import { appendFile, mkdtemp, readdir, rm, truncate, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostId } from '../../shared/model/ids'
import { historyMetrics, type HistoryColumns } from '../../shared/model/stats-history'
import { idOf } from '../hosts/testing/tiny-backend'
import { StatsHistory } from './stats-history'

const host = hostId.parse('h')
const minute = 60_000
const day = 24 * 60 * minute
/** The beginning of a day, so that slots begin at round times. */
const start = 20_000 * day

let directory: string
let nowMs: number
let errors: unknown[]

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'stats-history-'))
  nowMs = start
  errors = []
})
afterEach(async () => {
  await rm(directory, { recursive: true })
  expect(errors).toEqual([])
})

const open = (): StatsHistory =>
  new StatsHistory({ directory, now: () => nowMs, onError: (error) => errors.push(error) })

/** A tick each two seconds. */
function run(history: StatsHistory, forMs: number, cpu: (atMs: number) => number | undefined): void {
  for (const endMs = nowMs + forMs; nowMs < endMs; nowMs += 2000) {
    const cpuPercent = cpu(nowMs)
    history.addTick({
      host,
      atMs: nowMs,
      samples: [{ id: idOf(1), ...(cpuPercent === undefined ? {} : { cpuPercent }) }],
    })
  }
}

function cpuOf(history: StatsHistory, fromMs: number, toMs: number, maxPoints = 300): [number, number][] {
  const [columns] = history.query({
    subjects: [{ kind: 'vm', host, vm: idOf(1) }],
    fromMs,
    toMs,
    maxPoints,
  })
  const cpu = columns?.values[historyMetrics.vm.indexOf('cpuPercent')]
  return [...(columns as HistoryColumns).atMs].map((atMs, index) => [atMs, cpu?.[index] ?? Number.NaN])
}

it('gives the last minutes as they were sampled', () => {
  const history = open()
  run(history, 10_000, (atMs) => (atMs - start) / 1000)
  expect(cpuOf(history, start, nowMs)).toEqual([
    [start, 0],
    [start + 2000, 2],
    [start + 4000, 4],
    [start + 6000, 6],
    [start + 8000, 8],
  ])
})

it('keeps the mean of what it no longer keeps in detail', () => {
  const history = open()
  run(history, 3 * 60 * minute, (atMs) => (Math.floor((atMs - start) / 2000) % 2 === 0 ? 10 : 30))
  const points = cpuOf(history, start, start + 60 * minute, 60)
  expect(points).toHaveLength(60)
  for (const [, cpu] of points) expect(cpu).toBeCloseTo(20, 5)
})

it('covers the present to the last sample at every range', () => {
  const history = open()
  run(history, 2 * day + 13 * minute, () => 50)
  for (const rangeMs of [minute, 5 * minute, 60 * minute, 6 * 60 * minute, day, 7 * day]) {
    const points = cpuOf(history, nowMs - rangeMs, nowMs)
    expect(points.length).toBeGreaterThan(10)
    expect(points.length).toBeLessThanOrEqual(301)
    expect(points.at(-1)?.[0]).toBeGreaterThan(nowMs - 40 * minute)
    expect(points.every(([, cpu]) => cpu === 50)).toBe(true)
    const times = points.map(([atMs]) => atMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
  }
  expect(cpuOf(history, nowMs - day, nowMs).at(-1)?.[0]).toBeGreaterThan(nowMs - 6 * minute)
})

it('survives a restart of the app with a gap and nothing else', async () => {
  const first = open()
  await first.start()
  run(first, 60 * minute, () => 40)
  await first.stop()
  nowMs += 60 * minute
  const second = open()
  await second.start()
  run(second, 60 * minute, () => 80)
  await second.stop()
  const points = cpuOf(second, start, nowMs, 180)
  const between = (from: number, to: number) =>
    points.filter(([atMs]) => atMs >= start + from * minute && atMs < start + to * minute)
  expect(between(0, 60).map(([, cpu]) => cpu)).toEqual(Array.from({ length: 60 }, () => 40))
  expect(between(60, 120)).toEqual([])
  expect(new Set(between(120, 180).map(([, cpu]) => cpu))).toEqual(new Set([80]))
})

it('has what was not complete when the app ended', async () => {
  const first = open()
  await first.start()
  run(first, 40_000, () => 40)
  await first.stop()
  nowMs += 10 * minute
  const second = open()
  await second.start()
  await second.stop()
  expect(cpuOf(second, start, start + 2 * minute, 30).map(([, cpu]) => cpu)).toEqual([40])
})

it('reads all that was written before a crash cut off the last block', async () => {
  const first = open()
  await first.start()
  run(first, 30 * minute, () => 40)
  await first.flush()
  run(first, 2 * minute, () => 60)
  await first.stop()
  const folder = join(directory, 'stats')
  const name = (await readdir(folder)).find((one) => one.startsWith('60000-')) ?? ''
  const path = join(folder, name)
  await truncate(path, (await stat(path)).size - 5)
  await appendFile(path, 'what follows a torn block')
  const second = open()
  await second.start()
  await second.stop()
  expect(cpuOf(second, start, start + 30 * minute, 30).map(([, cpu]) => cpu)).toEqual(
    Array.from({ length: 30 }, () => 40),
  )
})

it('reads nothing from a file of another program or a later version', async () => {
  const first = open()
  await first.start()
  run(first, 10 * minute, () => 40)
  await first.stop()
  const folder = join(directory, 'stats')
  for (const name of await readdir(folder)) {
    await truncate(join(folder, name))
    await appendFile(join(folder, name), 'INKSTATS\u0002\0\0\0 and more')
  }
  const second = open()
  await second.start()
  await second.stop()
  expect(cpuOf(second, start, nowMs)).toEqual([])
})

it('removes files that are older than what they hold is kept', async () => {
  const first = open()
  await first.start()
  run(first, 10 * minute, () => 40)
  await first.stop()
  const before = await readdir(join(directory, 'stats'))
  expect(before).not.toEqual([])
  nowMs += 9 * day
  const second = open()
  await second.start()
  await second.stop()
  expect(await readdir(join(directory, 'stats'))).toEqual([])
})

it('tells what is unknown apart from what is nothing', () => {
  const history = open()
  run(history, 30 * minute, (atMs) => (atMs < start + 10 * minute ? 0 : undefined))
  const points = cpuOf(history, start, start + 30 * minute, 30)
  expect(points.filter(([, cpu]) => cpu === 0)).toHaveLength(10)
})

it('forgets a host that was removed', () => {
  const history = open()
  run(history, minute, () => 5)
  history.forgetHost(host)
  expect(cpuOf(history, start, nowMs)).toEqual([])
})

it('keeps time in order when the clock is set back', () => {
  const history = open()
  run(history, minute, () => 5)
  nowMs -= 30_000
  run(history, minute, () => 7)
  const times = cpuOf(history, start, nowMs, 1000).map(([atMs]) => atMs)
  expect(times).toEqual(times.toSorted((a, b) => a - b))
  expect(times.at(-1)).toBe(nowMs - 2000)
})

/** In a process of its own: a day of samples in minutes, as the app keeps them; figures as one JSON line. */
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hostId, vmId } from '../../shared/model/ids'
import type { VmSample } from '../../shared/model/stats'
import { historyMetrics } from '../../shared/model/stats-history'
import { StatsHistory } from '../../electron/stats-history/stats-history'

const [vms = '1000', hours = '24', tickSeconds = '10'] = process.argv.slice(2)
const tickMs = Number(tickSeconds) * 1000
const minuteMs = 60_000
const host = hostId.parse('soak')
const ids = Array.from({ length: Number(vms) }, (_, index) =>
  vmId.parse(`00000000-0000-4000-8000-${String(index).padStart(12, '0')}`),
)

/** All figures, each tick another value: nothing can be left out and nothing compressed. */
function sampleOf(id: (typeof ids)[number], atMs: number): VmSample {
  const sample: Record<string, unknown> = { id }
  for (const [index, metric] of historyMetrics.vm.entries())
    sample[metric] = ((atMs / 1000) % 977) * (index + 1) + Math.random()
  return sample as unknown as VmSample
}

const directory = await mkdtemp(join(tmpdir(), 'stats-soak-'))
let nowMs = 20_000 * 24 * 60 * minuteMs
const history = new StatsHistory({
  directory,
  now: () => nowMs,
  onError: (error) => {
    throw error
  },
})
const collect = (): void => (globalThis as { gc?: () => void }).gc?.()
const memoryBytes = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
collect()
const emptyBytes = memoryBytes()
const endMs = nowMs + Number(hours) * 60 * minuteMs
let addMs = 0
let ticks = 0
let longestAddMs = 0
let longestFlushMs = 0
for (let nextFlushMs = nowMs + minuteMs; nowMs < endMs; nowMs += tickMs) {
  const samples = ids.map((id) => sampleOf(id, nowMs))
  const begun = performance.now()
  history.addTick({ host, atMs: nowMs, samples })
  const tookMs = performance.now() - begun
  addMs += tookMs
  longestAddMs = Math.max(longestAddMs, tookMs)
  ticks += 1
  if (nowMs < nextFlushMs) continue
  nextFlushMs += minuteMs
  const flushed = performance.now()
  const writing = history.flush()
  // what main does before it waits for the disk
  longestFlushMs = Math.max(longestFlushMs, performance.now() - flushed)
  await writing
}
collect()
const keptBytes = memoryBytes() - emptyBytes
const diskBytes = await history.sizeOnDiskBytes()
const folder = join(directory, 'stats')
const names = await readdir(folder)
const files = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size))
const query = performance.now()
const [day] = history.query({
  subjects: [{ kind: 'vm', host, vm: ids[0] ?? vmId.parse('') }],
  fromMs: endMs - 24 * 60 * minuteMs,
  toMs: endMs,
  maxPoints: 300,
})
const queryMs = performance.now() - query

const again = new StatsHistory({
  directory,
  now: () => nowMs,
  onError: (error) => {
    throw error
  },
})
const restart = performance.now()
await again.start()
const restartMs = performance.now() - restart
await again.stop()
process.stdout.write(
  `${JSON.stringify({
    vms: ids.length,
    hours: Number(hours),
    memoryMegabytes: keptBytes / 1e6,
    diskMegabytes: diskBytes / 1e6,
    files: files.length,
    msPerTick: addMs / ticks,
    longestTickMs: longestAddMs,
    longestFlushMs,
    dayPoints: day?.atMs.length,
    queryMs,
    restartMs,
  })}\n`,
)
await rm(directory, { recursive: true, force: true })
process.exit(0)

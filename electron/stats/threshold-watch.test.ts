import { beforeEach, expect, it } from 'vitest'
import { hostId } from '../../shared/model/ids'
import type { VmSample } from '../../shared/model/stats'
import type { Alarm, Threshold } from '../../shared/model/thresholds'
import { idOf } from '../hosts/testing/tiny-backend'
import { ThresholdWatch } from './threshold-watch'

const host = hostId.parse('h')
const cpu: Threshold = {
  id: '00000000-0000-4000-8000-000000000001',
  figure: 'cpu',
  above: 80,
  forSeconds: 4,
  notifies: true,
}

let alarms: readonly Alarm[]
let notes: { title: string; body: string }[]
let watch: ThresholdWatch
let atMs: number

beforeEach(() => {
  alarms = []
  notes = []
  atMs = 0
  watch = new ThresholdWatch({
    // of the eight CPUs of the host each VM has two: 25 % of the host are all it has
    facts: ({ vm }) => ({ hostCpuCount: 8, vcpuCount: 2, name: `vm-${Number(vm.slice(-4))}` }),
    changed: (now) => (alarms = now),
    notify: (note) => notes.push(note),
  })
  watch.use([cpu])
})

function tick(...samples: Omit<VmSample, 'id'>[]): void {
  atMs += 2000
  watch.add({ host, atMs, samples: samples.map((sample, index) => ({ id: idOf(index + 1), ...sample })) })
}
const busy = { cpuPercent: 24 }
const idle = { cpuPercent: 1 }

it('raises an alarm once the VM was above for as long as was asked, and notifies once', () => {
  tick(busy)
  tick(busy)
  expect(alarms).toEqual([])
  tick(busy)
  tick(busy)
  expect(alarms).toEqual([
    { threshold: cpu.id, ref: { host, vm: idOf(1) }, figure: 'cpu', above: 80, sinceMs: 6000 },
  ])
  expect(notes).toEqual([{ title: 'vm-1', body: 'CPU above 80 %' }])
})

it('does not mind a short peak', () => {
  tick(busy)
  tick(busy)
  tick(idle)
  tick(busy)
  tick(busy)
  expect(alarms).toEqual([])
})

it('is over only when the VM was clearly below for as long', () => {
  for (let times = 0; times < 3; times += 1) tick(busy)
  // 76 %: below the limit and not clearly so
  for (let times = 0; times < 9; times += 1) tick({ cpuPercent: 19 })
  expect(alarms).toHaveLength(1)
  tick(idle)
  tick(idle)
  expect(alarms).toHaveLength(1)
  tick(idle)
  expect(alarms).toEqual([])
  expect(notes).toHaveLength(1)
})

it('takes what is unknown neither for high nor for low', () => {
  for (let times = 0; times < 3; times += 1) tick(busy)
  for (let times = 0; times < 9; times += 1) tick({})
  expect(alarms).toHaveLength(1)
})

it('is over for a VM that has stopped, and for one whose host is away', () => {
  for (let times = 0; times < 3; times += 1) tick(busy, busy)
  expect(alarms).toHaveLength(2)
  tick(busy)
  expect(alarms).toHaveLength(1)
  watch.forgetHost(host)
  expect(alarms).toEqual([])
})

it('tells of many at once in one note', () => {
  for (let times = 0; times < 3; times += 1) tick(busy, busy)
  expect(notes).toEqual([
    { title: '2 limits are exceeded', body: 'vm-1: CPU above 80 %\nvm-2: CPU above 80 %' },
  ])
})

it('holds against the threshold of a VM only that VM, and says nothing aloud that was not wished', () => {
  watch.use([{ ...cpu, vm: { host, vm: idOf(2) }, notifies: false }])
  for (let times = 0; times < 3; times += 1) tick(busy, busy)
  expect(alarms.map(({ ref }) => ref.vm)).toEqual([idOf(2)])
  expect(notes).toEqual([])
})

it('drops the alarms of a threshold that was changed or removed', () => {
  for (let times = 0; times < 3; times += 1) tick(busy)
  watch.use([{ ...cpu, above: 90 }])
  expect(alarms).toEqual([])
})

it('judges memory only by what the guest says, and disks by the slower direction', () => {
  watch.use([
    { ...cpu, figure: 'memory', forSeconds: 0 },
    { ...cpu, id: '00000000-0000-4000-8000-000000000002', figure: 'diskLatency', above: 20, forSeconds: 0 },
  ])
  tick({ residentBytes: 100, balloonBytes: 100 })
  expect(alarms).toEqual([])
  tick({ memoryBytes: 90, balloonBytes: 100, diskReadLatencyMs: 1, diskWriteLatencyMs: 30 })
  expect(alarms.map(({ figure }) => figure)).toEqual(['memory', 'diskLatency'])
})

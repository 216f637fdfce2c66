import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId, type VmRef } from '../../shared/model/ids'
import type { VmLoadCounters, VmLoadMessage } from '../../shared/model/vm-load'
import { idOf } from '../hosts/testing/tiny-backend'
import { StatsWatches } from './stats-watches'

const host = hostId.parse('00000000-0000-4000-8000-0000000000aa')
const ref: VmRef = { host, vm: idOf(1) }

let told: VmLoadMessage[]
let asked: number
let answer: () => Promise<VmLoadCounters>
let watches: StatsWatches

beforeEach(() => {
  vi.useFakeTimers()
  told = []
  asked = 0
  answer = async () => ({ cpuTimeNs: asked * 1e9, vcpus: [], disks: [], nics: [], memory: {} })
  watches = new StatsWatches({
    hosts: {
      get: () => ({
        stats: {
          vmCounters: () => {
            asked += 1
            return answer()
          },
          hostCounters: async () => ({}),
          setMemoryReports: async () => undefined,
        },
      }),
    },
    emit: { stats: { vmLoad: (message) => told.push(message), hostTick: () => undefined } },
    intervalMs: 1000,
  })
})
afterEach(() => {
  vi.useRealTimers()
})

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it('asks on the beat while a window looks, and tells rates from the second answer on', async () => {
  watches.watchVm(ref, 1)
  await pass(1000)
  expect(told).toMatchObject([
    { kind: 'load', ref },
    { kind: 'load', ref, cpuPercent: 100 },
  ])
  expect(told[0]).not.toHaveProperty('cpuPercent')
})

it('asks once for two windows, and no more when the last has looked away', async () => {
  watches.watchVm(ref, 1)
  watches.watchVm(ref, 2)
  await pass(0)
  expect(asked).toBe(1)
  watches.unwatchVm(ref, 1)
  await pass(1000)
  expect(asked).toBe(2)
  watches.unwatchVm(ref, 2)
  await pass(5000)
  expect(asked).toBe(2)
})

it('forgets all that a closed window watched', async () => {
  watches.watchVm(ref, 1)
  watches.watchHost(host, 1)
  watches.watchVm({ host, vm: idOf(2) }, 1)
  await pass(0)
  watches.forgetSender(1)
  const before = asked
  await pass(5000)
  expect(asked).toBe(before)
})

it('tells why there are no figures, and has no rate across the gap', async () => {
  watches.watchVm(ref, 1)
  await pass(0)
  const works = answer
  answer = () => Promise.reject(new AppError('invalid', 'The VM is shut off'))
  await pass(1000)
  answer = works
  await pass(1000)
  expect(told.map(({ kind }) => kind)).toEqual(['load', 'failed', 'load'])
  expect(told[2]).not.toHaveProperty('cpuPercent')
})

it('tells nothing that arrives after the window looked away', async () => {
  let arrive: (counters: VmLoadCounters) => void = () => undefined
  answer = () => new Promise((resolve) => (arrive = resolve))
  watches.watchVm(ref, 1)
  watches.unwatchVm(ref, 1)
  arrive({ vcpus: [], disks: [], nics: [], memory: {} })
  await pass(0)
  expect(told).toEqual([])
})

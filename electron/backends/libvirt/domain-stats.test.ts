import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import {
  LibvirtSession,
  RpcTimeoutError,
  virDomainStatsTypes as groups,
  type CallOptions,
} from '../../libvirt-rpc/index'
import { BulkStats } from './domain-stats'

const state = groups.VIR_DOMAIN_STATS_STATE
const all = state | groups.VIR_DOMAIN_STATS_BALLOON
const none = Uint8Array.of(0, 0, 0, 0)

let asked: { stats: number; options: CallOptions }[]
/** Emulators that are stuck: each holds up one call, and is passed over by the next. */
let stuck: number
let bulk: BulkStats

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  asked = []
  stuck = 0
  const callRaw = (_: string, { stats }: { stats: number }, options: CallOptions): Promise<Uint8Array> => {
    asked.push({ stats, options })
    if (stats === state || stuck === 0) return Promise.resolve(none)
    stuck -= 1
    const timeoutMs = options.timeoutMs ?? 0
    return new Promise((_resolve, reject) => {
      setTimeout(() => reject(new RpcTimeoutError('CONNECT_GET_ALL_DOMAIN_STATS', timeoutMs)), timeoutMs)
    })
  }
  bulk = new BulkStats(
    Object.create(LibvirtSession.prototype, { callRaw: { value: callRaw } }) as LibvirtSession,
  )
})
afterEach(() => {
  vi.useRealTimers()
})

const read = async () => {
  const reading = bulk.read(all, [], { timeoutMs: 20_000 })
  await vi.advanceTimersByTimeAsync(5_000)
  return reading
}

it('answers without the emulators when one does not answer, and asks them again the next time', async () => {
  stuck = 1
  expect(await read()).toEqual([])
  expect(await read()).toEqual([])
  expect(asked.map(({ stats }) => stats)).toEqual([all, state, all])
})

it('asks no emulator any more while three calls are unanswered, and again when one has ended', async () => {
  stuck = 9
  for (let times = 0; times < 5; times += 1) expect(await read()).toEqual([])
  expect(asked.map(({ stats }) => stats)).toEqual([all, state, all, state, all, state, state, state])
  asked[0]?.options.onLate?.()
  stuck = 0
  expect(await read()).toEqual([])
  expect(asked.at(-1)?.stats).toBe(all)
})

/** When a job is ended, and when ending it would make the guest stand still. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { MigrationFigures } from '../../../../shared/model/migration/figures'
import { typedParam, virDomainJobType as jobType } from '../../../libvirt-rpc/index'
import { domainOf } from '../domain-handle'
import type { LibvirtHost } from '../host'
import { JobWatch } from './job-watch'
import { vmId } from '../../../../shared/model/ids'

const dom = domainOf(vmId.parse('12345678-1234-4234-8234-123456789abc'))

/** What the source tells; a job that lives has another `done` at each look. */
let told: { done: number; disk: number; memory: number }
let isAlive: boolean
let aborts: number
let figures: MigrationFigures[]
let stop: AbortController
let watch: JobWatch | undefined

beforeEach(() => {
  vi.useFakeTimers()
  told = { done: 1, disk: 0, memory: 0 }
  isAlive = true
  aborts = 0
  figures = []
  stop = new AbortController()
})

afterEach(() => {
  watch?.stop()
  vi.useRealTimers()
})

function begin(copiesDisks: boolean): void {
  const call = async (name: string): Promise<unknown> => {
    if (name === 'DOMAIN_ABORT_JOB') aborts += 1
    if (name !== 'DOMAIN_GET_JOB_STATS') return undefined
    if (isAlive) told.done += 1
    const { done, disk, memory } = told
    return {
      type: jobType.VIR_DOMAIN_JOB_UNBOUNDED,
      params: [
        typedParam('data_processed', 'ullong', done),
        typedParam('data_total', 'ullong', 1000),
        typedParam('disk_remaining', 'ullong', disk),
        typedParam('memory_remaining', 'ullong', memory),
      ],
    }
  }
  const context = { signal: stop.signal, onFigures: (one: MigrationFigures) => void figures.push(one) }
  const wishes = { allowsPostCopy: false, copiesDisks }
  watch = new JobWatch({ rpc: { call } } as unknown as LibvirtHost, dom, context, wishes)
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms)

describe('a job that is to end', () => {
  it('ends at once while its disks are copied, and where there are none to copy, also on a dead line', async () => {
    for (const copiesDisks of [true, false]) {
      told = { done: 1, disk: copiesDisks ? 50 : 0, memory: copiesDisks ? 0 : 50 }
      isAlive = false
      aborts = 0
      stop = new AbortController()
      begin(copiesDisks)
      await pass(20_000)
      expect(aborts).toBe(0)
      stop.abort()
      await pass(0)
      expect(aborts).toBe(1)
      watch?.stop()
    }
  })

  it('ends soon when memory follows the disks and the line lives', async () => {
    told = { done: 1, disk: 0, memory: 50 }
    begin(true)
    await pass(2000)
    stop.abort()
    await pass(1000)
    expect(aborts).toBeGreaterThan(0)
    expect(watch?.why).toMatchObject({ kind: 'cancelled' })
  })

  it('does not end while memory follows the disks and nothing arrives, as the guest would stand still', async () => {
    told = { done: 1, disk: 0, memory: 50 }
    isAlive = false
    begin(true)
    await pass(600_000)
    expect(figures.at(-1)).toMatchObject({ onceReached: 'goesOn' })
    expect(watch?.why).toBeUndefined()
    stop.abort()
    await pass(600_000)
    expect(figures.at(-1)).toMatchObject({ onceReached: 'ends' })
    expect(aborts).toBe(0)
    isAlive = true
    await pass(500)
    expect(aborts).toBe(1)
  })

  it('is given up where it can be, when nothing has arrived for long', async () => {
    told = { done: 1, disk: 50, memory: 0 }
    isAlive = false
    begin(true)
    await pass(100_000)
    expect(aborts).toBeGreaterThan(0)
    expect(watch?.why).toMatchObject({ kind: 'unreachable' })
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { VmChange } from '../../shared/ipc/contract'
import { hostId } from '../../shared/model/ids'
import { Revisions } from './revisions'
import { idOf, vm } from './testing/tiny-backend'
import { VmChangeBatch } from './vm-change-batch'

const host = hostId.parse('h')
let messages: (readonly VmChange[])[]
let batch: VmChangeBatch

beforeEach(() => {
  vi.useFakeTimers()
  messages = []
  const emit = {
    vms: { changed: ({ changes }: { changes: readonly VmChange[] }) => void messages.push(changes) },
  }
  batch = new VmChangeBatch(emit, new Revisions(), 16)
})
afterEach(() => vi.useRealTimers())

const put = (number: number, name?: string): VmChange => ({
  kind: 'put',
  vm: { ...vm(number), ...(name === undefined ? {} : { name }), host },
})
const many = (count: number): VmChange[] => Array.from({ length: count }, (_, at) => put(at + 1))

describe('changes of VMs', () => {
  it('within a moment are one message, with only the last of each VM', () => {
    batch.add([put(1, 'old'), put(2)])
    batch.add([put(1, 'new')])
    expect(messages).toEqual([])
    vi.advanceTimersByTime(16)
    expect(messages).toEqual([[put(1, 'new'), put(2)]])
  })

  it('of a fleet come in pieces that hold nobody up, each VM once', () => {
    batch.add(many(1200))
    vi.advanceTimersByTime(16)
    expect(messages.map((one) => one.length)).toEqual([500])
    vi.runAllTimers()
    expect(messages.map((one) => one.length)).toEqual([500, 500, 200])
    expect(new Set(messages.flat().map((one) => (one.kind === 'put' ? one.vm.id : ''))).size).toBe(1200)
  })

  it('are all told at once when that is asked for', () => {
    batch.add([...many(600), { kind: 'removed', ref: { host, vm: idOf(7) } }])
    batch.flush()
    expect(messages.map((one) => one.length)).toEqual([500, 100])
    vi.runAllTimers()
    expect(messages).toHaveLength(2)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import type { SessionEvent } from '../backend'
import { Inventory, type VmWords } from './inventory'

const id = (at: number): VmId => `00000000-0000-4000-8000-${String(at).padStart(12, '0')}` as VmId
const vm = (at: number, more: Partial<VmRecord> = {}): VmRecord => ({
  id: id(at),
  name: `vm-${at}`,
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
  ...more,
})

/** A host whose answers the test can hold back. */
class Source {
  readonly vms = new Map<VmId, VmRecord>()
  readonly titles = new Map<VmId, string>()
  readonly templates = new Set<VmId>()
  reads = { all: 0, one: 0, title: 0 }
  failing = false
  hold: Promise<void> | undefined

  set(...records: VmRecord[]): void {
    for (const record of records) this.vms.set(record.id, record)
  }

  async readAll(): Promise<VmRecord[]> {
    this.reads.all += 1
    const answer = [...this.vms.values()]
    await this.hold
    if (this.failing) throw new Error('the host is busy')
    return answer
  }

  async readOne(wanted: VmId): Promise<VmRecord | undefined> {
    this.reads.one += 1
    const answer = this.vms.get(wanted)
    await this.hold
    if (this.failing) throw new Error('the host is busy')
    return answer
  }

  async readWords(wanted: VmId): Promise<VmWords> {
    this.reads.title += 1
    const title = this.titles.get(wanted)
    return {
      ...(title === undefined ? {} : { title }),
      ...(this.templates.has(wanted) ? { isTemplate: true } : {}),
    }
  }
}

let source: Source
let told: SessionEvent[]
let inventory: Inventory

beforeEach(() => {
  vi.useFakeTimers()
  source = new Source()
  told = []
  inventory = new Inventory(source, (event) => told.push(event), {
    gatherMs: 15,
    retryMs: 1000,
    reconcileMs: 15_000,
  })
})

afterEach(() => {
  inventory.close()
  vi.useRealTimers()
})

async function begin(...records: VmRecord[]): Promise<void> {
  source.set(...records)
  await inventory.start()
  told.length = 0
  source.reads = { all: 0, one: 0, title: 0 }
}

describe('hints', () => {
  it('reads a VM once for many hints and tells it once', async () => {
    await begin(vm(1))
    source.set(vm(1, { state: 'running' }))
    for (let times = 0; times < 5; times += 1) inventory.hint(id(1), 'state')
    await vi.advanceTimersByTimeAsync(15)
    expect(source.reads).toEqual({ all: 0, one: 1, title: 0 })
    expect(told).toEqual([{ kind: 'vm-changed', vm: vm(1, { state: 'running' }) }])
  })

  it('tells nothing when nothing differs', async () => {
    await begin(vm(1))
    inventory.hint(id(1), 'definition')
    await vi.advanceTimersByTimeAsync(15)
    expect(source.reads.one).toBe(1)
    expect(told).toEqual([])
  })

  it('tells of VMs that appear and vanish', async () => {
    await begin(vm(1))
    source.set(vm(2))
    source.vms.delete(id(1))
    inventory.hint(id(1), 'definition')
    inventory.hint(id(2), 'definition')
    await vi.advanceTimersByTimeAsync(15)
    expect(told).toEqual([
      { kind: 'vm-removed', id: id(1) },
      { kind: 'vm-changed', vm: vm(2) },
    ])
  })

  it('reads everything together when many VMs change at once', async () => {
    const many = Array.from({ length: 100 }, (_, at) => vm(at))
    await begin(...many)
    for (const one of many) {
      source.set({ ...one, state: 'running' })
      inventory.hint(one.id, 'state')
    }
    await vi.advanceTimersByTimeAsync(15)
    expect(source.reads).toMatchObject({ all: 1, one: 0 })
    expect(told.length).toBe(100)
  })

  it('looks again later when a reading failed', async () => {
    await begin(vm(1))
    source.set(vm(1, { state: 'running' }))
    source.failing = true
    inventory.hint(id(1), 'state')
    await vi.advanceTimersByTimeAsync(15)
    source.failing = false
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(told).toEqual([{ kind: 'vm-changed', vm: vm(1, { state: 'running' }) }])
  })

  it('reads together what would each take long, as over a bad line', async () => {
    await begin(vm(1), vm(2), vm(3))
    source.hold = new Promise((resolve) => setTimeout(resolve, 500))
    inventory.hint(id(1), 'state')
    await vi.advanceTimersByTimeAsync(1000)
    expect(source.reads).toMatchObject({ all: 0, one: 1 })
    for (const at of [1, 2, 3]) inventory.hint(id(at), 'state')
    await vi.advanceTimersByTimeAsync(15)
    expect(source.reads).toMatchObject({ all: 1, one: 1 })
  })

  it('tells states without waiting for titles', async () => {
    await begin(vm(1), vm(2))
    vi.spyOn(source, 'readWords').mockReturnValue(new Promise(() => undefined))
    inventory.hint(id(1), 'definition')
    await vi.advanceTimersByTimeAsync(15)
    source.set(vm(2, { state: 'running' }))
    inventory.hint(id(2), 'definition')
    await vi.advanceTimersByTimeAsync(15)
    expect(told).toEqual([{ kind: 'vm-changed', vm: vm(2, { state: 'running' }) }])
  })

  it('reads a title again later when that failed', async () => {
    await begin(vm(1))
    vi.spyOn(source, 'readWords').mockRejectedValueOnce(new Error('the host is busy'))
    source.titles.set(id(1), 'Mail')
    inventory.hint(id(1), 'definition')
    await vi.advanceTimersByTimeAsync(15)
    expect(told).toEqual([])
    await vi.advanceTimersByTimeAsync(1000)
    expect(told).toEqual([{ kind: 'vm-changed', vm: vm(1, { title: 'Mail' }) }])
  })

  it('tells a title when the definition changed', async () => {
    await begin(vm(1))
    source.titles.set(id(1), 'Mail')
    inventory.hint(id(1), 'definition')
    await vi.advanceTimersByTimeAsync(15)
    expect(told).toEqual([{ kind: 'vm-changed', vm: vm(1, { title: 'Mail' }) }])
    expect(await inventory.readAll()).toEqual([vm(1, { title: 'Mail' })])
  })
})

it('tells that a VM became a template, and that it is none any more', async () => {
  await begin(vm(1))
  source.templates.add(id(1))
  inventory.hint(id(1), 'definition')
  await vi.advanceTimersByTimeAsync(15)
  source.templates.delete(id(1))
  inventory.hint(id(1), 'definition')
  await vi.advanceTimersByTimeAsync(15)
  expect(told).toEqual([
    { kind: 'vm-changed', vm: vm(1, { isTemplate: true }) },
    { kind: 'vm-changed', vm: vm(1) },
  ])
})

it('counts hints per VM and forgets them with it; every change is counted', async () => {
  await begin(vm(1), vm(2))
  const before = inventory.changes
  inventory.hint(id(1), 'state')
  inventory.hint(id(1), 'state')
  expect([inventory.hintCount(id(1)), inventory.hintCount(id(2))]).toEqual([2, 0])
  source.vms.delete(id(1))
  await inventory.settle(id(1))
  expect(inventory.hintCount(id(1))).toBe(0)
  // two hints, and a VM that is gone
  expect(inventory.changes).toBe(before + 3)
})

describe('readings that overtake each other', () => {
  it('does not let an old full reading undo a newer single one', async () => {
    await begin(vm(1))
    let release = (): void => {}
    source.hold = new Promise((resolve) => {
      release = resolve
    })
    const listing = inventory.readAll()
    source.hold = undefined
    source.set(vm(1, { state: 'running' }))
    await inventory.refresh(id(1))
    release()
    expect(await listing).toEqual([vm(1, { state: 'running' })])
    expect(told).toEqual([{ kind: 'vm-changed', vm: vm(1, { state: 'running' }) }])
  })

  it('does not bring back a VM that vanished while the list was read', async () => {
    await begin(vm(1))
    let release = (): void => {}
    source.hold = new Promise((resolve) => {
      release = resolve
    })
    const listing = inventory.readAll()
    source.hold = undefined
    source.vms.delete(id(1))
    await inventory.refresh(id(1))
    release()
    expect(await listing).toEqual([])
    expect(told).toEqual([{ kind: 'vm-removed', id: id(1) }])
  })

  it('follows a hint that came while the list was read before it answers', async () => {
    await begin(vm(1))
    let release = (): void => {}
    source.hold = new Promise((resolve) => {
      release = resolve
    })
    const listing = inventory.readAll()
    source.hold = undefined
    source.set(vm(1, { state: 'running' }))
    inventory.hint(id(1), 'state')
    release()
    expect(await listing).toEqual([vm(1, { state: 'running' })])
  })

  it('answers the list although one VM cannot be read', async () => {
    await begin(vm(1), vm(2))
    vi.spyOn(source, 'readOne').mockRejectedValue(new Error('stuck'))
    inventory.hint(id(2), 'state')
    expect((await inventory.readAll()).map((one) => one.name)).toEqual(['vm-1', 'vm-2'])
  })
})

describe('changes without events', () => {
  it('notices them in the next full reading', async () => {
    await begin(vm(1))
    source.set(vm(1, { autostart: true }))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(told).toEqual([{ kind: 'vm-changed', vm: vm(1, { autostart: true }) }])
  })

  it('goes on after a full reading failed', async () => {
    await begin(vm(1))
    source.failing = true
    await vi.advanceTimersByTimeAsync(20_000)
    source.failing = false
    source.set(vm(1, { autostart: true }))
    await vi.advanceTimersByTimeAsync(20_000)
    expect(told).toEqual([{ kind: 'vm-changed', vm: vm(1, { autostart: true }) }])
  })
})

it('is silent after it was closed', async () => {
  await begin(vm(1))
  source.set(vm(1, { state: 'running' }))
  inventory.hint(id(1), 'state')
  inventory.close()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual([])
  expect(source.reads).toEqual({ all: 0, one: 0, title: 0 })
})

/** Moves between two hosts without libvirt, of guests that count on their serial line: no number is lost or told twice. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MovingStores, type StoreName } from '../../e2e/lab/moving-stores'
import { run } from '../../e2e/lab/run'
import { hostId, vmId, type VmId } from '../../shared/model/ids'
import type { MigrationFigures } from '../../shared/model/migration/figures'
import type { MoveInput } from '../../shared/model/migration/move'
import { usualMoveOptions, type MoveOptions } from '../../shared/model/migration/options'
import type { HypervisorSession } from '../backends/backend'
import type { MoveOutcome } from '../backends/migration-session'
import { qemuBackend } from '../backends/qemu/qemu-backend'
import { moveVm, type MoveRun } from './move'
import { workOutMove } from './plan'

const step = { timeout: 240_000 }
const mebibyte = 1024 * 1024
const calm = { signal: new AbortController().signal, onProgress: () => undefined }
const both = { name: 'both', id: vmId.parse('5717e000-0000-4000-8000-0000000d0001') } as const
const own = { name: 'own', id: vmId.parse('5717e000-0000-4000-8000-0000000d0002') } as const

describe('a VM that moves between two hosts without libvirt', () => {
  let stores: MovingStores
  let at: Record<StoreName, HypervisorSession>

  const open = (store: StoreName): Promise<HypervisorSession> =>
    qemuBackend().connect({
      uri: stores.uri(store),
      signal: calm.signal,
      onStage: () => undefined,
      log: () => undefined,
      ask: async () => null,
    })
  const inputFor = (vm: VmId, options: Partial<MoveOptions>): MoveInput => ({
    host: hostId.parse('from'),
    to: hostId.parse('to'),
    vm,
    options: { ...usualMoveOptions, ...options },
  })
  const move = async (
    [from, to]: readonly [StoreName, StoreName],
    vm: VmId,
    options: Partial<MoveOptions> = {},
    more: Partial<MoveRun> = {},
  ): Promise<MoveOutcome & { figures: MigrationFigures[] }> => {
    const input = inputFor(vm, options)
    const worked = await workOutMove(at[from], at[to], input)
    expect(worked.plan.checks.filter(({ state }) => state === 'error')).toEqual([])
    const figures: MigrationFigures[] = []
    const outcome = await moveVm(at[from], at[to], worked, input, {
      signal: calm.signal,
      ...more,
      onFigures: (one) => {
        figures.push(one)
        more.onFigures?.(one)
      },
    })
    return { ...outcome, figures }
  }

  /** From where it runs to the other one. */
  const onward = async (vm: VmId): Promise<readonly [StoreName, StoreName]> => {
    const [from = 'a'] = await stores.runsAt(vm)
    return [from, from === 'a' ? 'b' : 'a']
  }

  beforeAll(async () => {
    stores = await MovingStores.make()
    at = { a: await open('a'), b: await open('b') }
    for (const store of ['a', 'b'] as const)
      await at[store].storage.createPool(
        {
          xml: `<pool type='dir'><name>share</name><target><path>${stores.share}</path></target></pool>`,
          build: 'no',
          start: true,
          autostart: false,
        },
        calm,
      )
    await stores.define('a', { ...both, diskPath: await stores.image(`${stores.share}/both.qcow2`) })
    const base = await stores.image(`${stores.share}/base.qcow2`)
    await stores.define('a', {
      ...own,
      diskPath: await stores.image(`${stores.images('a')}/own.qcow2`, base),
    })
    for (const { id, name } of [both, own]) {
      await at.a.power(id, 'start', calm)
      await stores.goesOn(name)
    }
  }, 300_000)

  afterAll(async () => {
    await Promise.all(Object.values(at ?? {}).map((session) => session.close()))
    await stores?.remove()
  }, 60_000)

  it('goes on counting on storage that both see, and nothing of it stays at the source', step, async () => {
    const there = await move(['a', 'b'], both.id)
    await stores.goesOn(both.name)
    expect(await stores.runsAt(both.id)).toEqual(['b'])
    expect(await stores.left('a')).toEqual(['own', 'pools.json', `run/${own.id}`])
    expect(await at.b.listVms()).toContainEqual(
      expect.objectContaining({ id: both.id, state: 'running', isPersistent: true }),
    )
    expect(there.figures.map(({ phase }) => phase)).toEqual(
      expect.arrayContaining(['preparing', 'finishing', 'done']),
    )
    expect(there).toMatchObject({ downtimeMs: expect.any(Number), elapsedMs: expect.any(Number) })
  })

  it('goes on counting when it is switched over before all of its memory is there', step, async () => {
    const [from, to] = await onward(both.id)
    let switching: Promise<void> | undefined
    await move(
      [from, to],
      both.id,
      { allowsPostCopy: true, bandwidthBytesPerSecond: 4 * mebibyte },
      {
        onFigures: ({ canSwitch }) => {
          if (canSwitch === true) switching ??= at[from].migration.switchToPostCopy(both.id)
        },
      },
    )
    await switching
    expect(switching).toBeDefined()
    await stores.goesOn(both.name)
    expect(await stores.runsAt(both.id)).toEqual([to])
  })

  it(
    'goes on counting when its memory is compressed, or goes by several connections or a port',
    step,
    async () => {
      const compressionCacheBytes = 16 * mebibyte
      const packed = await move(await onward(both.id), both.id, {
        compression: 'xbzrle',
        compressionCacheBytes,
      })
      await stores.goesOn(both.name)
      expect(packed.figures).toContainEqual(expect.objectContaining({ compressionCacheBytes }))
      for (const options of [
        { parallelConnections: 3, compression: 'zlib' },
        { compression: 'mt', autoConverge: true, maxDowntimeMs: 500 },
        { dataAddress: '127.0.0.1' },
      ] as const) {
        const [from, to] = await onward(both.id)
        await move([from, to], both.id, options)
        await stores.goesOn(both.name)
        expect(await stores.runsAt(both.id)).toEqual([to])
      }
    },
  )

  it('stays paused when it was paused, or when it is to wait there', step, async () => {
    const isPaused = expect.objectContaining({ id: both.id, state: 'paused' })
    const [from, to] = await onward(both.id)
    await at[from].power(both.id, 'pause', calm)
    await move([from, to], both.id)
    expect(await at[to].listVms()).toContainEqual(isPaused)
    await at[to].power(both.id, 'resume', calm)
    await stores.goesOn(both.name)
    await move([to, from], both.id, { isLive: false, staysPaused: true })
    expect(await at[from].listVms()).toContainEqual(isPaused)
    await at[from].power(both.id, 'resume', calm)
    await stores.goesOn(both.name)
  })

  it('is gone once it stops, after a move that was not for good', step, async () => {
    const [from, to] = await onward(both.id)
    await move([from, to], both.id, { isPermanent: false, removesSource: false })
    await stores.goesOn(both.name)
    const its = { id: both.id }
    expect(await at[from].listVms()).toContainEqual(expect.objectContaining({ ...its, state: 'shut-off' }))
    expect(await at[to].listVms()).toContainEqual(expect.objectContaining({ ...its, isPersistent: false }))
    await move([to, from], both.id)
    await stores.goesOn(both.name)
    expect(await stores.left(to)).not.toContain(both.name)
    expect(await stores.left(to)).not.toContain(`run/${both.id}`)
  })

  it(
    'stays where it is when the user cancels in the middle, and the copies of its disks go',
    step,
    async () => {
      const stop = new AbortController()
      const slowly = { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte } as const
      const ending = move(['a', 'b'], own.id, slowly, {
        signal: stop.signal,
        onFigures: ({ doneBytes = 0 }) => {
          if (doneBytes > 4 * mebibyte) stop.abort()
        },
      })
      await expect(ending).rejects.toMatchObject({ kind: 'cancelled' })
      await stores.goesOn(own.name)
      await nothingCame()
    },
  )

  it('stays where it is when the user cancels while memory follows its disks', step, async () => {
    const stop = new AbortController()
    const slowly = { storage: 'full', bandwidthBytesPerSecond: 32 * mebibyte } as const
    const ending = move(['a', 'b'], own.id, slowly, {
      signal: stop.signal,
      onFigures: ({ iteration = 0 }) => {
        if (iteration > 0) stop.abort()
      },
    })
    await expect(ending).rejects.toMatchObject({ kind: 'cancelled' })
    await stores.goesOn(own.name)
    await nothingCame()
  })

  it('stays where it is when the emulator of the destination is killed in the middle', step, async () => {
    let killed: Promise<void> | undefined
    const slowly = { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte } as const
    const ending = move(['a', 'b'], own.id, slowly, {
      onFigures: ({ doneBytes = 0 }) => {
        if (doneBytes > 4 * mebibyte)
          killed ??= stores.pidAt('b', own.id).then((pid) => void process.kill(pid, 'SIGKILL'))
      },
    })
    await expect(ending).rejects.toMatchObject({ cure: expect.stringContaining('goes on running') })
    await killed
    await stores.goesOn(own.name)
    await nothingCame()
  })

  it('stays where it is when nothing arrives at the destination any more', step, async () => {
    let held: number | undefined
    const slowly = { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte } as const
    const ending = move(['a', 'b'], own.id, slowly, {
      stallLimitMs: 4000,
      onFigures: ({ doneBytes = 0 }) => {
        if (doneBytes < 4 * mebibyte || held !== undefined) return
        held = 0
        void stores.pidAt('b', own.id).then((pid) => {
          held = pid
          process.kill(pid, 'SIGSTOP')
        })
      },
    })
    await expect(ending).rejects.toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('No data has arrived'),
      cure: expect.stringContaining('goes on running'),
    })
    await stores.goesOn(own.name)
    await nothingCame()
  })

  it('stays where it is when the connection to the destination is lost in the middle', step, async () => {
    let isCut = false
    const slowly = { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte } as const
    const ending = move(['a', 'b'], own.id, slowly, {
      onFigures: ({ doneBytes = 0 }) => {
        if (doneBytes < 4 * mebibyte || isCut) return
        isCut = true
        void at.b.close()
      },
    })
    await expect(ending).rejects.toMatchObject({
      kind: 'unreachable',
      cure: expect.stringContaining('goes on running'),
    })
    await stores.goesOn(own.name)
    at.b = await open('b')
    // nobody could take away what was made ready there: it waits, and cannot be let go on
    await expect(at.b.power(own.id, 'resume', calm)).rejects.toMatchObject({
      message: 'The VM waits for its memory, which comes from another host',
    })
    await at.b.power(own.id, 'forceOff', calm)
    await at.b.storage.deleteVolume({ pool: 'default', volume: 'own.qcow2' }, false)
  })

  it('takes the top layer of its disk along, and all of it where they share nothing', step, async () => {
    await move(['a', 'b'], own.id, { storage: 'topLayer' })
    await stores.goesOn(own.name)
    const [here, there] = [`${stores.images('a')}/own.qcow2`, `${stores.images('b')}/own.qcow2`]
    await run(['qemu-img', 'compare', '-U', here, there])
    await at.a.storage.deleteVolume({ pool: 'default', volume: 'own.qcow2' }, false)

    const all = await move(['b', 'a'], own.id, { storage: 'full', newName: 'renamed' })
    await stores.goesOn(own.name)
    await run(['qemu-img', 'compare', '-U', here, there])
    expect(all.figures.some(({ diskRemainingBytes = 0 }) => diskRemainingBytes > 0)).toBe(true)
    expect(await at.a.listVms()).toContainEqual(
      expect.objectContaining({ id: own.id, name: 'renamed', state: 'running' }),
    )
    expect(await stores.runsAt(own.id)).toEqual(['a'])
  })

  it('that is off moves by its definition, or with its disk through this computer', step, async () => {
    const ways = { both: await onward(both.id), own: await onward(own.id) }
    for (const { id, name } of [both, own]) await at[ways[name][0]].power(id, 'forceOff', calm)
    await move(ways.both, both.id)
    await move(ways.own, own.id, { storage: 'full', pools: [{ target: 'vda', pool: 'share' }] })
    for (const { id, name } of [both, own]) {
      const [from, to] = ways[name]
      expect((await at[from].listVms()).filter((vm) => vm.id === id)).toEqual([])
      expect(await at[to].listVms()).toContainEqual(expect.objectContaining({ id, state: 'shut-off' }))
    }
    await run(['cmp', `${stores.images('a')}/own.qcow2`, `${stores.share}/own.qcow2`])
  })

  async function nothingCame(): Promise<void> {
    expect(await stores.runsAt(own.id)).toEqual(['a'])
    expect((await at.b.listVms()).filter(({ id }) => id === own.id)).toEqual([])
    expect((await stores.left('b')).filter((name) => name.includes('own') || name.includes(own.id))).toEqual(
      [],
    )
    expect((await at.b.storage.volumeNames('default')).volumes).toEqual([])
  }
})

/** Moves between two machines without libvirt, over a network that is cut. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { MovingStores, type StoreName } from '../../e2e/lab/moving-stores'
import { hostId, vmId } from '../../shared/model/ids'
import { usualMoveOptions, type MoveOptions } from '../../shared/model/migration/options'
import type { HypervisorSession } from '../backends/backend'
import { relayInto } from '../backends/libvirt/testing/tcp-relay'
import { qemuBackend } from '../backends/qemu/qemu-backend'
import { moveVm, type MoveRun } from './move'
import { workOutMove } from './plan'

const step = { timeout: 240_000 }
const mebibyte = 1024 * 1024
const calm = { signal: new AbortController().signal, onProgress: () => undefined }
const guest = { name: 'far', id: vmId.parse('5717e000-0000-4000-8000-0000000d0011') }

describe('a VM that moves between two machines without libvirt', () => {
  let lab: Lab
  let stores: MovingStores
  let labB: LabHost
  let at: Record<StoreName, HypervisorSession>
  const stops: (() => Promise<void>)[] = []

  const open = async (store: StoreName, host: LabHost): Promise<HypervisorSession> => {
    const relay = await relayInto(lab.clientPrefix, { host: host.address, port: 22 })
    stops.push(() => relay.stop())
    return qemuBackend().connect({
      uri: stores.sshUri(store, host.user, relay.port),
      keyFile: host.keyFile,
      signal: calm.signal,
      onStage: () => undefined,
      log: () => undefined,
      ask: async (prompt) => (prompt.kind === 'host-key' ? { kind: 'host-key', accept: true } : null),
    })
  }
  const move = async (options: Partial<MoveOptions>, more: Partial<MoveRun> = {}): Promise<void> => {
    const input = {
      host: hostId.parse('from'),
      to: hostId.parse('to'),
      vm: guest.id,
      options: { ...usualMoveOptions, ...options },
    }
    const worked = await workOutMove(at.a, at.b, input)
    expect(worked.plan.checks.filter(({ state }) => state === 'error')).toEqual([])
    await moveVm(at.a, at.b, worked, input, { signal: calm.signal, onFigures: () => undefined, ...more })
  }

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA', 'labB'] })
    labB = lab.host('labB')
    stores = await MovingStores.make()
    at = { a: await open('a', lab.host('labA')), b: await open('b', labB) }
    await stores.define('a', { ...guest, diskPath: await stores.image(`${stores.images('a')}/far.qcow2`) })
    await at.a.power(guest.id, 'start', calm)
    await stores.goesOn(guest.name)
  }, 300_000)

  afterAll(async () => {
    for (const session of Object.values(at ?? {})) {
      await session.power(guest.id, 'forceOff', calm).catch(() => undefined)
      await session.close()
    }
    await stores?.remove()
    for (const stop of stops) await stop()
    await lab?.stop()
  }, 120_000)

  it('stays where it is when the network is cut in the middle, and moves when it is back', step, async () => {
    let cut: Promise<void> | undefined
    const slowly = { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte } as const
    const ending = move(slowly, {
      stallLimitMs: 4000,
      onFigures: ({ doneBytes = 0 }) => {
        if (doneBytes > 2 * mebibyte) cut ??= labB.cableOut()
      },
    })
    try {
      await expect(ending).rejects.toMatchObject({
        kind: 'unreachable',
        cure: expect.stringContaining('goes on running'),
      })
      await stores.goesOn(guest.name)
    } finally {
      await labB.cableIn()
    }
    await at.b.close()
    at.b = await open('b', labB)
    // nobody could take away what was made ready there
    await at.b.power(guest.id, 'forceOff', calm)
    await at.b.storage.deleteVolume({ pool: 'default', volume: 'far.qcow2' }, false)

    await move({ storage: 'full' })
    await stores.goesOn(guest.name)
    expect((await at.a.listVms()).filter(({ id }) => id === guest.id)).toEqual([])
    expect(await at.b.listVms()).toContainEqual(expect.objectContaining({ id: guest.id, state: 'running' }))
  })
})

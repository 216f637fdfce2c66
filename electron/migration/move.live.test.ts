/** Moves between two real hosts of guests that count on their serial line: whatever happens, no number is lost or told twice. */
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../e2e/lab/lab'
import { run } from '../../e2e/lab/run'
import { makeSmallPool } from '../../e2e/lab/small-pool'
import { hostId } from '../../shared/model/ids'
import type { MigrationFigures } from '../../shared/model/migration/figures'
import type { MoveInput } from '../../shared/model/migration/move'
import { usualMoveOptions, type MoveOptions } from '../../shared/model/migration/options'
import type { HypervisorSession } from '../backends/backend'
import { openSession } from '../backends/libvirt/testing/suite-host'
import type { MoveOutcome } from '../backends/migration-session'
import { moveVm, type MoveRun } from './move'
import { workOutMove } from './plan'

const share = '/var/lib/libvirt/share'
const step = { timeout: 240_000 }
const mebibyte = 1024 * 1024

describe('a VM that moves between real hosts', () => {
  let lab: Lab
  let a: LabHost
  let b: LabHost
  let atA: HypervisorSession
  let atB: HypervisorSession
  const told: string[] = []

  const inputFor = async (
    from: HypervisorSession,
    name: string,
    options: Partial<MoveOptions>,
  ): Promise<MoveInput> => {
    const found = (await from.listVms()).find((vm) => vm.name === name)
    if (!found) throw new Error(`There is no ${name}`)
    const [host, to] = ['from', 'to'].map((id) => hostId.parse(id))
    if (!host || !to) throw new Error('Two hosts')
    return { host, to, vm: found.id, options: { ...usualMoveOptions, ...options } }
  }
  const move = async (
    [from, to]: readonly [HypervisorSession, HypervisorSession],
    name: string,
    options: Partial<MoveOptions> = {},
    more: Partial<MoveRun> = {},
  ): Promise<MoveOutcome & { figures: MigrationFigures[] }> => {
    const input = await inputFor(from, name, options)
    const worked = await workOutMove(from, to, input)
    expect(worked.plan.checks.filter(({ state }) => state === 'error')).toEqual([])
    const figures: MigrationFigures[] = []
    const outcome = await moveVm(from, to, worked, input, {
      signal: new AbortController().signal,
      ...more,
      onFigures: (one) => {
        figures.push(one)
        more.onFigures?.(one)
      },
    })
    return { ...outcome, figures }
  }
  /** What the guest counted, in the order of the hosts it was on. */
  const counted = async (name: string, ...hosts: readonly LabHost[]): Promise<number[]> => {
    const texts = await Promise.all(hosts.map((host) => host.serialLog(name)))
    return [...texts.join('').matchAll(/LAB-COUNT (\d+)\r?\n/g)].map(([, number]) => Number(number))
  }
  /** It goes on counting at the last host, and nothing is missing. */
  const goesOn = async (name: string, ...hosts: readonly LabHost[]): Promise<void> => {
    const last = (await counted(name, ...hosts)).at(-1) ?? 0
    await hosts.at(-1)?.waitSerial(name, new RegExp(`LAB-COUNT ${last + 10}\\b`), 120_000)
    const numbers = await counted(name, ...hosts)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => at + 1))
  }
  const volumesOf = async (host: LabHost, pool: string): Promise<string> => {
    await host.virsh(['pool-refresh', pool])
    return (await host.virsh(['vol-list', pool])).trim()
  }
  const pattern = (path: string): Promise<string> =>
    a.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 7 1M 30M', path])

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA', 'labB'] })
    ;[a, b] = [lab.host('labA'), lab.host('labB')]
    ;[atA, atB] = await Promise.all([openSession(a.uri()), openSession(b.uri())])
    const bricks = `mkdir -p /var/lib/libvirt/brick
      mount -t tmpfs none /var/lib/glusterd
      glusterd; until gluster pool list >/dev/null 2>&1; do sleep 0.2; done
      gluster --mode=script volume create moves ${a.address}:/var/lib/libvirt/brick force
      gluster --mode=script volume start moves`
    await a.exec(['bash', '-ec', bricks])
    const values = {
      type: 'netfs',
      name: 'share',
      server: a.address,
      exportPath: '/moves',
      share: 'glusterfs',
      path: share,
    }
    for (const session of [atA, atB])
      await session.storage.createPool(
        { values, build: 'build', start: true, autostart: false },
        { signal: new AbortController().signal, onProgress: () => undefined },
      )
    // the disks are there before their guests, so that what arrives can be compared with it
    await a.virsh(['vol-create-as', 'share', 'both.qcow2', '64M', '--format', 'qcow2'])
    await a.virsh(['vol-create-as', 'default', 'own.qcow2', '64M', '--format', 'qcow2'])
    await pattern('/var/lib/libvirt/images/own.qcow2')
    await Promise.all([
      a.startGuest(
        { name: 'both', diskPath: `${share}/both.qcow2`, load: 'count', graphics: 'none', memoryMiB: 128 },
        120_000,
      ),
      a.startGuest(
        {
          name: 'own',
          diskPath: '/var/lib/libvirt/images/own.qcow2',
          load: 'count',
          graphics: 'none',
          memoryMiB: 128,
        },
        120_000,
      ),
    ])
  }, 300_000)

  afterAll(async () => {
    process.stdout.write(`${told.join('\n')}\n`)
    await Promise.all([atA?.close(), atB?.close()])
    for (const host of lab ? [a, b] : []) {
      for (const name of ['both', 'own']) await host.removeGuest(name).catch(() => undefined)
      await host
        .exec(['bash', '-c', `umount -l ${share}; pkill gluster; umount -l /var/lib/glusterd`])
        .catch(() => '')
    }
    await lab?.stop()
  }, 120_000)

  it(
    'goes on counting on storage that both hosts share, there and back and through a tunnel, and no number is lost',
    step,
    async () => {
      const there = await move([atA, atB], 'both')
      await goesOn('both', a, b)
      expect(await a.guestState('both')).toBeUndefined()
      expect((await b.virsh(['dominfo', 'both'])).replace(/ +/g, ' ')).toContain('Persistent: yes')
      expect(there.figures.map(({ phase }) => phase)).toEqual(
        expect.arrayContaining(['preparing', 'finishing', 'done']),
      )
      // on a slow machine that emulates; real ones stop for less
      expect(there.downtimeMs).toBeLessThan(5000)
      told.push(`direct, shared storage: ${there.elapsedMs} ms, downtime ${there.downtimeMs} ms`)
    },
  )

  it(
    'stays where it is when the user cancels in the middle, and the copies of its disks go',
    step,
    async () => {
      const stop = new AbortController()
      const ending = move(
        [atA, atB],
        'own',
        { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte },
        {
          signal: stop.signal,
          onFigures: ({ doneBytes = 0 }) => {
            if (doneBytes > 4 * mebibyte) stop.abort()
          },
        },
      )
      await expect(ending).rejects.toMatchObject({ kind: 'cancelled' })
      await goesOn('own', a)
      expect(await b.guestState('own')).toBeUndefined()
      expect(await volumesOf(b, 'default')).toBe('')
    },
  )

  it(
    'stays where it is when the network between the hosts is cut in the middle, and can be moved later',
    step,
    async () => {
      let isCut = false
      const ending = move(
        [atA, atB],
        'own',
        { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte },
        {
          stallLimitMs: 4000,
          onFigures: ({ doneBytes = 0 }) => {
            if (doneBytes > 2 * mebibyte && !isCut) {
              isCut = true
              void b.cableOut()
            }
          },
        },
      )
      try {
        await expect(ending).rejects.toMatchObject({
          kind: 'unreachable',
          cure: expect.stringContaining('goes on running'),
        })
      } finally {
        await b.cableIn()
      }
      await goesOn('own', a)
      await expect.poll(() => a.virsh(['domjobinfo', 'own']), { timeout: 120_000 }).toContain('None')
      expect(await b.guestState('own')).toBeUndefined()
    },
  )

  it('stays where it is when the destination is full', step, async () => {
    const small = await makeSmallPool(b, 'narrow', 8 * mebibyte)
    try {
      const pools = [{ target: 'vda', pool: 'narrow' }]
      await expect(move([atA, atB], 'own', { storage: 'full', pools })).rejects.toMatchObject({
        cure: expect.stringContaining('goes on running'),
      })
      await goesOn('own', a)
      expect(await b.guestState('own')).toBeUndefined()
      expect(await volumesOf(b, 'narrow')).toBe('')
    } finally {
      await small.remove()
    }
  })

  it('takes its disks along, to the last byte, where the hosts share nothing', step, async () => {
    const copied = await move([atA, atB], 'own', { storage: 'full', maxDowntimeMs: 500, autoConverge: true })
    await goesOn('own', a, b)
    const images = ['labA', 'labB'].map((name) => join(stateDirectory, name, 'lib/images/own.qcow2'))
    await run(['qemu-img', 'compare', '-U', ...images])
    expect(copied.figures.some(({ diskRemainingBytes = 0 }) => diskRemainingBytes > 0)).toBe(true)
    told.push(`direct, disks copied: ${copied.elapsedMs} ms, downtime ${copied.downtimeMs} ms`)
  })
})

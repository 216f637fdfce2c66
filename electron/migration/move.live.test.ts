/** Moves between two real hosts of guests that count on their serial line: whatever happens, no number is lost or told twice. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../e2e/lab/lab'
import { run } from '../../e2e/lab/run'
import { makeSmallPool } from '../../e2e/lab/small-pool'
import { tinyDisk, tinyVmXml } from '../../e2e/lab/tiny-vm'
import { hostId } from '../../shared/model/ids'
import type { MigrationFigures } from '../../shared/model/migration/figures'
import type { MoveInput } from '../../shared/model/migration/move'
import { usualMoveOptions, type MoveOptions } from '../../shared/model/migration/options'
import type { HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
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
  /** What each guest wrote on the hosts that it has left. */
  const trails = new Map<string, string>()
  const left = async (name: string, host: LabHost): Promise<void> => {
    trails.set(name, (trails.get(name) ?? '') + (await host.serialLog(name)))
  }
  const counted = async (name: string, host: LabHost): Promise<number[]> => {
    const text = (trails.get(name) ?? '') + (await host.serialLog(name))
    return [...text.matchAll(/LAB-COUNT (\d+)\r?\n/g)].map(([, number]) => Number(number))
  }
  /** It goes on counting here, and nothing is missing since its start. */
  const goesOn = async (name: string, host: LabHost): Promise<void> => {
    const last = (await counted(name, host)).at(-1) ?? 0
    await host.waitSerial(name, new RegExp(`LAB-COUNT ${last + 10}\\b`), 120_000)
    const numbers = await counted(name, host)
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, at) => at + 1))
  }
  const volumesOf = async (host: LabHost, pool: string): Promise<string> => {
    await host.virsh(['pool-refresh', pool])
    return (await host.virsh(['vol-list', pool])).trim()
  }
  const pathOf = (host: LabHost, volume: string): string =>
    join(stateDirectory, host.name, 'lib/images', volume)
  /** What a guest sees in it; the base of the one is that of the other, as its path is the same. */
  const isSame = async (volume: string): Promise<void> => {
    await a.exec(['qemu-img', 'compare', '-U', pathOf(a, volume), pathOf(b, volume)])
  }
  const pattern = async (path: string, volume: string, base: readonly string[] = []): Promise<void> => {
    await a.virsh(['vol-create-as', 'default', volume, '64M', '--format', 'qcow2', ...base])
    await a.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 7 1M 30M', path])
  }

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
    await pattern('/var/lib/libvirt/images/base.qcow2', 'base.qcow2')
    const base = ['--backing-vol', 'base.qcow2', '--backing-vol-format', 'qcow2']
    await pattern('/var/lib/libvirt/images/own.qcow2', 'own.qcow2', base)
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
      for (const name of ['both', 'own', 'renamed', 'cold', 'thin'])
        await host.removeGuest(name).catch(() => undefined)
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
      await left('both', a)
      await goesOn('both', b)
      expect(await a.guestState('both')).toBeUndefined()
      expect((await b.virsh(['dominfo', 'both'])).replace(/ +/g, ' ')).toContain('Persistent: yes')
      expect(there.figures.map(({ phase }) => phase)).toEqual(
        expect.arrayContaining(['preparing', 'finishing', 'done']),
      )
      // on a slow machine that emulates; real ones stop for less
      expect(there.downtimeMs).toBeLessThan(5000)
      told.push(`direct, shared storage: ${there.elapsedMs} ms, downtime ${there.downtimeMs} ms`)

      let isSwitched = false
      const back = await move(
        [atB, atA],
        'both',
        { allowsPostCopy: true, bandwidthBytesPerSecond: 4 * mebibyte },
        {
          onFigures: ({ canSwitch }) => {
            if (canSwitch !== true || isSwitched) return
            isSwitched = true
            void inputFor(atB, 'both', {}).then(({ vm }) => atB.migration.switchToPostCopy(vm))
          },
        },
      )
      expect(isSwitched).toBe(true)
      await left('both', b)
      await goesOn('both', a)
      told.push(`post-copy: switched over after ${back.figures.length} looks`)

      const peerUri = `qemu+tcp://${b.address}/system`
      await move([atA, atB], 'both', { way: 'tunnelled', peerUri })
      await left('both', a)
      await goesOn('both', b)
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

  it(
    'stays where it is when the destination’s daemon dies in the middle, and what is left there is named',
    step,
    async () => {
      let isDead = false
      const ending = move(
        [atA, atB],
        'own',
        { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte },
        {
          onFigures: ({ doneBytes = 0 }) => {
            if (doneBytes > 2 * mebibyte && !isDead) {
              isDead = true
              void b.killDaemon()
            }
          },
        },
      )
      try {
        await expect(ending).rejects.toMatchObject({
          kind: 'unreachable',
          cure: expect.stringContaining('default/own.qcow2'),
        })
        await goesOn('own', a)
      } finally {
        await b.startDaemon()
        await atB.close()
        atB = await openSession(b.uri())
      }
      // the daemon takes away what it finds half arrived
      await b.waitState('own', undefined, 60_000)
      await b.virsh(['pool-refresh', 'default'])
      await b.virsh(['vol-delete', '--pool', 'default', 'own.qcow2'])
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

  it(
    'takes the top layer of its disk along where both hosts have the base, and all of it where they share nothing',
    step,
    async () => {
      await b.exec(['cp', pathOf(a, 'base.qcow2'), '/var/lib/libvirt/images/base.qcow2'])
      const layer = await move([atA, atB], 'own', { storage: 'topLayer', maxDowntimeMs: 500 })
      await left('own', a)
      await goesOn('own', b)
      await isSame('own.qcow2')
      told.push(`direct, top layer copied: ${layer.elapsedMs} ms, downtime ${layer.downtimeMs} ms`)

      await a.virsh(['vol-delete', '--pool', 'default', 'own.qcow2'])
      const newName = 'renamed'
      const all = await move([atB, atA], 'own', {
        storage: 'full',
        bandwidthBytesPerSecond: 32 * mebibyte,
        newName,
      })
      expect(await a.virsh(['list', '--persistent', '--name'])).toContain(newName)
      await left('own', b)
      await goesOn('own', a)
      await isSame('own.qcow2')
      expect(all.figures.some(({ diskRemainingBytes = 0 }) => diskRemainingBytes > 0)).toBe(true)
      told.push(`direct, disk copied at 32 MiB/s: ${all.elapsedMs} ms, downtime ${all.downtimeMs} ms`)
    },
  )

  it(
    'that is off moves by its definition, or with its disk through this computer, to the last byte',
    step,
    async () => {
      await pattern('/var/lib/libvirt/images/cold.qcow2', 'cold.qcow2')
      await a.defineTiny('cold', tinyDisk('/var/lib/libvirt/images/cold.qcow2', 'vda'))
      await a.defineTiny('thin', tinyDisk(`${share}/both.qcow2`, 'vda'))
      await move([atA, atB], 'cold', { storage: 'full' })
      await move([atA, atB], 'thin')
      for (const name of ['cold', 'thin']) {
        expect(await a.guestState(name)).toBeUndefined()
        expect(await b.guestState(name)).toBe('shut off')
      }
      await run(['cmp', pathOf(a, 'cold.qcow2'), pathOf(b, 'cold.qcow2')])
    },
  )

  it(
    'whose CPU does not fit is refused before anything is done, with what both hosts have; clocks, names and accounts are looked at',
    step,
    async () => {
      const reachers = [a, b].map((host) => new Reacher(lab, host))
      try {
        const [near, far] = await Promise.all(
          reachers.map(async (reacher) => {
            const port = await reacher.portTo(22)
            const uri = `qemu+ssh://${reacher.host.user}@127.0.0.1:${port}/system?known_hosts=/dev/null`
            return (await reacher.connect(uri, { keyFile: reacher.host.keyFile })).session
          }),
        )
        if (!near || !far) throw new Error('Two hosts')
        const xml = tinyVmXml({ name: 'unfit', devices: '' }).replace('>qemu64<', '>Skylake-Server<')
        const file = join(stateDirectory, 'unfit.xml')
        await writeFile(file, xml)
        await a.virsh(['create', file])
        const { plan } = await workOutMove(near, far, await inputFor(near, 'unfit', {}))
        const states = Object.fromEntries(plan.checks.map(({ id, state }) => [id, state]))
        expect(states).toMatchObject({
          cpu: 'error',
          clock: 'ok',
          reach: 'ok',
          account: 'ok',
          machine: 'ok',
          versions: 'ok',
        })
        expect(plan.commonCpu).toContain('<model')
      } finally {
        await a.virsh(['destroy', 'unfit']).catch(() => '')
        await Promise.all(reachers.map((reacher) => reacher.stop()))
      }
    },
  )
})

/** Moves between two real hosts of guests that count on their serial line: whatever happens, no number is lost or told twice. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CountingGuest } from '../../e2e/lab/counting-guest'
import { certifyMoves, encryptsMoves } from '../../e2e/lab/encrypted-moves'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../e2e/lab/lab'
import {
  imageOf,
  patternedImage,
  sameImage,
  sharePath,
  shareStorage,
  volumesOf,
} from '../../e2e/lab/moving-hosts'
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

const step = { timeout: 240_000 }
const mebibyte = 1024 * 1024

describe('a VM that moves between real hosts', () => {
  let lab: Lab
  let a: LabHost
  let b: LabHost
  let atA: HypervisorSession
  let atB: HypervisorSession
  let unshare: (() => Promise<void>) | undefined
  let both: CountingGuest
  let own: CountingGuest
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
  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA', 'labB'] })
    ;[a, b] = [lab.host('labA'), lab.host('labB')]
    for (const host of [a, b]) await encryptsMoves(host, lab.authority)
    ;[atA, atB] = await Promise.all([openSession(a.uri()), openSession(b.uri())])
    unshare = await shareStorage(a, b)
    // the disks are there before their guests, so that what arrives can be compared with it
    await a.virsh(['vol-create-as', 'share', 'both.qcow2', '64M', '--format', 'qcow2'])
    await patternedImage(a, 'base.qcow2')
    const base = ['--backing-vol', 'base.qcow2', '--backing-vol-format', 'qcow2']
    const diskPath = await patternedImage(a, 'own.qcow2', base)
    both = new CountingGuest('both', { diskPath: `${sharePath}/both.qcow2` })
    own = new CountingGuest('own', { diskPath })
    await Promise.all([both.start(a), own.start(a)])
  }, 300_000)

  afterAll(async () => {
    process.stdout.write(`${told.join('\n')}\n`)
    await Promise.all([atA?.close(), atB?.close()])
    for (const host of lab ? [a, b] : [])
      for (const name of ['both', 'own', 'renamed', 'cold', 'thin'])
        await host.removeGuest(name).catch(() => undefined)
    await unshare?.()
    await lab?.stop()
  }, 120_000)

  it(
    'goes on counting on storage that both hosts share, there and back and through a tunnel, and no number is lost',
    step,
    async () => {
      const there = await move([atA, atB], 'both')
      await both.left(a)
      await both.goesOn(b)
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
      await both.left(b)
      await both.goesOn(a)
      told.push(`post-copy: switched over after ${back.figures.length} looks`)

      const peerUri = `qemu+tcp://${b.address}/system`
      await move([atA, atB], 'both', { way: 'tunnelled', peerUri })
      await both.left(a)
      await both.goesOn(b)
    },
  )

  it(
    'goes on counting when its data are encrypted, on several connections or compressed, and a wrong certificate is refused',
    step,
    async () => {
      await certifyMoves(a, lab.authority, ['DNS:elsewhere'])
      await expect(move([atB, atA], 'both', { isEncrypted: true })).rejects.toMatchObject({
        message: expect.stringContaining('certificates'),
        cure: expect.stringContaining('goes on running'),
      })
      await both.goesOn(b)
      await certifyMoves(a, lab.authority, a.certificateNames)
      const safe = await move([atB, atA], 'both', { isEncrypted: true })
      await both.left(b)
      await both.goesOn(a)
      told.push(`encrypted: ${safe.elapsedMs} ms, downtime ${safe.downtimeMs} ms`)

      const slowly = { bandwidthBytesPerSecond: 8 * mebibyte }
      const counts: Promise<number>[] = []
      const to = ['dst', b.address, 'and', 'dport', 'ge', ':49152']
      const several = await move(
        [atA, atB],
        'both',
        { ...slowly, parallelConnections: 3 },
        {
          onFigures: () => {
            const open = a.exec(['ss', '-Htn', 'state', 'established', ...to])
            counts.push(open.then((lines) => lines.trim().split('\n').length))
          },
        },
      )
      await both.left(a)
      await both.goesOn(b)
      // what is no memory has one of its own
      expect(Math.max(...(await Promise.all(counts)))).toBe(4)
      told.push(`3 connections at 8 MiB/s: ${several.elapsedMs} ms, downtime ${several.downtimeMs} ms`)

      const compressionCacheBytes = 16 * mebibyte
      const packed = await move([atB, atA], 'both', {
        ...slowly,
        compression: 'xbzrle',
        compressionCacheBytes,
      })
      await both.left(b)
      await both.goesOn(a)
      expect(packed.figures).toContainEqual(expect.objectContaining({ compressionCacheBytes }))
      told.push(`XBZRLE at 8 MiB/s: ${packed.elapsedMs} ms, downtime ${packed.downtimeMs} ms`)
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
      await own.goesOn(a)
      expect(await b.guestState('own')).toBeUndefined()
      expect(await volumesOf(b, 'default')).toEqual([])
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
      await own.goesOn(a)
      await expect.poll(() => a.virsh(['domjobinfo', 'own']), { timeout: 120_000 }).toContain('None')
      expect(await b.guestState('own')).toBeUndefined()
    },
  )

  it(
    'goes on counting when the network is cut while memory follows its disks: the source lets go of it only when both hosts answer',
    step,
    async () => {
      const stop = new AbortController()
      const figures: MigrationFigures[] = []
      let isCut = false
      const ending = move(
        [atA, atB],
        'own',
        { storage: 'full', bandwidthBytesPerSecond: 4 * mebibyte },
        {
          signal: stop.signal,
          // 16 MiB of a disk are sent at once, and then nothing for four seconds
          stallLimitMs: 8000,
          onFigures: (one) => {
            figures.push(one)
            if ((one.iteration ?? 0) === 0 || isCut) return
            isCut = true
            void b.cableOut()
          },
        },
      )
      ending.catch(() => undefined)
      try {
        const inTime = { timeout: 120_000 }
        await expect.poll(() => figures.at(-1)?.stalledMs ?? 0, inTime).toBeGreaterThan(9000)
        expect(figures.at(-1)?.onceReached).toBe('goesOn')
        await own.goesOn(a)
        stop.abort()
        await expect.poll(() => figures.at(-1)?.onceReached, inTime).toBe('ends')
        await own.goesOn(a)
      } finally {
        await b.cableIn()
      }
      await expect(ending).rejects.toMatchObject({ kind: 'cancelled' })
      await own.goesOn(a)
      expect(await b.guestState('own')).toBeUndefined()
      expect(await volumesOf(b, 'default')).toEqual([])
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
        await own.goesOn(a)
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
      await own.goesOn(a)
      expect(await b.guestState('own')).toBeUndefined()
      expect(await volumesOf(b, 'narrow')).toEqual([])
    } finally {
      await small.remove()
    }
  })

  it(
    'takes the top layer of its disk along where both hosts have the base, and all of it where they share nothing',
    step,
    async () => {
      await b.exec(['cp', imageOf(a, 'base.qcow2'), '/var/lib/libvirt/images/base.qcow2'])
      const layer = await move([atA, atB], 'own', { storage: 'topLayer', maxDowntimeMs: 500 })
      await own.left(a)
      await own.goesOn(b)
      await sameImage(a, b, 'own.qcow2')
      told.push(`direct, top layer copied: ${layer.elapsedMs} ms, downtime ${layer.downtimeMs} ms`)

      await a.virsh(['vol-delete', '--pool', 'default', 'own.qcow2'])
      const newName = 'renamed'
      const all = await move([atB, atA], 'own', {
        storage: 'full',
        isEncrypted: true,
        bandwidthBytesPerSecond: 32 * mebibyte,
        newName,
      })
      expect(await a.virsh(['list', '--persistent', '--name'])).toContain(newName)
      await own.left(b)
      await own.goesOn(a)
      await sameImage(a, b, 'own.qcow2')
      expect(all.figures.some(({ diskRemainingBytes = 0 }) => diskRemainingBytes > 0)).toBe(true)
      told.push(
        `direct, disk copied at 32 MiB/s, encrypted: ${all.elapsedMs} ms, downtime ${all.downtimeMs} ms`,
      )
    },
  )

  it(
    'that is off moves by its definition, or with its disk through this computer, to the last byte',
    step,
    async () => {
      await a.defineTiny('cold', tinyDisk(await patternedImage(a, 'cold.qcow2'), 'vda'))
      await a.defineTiny('thin', tinyDisk(`${sharePath}/both.qcow2`, 'vda'))
      await move([atA, atB], 'cold', { storage: 'full' })
      await move([atA, atB], 'thin')
      for (const name of ['cold', 'thin']) {
        expect(await a.guestState(name)).toBeUndefined()
        expect(await b.guestState(name)).toBe('shut off')
      }
      await run(['cmp', imageOf(a, 'cold.qcow2'), imageOf(b, 'cold.qcow2')])
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

/**
 * Pools of every type that a lab host can start, made from the same values as the form sends. The others are held against
 * libvirt's own schema, and, where the daemon knows the type, against what it makes of them.
 */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startGluster, type GlusterVolume } from '../../../../e2e/lab/gluster'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import { run } from '../../../../e2e/lab/run'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { poolCases } from '../../../domain-xml/storage/pool-cases'
import type { HypervisorSession } from '../../backend'
import { openSession } from '../testing/suite-host'

const context = { signal: new AbortController().signal, onProgress: () => {} }
const images = '/var/lib/libvirt/images'
const target = 'iqn.2026-01.net.example:lab-disks'
const initiator = 'iqn.2026-01.net.example:lab-host'

describe('pools of a lab host', () => {
  let lab: Lab
  let host: LabHost
  let session: HypervisorSession
  const loops: string[] = []
  let gluster: GlusterVolume | undefined

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    session = await openSession(host.uri())
  })

  afterAll(async () => {
    for (const pool of (await session.storage.pools()).items)
      if (pool.name.startsWith('live-')) await session.storage.deletePool(pool.name, 'definition', context)
    await session.close()
    for (const loop of loops) await host.exec(['losetup', '-d', loop]).catch(() => '')
    await gluster?.remove()
    await host
      .exec(['bash', '-c', 'tgtadm --op delete --mode system; rm -rf /var/lib/libvirt/live-*'])
      .catch(() => '')
    await lab.stop()
  })

  /** An empty disk of its own. */
  const disk = async (name: string, sizeMiB: number): Promise<string> => {
    const file = `/var/lib/libvirt/live-${name}.img`
    await host.exec(['truncate', '-s', `${sizeMiB}M`, file])
    const loop = (await host.exec(['losetup', '--find', '--show', '--partscan', file])).trim()
    loops.push(loop)
    return loop
  }
  const gone = async (name: string): Promise<void> => {
    await expect(session.storage.pool(name)).rejects.toMatchObject({ kind: 'not-found' })
    expect(await host.virsh(['pool-list', '--all', '--name'])).not.toContain(name)
  }

  /** Create, start, refresh, stop, start again, autostart; the pool stays. */
  const live = async (
    values: Values,
    build: 'no' | 'build' | 'overwrite',
    more: Values = {},
  ): Promise<void> => {
    const name = plain(values['name'])
    const { storage } = session
    await storage.createPool({ values: { ...values, ...more }, build, start: true, autostart: true }, context)
    const { pool, values: stored } = await storage.pool(name)
    expect(pool).toMatchObject({ name, type: values['type'], state: 'running', isAutostart: true })
    expect(stored).toMatchObject(values)
    await storage.poolAction(name, 'refresh')
    await storage.poolAction(name, 'stop')
    expect((await storage.pool(name)).pool.state).toBe('inactive')
    await storage.poolAction(name, 'autostart-off')
    await storage.poolAction(name, 'start')
    const listed = (await storage.pools()).items.find((one) => one.name === name)
    expect(listed).toMatchObject({ state: 'running', isAutostart: false })
  }

  it('a folder: made, used, and kept when there is something in it', async () => {
    const values = { type: 'dir', name: 'live-dir', path: `${images}/live-dir`, mode: '0711' }
    await live(values, 'build')
    expect((await host.exec(['stat', '-c', '%a', values.path])).trim()).toBe('711')
    await host.virsh(['vol-create-as', values.name, 'a.raw', '1M'])
    expect(await session.storage.poolDeletePlan(values.name)).toMatchObject({
      volumeCount: 1,
      canDestroy: true,
    })
    await expect(session.storage.deletePool(values.name, 'everything', context)).rejects.toMatchObject({
      kind: 'busy',
      message: 'The folder of the pool is not empty',
    })
    // as it was
    expect((await session.storage.pool(values.name)).pool.state).toBe('running')
    await host.virsh(['vol-delete', '--pool', values.name, 'a.raw'])
    await session.storage.deletePool(values.name, 'everything', context)
    await gone(values.name)
    await expect(host.exec(['test', '-e', values.path])).rejects.toThrow()
  })

  it('a file system: made on an empty disk, never over another one unless told to', async () => {
    const device = await disk('fs', 64)
    const values = { type: 'fs', name: 'live-fs', device, fileSystem: 'ext4', path: '/run/live-fs' }
    const { storage } = session
    const one = { values, start: true, autostart: false }
    // nothing on it yet, so it does not start, and nothing is left
    await host.exec(['mkdir', '-p', values.path])
    await expect(storage.createPool({ ...one, build: 'no' }, context)).rejects.toMatchObject({
      kind: 'invalid',
      cure: poolTypeOf('fs')?.ifNotStarting,
    })
    await gone(values.name)
    await live(values, 'build')
    expect(await host.exec(['findmnt', '-no', 'FSTYPE', values.path])).toContain('ext4')
    await host.exec(['touch', `${values.path}/precious.img`])
    await storage.deletePool(values.name, 'definition', context)
    await gone(values.name)
    await expect(storage.createPool({ ...one, build: 'build' }, context)).rejects.toMatchObject({
      kind: 'already-exists',
    })
    await gone(values.name)
    await live(values, 'no')
    expect(await host.exec(['ls', values.path])).toContain('precious.img')
    await storage.deletePool(values.name, 'definition', context)
    await live(values, 'overwrite')
    expect(await host.exec(['ls', values.path])).not.toContain('precious.img')
    await storage.deletePool(values.name, 'everything', context)
    await gone(values.name)
  })

  it('a whole disk: its partition table is made, and wiped with the pool', async () => {
    const device = await disk('disk', 64)
    const values = { type: 'disk', name: 'live-disk', device, partitionTable: 'gpt', path: '/dev' }
    await live(values, 'build')
    expect(await host.exec(['blkid', '-p', '-s', 'PTTYPE', device])).toContain('gpt')
    await host.virsh(['vol-create-as', values.name, `${device.slice('/dev/'.length)}p1`, '8M'])
    const plan = await session.storage.poolDeletePlan(values.name)
    expect(plan).toMatchObject({ volumeCount: 1, destroys: expect.stringContaining(device) })
    await session.storage.deletePool(values.name, 'everything', context)
    await gone(values.name)
    await expect(host.exec(['blkid', '-p', '-s', 'PTTYPE', device])).rejects.toThrow()
  })

  it('a volume group: built of a disk, found, and deleted with the pool', async () => {
    const device = await disk('lvm', 64)
    const values = { type: 'logical', name: 'live-lvm', volumeGroup: 'live_vg' }
    await live(values, 'build', { devices: [{ path: device }] })
    expect(await host.exec(['vgs', '--noheadings', '-o', 'vg_name'])).toContain('live_vg')
    const found = await session.storage.discover('logical')
    expect(found).toContainEqual({ label: 'live_vg', values: { volumeGroup: 'live_vg' }, usedBy: 'live-lvm' })
    const plan = await session.storage.poolDeletePlan(values.name)
    expect(plan.destroys).toMatch(/volume group live_vg is deleted/)
    await session.storage.deletePool(values.name, 'everything', context)
    await gone(values.name)
    expect(await host.exec(['vgs', '--noheadings', '-o', 'vg_name'])).not.toContain('live_vg')
  })

  it('multipath devices, of which there are none', async () => {
    const values = { type: 'mpath', name: 'live-mpath', path: '/dev/mapper' }
    await live(values, 'no')
    expect(await session.storage.poolDeletePlan(values.name)).toMatchObject({
      canDestroy: false,
      volumeCount: 0,
    })
    await expect(session.storage.deletePool(values.name, 'everything', context)).rejects.toMatchObject({
      kind: 'unsupported',
    })
    await session.storage.deletePool(values.name, 'definition', context)
    await gone(values.name)
  })

  it('an iSCSI target that the emulator reaches by itself: found, and its LUN seen', async () => {
    await host.exec([
      'bash',
      '-ec',
      `truncate -s 32M /var/lib/libvirt/live-lun.img
      tgtd; until tgtadm --op show --mode system >/dev/null 2>&1; do sleep 0.1; done
      tgtadm --lld iscsi --op new --mode target --tid 1 -T ${target}
      tgtadm --lld iscsi --op new --mode logicalunit --tid 1 --lun 1 -b /var/lib/libvirt/live-lun.img
      tgtadm --lld iscsi --op bind --mode target --tid 1 -I ALL`,
    ])
    const found = await session.storage.discover('iscsi-direct', host.address, initiator)
    expect(found.map(({ label }) => label)).toEqual([target])
    const values = { ...found[0]?.values, type: 'iscsi-direct', name: 'live-direct', initiator }
    await live(values, 'no')
    // tgtd's own LUN 0 and ours
    expect(await host.virsh(['vol-list', 'live-direct'])).toMatch(/unit:0:0:0[\s\S]*unit:0:0:1/)
    expect((await session.storage.poolDeletePlan('live-direct')).volumeCount).toBe(2)
    const again = await session.storage.discover('iscsi-direct', host.address, initiator)
    expect(again[0]?.usedBy).toBe('live-direct')
    await session.storage.deletePool('live-direct', 'definition', context)
    await gone('live-direct')
  })

  it('a Gluster volume, by itself and mounted as a share', async () => {
    gluster = await startGluster(host, 'vmstore')
    const found = await session.storage.discover('gluster', host.address)
    expect(found.map(({ label }) => label)).toEqual(['vmstore'])
    const share = {
      type: 'netfs',
      name: 'live-share',
      server: host.address,
      exportPath: '/vmstore',
      share: 'glusterfs',
      path: `${images}/live-share`,
    }
    await live(share, 'build')
    expect((await host.exec(['findmnt', '-no', 'FSTYPE', share.path])).trim()).toBe('fuse.glusterfs')
    await host.virsh(['vol-create-as', share.name, 'seen.raw', '1M'])

    // each look into a volume takes libvirt ten seconds, so this one is started once
    const values = { ...found[0]?.values, type: 'gluster', name: 'live-gluster' }
    const direct = { values, build: 'no', start: true, autostart: false } as const
    await session.storage.createPool(direct, context)
    expect(await session.storage.poolDeletePlan('live-gluster')).toMatchObject({
      pool: { state: 'running' },
      volumeCount: 1,
      canDestroy: false,
    })
    await session.storage.poolAction('live-gluster', 'stop')
    for (const name of [share.name, 'live-gluster']) {
      await session.storage.deletePool(name, 'definition', context)
      await gone(name)
    }
  })

  it('a share whose server does not answer: nothing is left, and the other pools are as they were', async () => {
    const before = await session.storage.pools()
    const values = {
      type: 'netfs',
      name: 'live-dead',
      server: '127.0.0.1',
      exportPath: '/nothing',
      path: `${images}/live-dead`,
    }
    await expect(
      session.storage.createPool({ values, build: 'build', start: true, autostart: true }, context),
    ).rejects.toMatchObject({ kind: 'invalid', cure: poolTypeOf('netfs')?.ifNotStarting })
    await gone('live-dead')
    expect(await session.storage.pools()).toEqual(before)
  })

  it('definitions of all types are what the schema of libvirt allows', async () => {
    for (const [name, values] of Object.entries(poolCases)) {
      const { xml } = await session.storage.previewPool(values)
      const file = join(stateDirectory, `pool-${name}.xml`)
      await writeFile(file, xml)
      // ends with an error for what the schema does not allow
      await run(['xmllint', '--noout', '--relaxng', '/usr/share/libvirt/schemas/storagepool.rng', file])
    }
  })

  it('definitions mean to the daemon what they mean to the form', async () => {
    const known = ['dir', 'fs', 'netfs', 'netfs-gluster', 'netfs-cifs', 'disk', 'logical', 'iscsi']
    for (const name of [...known, 'iscsi-direct', 'scsi', 'mpath', 'gluster']) {
      const values = { ...poolCases[name], name: `live-${name}` }
      await session.storage.createPool({ values, build: 'no', start: false, autostart: false }, context)
      expect((await session.storage.pool(values.name)).values).toEqual(values)
      await session.storage.deletePool(values.name, 'definition', context)
    }
  })

  it('the commands shown make the same pool', async () => {
    const values = { type: 'dir', name: 'live-by-hand', path: `${images}/live-by-hand` }
    const { commands } = await session.storage.previewPool(values)
    for (const command of commands) await run(['bash', '-ec', command])
    const { pool, values: stored } = await session.storage.pool(values.name)
    expect(pool).toMatchObject({ state: 'running', isAutostart: true })
    expect(stored).toMatchObject(values)
    await session.storage.deletePool(values.name, 'everything', context)
  })
})

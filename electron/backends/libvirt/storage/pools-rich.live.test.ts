/**
 * Pools of the types that need a kernel of their own, on the lab's rich host: NFS, LVM with volumes, iSCSI with the host's
 * initiator, SCSI adapters, whole disks found by a path that stays; and what a file server that stops takes along.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startLab, type Lab } from '../../../../e2e/lab/lab'
import { startRichHost, type RichHost } from '../../../../e2e/lab/rich/rich-host'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import type { HypervisorSession, SessionEvent } from '../../backend'
import { openSession } from '../testing/suite-host'
import { relayInto } from '../testing/tcp-relay'
import { volumeJourney } from './testing/volume-journey'

const hourMs = 3_600_000
const slow = { timeoutMs: 300_000 }
const context = { signal: new AbortController().signal, onProgress: () => {} }
const target = 'iqn.2026-01.net.example:rich-disks'

describe('pools of the rich host', { timeout: 600_000 }, () => {
  let lab: Lab
  let rich: RichHost
  let relay: { port: number; stop(): Promise<void> }
  let session: HypervisorSession
  const events: SessionEvent[] = []

  beforeAll(async () => {
    lab = await startLab({ hosts: [] })
    rich = await startRichHost(lab)
    relay = await relayInto(lab.clientPrefix, { host: rich.address, port: 16_509 })
    session = await openSession(`qemu+tcp://127.0.0.1:${relay.port}/system`)
    session.onEvent((event) => events.push(event))
  }, hourMs)

  // the machine and all that was written to its disks end with it
  afterAll(async () => {
    await session?.close()
    await relay?.stop()
    await rich?.stop()
    await lab?.stop()
  }, hourMs)

  const volumesOf = async (pool: string): Promise<string[]> =>
    (await rich.virsh(['vol-list', pool], slow))
      .split('\n')
      .map((line) => line.trim().split(/\s+/)[0] ?? '')
      .filter((name) => name !== '')

  /** Create, refresh, stop, start, autostart off; the pool stays. */
  const live = async (values: Values, build: 'no' | 'build', more: Values = {}): Promise<void> => {
    const name = plain(values['name'])
    const { storage } = session
    const all = { ...values, ...more }
    await storage.createPool({ values: all, build, start: true, autostart: true }, context)
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
    expect(events).toContainEqual({ kind: 'resource-changed', resource: 'pool', name })
  }
  const gone = async (name: string): Promise<void> => {
    await session.storage.deletePool(name, 'definition', context)
    await expect(session.storage.pool(name)).rejects.toMatchObject({ kind: 'not-found' })
  }

  const digest = async (path: string, bytes: number): Promise<string> =>
    (await rich.ssh(`head -c ${bytes} '${path}' | sha256sum`, slow)).split(' ')[0] ?? ''

  it('finds disks that the host does not need, by paths that stay the same', async () => {
    const found = await session.storage.discover('disk')
    const devices = found.map(({ values }) => plain(values['device']))
    expect(devices.some((device) => /^\/dev\/disk\/by-id\/.*LABNVME1/.test(device))).toBe(true)
    expect(devices.every((device) => device.startsWith('/dev/disk/by-'))).toBe(true)
  })

  it('a volume group of two disks, with volumes that go with it', async () => {
    const devices = [1, 2].map((number) => ({ path: `/dev/disk/by-id/wwn-0x500000000000000${number}` }))
    const values = { type: 'logical', name: 'rich-lvm', volumeGroup: 'vg_guests' }
    await live(values, 'build', { devices })
    expect((await session.storage.pool('rich-lvm')).values).toMatchObject({ path: '/dev/vg_guests' })
    await volumeJourney(session.storage, { pool: 'rich-lvm', digest })
    await rich.virsh(['vol-create-as', 'rich-lvm', 'root', '8M'], slow)
    expect(await volumesOf('rich-lvm')).toEqual(['root'])
    const plan = await session.storage.poolDeletePlan('rich-lvm')
    expect(plan.destroys).toBe(
      'The volume group vg_guests is deleted with all of its volumes, and all data in them are lost. It has 1 volume now.',
    )
    // one that has a definition again finds its volumes as they were
    await gone('rich-lvm')
    await live(values, 'no')
    expect(await volumesOf('rich-lvm')).toEqual(['root'])
    await session.storage.deletePool('rich-lvm', 'everything', context)
    expect(await rich.ssh('vgs --noheadings', slow)).not.toContain('vg_guests')
  })

  it('an adapter of the host, whose disks are its volumes', async () => {
    const found = await session.storage.discover('scsi')
    expect(found).toContainEqual({
      label: 'scsi_host0',
      values: { adapterType: 'scsi_host', adapterName: 'scsi_host0' },
    })
    const adapter = { adapterType: 'scsi_host', adapterName: 'scsi_host0' }
    await live({ type: 'scsi', name: 'rich-scsi', ...adapter, path: '/dev/disk/by-path' }, 'no')
    expect(await volumesOf('rich-scsi')).toEqual(['unit:0:0:1', 'unit:0:0:2', 'unit:0:0:3'])
    const again = (await session.storage.discover('scsi')).find(({ label }) => label === 'scsi_host0')
    expect(again?.usedBy).toBe('rich-scsi')
    await gone('rich-scsi')
  })

  it('an iSCSI target that the host signs in to', async () => {
    await rich.ssh(
      `truncate -s 32M /root/lun.img
      tgtadm --lld iscsi --op new --mode target --tid 1 -T ${target} &&
      tgtadm --lld iscsi --op new --mode logicalunit --tid 1 --lun 1 -b /root/lun.img &&
      tgtadm --lld iscsi --op bind --mode target --tid 1 -I ALL`,
      slow,
    )
    const found = await session.storage.discover('iscsi', rich.address)
    expect(found.map(({ label }) => label)).toEqual([target])
    await live({ ...found[0]?.values, type: 'iscsi', name: 'rich-iscsi', path: '/dev/disk/by-path' }, 'no')
    expect(await volumesOf('rich-iscsi')).toEqual([expect.stringMatching(/^unit:0:0:1$/)])
    expect(await rich.ssh('ls /dev/disk/by-path', slow)).toContain(`${target}-lun-1`)
    await volumeJourney(session.storage, { pool: 'rich-iscsi', fixed: 'unit:0:0:1', digest })
    await gone('rich-iscsi')
    expect(await rich.ssh('ls /dev/disk/by-path', slow)).not.toContain(target)
  })

  it('an NFS export; when its server stops, the other pools stay usable, and it is said which one is not', async () => {
    await rich.ssh(
      `modprobe nfsd && mount -t nfsd nfsd /proc/fs/nfsd
      mkdir -p /var/lib/nfs/v4recovery /srv/nfs; touch /var/lib/nfs/etab /etc/exports
      echo 10 >/proc/fs/nfsd/nfsv4leasetime; echo 10 >/proc/fs/nfsd/nfsv4gracetime
      exportfs -o rw,no_root_squash,insecure,no_subtree_check '*:/srv/nfs' &&
      rpc.nfsd --no-nfs-version 3 --no-udp 4 && rpc.mountd --no-nfs-version 3`,
      slow,
    )
    const path = '/mnt/rich-nfs'
    const values = { type: 'netfs', name: 'rich-nfs', server: rich.address, exportPath: '/srv/nfs', path }
    await live({ ...values, share: 'nfs', protocolVersion: '4.2' }, 'build')
    await volumeJourney(session.storage, { pool: 'rich-nfs', canResize: true, digest })
    await rich.virsh(['vol-create-as', 'rich-nfs', 'a.raw', '1M'], slow)
    expect(await rich.ssh('ls /srv/nfs', slow)).toContain('a.raw')

    const before = await session.storage.pools()
    await rich.ssh('rpc.nfsd 0', slow)
    // reading the dead one waits for its server, and with it libvirt's own list of pools
    const stuck = session.storage.poolAction('rich-nfs', 'refresh')
    stuck.catch(() => {})
    try {
      const listed = await vi.waitFor(
        async () => {
          const found = await session.storage.pools()
          expect(found.error?.kind).toBe('timed-out')
          // on a slow host the first list may end before all of them have answered
          expect(found.items.map(({ name }) => name)).toEqual(before.items.map(({ name }) => name))
          return found
        },
        { timeout: 60_000 },
      )
      const states = Object.fromEntries(listed.items.map(({ name, state }) => [name, state]))
      expect(states).toEqual({ default: 'running', 'rich-nfs': 'inaccessible' })
      await session.storage.poolAction('default', 'refresh')
      expect((await session.storage.pool('default')).pool.state).toBe('running')
      expect(await volumesOf('default')).not.toContain('a.raw')
      // a new definition would make all wait
      const other = { type: 'dir', name: 'rich-other', path: '/var/lib/libvirt/images/other' }
      await expect(
        session.storage.createPool({ values: other, build: 'no', start: true, autostart: false }, context),
      ).rejects.toMatchObject({ kind: 'busy' })
    } finally {
      await rich.ssh('rpc.nfsd --no-nfs-version 3 --no-udp 4', slow)
    }
    await stuck
    await vi.waitFor(async () => expect((await session.storage.pools()).error).toBeUndefined(), {
      timeout: 60_000,
    })
    await gone('rich-nfs')
    expect(await rich.ssh('ls /srv/nfs', slow)).toContain('a.raw')
  })

  it('an export that is not there leaves nothing', async () => {
    const path = '/mnt/rich-none'
    const values = { type: 'netfs', name: 'rich-none', server: rich.address, exportPath: '/srv/none', path }
    await expect(
      session.storage.createPool({ values, build: 'build', start: true, autostart: true }, context),
    ).rejects.toMatchObject({ kind: 'invalid', cure: poolTypeOf('netfs')?.ifNotStarting })
    await expect(session.storage.pool('rich-none')).rejects.toMatchObject({ kind: 'not-found' })
  })
})

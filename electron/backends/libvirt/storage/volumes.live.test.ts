/** Volumes of real pools, held against what qemu-img on the host sees of them. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { holdCopy } from '../../../../e2e/lab/held-copy'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import type { Values } from '../../../../shared/model/hardware/field'
import type { Volume } from '../../../../shared/model/storage/volume'
import type { ActionContext, HypervisorSession } from '../../backend'
import { expectKind } from '../../suite/expect-kind'
import { openSession } from '../testing/suite-host'

const mib = 1024 ** 2
const pool = 'volumes-live'
const folder = '/var/lib/libvirt/volumes-live'
const step = { timeout: 120_000 }

interface ImgInfo {
  readonly format: string
  readonly 'virtual-size': number
  readonly 'actual-size': number
  readonly 'cluster-size'?: number
  readonly 'full-backing-filename'?: string
  readonly 'backing-filename-format'?: string
  readonly encrypted?: boolean
  readonly 'format-specific'?: {
    readonly data: { readonly compat?: string; readonly 'lazy-refcounts'?: boolean; 'extended-l2'?: boolean }
  }
}

describe('volumes of a lab host', () => {
  let lab: Lab
  let host: LabHost
  let session: HypervisorSession
  const loops: string[] = []

  const context = (signal = new AbortController().signal): ActionContext & { seen: number[] } => {
    const seen: number[] = []
    return { signal, seen, onProgress: (fraction) => seen.push(fraction) }
  }
  const virsh = (...words: string[]): Promise<string> => host.virsh(words)
  const create = (values: Values, into = pool): Promise<void> =>
    session.storage.createVolume(into, values, context())
  const details = async (name: string, of = pool): Promise<Volume> => {
    const { volumes } = await session.storage.volumeDetails(of, [name])
    const [found] = volumes
    if (!found) throw new Error(`There is no ${name}`)
    return found
  }
  const names = async (of = pool): Promise<string[]> =>
    (await session.storage.volumeNames(of)).volumes.map(({ name }) => name)
  const img = async (name: string): Promise<ImgInfo> =>
    JSON.parse(await host.exec(['qemu-img', 'info', '-U', '--output=json', `${folder}/${name}`])) as ImgInfo
  const clone = (volume: string, name: string, format?: string, from = pool, toPool = pool) =>
    session.storage.cloneVolume(
      { pool: from, volume, toPool, name, ...(format === undefined ? {} : { format }) },
      context(),
    )
  /** Bytes that are no zeros, at two places. */
  const fill = (path: string): Promise<string> =>
    host.exec(['qemu-io', '-f', 'raw', '-c', 'write -P 0x5a 1M 2M', '-c', 'write -P 0xa5 9M 64k', path])
  const fillImage = (path: string, format: string): Promise<string> =>
    host.exec(['qemu-io', '-f', format, '-c', 'write -P 0x5a 1M 2M', '-c', 'write -P 0xa5 9M 64k', path])

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    session = await openSession(host.uri())
  })

  beforeEach(async () => {
    await virsh('pool-define-as', pool, 'dir', '--target', folder)
    await virsh('pool-build', pool)
    await virsh('pool-start', pool)
  }, 60_000)

  afterEach(async () => {
    await host.virsh(['destroy', 'volumes-live']).catch(() => '')
    await host.virsh(['undefine', 'volumes-live', '--snapshots-metadata']).catch(() => '')
    await virsh('pool-destroy', pool)
    await virsh('pool-undefine', pool)
    await host.exec(['rm', '-rf', folder])
  }, 60_000)

  afterAll(async () => {
    await session.close()
    for (const loop of loops) await host.exec(['losetup', '-d', loop]).catch(() => '')
    await host.exec(['bash', '-c', 'rm -f /var/lib/libvirt/volumes-live-*']).catch(() => '')
    await lab.stop()
  }, 60_000)

  it('are made with every setting of the format', step, async () => {
    await create({
      name: 'all.qcow2',
      format: 'qcow2',
      capacityBytes: 64 * mib,
      allocation: 'metadata',
      clusterSizeBytes: String(128 * 1024),
      lazyRefcounts: true,
      extendedL2: true,
      nocow: true,
      mode: '0640',
    })
    expect(await img('all.qcow2')).toMatchObject({
      format: 'qcow2',
      'virtual-size': 64 * mib,
      'cluster-size': 128 * 1024,
      'format-specific': { data: { compat: '1.1', 'lazy-refcounts': true, 'extended-l2': true } },
    })
    expect(await details('all.qcow2')).toMatchObject({
      type: 'file',
      path: `${folder}/all.qcow2`,
      format: 'qcow2',
      capacityBytes: 64 * mib,
      clusterSizeBytes: 128 * 1024,
      isEncrypted: false,
      permissions: { mode: '0640' },
      modifiedAtMs: expect.any(Number),
    })
    await create({ name: 'old.qcow2', format: 'qcow2', capacityBytes: 4 * mib, compat: '0.10' })
    expect((await img('old.qcow2'))['format-specific']?.data.compat).toBe('0.10')
  })

  it('take their space now or as they are written to', step, async () => {
    const size = 16 * mib
    for (const [name, format, allocation] of [
      ['sparse.img', 'raw', 'sparse'],
      ['full.img', 'raw', 'full'],
      ['sparse.qcow2', 'qcow2', 'sparse'],
      ['full.qcow2', 'qcow2', 'full'],
    ] as const) {
      await create({ name, format, capacityBytes: size, allocation })
      const taken = (await img(name))['actual-size']
      if (allocation === 'full') expect(taken, name).toBeGreaterThanOrEqual(size)
      else expect(taken, name).toBeLessThan(mib)
      expect((await details(name)).allocationBytes, name).toBe(taken)
    }
  })

  it('can be of the formats of other programs', step, async () => {
    for (const format of ['vmdk', 'vdi', 'vpc', 'qed']) {
      await create({ name: `disk.${format}`, format, capacityBytes: 8 * mib, allocation: 'sparse' })
      expect((await img(`disk.${format}`)).format, format).toBe(format)
    }
  })

  it('are built on a base, whose size they take, with its format written down', step, async () => {
    await create({ name: 'base.img', format: 'raw', capacityBytes: 12 * mib, allocation: 'sparse' })
    await create({
      name: 'top.qcow2',
      format: 'qcow2',
      allocation: 'sparse',
      backingPath: `${folder}/base.img`,
      backingFormat: 'raw',
    })
    expect(await img('top.qcow2')).toMatchObject({
      'virtual-size': 12 * mib,
      'full-backing-filename': `${folder}/base.img`,
      'backing-filename-format': 'raw',
    })
    expect(await details('top.qcow2')).toMatchObject({
      backingPath: `${folder}/base.img`,
      backingFormat: 'raw',
    })
    const refused = await expectKind(
      session.storage.deleteVolume({ pool, volume: 'base.img' }, false),
      'busy',
    )
    expect(refused.message).toContain('top.qcow2')
    await session.storage.deleteVolume({ pool, volume: 'top.qcow2' }, false)
    await session.storage.deleteVolume({ pool, volume: 'base.img' }, false)
    expect(await names()).toEqual([])
  })

  // each key costs seconds of computing, on purpose
  it('are encrypted with a secret of the host, and so are their copies', { timeout: 300_000 }, async () => {
    const file = join(stateDirectory, 'volumes-live-secret.xml')
    await writeFile(
      file,
      `<secret ephemeral='no' private='yes'><uuid>5b7f2d52-7c3a-4f1e-9d10-9a8b7c6d5eff</uuid></secret>`,
    )
    const secret = '5b7f2d52-7c3a-4f1e-9d10-9a8b7c6d5eff'
    await virsh('secret-define', file)
    await virsh('secret-set-value', secret, Buffer.from('open sesame').toString('base64'))
    try {
      const sealed = { capacityBytes: 8 * mib, allocation: 'sparse', encrypted: true, secret }
      await create({ ...sealed, name: 'sealed.qcow2', format: 'qcow2' })
      expect(await details('sealed.qcow2')).toMatchObject({ isEncrypted: true, capacityBytes: 8 * mib })
      expect((await img('sealed.qcow2')).encrypted).toBe(true)
      await create({ ...sealed, name: 'sealed.img', format: 'raw' })
      await clone('sealed.img', 'copy.img')
      expect(await details('copy.img')).toMatchObject({ isEncrypted: true, capacityBytes: 8 * mib })
      expect((await img('copy.img')).format).toBe('luks')
    } finally {
      await virsh('secret-undefine', secret)
    }
  })

  it('are copied and converted without a byte changed, alone of any base', step, async () => {
    await create({ name: 'one.img', format: 'raw', capacityBytes: 16 * mib, allocation: 'sparse' })
    await fill(`${folder}/one.img`)
    const equal = async (format: string, name: string): Promise<void> => {
      const words = [
        'qemu-img',
        'compare',
        '-f',
        'raw',
        '-F',
        format,
        `${folder}/one.img`,
        `${folder}/${name}`,
      ]
      expect(await host.exec(words), name).toContain('identical')
    }
    await clone('one.img', 'same.img')
    await equal('raw', 'same.img')
    expect((await img('same.img'))['actual-size']).toBeLessThan(8 * mib)
    await clone('one.img', 'other.qcow2', 'qcow2')
    expect((await img('other.qcow2')).format).toBe('qcow2')
    await equal('qcow2', 'other.qcow2')
    await clone('other.qcow2', 'back.img', 'raw')
    await equal('raw', 'back.img')
    await clone('one.img', 'exchange.vmdk', 'vmdk')
    await equal('vmdk', 'exchange.vmdk')
    await create({
      name: 'top.qcow2',
      format: 'qcow2',
      allocation: 'sparse',
      backingPath: `${folder}/one.img`,
      backingFormat: 'raw',
    })
    await clone('top.qcow2', 'alone.qcow2')
    expect((await img('alone.qcow2'))['full-backing-filename']).toBeUndefined()
    await equal('qcow2', 'alone.qcow2')
    await virsh('pool-refresh', 'default')
    await clone('one.img', 'volumes-live.img', 'qcow2', pool, 'default')
    expect(await details('volumes-live.img', 'default')).toMatchObject({ format: 'qcow2' })
    await session.storage.deleteVolume({ pool: 'default', volume: 'volumes-live.img' }, false)
  })

  it('that are copied can be given up, and the half copy goes', { timeout: 180_000 }, async () => {
    await create({ name: 'large.img', format: 'raw', capacityBytes: 64 * mib, allocation: 'full' })
    await host.exec(['bash', '-c', `head -c 64M /dev/urandom > ${folder}/large.img`])
    const giveUp = new AbortController()
    const request = { pool, volume: 'large.img', toPool: pool, name: 'copy.qcow2', format: 'qcow2' }
    const progress: { doneBytes: number; totalBytes: number }[] = []
    // a fast disk would be done with it before anybody looks
    const held = holdCopy(host, `${folder}/copy.qcow2`)
    const copying = session.storage.cloneVolume(request, {
      signal: giveUp.signal,
      onProgress(_, amount) {
        if (amount) progress.push(amount)
        giveUp.abort()
      },
    })
    await expectKind(copying, 'cancelled')
    expect(progress.length).toBe(1)
    expect(progress[0]?.totalBytes).toBeGreaterThanOrEqual(64 * mib)
    await (await held).release()
    await expect.poll(() => names(), { timeout: 120_000 }).toEqual(['large.img'])
  })

  it('grow and shrink while nobody uses them', step, async () => {
    const to = (volume: string, capacityBytes: number, more: { allocate?: true; shrink?: true } = {}) =>
      session.storage.resizeVolume(
        { pool, volume },
        { capacityBytes, allocate: more.allocate ?? false, shrink: more.shrink ?? false },
      )
    for (const format of ['raw', 'qcow2']) {
      const name = `one.${format}`
      await create({ name, format, capacityBytes: 8 * mib, allocation: 'sparse' })
      await to(name, 24 * mib)
      expect((await img(name))['virtual-size'], format).toBe(24 * mib)
      await expectKind(to(name, 4 * mib), 'invalid')
      await to(name, 4 * mib, { shrink: true })
      expect((await img(name))['virtual-size'], format).toBe(4 * mib)
      expect((await details(name)).capacityBytes, format).toBe(4 * mib)
    }
    await to('one.raw', 32 * mib, { allocate: true })
    expect((await img('one.raw'))['actual-size']).toBeGreaterThanOrEqual(28 * mib)
    await create({ name: 'one.vdi', format: 'vdi', capacityBytes: 8 * mib, allocation: 'sparse' })
    await expectKind(to('one.vdi', 16 * mib), 'unsupported')
  })

  it('grow under a guest that runs, which sees it', step, async () => {
    await create({ name: 'disk.qcow2', format: 'qcow2', capacityBytes: 8 * mib, allocation: 'sparse' })
    await host.defineTiny(
      'volumes-live',
      `<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>
        <source pool='${pool}' volume='disk.qcow2'/><target dev='vda' bus='virtio'/></disk>`,
    )
    await virsh('start', 'volumes-live')
    const to = (capacityBytes: number, shrink: boolean) =>
      session.storage.resizeVolume({ pool, volume: 'disk.qcow2' }, { capacityBytes, allocate: false, shrink })
    await to(40 * mib, false)
    expect(await virsh('domblkinfo', 'volumes-live', 'vda')).toMatch(/Capacity:\s+41943040/)
    expect((await img('disk.qcow2'))['virtual-size']).toBe(40 * mib)
    const refused = await expectKind(to(8 * mib, true), 'busy')
    expect(refused.message).toContain('volumes-live')
  })

  it('are wiped', step, async () => {
    await create({ name: 'one.img', format: 'raw', capacityBytes: 16 * mib, allocation: 'full' })
    await fill(`${folder}/one.img`)
    await session.storage.wipeVolume({ pool, volume: 'one.img' }, 'zero', context())
    const count = await host.exec(['bash', '-c', `tr -d '\\000' < ${folder}/one.img | wc -c`])
    expect(count.trim()).toBe('0')
    const wipe = (algorithm: 'nnsa' | 'trim') =>
      session.storage.wipeVolume({ pool, volume: 'one.img' }, algorithm, context())
    await expectKind(wipe('trim'), 'unsupported')
    const scrub = await host.exec(['bash', '-c', 'command -v scrub || true'])
    if (scrub === '') expect((await expectKind(wipe('nnsa'), 'unsupported')).message).toContain('scrub')
    else await wipe('nnsa')
  })

  it(
    'are made for an upload to the byte, as raw, and found to be what they are afterwards',
    step,
    async () => {
      await create({ name: 'source.qcow2', format: 'qcow2', capacityBytes: 32 * mib, allocation: 'sparse' })
      await fillImage(`${folder}/source.qcow2`, 'qcow2')
      const size = Number((await host.exec(['stat', '-c', '%s', `${folder}/source.qcow2`])).trim())
      await session.storage.prepareUpload({ pool, volume: 'new.qcow2' }, size, 'qcow2')
      expect(await details('new.qcow2')).toMatchObject({ format: 'raw', capacityBytes: size })
      await host.exec([
        'dd',
        `if=${folder}/source.qcow2`,
        `of=${folder}/new.qcow2`,
        'conv=notrunc',
        'status=none',
      ])
      await virsh('pool-refresh', pool)
      expect(await details('new.qcow2')).toMatchObject({ format: 'qcow2', capacityBytes: 32 * mib })
    },
  )

  it('of a disk are partitions with the numbers of the host', step, async () => {
    const file = '/var/lib/libvirt/volumes-live-disk.img'
    await host.exec(['truncate', '-s', '128M', file])
    const loop = (await host.exec(['losetup', '--find', '--show', '--partscan', file])).trim()
    loops.push(loop)
    const disk = loop.replace('/dev/', '')
    await virsh(
      'pool-define-as',
      'volumes-disk',
      'disk',
      '--source-dev',
      loop,
      '--source-format',
      'gpt',
      '--target',
      '/dev',
    )
    await virsh('pool-build', 'volumes-disk', '--overwrite')
    await virsh('pool-start', 'volumes-disk')
    try {
      await create({ capacityBytes: 16 * mib, format: 'none' }, 'volumes-disk')
      await create({ capacityBytes: 24 * mib, format: 'none' }, 'volumes-disk')
      expect((await names('volumes-disk')).sort()).toEqual([`${disk}p1`, `${disk}p2`])
      expect((await details(`${disk}p1`, 'volumes-disk')).capacityBytes).toBeGreaterThanOrEqual(15 * mib)
      // loop devices are called like NVMe drives, which libvirt 9 cannot delete partitions of
      const kept = await expectKind(
        session.storage.deleteVolume({ pool: 'volumes-disk', volume: `${disk}p1` }, false),
        'unsupported',
      )
      expect(kept.cure).toContain(`parted ${loop} rm 1`)
      await expectKind(
        session.storage.resizeVolume(
          { pool: 'volumes-disk', volume: `${disk}p2` },
          { capacityBytes: 32 * mib, allocate: false, shrink: false },
        ),
        'unsupported',
      )
    } finally {
      await virsh('pool-destroy', 'volumes-disk')
      await virsh('pool-undefine', 'volumes-disk')
    }
  })
})

/** Who uses which image, on a host where images hang on each other in every way. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import type { ImageUser, StorageUsage } from '../../../../shared/model/storage/volume'
import type { HypervisorSession } from '../../backend'
import { expectKind } from '../../suite/expect-kind'
import { openSession } from '../testing/suite-host'

const folder = '/var/lib/libvirt/usage-live'
const pool = 'usage-live'
const at = (name: string): string => `${folder}/${name}`
const crowd = 5000

describe('what uses the images of a lab host', () => {
  let lab: Lab
  let host: LabHost
  let session: HypervisorSession
  const vms = ['usage-chain', 'usage-run', 'usage-other', 'usage-snap']

  const virsh = (...words: string[]): Promise<string> => host.virsh(words)
  const image = (name: string, base?: string): Promise<string> =>
    host.exec(
      base === undefined
        ? ['qemu-img', 'create', '-q', '-f', 'qcow2', at(name), '8M']
        : ['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', at(base), '-F', 'qcow2', at(name)],
    )
  const disk = (source: string, target: string, more = '', device = 'disk', format = 'qcow2'): string =>
    `<disk type='file' device='${device}'><driver name='qemu' type='${format}'/>` +
    `<source file='${source}'/><target dev='${target}' bus='${target.startsWith('v') ? 'virtio' : 'sata'}'/>${more}</disk>`
  /** "usage-run disk vda", in order. */
  const briefly = (usage: StorageUsage, name: string): string[] =>
    (usage.users[at(name)] ?? [])
      .map((user: ImageUser) =>
        [user.name, user.kind, user.target ?? user.snapshot ?? '', user.isRunning === true ? 'running' : '']
          .join(' ')
          .trim(),
      )
      .sort()

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    session = await openSession(host.uri())
    await virsh('pool-define-as', pool, 'dir', '--target', folder)
    await virsh('pool-build', pool)
    for (const [name, base] of [
      ['base.qcow2'],
      ['one.qcow2', 'base.qcow2'],
      ['two.qcow2', 'one.qcow2'],
      ['top.qcow2', 'two.qcow2'],
      ['lonely-base.qcow2'],
      ['lonely-top.qcow2', 'lonely-base.qcow2'],
      ['plain.qcow2'],
      ['volume.qcow2'],
      ['unused.qcow2'],
      ['snap.qcow2'],
    ] as const)
      await image(name, base)
    for (const name of [
      'media.iso',
      'shared.img',
      'floppy.img',
      'vmlinuz',
      'initrd.img',
      'code.fd',
      'vars.fd',
    ])
      await host.exec(['truncate', '-s', '2M', at(name)])
    await virsh('pool-start', pool)
    await host.defineTiny(
      'usage-chain',
      disk(at('top.qcow2'), 'vda') + disk(at('shared.img'), 'vdb', '<shareable/>', 'disk', 'raw'),
    )
    await host.defineTiny(
      'usage-run',
      disk(at('plain.qcow2'), 'vda') +
        disk(at('media.iso'), 'sda', '', 'cdrom', 'raw') +
        disk(at('shared.img'), 'vdb', '<shareable/>', 'disk', 'raw') +
        `<disk type='volume' device='disk'><driver name='qemu' type='qcow2'/>
          <source pool='${pool}' volume='volume.qcow2'/><target dev='vdc' bus='virtio'/></disk>`,
    )
    await host.defineTiny(
      'usage-other',
      disk(`${folder}/../usage-live/media.iso`, 'sda', '', 'cdrom', 'raw') +
        `<disk type='file' device='floppy'><source file='${at('floppy.img')}'/><target dev='fda' bus='fdc'/></disk>`,
      `<loader readonly='yes' type='pflash'>${at('code.fd')}</loader><nvram>${at('vars.fd')}</nvram>
        <kernel>${at('vmlinuz')}</kernel><initrd>${at('initrd.img')}</initrd>`,
    )
    await host.defineTiny('usage-snap', disk(at('snap.qcow2'), 'vda'))
    await virsh('start', 'usage-run')
    await virsh(
      ...['snapshot-create-as', 'usage-snap', 'before', '--disk-only'],
      ...['--diskspec', `vda,file=${at('snap-overlay.qcow2')}`],
    )
    await virsh('pool-refresh', pool)
  })

  afterAll(async () => {
    for (const vm of vms) {
      await host.virsh(['destroy', vm]).catch(() => '')
      await host.virsh(['undefine', vm, '--snapshots-metadata', '--keep-nvram']).catch(() => '')
    }
    for (const one of [pool, `${pool}-crowd`]) {
      await host.virsh(['pool-destroy', one]).catch(() => '')
      await host.virsh(['pool-undefine', one]).catch(() => '')
    }
    await session.close()
    await host.exec(['rm', '-rf', folder, `${folder}-crowd`])
    await lab.stop()
  }, 120_000)

  it('is told for every base of a chain four images deep', { timeout: 60_000 }, async () => {
    const usage = await session.storage.usage()
    expect(usage.unread).toEqual([])
    expect(briefly(usage, 'top.qcow2')).toEqual(['usage-chain disk vda'])
    expect(briefly(usage, 'two.qcow2')).toEqual([`${at('top.qcow2')} image`, 'usage-chain backing vda'])
    expect(briefly(usage, 'one.qcow2')).toEqual([`${at('two.qcow2')} image`, 'usage-chain backing vda'])
    expect(briefly(usage, 'base.qcow2')).toEqual([`${at('one.qcow2')} image`, 'usage-chain backing vda'])
    expect(briefly(usage, 'lonely-base.qcow2')).toEqual([`${at('lonely-top.qcow2')} image`])
    expect(briefly(usage, 'lonely-top.qcow2')).toEqual([])
    expect(briefly(usage, 'unused.qcow2')).toEqual([])
  })

  it('is told for disks, volumes, media, shared disks, kernels and variables', async () => {
    const usage = await session.storage.usage()
    expect(briefly(usage, 'plain.qcow2')).toEqual(['usage-run disk vda running'])
    expect(briefly(usage, 'volume.qcow2')).toEqual(['usage-run disk vdc running'])
    expect(briefly(usage, 'media.iso')).toEqual(['usage-other cdrom sda', 'usage-run cdrom sda running'])
    expect(briefly(usage, 'shared.img')).toEqual(['usage-chain disk vdb', 'usage-run disk vdb running'])
    expect(usage.users[at('shared.img')]?.every(({ isShared }) => isShared)).toBe(true)
    expect(usage.users[at('media.iso')]?.every(({ isReadOnly }) => isReadOnly)).toBe(true)
    expect(briefly(usage, 'floppy.img')).toEqual(['usage-other floppy fda'])
    expect(briefly(usage, 'vmlinuz')).toEqual(['usage-other kernel'])
    expect(briefly(usage, 'initrd.img')).toEqual(['usage-other kernel'])
    expect(briefly(usage, 'code.fd')).toEqual(['usage-other firmware'])
    expect(briefly(usage, 'vars.fd')).toEqual(['usage-other firmware'])
  })

  it('is told for what a snapshot outside of the image needs, and for what it made', async () => {
    const usage = await session.storage.usage()
    expect(briefly(usage, 'snap-overlay.qcow2')).toEqual([
      'usage-snap disk vda',
      'usage-snap snapshot before',
    ])
    expect(briefly(usage, 'snap.qcow2')).toEqual([
      `${at('snap-overlay.qcow2')} image`,
      'usage-snap backing vda',
      'usage-snap snapshot before',
    ])
  })

  it('keeps an image from being deleted, and says who it is', { timeout: 60_000 }, async () => {
    const remove = (volume: string) => session.storage.deleteVolume({ pool, volume }, false)
    for (const [volume, who] of [
      ['plain.qcow2', 'usage-run'],
      ['base.qcow2', 'usage-chain'],
      ['media.iso', 'usage-other'],
      ['snap.qcow2', 'usage-snap'],
      ['lonely-base.qcow2', 'lonely-top.qcow2'],
    ] as const) {
      const error = await expectKind(remove(volume), 'busy')
      expect(`${error.message} ${error.detail ?? ''}`, volume).toContain(who)
    }
    await remove('unused.qcow2')
    const left = await host.exec(['ls', folder])
    expect(left).not.toContain('unused.qcow2')
    for (const kept of ['plain.qcow2', 'base.qcow2', 'media.iso', 'snap.qcow2']) expect(left).toContain(kept)
  })

  it('is known of a VM whose disk was plugged in since, before it is stored', {
    timeout: 60_000,
  }, async () => {
    await image('plugged.qcow2')
    await virsh('pool-refresh', pool)
    await virsh(
      ...['attach-disk', 'usage-run', at('plugged.qcow2'), 'sdb', '--live'],
      ...['--targetbus', 'usb', '--subdriver', 'qcow2'],
    )
    const usage = await session.storage.usage()
    expect(usage.users[at('plugged.qcow2')]).toEqual([expect.objectContaining({ name: 'usage-run' })])
  })

  it('and five thousand volumes are listed while other questions are answered', {
    timeout: 120_000,
  }, async () => {
    await host.exec([
      'bash',
      '-c',
      `mkdir -p ${folder}-crowd && cd ${folder}-crowd && seq -f 'disk-%04g.img' 1 ${crowd} | xargs truncate -s 1M`,
    ])
    await virsh('pool-define-as', `${pool}-crowd`, 'dir', '--target', `${folder}-crowd`)
    await virsh('pool-start', `${pool}-crowd`)
    const began = performance.now()
    const { volumes, isTruncated } = await session.storage.volumeNames(`${pool}-crowd`)
    const listed = performance.now()
    const page = session.storage.volumeDetails(
      `${pool}-crowd`,
      volumes.slice(0, 100).map(({ name }) => name),
    )
    const order: string[] = []
    const [details] = await Promise.all([
      page.then((found) => (order.push('page'), found)),
      session.listVms().then(() => order.push('vms')),
    ])
    const shown = performance.now()
    expect(isTruncated).toBe(false)
    expect(volumes.length).toBe(crowd)
    expect(details.volumes.length).toBe(100)
    expect(order).toEqual(['vms', 'page'])
    const usage = await session.storage.usage()
    expect(usage.unread).toEqual([])
    const known = performance.now()
    process.stdout.write(
      `${crowd} volumes: names ${Math.round(listed - began)} ms, first 100 in full ${Math.round(shown - listed)} ms, ` +
        `who uses them ${Math.round(known - shown)} ms\n`,
    )
  })
})

/** Images of a lab host, seen by ssh: who uses them is what its libvirt says. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import { tinyDisk } from '../../../../e2e/lab/tiny-vm'
import type { ImageAction } from '../../../../shared/model/storage/image'
import type { HypervisorSession } from '../../backend'
import { Reacher } from '../testing/reacher'
import { watched } from './testing'

const pool = 'images-live'
const folder = '/var/lib/libvirt/images-live'
const vm = 'images-live'
const names = ['base, one.qcow2', 'second image.qcow2', "third's.qcow2", 'top.qcow2']
const paths = names.map((name) => `${folder}/${name}`)
const [base = '', , third = '', top = ''] = paths

describe('images of a lab host, by ssh', () => {
  let lab: Lab
  let host: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  const act = (path: string, action: ImageAction, context = watched()) =>
    session.images.imageAction(path, action, context)
  const refresh = () => host.virsh(['pool-refresh', pool])

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    reacher = new Reacher(lab, host)
    const uri = `qemu+ssh://${host.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: host.keyFile })).session
    await host.virsh(['pool-define-as', pool, 'dir', '--target', folder])
    await host.virsh(['pool-build', pool])
    await host.virsh(['pool-start', pool])
    for (const [at, path] of paths.entries()) {
      const below = paths[at - 1]
      await host.exec([
        ...['qemu-img', 'create', '-q', '-f', 'qcow2'],
        ...(below === undefined ? [path, '64M'] : ['-b', below, '-F', 'qcow2', path]),
      ])
      await host.exec(['qemu-io', '-f', 'qcow2', '-c', `write -P ${at + 1} ${at}M 1M`, path])
    }
    await refresh()
    await host.defineTiny(vm, tinyDisk(top, 'vda'))
  })

  afterAll(async () => {
    await host?.virsh(['destroy', vm]).catch(() => undefined)
    await host?.virsh(['undefine', vm]).catch(() => undefined)
    await host?.virsh(['pool-destroy', pool]).catch(() => undefined)
    await host?.virsh(['pool-undefine', pool]).catch(() => undefined)
    await host?.exec(['rm', '-rf', folder, '/home/images-live'])
    await reacher?.stop()
    await lab?.stop()
  })

  it('are a chain of four, each protected by those above', async () => {
    const report = await session.images.image(top)
    expect(report.chain.map(({ path }) => path)).toEqual(paths.toReversed())
    expect(report).toMatchObject({ dependants: [], inUseBy: [] })
    expect((await session.images.image(base)).dependants).toEqual(paths.slice(1).sort())
    await expect(act(base, { kind: 'resize', capacityBytes: 2 ** 27, shrink: false })).rejects.toMatchObject({
      kind: 'busy',
      message: '3 images are built on this one',
    })
  })

  it('are looked at and not changed while a VM runs with them', async () => {
    await host.virsh(['start', vm])
    expect((await session.images.image(base)).inUseBy).toEqual([vm])
    for (const path of [top, base]) {
      await expect(act(path, { kind: 'compact' })).rejects.toMatchObject({
        kind: 'busy',
        message: `${vm} runs with this image`,
      })
    }
    expect((await act(top, { kind: 'check', repair: 'no' })).summary).toMatch(/error/i)
    expect((await session.images.imageMap(top)).extents.length).toBeGreaterThan(2)
    await host.virsh(['destroy', vm])
  })

  it('are committed, rebased, compacted and compared where nobody else needs them', async () => {
    const copy = `${folder}/copy, of it`
    const alike = { kind: 'compare', with: copy } as const
    await act(top, { kind: 'convert', to: copy, format: 'qcow2', isCompressed: true, options: {} })
    await act(top, { kind: 'compact' })
    expect((await session.images.image(top)).chain).toHaveLength(4)
    await act(top, { kind: 'commit' })
    expect((await act(third, alike)).summary).toBe('The images are equal')
    await act(top, { kind: 'rebase', isUnsafe: false })
    expect((await session.images.image(top)).chain).toHaveLength(1)
    expect((await act(top, alike)).summary).toBe('The images are equal')
    await act(top, { kind: 'amend', options: { lazy_refcounts: 'on' } })
    await act(top, { kind: 'resize', capacityBytes: 2 ** 27, shrink: false })
    await act(top, { kind: 'dd', to: `${folder}/part`, format: 'raw', blockSizeBytes: 2 ** 20, count: 1 })
    expect((await host.exec(['od', '-An', '-tx1', '-N1', `${folder}/part`])).trim()).toBe('01')
  })

  it('are written with progress, and a cancelled one is stopped and gone', async () => {
    const large = `${folder}/large`
    await host.exec(['qemu-img', 'create', '-q', '-f', 'qcow2', large, '512M'])
    await host.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 3 0 512M', large])
    const to = `${folder}/never`
    const context = watched()
    const action = { kind: 'convert', to, format: 'qcow2', isCompressed: true, options: {} } as const
    const onProgress = (fraction: number): void => {
      if (fraction > 0) context.cancel()
    }
    await expect(act(large, action, { ...context, onProgress })).rejects.toMatchObject({ kind: 'cancelled' })
    expect(await host.exec(['ls', folder])).not.toContain('never')
    expect(await host.exec(['sh', '-c', 'pgrep -x qemu-img || echo none'])).toBe('none\n')
  })

  it('that nobody uses are found, and those with a VM or an image on them are not', async () => {
    await refresh()
    const { orphans } = await session.images.orphans()
    const mine = orphans.filter((one) => one.pool === pool).map(({ volume }) => volume)
    expect(mine).toEqual(expect.arrayContaining(["third's.qcow2", 'copy, of it', 'part', 'large']))
    for (const used of ['top.qcow2', 'base, one.qcow2', 'second image.qcow2'])
      expect(mine).not.toContain(used)
  })

  it('are listed with their folder, and the way to them is judged for the user that runs VMs', async () => {
    const { files } = await session.images.folder(folder)
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(names))
    await host.exec(['install', '-d', '-m', '700', '/home/images-live'])
    const access = await session.images.pathAccess('/home/images-live')
    // the lab runs its VMs as root
    expect(access).toMatchObject({ exists: true, user: 'root', canRead: true })
  })
})

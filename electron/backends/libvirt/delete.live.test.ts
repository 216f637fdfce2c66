/** Deletions on a real host, with real images that are built on one another and on which other VMs stand. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../../e2e/lab/lab'
import type { VmId } from '../../../shared/model/ids'
import type { ActionContext, HypervisorSession } from '../backend'
import { openSession } from './testing/suite-host'

const pools = ['delete-live', 'delete-live-far'] as const
const near = '/var/lib/libvirt/delete-live'
const far = '/var/lib/libvirt/delete-live-far'
/** In no pool. */
const outside = '/var/lib/libvirt/delete-live-outside'
const variables = `${outside}/one.fd`
const names = ['delete-one', 'delete-two', 'delete-three']
const context: ActionContext = { signal: new AbortController().signal, onProgress: () => undefined }
const step = { timeout: 180_000 }

describe('a deletion on a real host', () => {
  let lab: Lab
  let host: LabHost
  let session: HypervisorSession

  const image = (name: string, folder = near): string => `${folder}/${name}.qcow2`
  const make = (path: string, base?: string): Promise<string> => {
    const on = base === undefined ? [] : ['-b', base, '-F', 'qcow2']
    return host.exec(['qemu-img', 'create', '-f', 'qcow2', ...on, path, '16M'])
  }
  const define = async (name: string, disk: string, os = ''): Promise<void> => {
    const file = join(stateDirectory, `${name}.xml`)
    await writeFile(
      file,
      `<domain type='qemu'><name>${name}</name><memory unit='MiB'>32</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type>${os}</os>
        <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
        <devices><disk type='file' device='disk'><driver name='qemu' type='qcow2'/>
          <source file='${disk}'/><target dev='vda' bus='virtio'/></disk></devices></domain>`,
    )
    await host.virsh(['define', file])
  }
  const idOf = async (name: string): Promise<VmId> => {
    const found = (await session.listVms()).find((vm) => vm.name === name)
    if (!found) throw new Error(`There is no ${name}`)
    return found.id
  }
  const sums = async (paths: readonly string[]): Promise<string> => host.exec(['sha256sum', ...paths])
  const isThere = (path: string): Promise<boolean> =>
    host.exec(['test', '-e', path]).then(
      () => true,
      () => false,
    )

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    session = await openSession(host.uri())
  })

  beforeEach(async () => {
    await host.exec(['mkdir', '-p', near, far, outside])
    await make(image('base'))
    await make(image('a'), image('base'))
    await make(image('b'), image('a'))
    await make(image('c'), image('b'))
    await make(image('d', far), image('b'))
    for (const [at, name] of ['base', 'a', 'b'].entries())
      await host.exec(['qemu-io', '-f', 'qcow2', '-c', `write -P ${at + 1} ${at}M 1M`, image(name)])
    for (const [at, pool] of pools.entries()) {
      await host.virsh(['pool-define-as', pool, 'dir', '--target', [near, far][at] ?? ''])
      await host.virsh(['pool-start', pool])
    }
    await define('delete-one', image('c'))
    await define('delete-two', image('d', far))
  }, 60_000)

  afterEach(async () => {
    for (const name of names) {
      await host.virsh(['destroy', name]).catch(() => '')
      await host.virsh(['undefine', name, '--snapshots-metadata', '--keep-nvram']).catch(() => '')
    }
    for (const pool of pools) {
      await host.virsh(['pool-destroy', pool])
      await host.virsh(['pool-undefine', pool])
    }
    await host.exec(['umount', image('c')]).catch(() => '')
    await host.exec(['rm', '-rf', near, far, outside])
  }, 60_000)

  afterAll(async () => {
    await session?.close()
    await lab?.stop()
  })

  it('leaves the images of another VM as they were to the last byte, and that VM starts', step, async () => {
    const others = [image('base'), image('a'), image('b'), image('d', far)]
    const before = await sums(others)
    const id = await idOf('delete-one')
    const plan = await session.deletePlan(id)
    expect(plan.files.map(({ path, usedBy }) => [path, usedBy])).toEqual([
      [image('c'), []],
      ...['b', 'a', 'base'].map((name) => [image(name), ['delete-two']]),
    ])
    const everything = plan.files.map(({ path }) => path)
    await expect(session.delete(id, { files: everything }, context)).rejects.toMatchObject({ kind: 'busy' })
    expect(await isThere(image('c'))).toBe(true)
    await session.delete(id, { files: [image('c')], stamp: plan.stamp }, context)
    expect(await isThere(image('c'))).toBe(false)
    expect(await sums(others)).toBe(before)
    await session.power(await idOf('delete-two'), 'start', context)
    expect((await host.virsh(['domstate', 'delete-two'])).trim()).toBe('running')
  })

  it(
    'sees what no pool knows: an overlay of a new snapshot, and a disk outside of every pool',
    step,
    async () => {
      await host.virsh(['snapshot-create-as', 'delete-one', 'before', '--disk-only'])
      const top = `${near}/c.before`
      await make(image('e', outside), image('c'))
      await define('delete-three', image('e', outside))
      const plan = await session.deletePlan(await idOf('delete-one'))
      expect(plan.unread).toEqual([])
      expect(plan.files.slice(0, 2)).toMatchObject([
        { path: top, role: 'disk', usedBy: [], isSuggested: true },
        { path: image('c'), role: 'snapshot', usedBy: ['delete-three'], isSuggested: false },
      ])
      const { files } = await session.delete(await idOf('delete-one'), { files: [top] }, context)
      expect(files[0]).toEqual({ path: top, result: 'deleted' })
      expect([await isThere(top), await isThere(image('c'))]).toEqual([false, true])
      await session.power(await idOf('delete-three'), 'start', context)
    },
  )

  it('removes UEFI variables or keeps them, as was asked for', step, async () => {
    const os = `<loader readonly='yes' type='pflash'>${outside}/code.fd</loader><nvram>${variables}</nvram>`
    await host.exec(['truncate', '-s', '1M', variables, `${outside}/code.fd`])
    const removeWith = async (keepParts: readonly 'nvram'[]): Promise<boolean> => {
      await define('delete-three', image('d', far), os)
      const id = await idOf('delete-three')
      expect((await session.deletePlan(id)).parts).toEqual([
        { kind: 'nvram', text: `UEFI variables (${variables})` },
      ])
      await session.delete(id, { files: [], keepParts }, context)
      return isThere(variables)
    }
    expect(await removeWith(['nvram'])).toBe(true)
    expect(await removeWith([])).toBe(false)
  })

  it(
    'tells which file could not be deleted and why, and it can be deleted once that is mended',
    step,
    async () => {
      // the kernel removes no file that something is mounted on
      await host.exec(['mount', '--bind', image('c'), image('c')])
      const { isDeleted, files } = await session.delete(
        await idOf('delete-one'),
        { files: [image('c')] },
        context,
      )
      expect(isDeleted).toBe(true)
      expect(files[0]).toMatchObject({
        path: image('c'),
        result: 'failed',
        why: expect.stringMatching(/busy/i),
        volume: { pool: 'delete-live', volume: 'c.qcow2' },
      })
      await host.exec(['umount', image('c')])
      await session.storage.deleteVolume({ pool: 'delete-live', volume: 'c.qcow2' }, false)
      expect(await isThere(image('c'))).toBe(false)
    },
  )
})

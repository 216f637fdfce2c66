/** A VM of a real host is exported as bundle and as OVA, each becomes a VM again, with the same bytes for its guest, and boots. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bootDisk, diskGreeting } from '../../e2e/lab/boot-media'
import { startLab, stateDirectory, type Lab, type LabHost } from '../../e2e/lab/lab'
import { hostId, type VmId } from '../../shared/model/ids'
import { usualDevices, wishesOfForeign } from '../../shared/model/new-vm/foreign-wishes'
import { suggest } from '../../shared/model/new-vm/suggest'
import type { ExportInput } from '../../shared/model/export'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { LocalFiles } from '../files/local-files'
import { Bundles } from '../new-vm/bundle/bundles'
import { workOutBundle } from '../new-vm/bundle/plan'
import { createVm } from '../new-vm/create'
import { ForeignPackages } from '../new-vm/foreign/package/packages'
import { workOutNewVm } from '../new-vm/plan'
import { standIn } from '../new-vm/testing/stand-in-writer'
import { definitionWriter } from '../new-vm/writer'
import { exportVm } from './export'
import { workOutExport } from './plan'

const pool = 'export-live'
const folder = '/var/lib/libvirt/export-live'
const host = hostId.parse('lab')
const step = { timeout: 180_000 }
const context = (more: Partial<ActionContext> = {}): ActionContext => ({
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ...more,
})

describe('a VM of a real host', () => {
  let lab: Lab
  let labHost: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let local: string

  const image = (name: string): string => `${folder}/${name}`
  const idOf = async (name: string): Promise<VmId> => {
    const found = (await session.listVms()).find((vm) => vm.name === name)
    if (!found) throw new Error(`There is no ${name}`)
    return found.id
  }
  const exported = async (more: Pick<ExportInput, 'kind' | 'as'>, own = context()): Promise<string> => {
    const path = join(local, 'out')
    const input: ExportInput = { host, vm: await idOf('export-live'), pool, ...more }
    const worked = await workOutExport(session, input, path)
    expect(worked.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
    await exportVm(session, { input, worked, path, nowMs: Date.now() }, own)
    return path
  }
  const inPool = async (): Promise<string[]> =>
    (await labHost.exec(['ls', folder])).trim().split('\n').toSorted()
  const isSame = (one: string, other: string): Promise<string> =>
    labHost.exec(['qemu-img', 'compare', '-U', image(one), image(other)])
  /** What the program in the first sector says, which lies in the base of the disk; the serial line is a terminal of the host. */
  const boots = async (name: string): Promise<void> => {
    await session.power(await idOf(name), 'start', context())
    const xml = await labHost.virsh(['dumpxml', name])
    const tty = /<serial type='pty'>\s*<source path='([^']+)'/.exec(xml)?.[1] ?? 'no terminal'
    expect(await labHost.exec(['timeout', '60', 'grep', '-a', '-m1', diskGreeting, tty])).toContain(
      diskGreeting,
    )
  }

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    labHost = lab.host('labA')
    // by ssh, as the host's own tools have to be run
    reacher = new Reacher(lab, labHost)
    const uri = `qemu+ssh://${labHost.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    session = (await reacher.connect(uri, { keyFile: labHost.keyFile })).session
    local = await mkdtemp(join(tmpdir(), 'export-live-'))
  })

  /** A disk that is built on another, with something of its own, and one that is raw. */
  beforeEach(async () => {
    await labHost.virsh(['pool-define-as', pool, 'dir', '--target', folder])
    await labHost.virsh(['pool-build', pool])
    const boot = join(stateDirectory, 'export-live.img')
    await writeFile(boot, bootDisk(24 * 1024 ** 2))
    await labHost.exec(['qemu-img', 'convert', '-f', 'raw', '-O', 'qcow2', boot, image('base.qcow2')])
    await labHost.exec(
      ['qemu-img', 'create', '-f', 'qcow2', '-b', image('base.qcow2'), '-F', 'qcow2'].concat(
        image('top.qcow2'),
      ),
    )
    await labHost.exec(['qemu-io', '-f', 'qcow2', '-c', 'write -P 2 1M 3M', image('top.qcow2')])
    await labHost.exec(['qemu-img', 'create', '-f', 'raw', image('data.img'), '8M'])
    await labHost.exec(['qemu-io', '-f', 'raw', '-c', 'write -P 3 4M 1M', image('data.img')])
    await labHost.virsh(['pool-start', pool])
    const file = join(stateDirectory, 'export-live.xml')
    await writeFile(
      file,
      `<domain type='qemu'><name>export-live</name><memory unit='MiB'>64</memory><vcpu>1</vcpu>
        <os><type arch='x86_64' machine='q35'>hvm</type><boot dev='hd'/></os>
        <cpu mode='custom' match='exact' check='none'><model fallback='allow'>qemu64</model></cpu>
        <devices><disk type='file' device='disk'><driver name='qemu' type='qcow2' cache='none'/>
          <source file='${image('top.qcow2')}'/><target dev='vda' bus='virtio'/></disk>
          <disk type='file' device='disk'><driver name='qemu' type='raw'/>
          <source file='${image('data.img')}'/><target dev='vdb' bus='virtio'/></disk>
          <interface type='user'><mac address='52:54:00:12:34:56'/></interface>
          <serial type='pty'/></devices></domain>`,
    )
    await labHost.virsh(['define', file])
  }, 60_000)

  afterEach(async () => {
    for (const name of ['export-live', 'export-live-2']) {
      await labHost.virsh(['destroy', name]).catch(() => '')
      await labHost.virsh(['undefine', name]).catch(() => '')
    }
    await labHost.virsh(['pool-destroy', pool])
    await labHost.virsh(['pool-undefine', pool])
    await labHost.exec(['rm', '-rf', folder])
    for (const name of await readdir(local)) await rm(join(local, name), { recursive: true })
  }, 60_000)

  afterAll(async () => {
    await reacher?.stop()
    await lab?.stop()
    if (local) await rm(local, { recursive: true, force: true })
  })

  it(
    'becomes a VM again of its bundle, which has the same data, alone of any base, and boots',
    step,
    async () => {
      const before = await inPool()
      const path = await exported({ kind: 'bundle', as: 'file' })
      expect(await inPool()).toEqual(before)
      const files = new LocalFiles()
      const bundles = new Bundles(files)
      const { id: file } = await files.toRead(path)
      const { plan, ready } = await workOutBundle(
        session,
        { host, file, name: 'export-live-2', identity: 'new', pool, startsNow: false },
        await bundles.read(file),
      )
      expect(plan.problems.filter(({ level }) => level === 'error')).toEqual([])
      if (!ready) throw new Error('nothing to create')
      await createVm(session, ready.input, ready.worked, context(), undefined, bundles)
      await isSame('top.qcow2', 'export-live-2.qcow2')
      await isSame('data.img', 'export-live-2-vdb.img')
      expect(await labHost.exec(['qemu-img', 'info', image('export-live-2.qcow2')])).not.toContain(
        'backing file',
      )
      const xml = await labHost.virsh(['dumpxml', '--inactive', 'export-live-2'])
      expect(xml).toContain("cache='none'")
      expect(xml).not.toContain('52:54:00:12:34:56')
      await boots('export-live-2')
    },
  )

  it(
    'becomes a VM again of its OVA, whose VMDKs the host reads as the same data, and boots',
    step,
    async () => {
      const before = await inPool()
      const path = await exported({ kind: 'ovf', as: 'file' })
      expect(await inPool()).toEqual(before)
      const files = new LocalFiles()
      const packages = new ForeignPackages(files)
      const vm = await packages.read((await files.toRead(path)).id)
      const [capabilities, choices] = await Promise.all([session.capabilities(), session.hostChoices()])
      const wishes = wishesOfForeign(vm, usualDevices(vm), { capabilities, choices })
      const { input } = suggest(
        {
          ...wishes,
          name: 'export-live-2',
          virtType: 'qemu',
          disks: (wishes.disks ?? []).map((disk) => ({ ...disk, pool })),
          nics: [{ source: { kind: 'user' } }],
        },
        { host, info: session.info, capabilities, choices, vmNames: [] },
      )
      if (!input) throw new Error('nothing to create')
      const worked = await workOutNewVm(
        session,
        input,
        definitionWriter(async () => undefined, standIn.tree),
      )
      expect(worked.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
      await createVm(session, input, worked, context(), undefined, packages)
      const made = (await inPool()).filter((name) => name.startsWith('export-live-2'))
      expect(made).toHaveLength(2)
      for (const [at, name] of ['top.qcow2', 'data.img'].entries())
        await isSame(name, made.toSorted()[at === 0 ? 1 : 0] ?? '')
      await boots('export-live-2')
    },
  )

  it('leaves nothing here or there when its export is cancelled while a disk is sent', step, async () => {
    const before = await inPool()
    const cancel = new AbortController()
    const own = context({ signal: cancel.signal, onProgress: (_, amount) => amount && cancel.abort() })
    await expect(exported({ kind: 'ovf', as: 'folder' }, own)).rejects.toMatchObject({ kind: 'cancelled' })
    expect(await readdir(local)).toEqual([])
    expect(await inPool()).toEqual(before)
  })
})

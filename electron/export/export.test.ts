import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId, vmId } from '../../shared/model/ids'
import type { ExportInput, ExportPlan } from '../../shared/model/export'
import type { ActionContext, HypervisorSession } from '../backends/backend'
import { FakeContent } from '../backends/fake/storage/volume-content'
import { openMember, readPackage } from '../new-vm/foreign/package/package'
import { demo, failing, type Demo } from '../new-vm/testing/demo'
import { readManifest } from '../packages/bundle-manifest'
import { exportVm } from './export'
import { workOutExport } from './plan'

const mib = 1024 ** 2
const images = '/var/lib/libvirt/images'
const nvram = '/var/lib/libvirt/qemu/nvram/shop_VARS.fd'
const id = vmId.parse('12345678-1234-4234-8234-123456789abc')
const xml = `<domain type='kvm'>
  <!-- kept as it is -->
  <name>shop</name><uuid>${id}</uuid><memory unit='MiB'>512</memory><vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader><nvram>${nvram}</nvram></os>
  <devices>
    <disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${images}/data.img'/><target dev='vda' bus='virtio'/></disk>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${images}/top.qcow2'/><target dev='vdb' bus='virtio'/></disk>
    <disk type='file' device='cdrom'><target dev='sda' bus='sata'/></disk>
    <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface>
    <graphics type='vnc' autoport='yes' passwd='geheim'/>
  </devices></domain>`

let one: Demo
let session: HypervisorSession
let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'))
  path = join(folder, 'out')
  one = await demo()
  session = one.session
  const quiet = context()
  const create = (name: string, more: Record<string, unknown>) =>
    session.storage.createVolume(
      'default',
      { name, capacityBytes: 8 * mib, allocation: 'sparse', ...more },
      quiet,
    )
  await create('data.img', { format: 'raw' })
  await create('base.qcow2', { format: 'qcow2' })
  await create('top.qcow2', {
    format: 'qcow2',
    capacityBytes: undefined,
    backingPath: `${images}/base.qcow2`,
    backingFormat: 'qcow2',
  })
  put(`${images}/data.img`, data)
  one.host.files.set(nvram, { sizeBytes: 540_672, allocationBytes: 540_672, format: 'raw' })
  put(nvram, Buffer.from('boot entries'))
  await session.creation.define(xml)
})
afterEach(() => rm(folder, { recursive: true }))

const data = Buffer.concat([Buffer.from('what the shop sells'), Buffer.alloc(70_000, 3)])
function put(at: string, bytes: Buffer): void {
  const file = one.host.files.get(at)
  if (!file) throw new Error(at)
  const content = new FakeContent()
  content.write(0, bytes)
  one.host.files.set(at, { ...file, content })
}

const context = (more: Partial<ActionContext> = {}): ActionContext => ({
  signal: new AbortController().signal,
  onProgress: () => undefined,
  ...more,
})
const wanted = (more: Partial<ExportInput> = {}): ExportInput => ({
  host: hostId.parse('demo'),
  vm: id,
  kind: 'bundle',
  as: 'folder',
  ...more,
})
async function write(input: ExportInput, through = session, own = context()): Promise<ExportPlan> {
  const worked = await workOutExport(through, input, path)
  await exportVm(through, { input, worked, path, nowMs: 1_700_000_000_000 }, own)
  return worked.plan
}
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
const file = (name: string): Promise<Buffer> => readFile(join(path, name))
const hostFiles = (): string[] => [...one.host.files.keys()].toSorted()

it('a bundle has the definition byte for byte, the variables, each disk alone of its base, and their sums', async () => {
  const before = hostFiles()
  const plan = await write(wanted())
  expect(plan.disks).toMatchObject([
    { target: 'vda', file: 'vda.img', isConverted: false, layerCount: 0 },
    { target: 'vdb', file: 'vdb.qcow2', isConverted: true, layerCount: 1 },
    { target: 'sda', isIncluded: false, whyNot: 'There is no medium in it' },
  ])
  expect(plan.problems.map(({ level }) => level)).not.toContain('error')
  expect(plan.problems.map(({ message }) => message).join()).toContain('password of its console')
  const names = ['domain.xml', 'innkeeper-bundle.json', 'nvram.fd', 'vda.img', 'vdb.qcow2']
  expect((await readdir(path)).toSorted()).toEqual(names)
  const written = (await file('domain.xml')).toString()
  expect(written).toBe(await session.creation.source(id))
  expect(written).toContain('geheim')
  const whole = Buffer.concat([data, Buffer.alloc(8 * mib - data.length)])
  expect((await file('vda.img')).equals(whole)).toBe(true)
  expect((await file('nvram.fd')).toString('latin1', 0, 12)).toBe('boot entries')
  const manifest = readManifest((await file('innkeeper-bundle.json')).toString())
  expect(manifest).toMatchObject({ name: 'shop', exportedAt: '2023-11-14T22:13:20.000Z' })
  expect(manifest.disks).toMatchObject([
    { target: 'vda', format: 'raw', capacityBytes: 8 * mib },
    { target: 'vdb', format: 'qcow2', capacityBytes: 8 * mib },
  ])
  for (const { file: name, sha256: sum, sizeBytes } of [
    manifest.definition,
    ...(manifest.variables ? [manifest.variables] : []),
    ...manifest.disks,
  ]) {
    const bytes = await file(name)
    expect([name, bytes.length, sha256(bytes)]).toEqual([name, sizeBytes, sum])
  }
  // the image that was made meanwhile is gone
  expect(hostFiles()).toEqual(before)
})

it('an OVA is read by our own reader, its sums fit, and the images made for it are gone', async () => {
  const before = hostFiles()
  const shares: number[] = []
  const plan = await write(
    wanted({ kind: 'ovf', as: 'file' }),
    session,
    context({ onProgress: (share) => shares.push(share) }),
  )
  expect(plan.fileName).toBe('shop.ova')
  expect(plan.problems.map(({ message }) => message).join('\n')).toContain('UEFI')
  const { vm, members } = await readPackage(path)
  expect(vm).toMatchObject({ name: 'shop', vcpuCount: 2, memoryBytes: 512 * mib, firmware: 'efi' })
  expect([...members]).toEqual(['shop-vda.vmdk', 'shop-vdb.vmdk'])
  for (const name of members) {
    const member = await openMember(path, name)
    const bytes = Buffer.alloc(member.sizeBytes)
    await member.file.read(bytes, 0, bytes.length, 0)
    await member.close()
    expect(member.digest).toEqual({ algorithm: 'sha256', hex: sha256(bytes) })
  }
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
  expect(hostFiles()).toEqual(before)
})

it('an OVF in a folder has its disks beside it, in the format that was chosen, and only those chosen', async () => {
  await write(wanted({ kind: 'ovf', diskFormat: 'raw', disks: ['vda'] }))
  expect((await readdir(path)).toSorted()).toEqual(['shop-vda.img', 'shop.mf', 'shop.ovf'])
  expect((await file('shop.ovf')).toString()).toMatch(/<\/Envelope>\n$/)
  expect((await readPackage(join(path, 'shop.ovf'))).members).toEqual(new Set(['shop-vda.img']))
})

it('a VM that is on is refused, and so is one that is started meanwhile', async () => {
  const input = wanted({ disks: ['vda'] })
  const worked = await workOutExport(session, input, path)
  await session.power(id, 'start', context())
  expect((await workOutExport(session, input, path)).plan.problems).toContainEqual(
    expect.objectContaining({ level: 'error', field: 'vm' }),
  )
  await expect(exportVm(session, { input, worked, path, nowMs: 0 }, context())).rejects.toThrow(
    'was started while its disks were read',
  )
  expect(await readdir(folder)).toEqual([])
})

it('what is too large for the disk here, or for any pool there, is refused before anything is written', async () => {
  const pools = await session.storage.pools()
  const full = failing(session, {
    storage: failing(session.storage, {
      pools: async () => ({ ...pools, items: pools.items.map((pool) => ({ ...pool, availableBytes: 10 })) }),
    }),
  })
  const { plan } = await workOutExport(full, wanted(), path)
  expect(plan.problems).toContainEqual(expect.objectContaining({ level: 'error', field: 'pool' }))
  const large = failing(session, {
    storage: failing(session.storage, {
      volumeDetails: async (pool, names) => {
        const told = await session.storage.volumeDetails(pool, names)
        return { volumes: told.volumes.map((volume) => ({ ...volume, allocationBytes: 2 ** 52 })) }
      },
    }),
  })
  expect((await workOutExport(large, wanted(), path)).plan.problems).toContainEqual(
    expect.objectContaining({ level: 'error', field: 'file' }),
  )
})

it('where no command can be run VMDK is refused with the way out, and a bundle needs none', async () => {
  const none = (): Promise<never> =>
    Promise.reject(new AppError('unsupported', 'No command can be run', { cure: 'Use ssh.' }))
  const mute = failing(session, {
    images: failing(session.images, { image: none, imageAction: none, readBytes: none }),
  })
  expect((await workOutExport(mute, wanted({ kind: 'ovf' }), path)).plan.problems).toContainEqual(
    expect.objectContaining({ level: 'error', field: 'disks.vda', cure: 'Use ssh.' }),
  )
  const plan = await write(wanted(), mute)
  expect(plan.problems.map(({ message }) => message).join()).toContain('UEFI variables cannot be read')
  expect((await readdir(path)).toSorted()).toEqual([
    'domain.xml',
    'innkeeper-bundle.json',
    'vda.img',
    'vdb.qcow2',
  ])
})

it.each(['file', 'folder'] as const)('nothing is left here or there when a %s is cancelled', async (as) => {
  const before = hostFiles()
  const cancel = new AbortController()
  const own = context({
    signal: cancel.signal,
    // in the middle of the disk that is made into an image first
    onProgress: (share) => share > 0.8 && cancel.abort(),
  })
  await expect(write(wanted({ as }), session, own)).rejects.toMatchObject({ kind: 'cancelled' })
  expect(await readdir(folder)).toEqual([])
  expect(hostFiles()).toEqual(before)
})

it('when the host is lost, nothing is left here, and what may be left there is named', async () => {
  const lost = failing(session, {
    storage: failing(session.storage, {
      openDownload: (at, range, signal) =>
        at.volume.includes('export')
          ? Promise.reject(new AppError('unreachable', 'The host is gone'))
          : session.storage.openDownload(at, range, signal),
    }),
  })
  await expect(write(wanted(), lost)).rejects.toMatchObject({
    kind: 'unreachable',
    cure: 'Look for the volume shop-vdb-export.qcow2 in the pool default, and delete it when it is there.',
  })
  expect(await readdir(folder)).toEqual([])
})

import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostId, vmId } from '../../../shared/model/ids'
import type { BundleInput } from '../../../shared/model/new-vm/bundle'
import type { ActionContext, HypervisorSession } from '../../backends/backend'
import { FakeContent } from '../../backends/fake/storage/volume-content'
import { exportVm } from '../../export/export'
import { workOutExport } from '../../export/plan'
import { LocalFiles } from '../../files/local-files'
import { manifestName, readManifest, writeManifest } from '../../packages/bundle-manifest'
import { sumOf } from '../../packages/sum'
import { createVm } from '../create'
import { demo, failing, type Demo } from '../testing/demo'
import { Bundles } from './bundles'
import { workOutBundle } from './plan'

const mib = 1024 ** 2
const images = '/var/lib/libvirt/images'
const nvram = '/var/lib/libvirt/qemu/nvram'
const id = vmId.parse('12345678-1234-4234-8234-123456789abc')
const xml = `<domain type='kvm' xmlns:mine='urn:mine'>
  <!-- somebody's words -->
  <name>shop</name><uuid>${id}</uuid>
  <metadata><mine:note>keep me</mine:note></metadata>
  <memory unit='MiB'>512</memory><vcpu>2</vcpu>
  <os><type arch='x86_64' machine='q35'>hvm</type>
    <loader readonly='yes' type='pflash'>/usr/share/OVMF/OVMF_CODE.fd</loader><nvram>${nvram}/shop_VARS.fd</nvram></os>
  <devices>
    <disk type='file' device='disk'><driver name='qemu' type='raw' cache='none'/><source file='${images}/data.img'/><target dev='vda' bus='virtio'/></disk>
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${images}/more.qcow2'/><target dev='vdb' bus='virtio'/></disk>
    <interface type='network'><mac address='52:54:00:00:00:01'/><source network='default'/></interface>
  </devices></domain>`
const data = Buffer.concat([Buffer.from('what the shop sells'), Buffer.alloc(200_000, 3)])

let one: Demo
let session: HypervisorSession
let folder: string
const context = (signal = new AbortController().signal): ActionContext => ({
  signal,
  onProgress: () => undefined,
})

/** Another host than the one it comes from. */
let other: Demo
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  one = await demo()
  other = await demo()
  session = one.session
  for (const [name, format] of [
    ['data.img', 'raw'],
    ['more.qcow2', 'qcow2'],
  ] as const)
    await session.storage.createVolume(
      'default',
      { name, format, capacityBytes: 8 * mib, allocation: 'sparse' },
      context(),
    )
  one.host.files.set(`${nvram}/shop_VARS.fd`, { sizeBytes: 1000, allocationBytes: 1000, format: 'raw' })
  put(`${images}/data.img`, data)
  put(`${nvram}/shop_VARS.fd`, Buffer.from('boot entries'))
  // the folder is there on the other one, too
  other.host.files.set(`${nvram}/else_VARS.fd`, { sizeBytes: 1000, allocationBytes: 1000, format: 'raw' })
  await session.creation.define(xml)
})
afterEach(() => rm(folder, { recursive: true }))

function put(at: string, bytes: Buffer): void {
  const file = one.host.files.get(at)
  if (!file) throw new Error(at)
  const content = new FakeContent()
  content.write(0, bytes)
  one.host.files.set(at, { ...file, content })
}

async function exported(as: 'file' | 'folder'): Promise<string> {
  const path = join(folder, 'shop')
  const input = { host: hostId.parse('demo'), vm: id, kind: 'bundle' as const, as }
  const worked = await workOutExport(session, input, path)
  await exportVm(session, { input, worked, path, nowMs: 0 }, context())
  return as === 'file' ? path : join(path, manifestName)
}

interface Imported {
  readonly plan: Awaited<ReturnType<typeof workOutBundle>>['plan']
  create(signal?: AbortSignal, through?: HypervisorSession): Promise<void>
}

async function importing(path: string, more: Partial<BundleInput> = {}, to = other): Promise<Imported> {
  const files = new LocalFiles()
  const bundles = new Bundles(files)
  const { id: file } = await files.toRead(path)
  const input: BundleInput = {
    host: hostId.parse('demo'),
    file,
    name: 'shop',
    identity: 'keep',
    startsNow: false,
    ...more,
  }
  const { plan, ready } = await workOutBundle(to.session, input, await bundles.read(file))
  return {
    plan,
    create: async (signal, through = to.session) => {
      if (!ready) throw new Error(plan.problems.map(({ message }) => message).join())
      await createVm(through, ready.input, ready.worked, context(signal), undefined, bundles)
    },
  }
}
const bytesAt = (at: string, length: number, of = other): Buffer => {
  const found = of.host.files.get(at)?.content
  const bytes = Buffer.alloc(length)
  for (let done = 0; done < length; ) {
    const part = found?.read(done, length - done)
    if (!part) break
    if (part.bytes) bytes.set(part.bytes, done)
    done += part.lengthBytes
  }
  return bytes
}
const mine = ({ host }: Demo): string[] =>
  [...host.files.keys()].filter((path) => /shop|store|data\.img|more/.test(path)).toSorted()

it.each(['file', 'folder'] as const)(
  'a %s becomes the same VM on another host: its words, its disks byte for byte, its UEFI variables',
  async (as) => {
    const { plan, create } = await importing(await exported(as))
    expect(plan.problems.filter(({ level }) => level === 'error')).toEqual([])
    expect(plan.disks.map(({ to }) => to)).toEqual([`${images}/shop.img`, `${images}/shop-vdb.qcow2`])
    expect(mine(other)).toEqual([])
    await create()
    expect(mine(other)).toEqual([`${images}/shop-vdb.qcow2`, `${images}/shop.img`, `${nvram}/shop_VARS.fd`])
    expect(bytesAt(`${images}/shop.img`, data.length).equals(data)).toBe(true)
    expect(bytesAt(`${nvram}/shop_VARS.fd`, 12).toString()).toBe('boot entries')
    const made = await other.session.creation.source(id)
    expect(made).toBe(
      (await session.creation.source(id))
        .replace(`${images}/data.img`, `${images}/shop.img`)
        .replace(`${images}/more.qcow2`, `${images}/shop-vdb.qcow2`),
    )
    expect(made).toContain('keep me')
  },
)

it('beside the original it is refused under its name and UUID, and is one of its own with others', async () => {
  const path = await exported('file')
  const same = await importing(path, {}, one)
  expect(same.plan.problems.filter(({ level }) => level === 'error').map(({ field }) => field)).toEqual(
    expect.arrayContaining(['name', 'identity']),
  )
  const { plan, create } = await importing(path, { name: 'store', identity: 'new' }, one)
  expect(plan.xml).not.toContain('52:54:00:00:00:01')
  await create()
  const made = (await session.listVms()).find(({ name }) => name === 'store')
  expect(made?.id).not.toBe(id)
  const definition = await session.creation.source(made?.id ?? id)
  expect(definition).toContain(`${nvram}/store_VARS.fd`)
  expect(definition).toContain("cache='none'")
  expect(bytesAt(`${images}/store.img`, data.length, one).equals(data)).toBe(true)
  expect(bytesAt(`${images}/data.img`, data.length, one).equals(data)).toBe(true)
})

it('a disk that is not what the manifest says becomes no VM, is named, and nothing of it stays', async () => {
  const path = await exported('folder')
  const disk = join(folder, 'shop', 'vda.img')
  const bytes = await readFile(disk)
  bytes[100_000] = 9
  await writeFile(disk, bytes)
  const { create } = await importing(path)
  await expect(create()).rejects.toThrow('vda.img is not what its manifest says')
  expect(mine(other)).toEqual([])
  expect(other.host.byName('shop')).toBeUndefined()
})

it('a definition or a size that does not fit is told before anything is sent; so is a file that is missing', async () => {
  const path = await exported('folder')
  const inside = (name: string): string => join(folder, 'shop', name)
  await writeFile(inside('vda.img'), 'shorter')
  await expect((await importing(path)).create()).rejects.toThrow('vda.img is not what its manifest says')
  await rm(inside('vda.img'))
  await expect(importing(path)).rejects.toThrow('vda.img is missing in the bundle')
  await writeFile(inside('domain.xml'), xml.replace('keep me', 'changed'))
  await expect(importing(path)).rejects.toThrow('domain.xml is not what its manifest says')
  expect(mine(other)).toEqual([])
})

it.each([
  ['a base', 8],
  ['a data file', 72],
])('an image that leads to other files of the host by %s is refused, whatever its sum', async (_, place) => {
  const path = await exported('folder')
  const disk = join(folder, 'shop', 'vdb.qcow2')
  const bytes = await readFile(disk)
  bytes.writeBigUInt64BE(4n, place)
  await writeFile(disk, bytes)
  const manifest = readManifest((await readFile(path)).toString())
  const disks = manifest.disks.map((entry) =>
    entry.file === 'vdb.qcow2' ? { ...entry, sha256: sumOf(bytes) } : entry,
  )
  await writeFile(path, writeManifest({ ...manifest, disks }))
  await expect((await importing(path)).create()).rejects.toThrow('leads to another file of the host')
  expect(mine(other)).toEqual([])
})

it('what was made goes when it is cancelled, and when the variables cannot be put where they belong', async () => {
  const path = await exported('file')
  const cancel = new AbortController()
  const { storage, images: tools } = other.session
  const cancelling = failing(other.session, {
    storage: failing(storage, {
      poolAction: async (pool, action) => {
        await storage.poolAction(pool, action)
        cancel.abort()
      },
    }),
  })
  await expect((await importing(path)).create(cancel.signal, cancelling)).rejects.toMatchObject({
    kind: 'cancelled',
  })
  expect(mine(other)).toEqual([])
  const broken = failing(other.session, {
    images: failing(tools, { imageAction: () => Promise.reject(new Error('qemu-img: no')) }),
  })
  await expect((await importing(path)).create(undefined, broken)).rejects.toThrow('qemu-img: no')
  expect(mine(other)).toEqual([])
  expect(other.host.byName('shop')).toBeUndefined()
})

it('names in a manifest are no way out of its folder, and a newer version is said to be one', async () => {
  const path = await exported('folder')
  const text = (await readFile(path)).toString()
  for (const name of ['../../etc/passwd', '/etc/passwd', '..', 'a\\b', ''])
    expect(() => readManifest(text.replace('vda.img', name.replace('\\', '\\\\')))).toThrow('cannot be used')
  expect(() => readManifest(text.replace('"version": 1', '"version": 2'))).toThrow('newer Innkeeper')
  expect(() => readManifest(text.replace('vdb.qcow2', 'vda.img'))).toThrow('two files of one name')
  expect(() => readManifest('{')).toThrow('no JSON')
})

it('anything else is no bundle', async () => {
  const files = new LocalFiles()
  const bundles = new Bundles(files)
  const path = join(folder, 'web.ovf')
  await writeFile(path, '<Envelope/>')
  expect(await bundles.summary((await files.toRead(path)).id)).toBeNull()
  // a manifest under another name is none either
  await mkdir(join(folder, 'elsewhere'))
  await copyFile(await exported('folder'), join(folder, 'elsewhere', 'other.json'))
  expect(await bundles.summary((await files.toRead(join(folder, 'elsewhere', 'other.json'))).id)).toBeNull()
})

import { execFileSync } from 'node:child_process'
import { mkdir, mkdtemp, open, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostId } from '../../../../shared/model/ids'
import { usualDevices, wishesOfForeign } from '../../../../shared/model/new-vm/foreign-wishes'
import { suggest } from '../../../../shared/model/new-vm/suggest'
import { LocalFiles } from '../../../files/local-files'
import { readFully } from '../../../transfers/local-source'
import { createVm } from '../../create'
import { workOutNewVm } from '../../plan'
import { demo, type Demo } from '../../testing/demo'
import { standIn } from '../../testing/stand-in-writer'
import { definitionWriter } from '../../writer'
import { openMember, readPackage } from '../package/package'
import { ForeignPackages } from '../package/packages'
import { ovfWith, tarHeader, tarOf } from '../package/testing'
import { readBox } from './read'

const mib = 1024 ** 2
const gib = 1024 ** 3
const images = '/var/lib/libvirt/images'
const metadata = JSON.stringify({ provider: 'libvirt', format: 'qcow2', virtual_size: 20 })
const vagrantfile = `Vagrant.configure("2") do |config|
  config.vm.provider :libvirt do |libvirt|
    libvirt.driver = "kvm"
    libvirt.memory = 1536
    libvirt.cpus = 3
  end
end
`

/** An image of version 3 without another one below it. */
function qcow2(sizeBytes: number, change: (head: Buffer) => void = () => undefined): Buffer {
  const image = Buffer.alloc(sizeBytes)
  image.write('QFI\xfb', 0, 'latin1')
  image.writeUInt32BE(3, 4)
  image.fill('data', sizeBytes - mib)
  change(image)
  return image
}

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vagrant-box-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function file(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}
const box = (image: Buffer, pack: (bytes: Buffer) => Buffer = gzipSync): Promise<string> =>
  file(
    'leap.box',
    pack(tarOf({ './box.img': image, './metadata.json': metadata, './Vagrantfile': vagrantfile })),
  )

async function whole(path: string, member: string): Promise<Buffer> {
  const found = await openMember(path, member)
  try {
    return await readFully(found.file, Buffer.alloc(found.sizeBytes), 0)
  } finally {
    await found.close()
  }
}

async function create({ session }: Demo, path: string): Promise<void> {
  const files = new LocalFiles()
  const packages = new ForeignPackages(files)
  const vm = await packages.read((await files.toRead(path)).id)
  const [capabilities, choices] = await Promise.all([session.capabilities(), session.hostChoices()])
  const { input } = suggest(wishesOfForeign(vm, usualDevices(vm), { capabilities, choices }), {
    host: hostId.parse('demo'),
    info: session.info,
    capabilities,
    choices,
    vmNames: [],
  })
  if (!input) throw new Error('nothing to create')
  const writer = definitionWriter(async () => undefined, standIn.tree)
  const worked = await workOutNewVm(session, input, writer)
  const context = { signal: new AbortController().signal, onProgress: () => undefined }
  await createVm(session, input, worked, context, undefined, packages)
}

it('a compressed box becomes a VM with its disk, as large as it says, on virtio', async () => {
  const one = await demo()
  const image = qcow2(3 * mib)
  await create(one, await box(image))
  const made = one.host.files.get(`${images}/leap.qcow2`)
  expect(made).toMatchObject({ format: 'qcow2', sizeBytes: 20 * gib })
  expect(Buffer.from(made?.content?.read(3 * mib - 4, 4).bytes ?? []).toString()).toBe('data')
  expect([...one.host.files.keys()].filter((path) => path.includes('leap'))).toEqual([`${images}/leap.qcow2`])
  expect(one.host.byName('leap')?.definition.disks[0]).toMatchObject({ source: `${images}/leap.qcow2` })
})

it('memory and processors are read in its Vagrantfile, which is not run', async () => {
  const { vm, members } = await readPackage(await box(qcow2(2 * mib)))
  expect(vm).toMatchObject({
    format: 'box',
    name: 'leap',
    memoryBytes: 1536 * mib,
    vcpuCount: 3,
    disks: [{ file: 'box.img', format: 'qcow2', bus: 'virtio', sizeBytes: 20 * gib }],
    nics: [{ model: 'virtio' }],
  })
  expect(usualDevices(vm)).toBe('virtio')
  expect([...members]).toEqual(['box.img'])
  expect(vm.notes.join(' ')).toMatch(/Everybody knows.*not run/)
})

it('the disk is the same compressed or not, and whichever way it is read', async () => {
  const image = qcow2(5 * mib)
  for (const pack of [gzipSync, (bytes: Buffer): Buffer => bytes]) {
    const path = await box(image, pack)
    expect((await whole(path, 'box.img')).equals(image)).toBe(true)
    const { file: part, close } = await openMember(path, 'box.img')
    const places = [4 * mib, 100, 3 * mib + 7, 0]
    // asked all at once, and backwards too
    const read = await Promise.all(places.map((at) => readFully(part, Buffer.alloc(1000), at)))
    expect(places.filter((at, n) => !read[n]?.equals(image.subarray(at, at + 1000)))).toEqual([])
    await close()
  }
})

it('what tar itself packs with holes is unpacked with them, however many there are', async () => {
  const inside = join(folder, 'box')
  await mkdir(inside)
  const image = await open(join(inside, 'box.img'), 'w')
  const head = qcow2(mib)
  await image.write(head, 0, head.length, 0)
  for (let at = 1; at <= 60; at += 1) await image.write(Buffer.alloc(4096, at), 0, 4096, at * 2 * mib)
  await image.close()
  await truncate(join(inside, 'box.img'), 200 * mib)
  await writeFile(join(inside, 'metadata.json'), metadata)
  const path = join(folder, 'sparse.box')
  execFileSync('tar', ['--format=gnu', '-czSf', path, '-C', inside, './metadata.json', './box.img'])
  const found = await openMember(path, 'box.img')
  expect(found.sizeBytes).toBe(200 * mib)
  for (const at of [1, 30, 60]) {
    const piece = await readFully(found.file, Buffer.alloc(8192), at * 2 * mib - 2048)
    expect(
      piece.equals(Buffer.concat([Buffer.alloc(2048), Buffer.alloc(4096, at), Buffer.alloc(2048)])),
    ).toBe(true)
  }
  expect(
    (await readFully(found.file, Buffer.alloc(4096), 200 * mib - 4096)).every((byte) => byte === 0),
  ).toBe(true)
  expect((await found.file.read(Buffer.alloc(4), 0, 4, 200 * mib)).bytesRead).toBe(0)
  await found.close()
})

it('a box for VirtualBox is the OVF in it', async () => {
  const path = await file(
    'vb.box',
    gzipSync(
      tarOf({
        'metadata.json': '{"provider":"virtualbox"}',
        'box.ovf': ovfWith('d.vmdk', gib),
        'd.vmdk': 'KDMV',
      }),
    ),
  )
  const { vm, members } = await readPackage(path)
  expect([vm.format, [...members]]).toEqual(['ovf', ['d.vmdk']])
})

it('unpacked, it is found by its metadata.json', async () => {
  await file('box.img', qcow2(2 * mib))
  const { vm, members } = await readPackage(await file('metadata.json', metadata))
  expect([vm.format, vm.name, [...members]]).toEqual(['box', undefined, ['box.img']])
})

it('a second format has several disks', () => {
  const text = JSON.stringify({
    provider: 'libvirt',
    format: 'qcow2',
    disks: [{ path: 'a.img' }, { path: 'b.img' }],
  })
  expect(readBox({ text }).disks.map(({ file: disk }) => disk)).toEqual(['a.img', 'b.img'])
})

it('a layer on an image of the host is not taken, as the host would read that one', async () => {
  const one = await demo()
  for (const change of [
    (head: Buffer) => void head.writeBigUInt64BE(104n, 8),
    (head: Buffer) => void head.writeBigUInt64BE(4n, 72),
  ])
    await expect(create(one, await box(qcow2(2 * mib, change)))).rejects.toThrow(
      'only a layer on another image',
    )
  expect([...one.host.files.keys()].filter((path) => path.includes('leap'))).toEqual([])
})

it.each([
  ['of another provider', { 'metadata.json': '{"provider":"vmware_desktop"}' }, 'for “vmware_desktop”'],
  ['that says no provider', { 'metadata.json': '{}' }, 'does not say provider'],
  ['with metadata that are none', { 'metadata.json': 'box' }, 'no JSON'],
  ['without either', { 'box.img': 'x' }, 'no metadata.json'],
])('a box %s is refused', async (_, files, told) => {
  await expect(readPackage(await file('a.box', gzipSync(tarOf(files))))).rejects.toThrow(told)
})

it('a box that is cut off or damaged says so, and one of zeros without end is not unpacked into memory', async () => {
  const bytes = gzipSync(tarOf({ 'metadata.json': metadata, 'box.img': qcow2(2 * mib) }))
  await expect(readPackage(await file('cut.box', bytes.subarray(0, -2000)))).rejects.toThrow('damaged')
  const lying = gzipSync(Buffer.concat([tarHeader('box.img', 2 ** 40), Buffer.alloc(1024)]))
  await expect(readPackage(await file('lying.box', lying))).rejects.toThrow(
    /more than any host|shorter|ends before/,
  )
})

it('a file that is compressed and no box is told to be no description', async () => {
  await expect(readPackage(await file('a.box', gzipSync('hello')))).rejects.toThrow('is no text')
})

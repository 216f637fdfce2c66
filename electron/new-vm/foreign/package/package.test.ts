import { createHash } from 'node:crypto'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { hostId } from '../../../../shared/model/ids'
import { usualDevices, wishesOfForeign } from '../../../../shared/model/new-vm/foreign-wishes'
import { suggest } from '../../../../shared/model/new-vm/suggest'
import { LocalFiles } from '../../../files/local-files'
import { NewVmActions } from '../../../hosts/new-vm-actions'
import { Revisions } from '../../../hosts/revisions'
import { TaskList } from '../../../tasks/task-list'
import { createVm } from '../../create'
import { workOutNewVm } from '../../plan'
import { demo, failing, type Demo } from '../../testing/demo'
import { standIn } from '../../testing/stand-in-writer'
import { definitionWriter } from '../../writer'
import { openMember, readPackage } from './package'
import { ForeignPackages } from './packages'
import { ovfWith, tarHeader, tarOf } from './testing'

const gib = 1024 ** 3
const mib = 1024 ** 2
const images = '/var/lib/libvirt/images'
const vmdk = Buffer.concat([
  Buffer.from('KDMV'),
  Buffer.alloc(3 * mib, 7),
  Buffer.alloc(2 * mib),
  Buffer.alloc(999, 8),
])
const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex')
const ovf = ovfWith('moved-disk1.vmdk', 8 * gib)
const manifest = `SHA256(moved.ovf)= ${sha256(ovf)}\nSHA256(moved-disk1.vmdk)= ${sha256(vmdk)}\n`

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foreign-package-'))
})
afterEach(() => rm(folder, { recursive: true }))

async function file(name: string, content: Buffer | string): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, content)
  return path
}

const ova = (more: Readonly<Record<string, Buffer | string>> = {}): Promise<string> =>
  file('moved.ova', tarOf({ 'moved.ovf': ovf, 'moved.mf': manifest, 'moved-disk1.vmdk': vmdk, ...more }))

async function create(
  { session }: Demo,
  path: string,
  signal = new AbortController().signal,
): Promise<readonly number[]> {
  const files = new LocalFiles()
  const packages = new ForeignPackages(files)
  const vm = await packages.read((await files.toRead(path)).id)
  const [capabilities, choices] = await Promise.all([session.capabilities(), session.hostChoices()])
  const { input, problems } = suggest(wishesOfForeign(vm, usualDevices(vm), { capabilities, choices }), {
    host: hostId.parse('demo'),
    info: session.info,
    capabilities,
    choices,
    vmNames: [],
  })
  expect(problems).toEqual([])
  if (!input) throw new Error('nothing to create')
  const worked = await workOutNewVm(
    session,
    input,
    definitionWriter(async () => undefined, standIn.tree),
  )
  expect(worked.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
  const shares: number[] = []
  const context = { signal, onProgress: (share: number) => void shares.push(share) }
  await createVm(session, input, worked, context, undefined, packages)
  return shares
}

const mine = ({ host }: Demo): string[] => [...host.files.keys()].filter((path) => path.includes('moved'))

it('an OVA becomes a VM: its disk is uploaded, converted, grown to its size, and the uploaded one is gone', async () => {
  const one = await demo()
  const shares = await create(one, await ova())
  expect(mine(one)).toEqual([`${images}/moved.qcow2`])
  const made = one.host.files.get(`${images}/moved.qcow2`)
  expect(made).toMatchObject({ format: 'qcow2', sizeBytes: 8 * gib })
  expect(Buffer.from(made?.content?.read(0, 4).bytes ?? []).toString('latin1')).toBe('KDMV')
  expect(one.host.byName('moved')?.definition.disks.map(({ source }) => source)).toEqual([
    `${images}/moved.qcow2`,
  ])
  expect(shares).toEqual(shares.toSorted((a, b) => a - b))
  expect(shares.at(-1)).toBe(1)
})

it('several VMs have a disk of their own each of one that is uploaded, which is told before', async () => {
  const one = await demo()
  const files = new LocalFiles()
  const packages = new ForeignPackages(files)
  const { session } = one
  const vm = await packages.read((await files.toRead(await ova())).id)
  const [capabilities, choices] = await Promise.all([session.capabilities(), session.hostChoices()])
  const offer = { host: hostId.parse('demo'), info: session.info, capabilities, choices, vmNames: [] }
  const wishes = { ...wishesOfForeign(vm, usualDevices(vm), { capabilities, choices }), count: 3 }
  const { input } = suggest(wishes, offer)
  if (!input) throw new Error('nothing to create')
  const tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  const writer = definitionWriter(async () => undefined, standIn.tree)
  const actions = new NewVmActions({ tasks, hosts: { get: () => session }, writer, packages })
  const plan = await actions.plan(input)
  expect(plan.problems.map(({ message }) => message)).toContain(
    'moved-disk1.vmdk is uploaded once for each VM',
  )
  expect(plan.files.filter(({ action }) => action === 'create').map(({ name }) => name)).toEqual(
    ['01', '02', '03'].map((number) => `default/moved-${number}.qcow2`),
  )
  await actions.createSeries(input)
  await expect
    .poll(() => tasks.list().items.map(({ state }) => state), { timeout: 20_000 })
    .toEqual(['succeeded', 'succeeded', 'succeeded'])
  expect(mine(one).toSorted()).toEqual(['01', '02', '03'].map((number) => `${images}/moved-${number}.qcow2`))
  for (const path of mine(one))
    expect(Buffer.from(one.host.files.get(path)?.content?.read(0, 4).bytes ?? []).toString('latin1')).toBe(
      'KDMV',
    )
})

it('so does an OVF with its disk beside it', async () => {
  const one = await demo()
  await file('moved-disk1.vmdk', vmdk)
  await file('moved.mf', manifest)
  await create(one, await file('moved.ovf', ovf))
  expect(mine(one)).toEqual([`${images}/moved.qcow2`])
})

it('a disk that is not what the manifest says becomes no VM, and nothing of it stays', async () => {
  const one = await demo()
  const damaged = Buffer.from(vmdk)
  damaged[2 * mib] = 9
  await expect(create(one, await ova({ 'moved-disk1.vmdk': damaged }))).rejects.toThrow(
    'moved-disk1.vmdk is not what its manifest says',
  )
  expect(mine(one)).toEqual([])
  expect(one.host.byName('moved')).toBeUndefined()
})

it('what was uploaded goes when the host cannot convert it, or when the user cancels', async () => {
  const one = await demo()
  const { storage } = one.session
  const withStorage = (methods: Partial<typeof storage>): Demo => ({
    ...one,
    session: failing(one.session, { storage: failing(storage, methods) }),
  })
  const path = await ova()
  const broken = withStorage({ cloneVolume: () => Promise.reject(new Error('qemu-img: no')) })
  await expect(create(broken, path)).rejects.toThrow('qemu-img: no')
  expect(mine(one)).toEqual([])
  const stop = new AbortController()
  const slow = withStorage({
    openUpload: async (at, range, signal) => {
      const sink = await storage.openUpload(at, range, signal)
      setTimeout(() => stop.abort(), 1)
      return { ...sink, write: () => new Promise(() => undefined) }
    },
  })
  await expect(create(slow, path, stop.signal)).rejects.toMatchObject({ kind: 'cancelled' })
  expect(mine(one)).toEqual([])
})

it('a description that is not what the manifest says is refused when it is read', async () => {
  await expect(readPackage(await ova({ 'moved.ovf': `${ovf} ` }))).rejects.toThrow(
    'moved.ovf is not what its manifest says',
  )
})

it('only disks that the description speaks of are opened, and none outside of its folder', async () => {
  await file('secret', 'secret')
  const path = await file('moved.ovf', ovf)
  await expect(openMember(path, 'secret')).rejects.toThrow('not among the disks')
  const climbing = await file('a.ovf', ovfWith('../secret', gib))
  expect((await readPackage(climbing)).members.size).toBe(0)
  await expect(openMember(climbing, '../secret')).rejects.toThrow('not a file beside')
})

it('a folder or a dead link beside the description is no disk', async () => {
  await symlink(join(folder, 'nowhere'), join(folder, 'moved-disk1.vmdk'))
  expect((await readPackage(await file('moved.ovf', ovf))).members.size).toBe(0)
})

it.each([
  [
    'two of one name',
    Buffer.concat([tarOf({ 'a.ovf': ovf }).subarray(0, -1024), tarOf({ 'a.ovf': ovf })]),
    'two files called',
  ],
  ['no description', tarOf({ 'a.vmdk': vmdk }), 'no OVF file'],
  ['two descriptions', tarOf({ 'a.ovf': ovf, 'b.ovf': ovf }), 'several OVF files'],
  ['less than it says', Buffer.concat([tarHeader('a.ovf', 9 * gib), Buffer.alloc(1024)]), 'ends before'],
  ['a changed header', Buffer.concat([tarHeader('a.ovf', 4).fill('b', 0, 1), Buffer.alloc(1024)]), 'damaged'],
  ['a description without end', tarOf({ 'a.ovf': Buffer.alloc(2 * mib, 32) }), 'too large'],
  [
    'more files than anybody needs',
    tarOf(Object.fromEntries(Array.from({ length: 1001 }, (_, at) => [`f${at}`, '']))),
    'more than 1000',
  ],
])('a package with %s is refused', async (_, bytes, told) => {
  await expect(readPackage(await file('a.ova', bytes))).rejects.toThrow(told)
})

it('names that are too long for a header are read from the one before it', async () => {
  const name = `${'long-'.repeat(40)}disk.vmdk`
  const line = `path=${name}\n`
  const length = line.length + 1 + String(line.length + 4).length
  const pax = `${length} ${line}`
  const block = (text: string): Buffer =>
    Buffer.concat([Buffer.from(text), Buffer.alloc(512 - (text.length % 512))])
  const bytes = Buffer.concat([
    tarHeader('pax', pax.length, 'x'),
    block(pax),
    tarHeader('short', 4),
    block('KDMV'),
    tarOf({ 'a.ovf': ovfWith(name, gib) }),
  ])
  const path = await file('a.ova', bytes)
  expect([...(await readPackage(path)).members]).toEqual([name])
  const member = await openMember(path, name)
  const head = Buffer.alloc(4)
  await member.file.read(head, 0, 4, 0)
  await member.close()
  expect([head.toString(), member.sizeBytes]).toEqual(['KDMV', 4])
})

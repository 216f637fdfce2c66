import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId, vmId, type VmRef } from '../../shared/model/ids'
import { cloudInit } from '../../shared/model/new-vm/cloud'
import type { CloudSeed } from '../../shared/model/new-vm/cloud-seed'
import type { Vm } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { createVm } from '../new-vm/create'
import { workOutNewVm } from '../new-vm/plan'
import { seedIso } from '../new-vm/seed-iso'
import { demo, failing, type Demo } from '../new-vm/testing/demo'
import { gib, wanted } from '../new-vm/testing/inputs'
import { standIn } from '../new-vm/testing/stand-in-writer'
import { definitionWriter } from '../new-vm/writer'
import { OperatingSystems } from '../os-catalogue/operating-systems'
import { DefinitionHistory } from '../settings/definition-history'
import { TaskList } from '../tasks/task-list'
import { CloudSeeds } from './cloud-seed'
import { HardwareChanges } from './hardware-changes'
import { Revisions } from './revisions'

const folder = '/var/lib/libvirt/images'
const old = `${folder}/new-01-seed.iso`
const fresh = `${folder}/new-01-seed-2.iso`
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8vDkLqvXyLfFqGJ0Ue3k9Ylnqh6f3oYgWm3c9s1a2b ann@desk'
const host = hostId.parse('h')
const init = cloudInit.parse({
  user: { name: 'bob', sshKeys: [key], isAdmin: true, password: 'correct horse' },
  hostname: 'other-name',
  packages: ['nginx'],
  network: { kind: 'dhcp' },
})
const calm = { signal: new AbortController().signal, onProgress: () => undefined }

let directory: string
let one: Demo
let session: HypervisorSession
let records: ReadonlyMap<string, Omit<Vm, 'host'>>
let seeds: CloudSeeds
let history: DefinitionHistory

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'innkeeper-seed-'))
  one = await demo()
  session = one.session
  const tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  const hosts = {
    get: () => session,
    vm: ({ vm }: VmRef): Vm => {
      const record = records.get(vm)
      if (!record) throw new Error('no such VM')
      return { ...record, host }
    },
  }
  history = new DefinitionHistory(directory)
  const hardware = new HardwareChanges({ hosts, tasks, history })
  seeds = new CloudSeeds({ hosts, tasks, hardware, systems: new OperatingSystems({ hosts }) })
})
afterEach(() => rm(directory, { recursive: true, force: true }))

async function cloudVm(startsNow = false): Promise<VmRef> {
  const input = wanted({
    disks: [],
    startsNow,
    osId: 'http://debian.org/debian/12',
    source: {
      kind: 'cloud',
      base: { kind: 'volume', pool: 'default', volume: 'debian-12-genericcloud-amd64.qcow2' },
      how: 'copy',
      pool: 'default',
      sizeBytes: 10 * gib,
      init: {
        user: { name: 'debian', sshKeys: [key], isAdmin: true },
        packages: [],
        network: { kind: 'dhcp' },
      },
    },
  })
  const worked = await workOutNewVm(
    session,
    input,
    definitionWriter(async () => undefined, standIn.tree),
  )
  await createVm(session, input, worked, calm)
  return refTo('new-01')
}

async function refTo(name: string): Promise<VmRef> {
  records = new Map((await session.listVms()).map((vm) => [vm.id, vm]))
  return { host, vm: vmId.parse(one.host.byName(name)?.definition.id) }
}

async function found(ref: VmRef): Promise<CloudSeed> {
  const seed = await seeds.of(ref)
  if (!seed) throw new Error('no seed')
  return seed
}

function textOf(path: string): string {
  const file = one.host.files.get(path)
  const read = file?.content?.read(0, file.sizeBytes)
  return Buffer.from(read?.bytes ?? []).toString('utf8')
}

async function discs(ref: VmRef): Promise<unknown[]> {
  const { items } = await session.hardware(ref.vm)
  return items.flatMap(({ values }) => (values['device'] === 'cdrom' ? [values['file']] : []))
}

const instanceOf = (path: string): string | undefined =>
  /instance-id: "?iid-([^"\n]+)/.exec(textOf(path))?.[1]

it('a VM from a cloud image has a disc that can be written anew, and says who its system lets in', async () => {
  const ref = await cloudVm()
  expect(await seeds.of(ref)).toMatchObject({
    name: 'new-01',
    isRunning: false,
    place: old,
    pool: 'default',
    newVolume: 'new-01-seed-2.iso',
    replaces: true,
    user: 'debian',
  })
})

it('the preview shows what will be on the disc, and no password', async () => {
  const ref = await cloudVm()
  const files = await seeds.preview({ ...ref, init })
  const text = files.map((file) => file.text).join('\n')
  expect(files.map(({ name }) => name)).toEqual(['user-data', 'meta-data', 'network-config'])
  for (const part of ['bob', 'nginx', 'other-name', '(a hash of the password)', '/bin/bash'])
    expect(text).toContain(part)
  expect(text).not.toContain('correct horse')
  expect(await discs(ref)).toEqual([old])
})

it('the new disc has another instance-id, takes the place of the old one, and only then that one goes', async () => {
  const ref = await cloudVm()
  const before = instanceOf(old)
  expect(before).toBe(ref.vm)
  const { base } = await found(ref)
  expect(await seeds.write({ ...ref, base, init })).toEqual([])
  expect(await discs(ref)).toEqual([fresh])
  expect(one.host.files.has(old)).toBe(false)
  expect(instanceOf(fresh)).toMatch(/^[0-9a-f-]{36}$/)
  expect(instanceOf(fresh)).not.toBe(before)
  expect(textOf(fresh)).toContain('bob')
  expect(textOf(fresh)).toContain('$6$')
  expect(textOf(fresh)).not.toContain('correct horse')
  expect((await history.list(ref)).map(({ before: text }) => text.includes(old))).toEqual([true])
  // the next one has the first name again
  expect((await found(ref)).newVolume).toBe('new-01-seed.iso')
})

it('does so under a running VM', async () => {
  const ref = await cloudVm(true)
  const { base, isRunning } = await found(ref)
  expect(isRunning).toBe(true)
  expect(await seeds.write({ ...ref, base, init })).toEqual([])
  const { items } = await session.hardware(ref.vm)
  const drive = items.find(({ values }) => values['device'] === 'cdrom')
  expect([drive?.values['file'], drive?.live?.['file']]).toEqual([fresh, fresh])
  expect(one.host.files.has(old)).toBe(false)
})

it('the old disc stays where it is when the new one cannot be written or put in, and nothing new is left', async () => {
  const ref = await cloudVm()
  const { base } = await found(ref)
  const whole = session
  session = failing(whole, {
    storage: failing(whole.storage, {
      openUpload: async () => {
        throw new AppError('busy', 'No room')
      },
    }),
  })
  await expect(seeds.write({ ...ref, base, init })).rejects.toThrow('No room')
  session = failing(whole, {
    changeHardware: async () => {
      throw new AppError('invalid', 'Not this drive')
    },
  })
  await expect(seeds.write({ ...ref, base, init })).rejects.toThrow('Not this drive')
  session = whole
  await expect(seeds.write({ ...ref, base: 'another', init })).rejects.toMatchObject({ kind: 'busy' })
  expect(await discs(ref)).toEqual([old])
  expect(one.host.files.has(old)).toBe(true)
  expect(one.host.files.has(fresh)).toBe(false)
})

it('a VM that holds its old disc keeps the file until then, and that is told', async () => {
  const ref = await cloudVm(true)
  const whole = session
  session = failing(whole, {
    changeHardware: async (...all) => {
      const outcome = await whole.changeHardware(...all)
      return outcome.kind === 'conflict'
        ? outcome
        : {
            ...outcome,
            results: [{ when: 'next-start' as const, whyNotNow: 'the guest has locked the drive' }],
          }
    },
  })
  const { base } = await found(ref)
  const [told, ...more] = await seeds.write({ ...ref, base, init })
  expect(told).toContain('the guest has locked the drive')
  expect(more).toEqual([])
  expect(one.host.files.has(old)).toBe(true)
})

it("somebody else's disc is known by its label, and is replaced but not deleted", async () => {
  const ref = await cloudVm()
  const disc = seedIso(
    'CIDATA',
    [{ name: 'user-data', bytes: new TextEncoder().encode('#cloud-config') }],
    new Date(),
  )
  await put('mine.iso', disc)
  await insert(ref, `${folder}/mine.iso`)
  const seed = await found(ref)
  expect(seed).toMatchObject({ place: `${folder}/mine.iso`, replaces: false })
  await seeds.write({ ...ref, base: seed.base, init })
  expect(await discs(ref)).toEqual([fresh])
  expect(one.host.files.has(`${folder}/mine.iso`)).toBe(true)
})

it('answers for an installer and other discs are no seed', async () => {
  const ref = await cloudVm()
  const answers = seedIso('cidata', [{ name: 'user-data', bytes: new Uint8Array(3) }], new Date())
  await put('new-01-answers.iso', answers)
  await insert(ref, `${folder}/new-01-answers.iso`)
  expect(await seeds.of(ref)).toBeNull()
  await insert(ref, `${folder}/fedora-40-server.iso`)
  expect(await seeds.of(ref)).toBeNull()
  await expect(seeds.write({ ...ref, base: 'b', init })).rejects.toMatchObject({ kind: 'not-found' })
})

async function put(volume: string, bytes: Uint8Array): Promise<void> {
  const at = { pool: 'default', volume }
  await session.storage.prepareUpload(at, bytes.length, 'raw')
  const range = { offsetBytes: 0, lengthBytes: bytes.length, isSparse: false }
  const sink = await session.storage.openUpload(at, range, calm.signal)
  await sink.write(bytes)
  await sink.finish()
}

async function insert(ref: VmRef, file: string): Promise<void> {
  const { base, items } = await session.hardware(ref.vm)
  const drive = items.find(({ values }) => values['device'] === 'cdrom')
  if (!drive) throw new Error('no drive')
  const changes = [{ kind: 'set' as const, item: drive.ref, values: { file } }]
  await session.changeHardware(ref.vm, { base, changes, when: 'next-start' }, calm)
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { vmId, type VmRef } from '../../shared/model/ids'
import type { InstallMedia } from '../../shared/model/new-vm/install-media'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { Vm } from '../../shared/model/vm'
import type { HypervisorSession } from '../backends/backend'
import { InstalledVms } from '../new-vm/install-media/remembered'
import { demo, failing, type Demo } from '../new-vm/testing/demo'
import { wanted } from '../new-vm/testing/inputs'
import { standIn } from '../new-vm/testing/stand-in-writer'
import { definitionWriter } from '../new-vm/writer'
import { osCatalogue } from '../os-catalogue/catalogue'
import { DefinitionHistory } from '../settings/definition-history'
import { TaskList } from '../tasks/task-list'
import { HardwareChanges } from './hardware-changes'
import { InstallMediaActions } from './install-media'
import { NewVmActions } from './new-vm-actions'
import { Revisions } from './revisions'

const folder = '/var/lib/libvirt/images'
const iso = `${folder}/fedora-40-server.iso`
const answers = `${folder}/new-01-answers.iso`
const hourMs = 3_600_000

let directory: string
let one: Demo
let session: HypervisorSession
let isConnected: boolean
let nowMs: number
let media: InstallMediaActions
let actions: NewVmActions
let tasks: TaskList
let history: DefinitionHistory
let ended: () => void

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'innkeeper-media-'))
  one = await demo()
  session = one.session
  isConnected = true
  nowMs = 1_000_000
  start()
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** As after a start of the app: with what is on disk, and nothing else. */
function start(): void {
  const changed = (change: { readonly kind: string; readonly item?: { readonly state: string } }): void => {
    if (change.item && change.item.state !== 'running') ended()
  }
  tasks = new TaskList({ emit: { tasks: { changed } }, revisions: new Revisions() })
  const hosts = {
    get: () => {
      if (isConnected) return session
      throw new Error('not connected')
    },
    vm: ({ host, vm }: VmRef): Vm => ({ ...recordOf(vm), host }),
  }
  history = new DefinitionHistory(directory)
  media = new InstallMediaActions({
    hosts,
    tasks,
    installed: new InstalledVms(directory),
    hardware: new HardwareChanges({ hosts, tasks, history }),
    now: () => nowMs,
  })
  actions = new NewVmActions({
    hosts,
    tasks,
    installMedia: media,
    writer: definitionWriter(async (id) => (await osCatalogue()).get(id), standIn.tree),
  })
}

let records: ReadonlyMap<string, Omit<Vm, 'host'>>
function recordOf(id: string): Omit<Vm, 'host'> {
  const found = records.get(id)
  if (!found) throw new Error('no such VM')
  return found
}
async function refresh(): Promise<void> {
  records = new Map((await session.listVms()).map((vm) => [vm.id, vm]))
}

function fromDisc(more: Partial<NewVmInput> = {}): NewVmInput {
  return wanted({
    osId: 'http://fedoraproject.org/fedora/40',
    source: {
      kind: 'iso',
      disc: { kind: 'volume', pool: 'default', volume: 'fedora-40-server.iso' },
      second: [],
      answers: {
        kind: 'form',
        pool: 'default',
        form: {
          user: { name: 'ann', fullName: 'Ann', password: 'correct horse', sshKeys: [] },
          language: 'en_US',
          keyboard: 'us',
          timeZone: 'Europe/Berlin',
          packages: [],
          atEnd: 'reboot',
          erasesDisk: true,
        },
      },
    },
    ...more,
  })
}

async function created(input: NewVmInput): Promise<VmRef> {
  const done = new Promise<void>((resolve) => (ended = resolve))
  await actions.create(input)
  await done
  const id = one.host.byName(input.name)?.definition.id
  await refresh()
  return { host: input.host, vm: vmId.parse(id) }
}

async function power(ref: VmRef, action: 'start' | 'forceOff'): Promise<void> {
  await session.power(ref.vm, action, { signal: new AbortController().signal, onProgress: () => undefined })
  await refresh()
}

async function told(ref: VmRef): Promise<InstallMedia> {
  const found = await media.of(ref)
  if (!found) throw new Error('nothing is told')
  return found
}

const discsOf = (name: string): (string | undefined)[] =>
  (one.host.byName(name)?.definition.disks ?? [])
    .filter(({ device }) => device === 'cdrom')
    .map(({ source }) => source)

it('nothing is said while the installer may be at work, and all once the VM was off', async () => {
  const ref = await created(fromDisc())
  expect(await media.of(ref)).toBeNull()
  nowMs += 60_000
  expect(await media.of(ref)).toBeNull()
  await power(ref, 'forceOff')
  expect(await told(ref)).toMatchObject({
    isRunning: false,
    media: [
      { role: 'install', place: iso },
      { role: 'answers', place: answers, deletableBytes: expect.any(Number) },
    ],
  })
})

it('a VM that only runs is told of after an hour, also when the app was started anew meanwhile', async () => {
  const ref = await created(fromDisc())
  nowMs += hourMs - 1
  expect(await media.of(ref)).toBeNull()
  start()
  nowMs += 1
  expect((await told(ref)).isRunning).toBe(true)
})

it('that it was off is seen also when nobody asks, but not by what is known of a host that is away', async () => {
  const ref = await created(fromDisc())
  nowMs += 60_000
  const off = { ...recordOf(ref.vm), host: ref.host, state: 'shut-off' as const }
  isConnected = false
  await media.saw([{ kind: 'put', vm: off }])
  isConnected = true
  expect(await media.of(ref)).toBeNull()
  await media.saw([{ kind: 'put', vm: { ...off, hasSavedState: true } }])
  expect(await media.of(ref)).toBeNull()
  await media.saw([{ kind: 'put', vm: off }])
  expect((await told(ref)).media).toHaveLength(2)
})

it('a VM that was never started is not told of', async () => {
  const ref = await created(fromDisc({ startsNow: false }))
  nowMs += 10 * hourMs
  expect(await media.of(ref)).toBeNull()
})

it('takes the discs out, deletes what was made for this VM alone, and keeps it in the history', async () => {
  const ref = await created(fromDisc())
  nowMs += 60_000
  await power(ref, 'forceOff')
  const { base, media: found } = await told(ref)
  expect(one.host.files.has(answers)).toBe(true)
  const result = await media.takeOut({ ...ref, base, media: found.map(({ id }) => id), deletesAnswers: true })
  expect(result).toEqual({ left: [] })
  expect(discsOf('new-01')).toEqual([undefined, undefined])
  expect(one.host.files.has(answers)).toBe(false)
  expect(one.host.files.has(iso)).toBe(true)
  expect(await media.of(ref)).toBeNull()
  expect((await history.list(ref)).map(({ before }) => before.includes(iso))).toEqual([true])
})

it('does so of a VM that runs as well', async () => {
  const ref = await created(fromDisc())
  nowMs += hourMs
  const { base, media: found } = await told(ref)
  await media.takeOut({ ...ref, base, media: found.map(({ id }) => id), deletesAnswers: true })
  const { items } = await session.hardware(ref.vm)
  const drives = items.filter(({ values }) => values['device'] === 'cdrom')
  expect(drives.map(({ values, live }) => [values['file'], live?.['file']])).toEqual([
    [undefined, undefined],
    [undefined, undefined],
  ])
  expect(one.host.files.has(answers)).toBe(false)
})

it('what is not ticked stays, and is asked about no more', async () => {
  const ref = await created(fromDisc())
  nowMs += 60_000
  await power(ref, 'forceOff')
  const { base } = await told(ref)
  await media.takeOut({ ...ref, base, media: [iso], deletesAnswers: true })
  expect(discsOf('new-01')).toEqual([undefined, answers])
  expect(one.host.files.has(answers)).toBe(true)
  expect(await media.of(ref)).toBeNull()
})

it('Keep leaves all as it is and ends it for good', async () => {
  const ref = await created(fromDisc())
  nowMs += hourMs
  await told(ref)
  await media.keep(ref)
  start()
  expect(await media.of(ref)).toBeNull()
  expect(discsOf('new-01')).toEqual([iso, answers])
})

it('our own disc stays while another VM has it, and when another file has come to its name', async () => {
  const ref = await created(fromDisc())
  nowMs += 60_000
  await power(ref, 'forceOff')
  const other = failing(session, {
    storage: failing(session.storage, {
      usage: async () => ({
        users: { [answers]: [{ kind: 'cdrom' as const, name: 'web-02', vm: 'another' }] },
        unread: [],
      }),
    }),
  })
  session = other
  expect((await told(ref)).media[1]).toMatchObject({ keptBecause: 'It is in use by web-02 as well' })
  session = failing(one.session, {
    storage: failing(one.session.storage, {
      volumeDetails: async (pool, names) => {
        const found = await one.session.storage.volumeDetails(pool, names)
        return { ...found, volumes: found.volumes.map((volume) => ({ ...volume, capacityBytes: 1 })) }
      },
    }),
    images: failing(one.session.images, { fileId: async () => 'another' }),
  })
  expect((await told(ref)).media[1]).not.toHaveProperty('deletableBytes')
})

it('a disc of ours that the user has taken out of its drive can still be deleted', async () => {
  const ref = await created(fromDisc())
  nowMs += 60_000
  await power(ref, 'forceOff')
  const { base } = await told(ref)
  const view = await session.hardware(ref.vm)
  const item = view.items.find(({ values }) => values['file'] === answers)
  if (!item) throw new Error('no drive')
  await session.changeHardware(
    ref.vm,
    { base, changes: [{ kind: 'set', item: item.ref, values: {}, unset: ['file'] }], when: 'next-start' },
    { signal: new AbortController().signal, onProgress: () => undefined },
  )
  const now = await told(ref)
  expect(now.media.map(({ place, drive }) => [place, drive === undefined])).toEqual([
    [iso, false],
    [answers, true],
  ])
  await media.takeOut({ ...ref, base: now.base, media: [answers], deletesAnswers: true })
  expect(one.host.files.has(answers)).toBe(false)
  expect(discsOf('new-01')).toEqual([iso, undefined])
})

it('a VM that was changed elsewhere since is not touched', async () => {
  const ref = await created(fromDisc())
  nowMs += 60_000
  await power(ref, 'forceOff')
  await expect(
    media.takeOut({ ...ref, base: 'another', media: [iso, answers], deletesAnswers: true }),
  ).rejects.toMatchObject({ kind: 'busy' })
  expect(discsOf('new-01')).toEqual([iso, answers])
  expect(one.host.files.has(answers)).toBe(true)
})

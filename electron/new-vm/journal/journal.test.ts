import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError, errorData, type ErrorData } from '../../../shared/errors'
import { hostId } from '../../../shared/model/ids'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { suggest } from '../../../shared/model/new-vm/suggest'
import { wishesOfInput } from '../../../shared/model/new-vm/wishes-of-input'
import type { HypervisorSession } from '../../backends/backend'
import { UnfinishedCreations } from '../../hosts/unfinished-creations'
import { TaskWatch } from '../../transfers/testing/task-watch'
import { createVm } from '../create'
import { workOutNewVm } from '../plan'
import { demo, failing, type Demo } from '../testing/demo'
import { disk, gib, wanted } from '../testing/inputs'
import { standIn } from '../testing/stand-in-writer'
import { CreationJournal } from './creation-journal'
import { withoutSecrets } from './without-secrets'

const host = hostId.parse('h')
const folder = '/var/lib/libvirt/images'
const twoDisks = { disks: [disk(), disk()] }

let directory: string
let one: Demo
let tasks: TaskWatch
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'innkeeper-journal-'))
  one = await demo()
  tasks = new TaskWatch()
})
afterEach(() => rm(directory, { recursive: true, force: true }))

/** What the journal says after the app has ended somehow and begun anew. */
function restarted(): { journal: CreationJournal; unfinished: UnfinishedCreations } {
  const journal = new CreationJournal(directory)
  const unfinished = new UnfinishedCreations({
    hosts: { get: () => one.session },
    tasks: tasks.list,
    journal,
  })
  return { journal, unfinished }
}

async function create(
  session: HypervisorSession,
  journal: CreationJournal,
  more: Partial<NewVmInput> = twoDisks,
): Promise<ErrorData | undefined> {
  const input = wanted(more)
  const worked = await workOutNewVm(session, input, standIn)
  const note = journal.open({ host, name: input.name, what: 'create', ...withoutSecrets(input) })
  const context = { signal: new AbortController().signal, onProgress: () => undefined }
  return createVm(session, input, worked, context, undefined, undefined, note).then(
    () => undefined,
    errorData,
  )
}

const gone = (): Promise<never> => Promise.reject(new AppError('unreachable', 'The connection broke'))

/** The host is lost when the second volume is made: the order arrived, its answer did not. */
function lostAtSecond(session: HypervisorSession): HypervisorSession {
  let count = 0
  return failing(session, {
    delete: gone,
    storage: failing(session.storage, {
      createVolume: async (...input) => {
        await session.storage.createVolume(...input)
        count += 1
        if (count === 2) return gone()
      },
      deleteVolume: gone,
    }),
  })
}

const written = async (): Promise<unknown> =>
  JSON.parse(await readFile(join(directory, 'unfinished-creations.json'), 'utf8'))

describe('what a creation has begun', () => {
  it('is written down before the host is asked, and forgotten when the VM is there', async () => {
    const before: unknown[] = []
    const watched = failing(one.session, {
      storage: failing(one.session.storage, {
        createVolume: async (...input) => {
          before.push(await written())
          await one.session.storage.createVolume(...input)
        },
      }),
    })
    expect(await create(watched, new CreationJournal(directory))).toBeUndefined()
    expect(before).toMatchObject([
      [{ host, name: 'new-01', made: [{ pool: 'default', volume: 'new-01.qcow2' }] }],
      [{ made: expect.arrayContaining([expect.objectContaining({ volume: 'new-01-2.qcow2' })]) }],
    ])
    expect(await written()).toEqual([])
  })

  it('is forgotten when all of it was taken back, and when the VM only does not start', async () => {
    const journal = new CreationJournal(directory)
    const refusing = failing(one.session, {
      creation: failing(one.session.creation, {
        define: () => Promise.reject(new AppError('invalid', 'Not like this')),
      }),
    })
    expect(await create(refusing, journal)).toMatchObject({ kind: 'invalid' })
    expect(await written()).toEqual([])
    const stuck = failing(one.session, { power: () => Promise.reject(new AppError('busy', 'No memory')) })
    expect(await create(stuck, journal)).toMatchObject({ kind: 'busy' })
    expect(await written()).toEqual([])
  })

  it('is found after the host was lost and the app was killed, and removed when the user wants it', async () => {
    expect(await create(lostAtSecond(one.session), new CreationJournal(directory))).toMatchObject({
      kind: 'unreachable',
    })
    const { unfinished } = restarted()
    const [found, ...more] = await unfinished.of(host)
    expect(more).toEqual([])
    expect(found).toMatchObject({
      name: 'new-01',
      what: 'create',
      files: [
        { pool: 'default', volume: 'new-01.qcow2', path: `${folder}/new-01.qcow2`, isPartial: false },
        { pool: 'default', volume: 'new-01-2.qcow2', isPartial: true },
      ],
    })
    expect(found?.again?.input.disks).toEqual(wanted(twoDisks).disks)
    expect(found).not.toHaveProperty('vm')
    expect(found?.files.every(({ keptBecause }) => keptBecause === undefined)).toBe(true)
    const task = await tasks.ended(
      await unfinished.cleanUp({ host, id: found?.id ?? '', files: [...(found?.files ?? [])] }),
    )
    expect(task).toMatchObject({ state: 'succeeded', title: 'Removing what is left of new-01' })
    expect([...one.host.files.keys()].filter((path) => path.includes('new-01'))).toEqual([])
    expect(await written()).toEqual([])
  })

  it('stays when the user keeps it, and is told of no more', async () => {
    await create(lostAtSecond(one.session), new CreationJournal(directory))
    const { unfinished } = restarted()
    const [found] = await unfinished.of(host)
    await unfinished.keep(host, found?.id ?? '')
    expect(await unfinished.of(host)).toEqual([])
    expect(one.host.files.has(`${folder}/new-01.qcow2`)).toBe(true)
  })

  it('is not removed where a VM uses it by now, where another file has its name, and where it was not shown', async () => {
    await create(lostAtSecond(one.session), new CreationJournal(directory), {
      disks: [disk(), disk({ pool: 'default', volume: 'second.qcow2' })],
    })
    // somebody took the first for a VM, and put a file of their own in place of the second
    await create(one.session, new CreationJournal(await mkdtemp(join(directory, 'other-'))), {
      name: 'other',
      disks: [{ kind: 'existing', image: { kind: 'volume', pool: 'default', volume: 'new-01.qcow2' } }],
    })
    const { unfinished, journal } = restarted()
    const second = { pool: 'default', volume: 'second.qcow2' }
    const [before] = await unfinished.of(host)
    expect(before?.files).toMatchObject([{ keptBecause: 'other has it' }, { isPartial: true }])
    const [entry] = await journal.of(host)
    if (!entry) throw new Error('It was not written down')
    const [volume] = (await one.session.storage.volumeDetails('default', ['second.qcow2'])).volumes
    const { path = '', format = '', capacityBytes = 0 } = volume ?? {}
    const fileId = await one.session.images.fileId(path)
    const identity = { path, format, capacityBytes, fileId }
    await journal.keepOnly(host, entry.id, [
      ...entry.made.filter((item) => item.kind !== 'volume' || item.volume !== 'second.qcow2'),
      { kind: 'volume', ...second, identity },
    ])
    await one.session.storage.deleteVolume(second, true)
    one.host.files.set(path, { sizeBytes: capacityBytes, allocationBytes: 0, format })
    const [found] = await unfinished.of(host)
    expect(found?.files).toMatchObject([
      { keptBecause: 'other has it' },
      { keptBecause: 'Something else has this name now' },
    ])
    await tasks.ended(
      await unfinished.cleanUp({ host, id: found?.id ?? '', files: [...(found?.files ?? [])] }),
    )
    expect(one.host.files.has(`${folder}/new-01.qcow2`)).toBe(true)
    expect(one.host.files.has(path)).toBe(true)
  })

  it('is removed as far as the user saw it, and what fails is told and stays known', async () => {
    await create(lostAtSecond(one.session), new CreationJournal(directory))
    const { journal, unfinished: all } = restarted()
    const [found] = await all.of(host)
    const refusing = failing(one.session, {
      storage: failing(one.session.storage, {
        deleteVolume: () => Promise.reject(new AppError('denied', 'The pool is read-only')),
      }),
    })
    const unfinished = new UnfinishedCreations({ hosts: { get: () => refusing }, tasks: tasks.list, journal })
    const id = found?.id ?? ''
    const files = [{ pool: 'default', volume: 'new-01.qcow2' }]
    const task = await tasks.ended(await unfinished.cleanUp({ host, id, files }))
    expect(task).toMatchObject({
      state: 'failed',
      error: { detail: 'default/new-01.qcow2: The pool is read-only' },
    })
    expect((await all.of(host))[0]?.files.map(({ volume }) => volume)).toEqual(['new-01.qcow2'])
    expect(one.host.files.has(`${folder}/new-01-2.qcow2`)).toBe(true)
  })

  it('names the VM where it is there after all, and leaves its disks to it', async () => {
    const lost = failing(one.session, {
      delete: gone,
      storage: failing(one.session.storage, { deleteVolume: gone }),
      creation: failing(one.session.creation, {
        define: async (xml) => {
          await one.session.creation.define(xml)
          return gone()
        },
      }),
    })
    await create(lost, new CreationJournal(directory))
    const [found] = await restarted().unfinished.of(host)
    const vm = (await one.session.listVms()).find(({ name }) => name === 'new-01')
    expect(found?.vm).toBe(vm?.id ?? 'none')
    expect(found?.files.map(({ keptBecause }) => keptBecause)).toEqual(['new-01 has it', 'new-01 has it'])
  })

  it('is forgotten when nothing of it is there, and when a later creation takes its name', async () => {
    await create(lostAtSecond(one.session), new CreationJournal(directory))
    const { unfinished, journal } = restarted()
    await one.session.storage.deleteVolume({ pool: 'default', volume: 'new-01-2.qcow2' }, true)
    expect(
      await create(one.session, journal, { name: 'x', disks: [disk({ volume: 'new-01-2.qcow2' })] }),
    ).toBe(undefined)
    expect((await unfinished.of(host))[0]?.files.map(({ volume }) => volume)).toEqual(['new-01.qcow2'])
    await one.session.storage.deleteVolume({ pool: 'default', volume: 'new-01.qcow2' }, true)
    expect(await unfinished.of(host)).toEqual([])
    expect(await journal.of(host)).toEqual([])
  })

  it('is nothing while it is being made, where the file is broken, and on other hosts', async () => {
    const journal = new CreationJournal(directory)
    const note = journal.open({ host, name: 'busy', what: 'create', input: undefined })
    await note.begins({ kind: 'volume', pool: 'default', volume: 'busy.img' })
    expect(await journal.of(host)).toEqual([])
    expect(await new CreationJournal(directory).of(host)).toHaveLength(1)
    expect(await new CreationJournal(directory).of(hostId.parse('other'))).toEqual([])
    await writeFile(join(directory, 'unfinished-creations.json'), '[{"id": 7}, ')
    expect(await new CreationJournal(directory).of(host)).toEqual([])
  })
})

describe('the choices that are kept', () => {
  it('have no secret in them, and say what was left out', () => {
    const secret = 'correct horse'
    const cloud = withoutSecrets(
      wanted({
        source: {
          kind: 'cloud',
          base: { kind: 'volume', pool: 'default', volume: 'base.qcow2' },
          how: 'copy',
          pool: 'default',
          init: {
            user: { name: 'ann', sshKeys: [], password: secret, isAdmin: true },
            packages: ['nginx'],
            network: { kind: 'dhcp' },
          },
        },
      }),
    )
    expect(cloud.without).toEqual(['the password'])
    const raw = withoutSecrets(
      wanted({
        source: {
          kind: 'cloud',
          base: { kind: 'path', path: '/base' },
          how: 'copy',
          pool: 'default',
          init: { packages: [], network: { kind: 'dhcp' }, userData: `#cloud-config\npassword: ${secret}\n` },
        },
        changes: [{ kind: 'add-xml', key: 'x', xml: `<graphics passwd='${secret}'/>` }],
      }),
    )
    expect(raw.without).toEqual(['the texts for cloud-init', 'what was changed on the hardware pages'])
    const tree = withoutSecrets(
      wanted({
        source: {
          kind: 'tree',
          url: 'http://example.org/os',
          kernelArgs: '',
          isTextConsole: false,
          answersUrl: `http://ann:${encodeURIComponent(secret)}@example.org/ks.cfg`,
          answers: { kind: 'own', pool: 'default', text: secret },
        },
      }),
    )
    expect(tree.without).toEqual(['the answers for the installer', 'the address of the answers'])
    const container = withoutSecrets(
      wanted({
        source: {
          kind: 'container',
          what: 'app',
          init: '/bin/sh',
          args: [],
          env: [{ name: 'TOKEN', value: secret }],
        },
      }),
    )
    for (const kept of [cloud, raw, tree, container]) {
      expect(JSON.stringify(kept.input)).not.toContain(secret)
      expect(JSON.stringify(kept.input)).not.toContain(encodeURIComponent(secret))
    }
  })

  it('fill in the wizard so that it asks for the same VM', () => {
    const same = (more: Partial<NewVmInput>): void => {
      const input = wanted(more)
      const guest = {
        architecture: 'x86_64',
        osType: 'hvm',
        virtTypes: [{ name: 'kvm' }],
        machines: [{ name: 'q35', isDeprecated: false }],
        features: [],
      }
      const made = suggest(wishesOfInput(input), {
        host,
        info: { architecture: 'x86_64', cpuCount: 8, memoryBytes: 64 * gib },
        capabilities: { guests: [guest] } as never,
        choices: {
          networks: { items: [] },
          interfaces: { items: [] },
          pools: { items: [{ name: 'default', state: 'running', type: 'dir', path: folder }] },
        },
        vmNames: [],
      })
      expect(made.problems).toEqual([])
      expect(made.input).toEqual({ ...input, host })
    }
    same({ disks: [disk({ bus: 'scsi', volume: 'a.img', format: 'raw', isFull: true })], hasAutostart: true })
    same({ source: { kind: 'network-boot' }, firmware: 'efi', graphics: 'spice', count: 3, startsNow: false })
    same({
      source: {
        kind: 'iso',
        disc: { kind: 'volume', pool: 'isos', volume: 'a.iso', copyTo: 'default' },
        second: [{ kind: 'path', path: '/b.iso' }],
      },
    })
    same({
      source: {
        kind: 'tree',
        url: 'http://example.org/os',
        kernelArgs: 'quiet',
        answersUrl: 'http://example.org/ks',
        isTextConsole: true,
      },
    })
    same({
      source: {
        kind: 'cloud',
        base: { kind: 'path', path: '/base.qcow2' },
        how: 'overlay',
        pool: 'default',
        sizeBytes: 4 * gib,
        init: {
          hostname: 'web',
          user: { name: 'ann', sshKeys: [], password: 'x', isAdmin: false },
          packages: ['nginx', 'git'],
          network: { kind: 'static', address: '192.0.2.4/24', gateway: '192.0.2.1', dns: ['192.0.2.2'] },
        },
      },
    })
  })
})

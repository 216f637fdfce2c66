import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { startLab, type Lab, type LabHost } from '../../e2e/lab/lab'
import { hostId } from '../../shared/model/ids'
import type { UnfinishedCreation } from '../../shared/model/new-vm/unfinished'
import type { Task } from '../../shared/model/task'
import type { HypervisorSession } from '../backends/backend'
import { Reacher } from '../backends/libvirt/testing/reacher'
import { NewVmActions } from '../hosts/new-vm-actions'
import { UnfinishedCreations } from '../hosts/unfinished-creations'
import { TaskWatch } from '../transfers/testing/task-watch'
import { CreationJournal } from './journal/creation-journal'
import { failing } from './testing/demo'
import { disk, existing, wanted } from './testing/inputs'
import { definitionWriter } from './writer'

const host = hostId.parse('lab')
const name = 'cut-off-live'
const other = `${name}-user`
const mib = 1024 ** 2
const pool = 'default'

/** A real host whose daemon is killed while it makes a VM, and an app that begins anew afterwards. */
describe('a creation that was cut off', () => {
  let lab: Lab
  let labHost: LabHost
  let reacher: Reacher
  let session: HypervisorSession
  let directory: string
  const tasks = new TaskWatch()

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    labHost = lab.host('labA')
    reacher = new Reacher(lab, labHost)
  })

  afterEach(async () => {
    for (const guest of [name, other]) await labHost.removeGuest(guest)
    for (const volume of await ownVolumes()) await labHost.virsh(['vol-delete', volume, '--pool', pool])
    await rm(directory, { recursive: true, force: true })
  })

  afterAll(async () => {
    await reacher?.stop()
    await lab?.stop()
  })

  async function connect(): Promise<HypervisorSession> {
    const uri = `qemu+ssh://${labHost.user}@127.0.0.1:${await reacher.portTo(22)}/system?known_hosts=/dev/null`
    return (await reacher.connect(uri, { keyFile: labHost.keyFile })).session
  }

  const ownVolumes = async (): Promise<string[]> =>
    (await labHost.virsh(['vol-list', pool])).match(/cut-off-live\S*(?=\s+\/)/g) ?? []

  /** With the journal that is in the folder, as after a start of the app. */
  function app(from: HypervisorSession) {
    const parts = { hosts: { get: () => from }, tasks: tasks.list, journal: new CreationJournal(directory) }
    const writer = definitionWriter(
      async () => undefined,
      () => Promise.reject(new Error('No tree here')),
    )
    return { actions: new NewVmActions({ ...parts, writer }), unfinished: new UnfinishedCreations(parts) }
  }

  const input = wanted({
    host,
    name,
    guest: { virtType: 'qemu', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
    vcpuCount: 1,
    memoryBytes: 64 * mib,
    disks: [disk({ sizeBytes: 8 * mib }), disk({ sizeBytes: 8 * mib, format: 'raw', isFull: true })],
    nics: [],
    startsNow: false,
  })

  /** Kills the daemon once a step of the creation was asked for, then begins anew with both the host and the app. */
  async function cutOff(session_: (real: HypervisorSession) => HypervisorSession): Promise<Task> {
    directory = await mkdtemp(join(tmpdir(), 'innkeeper-cut-off-'))
    const { actions } = app(session_(await connect()))
    const task = await tasks.ended(await actions.create(input))
    await labHost.startDaemon()
    session = await connect()
    return task
  }

  async function found(): Promise<UnfinishedCreation> {
    const [one, ...more] = await app(session).unfinished.of(host)
    expect(more).toEqual([])
    if (!one) throw new Error('Nothing is known of the creation that was cut off')
    return one
  }

  it('is told with its files, keeps what a VM uses by now, and leaves nothing else when it is cleaned up', async () => {
    let count = 0
    const task = await cutOff((real) =>
      failing(real, {
        storage: failing(real.storage, {
          createVolume: async (...asked) => {
            count += 1
            const making = real.storage.createVolume(...asked)
            if (count === 2) {
              making.catch(() => undefined)
              await labHost.killDaemon()
            }
            await making
          },
        }),
      }),
    )
    expect(task).toMatchObject({
      state: 'failed',
      error: { message: `The host was lost while ${name} was being created` },
    })
    const there = await ownVolumes()
    expect(there).toContain(`${name}.qcow2`)
    const before = await found()
    expect(before.files.map(({ volume }) => volume).toSorted()).toEqual(there.toSorted())
    expect(before.files[0]).toMatchObject({ volume: `${name}.qcow2`, isPartial: false })
    expect(before.files[0]?.sizeBytes).toBeGreaterThan(0)
    expect(before.again?.input).toEqual(input)
    expect(before.vm).toBeUndefined()
    // a VM takes the first file meanwhile
    const { actions } = app(session)
    const user = { ...input, name: other, disks: [existing(`${pool}/${name}.qcow2`)] }
    expect((await tasks.ended(await actions.create(user))).error).toBeUndefined()
    const after = await found()
    expect(after.files.find(({ volume }) => volume === `${name}.qcow2`)?.keptBecause).toBe(`${other} has it`)
    const { unfinished } = app(session)
    const { id } = after
    const cleaned = await tasks.ended(await unfinished.cleanUp({ host, id, files: [...before.files] }))
    expect(cleaned.error).toBeUndefined()
    expect(await ownVolumes()).toEqual([`${name}.qcow2`])
    expect(await app(session).unfinished.of(host)).toEqual([])
  })

  it('leaves a file alone that came to the name of one it had made', async () => {
    await cutOff((real) =>
      failing(real, {
        creation: failing(real.creation, {
          define: async () => {
            await labHost.killDaemon()
            return real.creation.define('')
          },
        }),
      }),
    )
    const path = (await labHost.virsh(['vol-path', `${name}.qcow2`, '--pool', pool])).trim()
    expect((await found()).files.map(({ keptBecause }) => keptBecause)).toEqual([undefined, undefined])
    await labHost.exec(['sh', '-c', 'cp "$1" "$1.new" && mv "$1.new" "$1"', 'sh', path])
    const { id, files } = await found()
    expect(files.find((file) => file.path === path)?.keptBecause).toBe('Something else has this name now')
    await tasks.ended(await app(session).unfinished.cleanUp({ host, id, files: [...files] }))
    expect(await ownVolumes()).toEqual([`${name}.qcow2`])
  })

  it('names the VM that came to be although its answer did not arrive, and removes none of its disks', async () => {
    await cutOff((real) =>
      failing(real, {
        creation: failing(real.creation, {
          define: async (xml) => {
            const id = await real.creation.define(xml)
            await labHost.killDaemon()
            await real.listVms()
            return id
          },
        }),
      }),
    )
    const { id, vm, files } = await found()
    expect(vm).toBe((await session.listVms()).find((one) => one.name === name)?.id ?? 'none')
    expect(files.map(({ keptBecause }) => keptBecause)).toEqual([`${name} has it`, `${name} has it`])
    await tasks.ended(await app(session).unfinished.cleanUp({ host, id, files: [...files] }))
    expect(await ownVolumes()).toHaveLength(2)
    expect(await labHost.guestState(name)).toBe('shut off')
  })
})

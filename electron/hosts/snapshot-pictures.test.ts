import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId } from '../../shared/model/ids'
import type { CreateSnapshotInput } from '../../shared/model/snapshots/inputs'
import type { DeletePlan } from '../../shared/model/snapshots/plan'
import type { SnapshotView } from '../../shared/model/snapshots/snapshot'
import { allowed } from '../../shared/model/snapshots/verdict'
import type { VmState } from '../../shared/model/vm'
import { missingPart } from '../backends/missing-part'
import type { HypervisorSession, Screenshot } from '../backends/backend'
import { SnapshotPictures } from '../snapshots/pictures'
import { TaskList } from '../tasks/task-list'
import { Revisions } from './revisions'
import { SnapshotActions } from './snapshot-actions'
import { TinySession, vm } from './testing/tiny-backend'

const host = hostId.parse('a')
const bitmap: Screenshot = { mime: '', bytes: Buffer.concat([Buffer.from('P6 1 1 255\n'), Buffer.alloc(3)]) }
const record = vm(1)
const ref = { host, vm: record.id }
const wish: CreateSnapshotInput = {
  ...ref,
  name: 'a',
  description: '',
  kind: 'internal',
  withMemory: false,
  quiesce: false,
  live: false,
  reuse: false,
  disks: [],
}

/** Others have deleted what there was. */
const emptyView: SnapshotView = {
  snapshots: [],
  offers: { internal: allowed, external: allowed, memory: allowed, quiesce: allowed, live: allowed },
  disks: [],
  chains: [],
  foreign: [],
  warnings: [],
  nextName: 'snapshot 1',
}

let directory: string
let pictures: SnapshotPictures
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'snapshot-actions-'))
  pictures = new SnapshotPictures(directory)
})
afterEach(() => rm(directory, { recursive: true }))

/** A host whose guest has this state and this screen. */
function start(state: VmState, screenshot: () => Promise<Screenshot>) {
  const plan: DeletePlan = {
    stamp: 's',
    snapshots: ['a'],
    steps: [],
    files: [],
    leftFiles: [],
    lost: [],
    commands: [],
  }
  const done: string[] = []
  const session: HypervisorSession = Object.assign(new TinySession([record]), {
    screenshot,
    snapshots: {
      ...missingPart('Not here'),
      createSnapshot: async () => void done.push('create'),
      snapshotDeletePlan: async () => plan,
      deleteSnapshots: async () => void done.push('delete'),
      snapshots: async () => emptyView,
      editSnapshot: async () => void done.push('edit'),
    },
  })
  const tasks = new TaskList({ emit: { tasks: { changed: () => {} } } as never, revisions: new Revisions() })
  const hosts = { get: () => session, vm: () => ({ ...record, host, state }) }
  const actions = new SnapshotActions({ hosts: hosts as never, tasks, pictures })
  const ended = async (): Promise<string[]> => {
    await vi.waitFor(() => expect(tasks.list().items.every((task) => task.state !== 'running')).toBe(true))
    return tasks.list().items.map((task) => task.state)
  }
  return { actions, ended, done }
}

describe('the picture of a snapshot', () => {
  it('is taken with it, follows its name, and goes with it', async () => {
    const { actions, ended, done } = start('running', async () => bitmap)
    actions.create(wish)
    expect(await ended()).toEqual(['succeeded'])
    expect(await pictures.get(ref, 'a', 1)).toMatch(/^data:image\/png/)
    await actions.edit({ ...ref, name: 'a', newName: 'b' })
    expect(await pictures.get(ref, 'b', 1)).toMatch(/^data:image\/png/)
    await pictures.rename(ref, 'b', 'a')
    await actions.delete({ ...ref, names: ['a'], withChildren: false, metadataOnly: false, stamp: 's' })
    await ended()
    expect(await pictures.get(ref, 'a', 1)).toBeNull()
    expect(done).toEqual(['create', 'edit', 'delete'])
  })

  it('goes when the snapshot turns out to be gone, and with its VM', async () => {
    const { actions } = start('running', async () => bitmap)
    await pictures.put(ref, 'a', bitmap)
    expect(await actions.list(ref)).toBe(emptyView)
    expect(await pictures.get(ref, 'a', 1)).toBeNull()
    await pictures.put(ref, 'a', bitmap)
    await actions.saw([{ kind: 'removed', ref }])
    expect(await pictures.get(ref, 'a', 1)).toBeNull()
  })

  it('that cannot be taken leaves the snapshot as good as it is', async () => {
    const { actions, ended, done } = start('running', async () => {
      throw new AppError('unsupported', 'There is no screen')
    })
    actions.create(wish)
    expect(await ended()).toEqual(['succeeded'])
    expect(done).toEqual(['create'])
    expect(await pictures.get(ref, 'a', 1)).toBeNull()
  })

  it('is not asked for while the guest is off', async () => {
    const screenshot = vi.fn(async () => bitmap)
    const { actions, ended } = start('shut-off', screenshot)
    actions.create(wish)
    await ended()
    expect(screenshot).not.toHaveBeenCalled()
  })
})

// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Host } from '../../shared/model/host'
import { hostId, taskId, vmId, vmKey, type HostId } from '../../shared/model/ids'
import { packTick } from '../../shared/model/packed-tick'
import type { Task } from '../../shared/model/task'
import type { Vm } from '../../shared/model/vm'
import { useHosts } from '../stores/hosts'
import { usePrompts } from '../stores/prompts'
import { historyOf } from '../stores/stats'
import { usualPolling } from '../../shared/model/polling'
import { useTasks } from '../stores/tasks'
import { useVms } from '../stores/vms'
import { api } from './client'
import { installFakeMain, type Answers, type FakeMain } from './fake'
import { startSync } from './sync'

const hostA = hostId.parse('a')
const first = vmId.parse('00000000-0000-0000-0000-000000000001')

function host(id: HostId, label: string): Host {
  return {
    id,
    uri: 'demo:///default',
    label,
    autoconnect: true,
    isDemo: true,
    sshEngine: 'builtin',
    readOnly: false,
    hasKeptSecrets: false,
    status: { kind: 'disconnected', sinceMs: 0 },
  }
}

function vm(name: string, state: Vm['state'] = 'running'): Vm {
  return {
    host: hostA,
    id: first,
    name,
    state,
    isPersistent: true,
    hasSavedState: false,
    autostart: false,
    vcpuCount: 1,
    memoryBytes: 1,
    maxMemoryBytes: 1,
  }
}

const task: Task = {
  id: taskId.parse('t1'),
  kind: 'power.pause',
  title: 'Pausing web',
  host: hostA,
  vm: first,
  state: 'running',
  startedAtMs: 1,
  canCancel: false,
}

let stop: (() => void) | undefined
let main: FakeMain

async function sync(answers: Answers): Promise<void> {
  main = installFakeMain({
    hosts: { list: () => ({ revision: 5, items: [host(hostA, 'A')] }) },
    vms: { list: () => ({ revision: 5, items: [vm('web')] }) },
    tasks: { list: () => ({ revision: 5, items: [] }) },
    prompts: { list: () => [] },
    saves: { known: () => [] },
    polling: { get: () => usualPolling },
    stats: { alarms: () => [] },
    ...answers,
  })
  stop = await startSync(api)
}

beforeEach(() => {
  useHosts.setState(useHosts.getInitialState(), true)
  useVms.setState(useVms.getInitialState(), true)
  useTasks.setState(useTasks.getInitialState(), true)
})
afterEach(() => stop?.())

const key = vmKey({ host: hostA, vm: first })
const nameNow = (): string | undefined => useVms.getState().byKey.get(key)?.name

describe('startSync', () => {
  it('fills the stores from the snapshots', async () => {
    await sync({})
    expect(useHosts.getState()).toMatchObject({ order: [hostA], isLoaded: true })
    expect(nameNow()).toBe('web')
  })

  it('ignores changes that are not newer than the snapshot', async () => {
    await sync({})
    main.emit.vms.changed({ revision: 5, changes: [{ kind: 'put', vm: vm('stale') }] })
    expect(nameNow()).toBe('web')
    main.emit.vms.changed({ revision: 6, changes: [{ kind: 'put', vm: vm('fresh') }] })
    expect(nameNow()).toBe('fresh')
  })

  it('ignores a change older than one that already came', async () => {
    await sync({})
    main.emit.vms.changed({ revision: 9, changes: [{ kind: 'put', vm: vm('nine') }] })
    main.emit.vms.changed({ revision: 8, changes: [{ kind: 'put', vm: vm('eight') }] })
    expect(nameNow()).toBe('nine')
  })

  it('keeps changes that come before the snapshot and applies only the newer ones', async () => {
    await sync({
      vms: {
        list: () => {
          main.emit.vms.changed({ revision: 7, changes: [{ kind: 'put', vm: vm('seven') }] })
          return { revision: 7, items: [vm('snapshot')] }
        },
      },
    })
    expect(nameNow()).toBe('snapshot')
    stop?.()
    await sync({
      vms: {
        list: () => {
          main.emit.vms.changed({ revision: 8, changes: [{ kind: 'put', vm: vm('eight') }] })
          return { revision: 7, items: [vm('snapshot')] }
        },
      },
    })
    expect(nameNow()).toBe('eight')
  })

  it('drops the VMs of a host that was removed', async () => {
    await sync({})
    main.emit.hosts.changed({ kind: 'removed', revision: 6, id: hostA })
    expect(useHosts.getState().order).toEqual([])
    expect(useVms.getState().byKey).toEqual(new Map())
  })

  it('marks a VM as pending while its task runs', async () => {
    await sync({})
    main.emit.tasks.changed({ kind: 'put', revision: 6, item: task })
    expect(useTasks.getState().runningByVm[key]?.title).toBe('Pausing web')
    main.emit.tasks.changed({ kind: 'put', revision: 7, item: { ...task, state: 'succeeded' } })
    expect(useTasks.getState().runningByVm).toEqual({})
  })

  it('marks each VM that a deletion of several has not come to yet', async () => {
    await sync({})
    const several = { ...task, kind: 'vm.delete', title: 'Deleting 2 virtual machines' }
    const { vm: marked, ...rest } = several
    if (marked === undefined) throw new Error('no VM')
    main.emit.tasks.changed({ kind: 'put', revision: 6, item: { ...rest, vms: [marked] } })
    expect(useTasks.getState().runningByVm[key]?.kind).toBe('vm.delete')
    main.emit.tasks.changed({ kind: 'put', revision: 7, item: { ...rest, vms: [] } })
    expect(useTasks.getState().runningByVm).toEqual({})
  })

  it('prefers a list of questions that came as an event to the answer on its way', async () => {
    const prompt = {
      kind: 'password' as const,
      id: 'p' as never,
      host: hostA,
      hostLabel: 'A',
      user: 'root',
      address: 'a',
      isRetry: false,
      keeping: 'never' as const,
    }
    await sync({
      prompts: {
        list: () => {
          main.emit.prompts.changed({ prompts: [prompt] })
          return []
        },
      },
    })
    expect(usePrompts.getState().pending).toEqual([prompt])
  })

  it('forgets the load figures of a VM that stops', async () => {
    await sync({})
    main.emit.stats.tick(packTick({ host: hostA, atMs: 1, samples: [{ id: first, cpuPercent: 12 }] }))
    expect(historyOf(key)?.latest.cpuPercent).toBe(12)
    main.emit.vms.changed({ revision: 6, changes: [{ kind: 'put', vm: vm('web', 'shut-off') }] })
    expect(historyOf(key)).toBeUndefined()
  })

  it('stops listening and says why when a snapshot fails', async () => {
    await expect(
      sync({
        vms: {
          list: () => {
            throw new Error('gone')
          },
        },
      }),
    ).rejects.toMatchObject({ kind: 'internal', detail: 'gone' })
    main.emit.hosts.changed({ kind: 'removed', revision: 99, id: hostA })
    expect(useHosts.getState().order).toEqual([hostA])
  })
})

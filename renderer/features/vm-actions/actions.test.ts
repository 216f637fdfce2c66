import { describe, expect, it } from 'vitest'
import type { Host, HostFeatures } from '../../../shared/model/host'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import { powerActions, type PowerAction, type Vm, type VmState } from '../../../shared/model/vm'
import {
  actionLabel,
  judge,
  pendingText,
  primaryAction,
  vmActions,
  whyNotNow,
  type ActionContext,
} from './actions'
import { deleteEntry, powerEntries, vmMenuEntries } from './menu-entries'

const id = hostId.parse('a')
const features: HostFeatures = {
  canSave: true,
  canPause: true,
  canStartPaused: true,
  canReset: true,
  canAskAgent: true,
  canRename: true,
  canAutostart: true,
  canDelete: true,
  hasGraphicalConsole: true,
  updates: 'events',
}
const info = {
  hostname: 'a',
  hypervisor: 'QEMU',
  connectedUri: 'qemu:///system',
  architecture: 'x86_64',
  cpuModel: 'x',
  cpuCount: 4,
  memoryBytes: 1,
  isReadOnly: false,
}
const host: Host = {
  id,
  uri: 'qemu:///system',
  label: 'A',
  autoconnect: true,
  isDemo: false,
  sshEngine: 'builtin',
  readOnly: false,
  hasKeptSecrets: false,
  status: { kind: 'connected', sinceMs: 0, info, features },
}
const connected: ActionContext = { hosts: { [id]: host }, runningByVm: {} }

let next = 0
function vm(state: VmState, change: Partial<Vm> = {}): Vm {
  next += 1
  return {
    host: id,
    id: vmId.parse(`00000000-0000-0000-0000-${String(next).padStart(12, '0')}`),
    name: `vm-${next}`,
    state,
    isPersistent: true,
    hasSavedState: false,
    autostart: false,
    vcpuCount: 1,
    memoryBytes: 1,
    maxMemoryBytes: 1,
    ...change,
  }
}

const enabled = (state: VmState, change: Partial<Vm> = {}): PowerAction[] =>
  powerActions.filter((action) => whyNotNow(action, vm(state, change), connected) === undefined)

describe('power actions', () => {
  it('are offered by state', () => {
    expect(enabled('running')).toEqual([
      'shutdown',
      'reboot',
      'shutdownByAgent',
      'rebootByAgent',
      'sleep',
      'hibernate',
      'hybridSleep',
      'reset',
      'forceOff',
      'pause',
      'save',
    ])
    expect(enabled('paused')).toEqual(['reset', 'forceOff', 'resume', 'save'])
    expect(enabled('shut-off')).toEqual(['start', 'startPaused'])
    expect(enabled('shut-off', { hasSavedState: true })).toEqual(['restore', 'startAfresh', 'discardSaved'])
    expect(enabled('shutting-down')).toEqual(['shutdown', 'shutdownByAgent', 'forceOff'])
    expect(enabled('suspended')).toEqual(['wakeUp', 'forceOff'])
  })

  it('are all refused while the host is away, with that reason', () => {
    const away: ActionContext = {
      hosts: { [id]: { ...host, status: { kind: 'disconnected', sinceMs: 0 } } },
      runningByVm: {},
    }
    expect(whyNotNow('start', vm('shut-off'), away)).toBe('The host is not connected')
  })

  it('are refused on a read-only connection', () => {
    const status = { kind: 'connected' as const, sinceMs: 0, info: { ...info, isReadOnly: true }, features }
    expect(
      whyNotNow('start', vm('shut-off'), { hosts: { [id]: { ...host, status } }, runningByVm: {} }),
    ).toMatch(/read-only/)
  })

  it('are greyed out in the menu of a VM on a read-only connection, each with that reason', () => {
    const status = { kind: 'connected' as const, sinceMs: 0, info: { ...info, isReadOnly: true }, features }
    const entries = vmMenuEntries([vm('shut-off')], {
      hosts: { [id]: { ...host, status } },
      runningByVm: {},
    })
    const reasonOf = (entry: string) =>
      entries.find((one) => one !== 'separator' && one.id === entry) as { disabledReason?: string }
    for (const entry of ['autostart', 'rename', 'clone', 'delete']) {
      expect(reasonOf(entry).disabledReason).toBe('The connection to this host is read-only')
    }
  })

  it('wait for a running task, except pulling the plug', () => {
    const busy = vm('running')
    const task = {
      id: taskId.parse('t'),
      kind: 'power.save',
      title: `Saving ${busy.name}`,
      state: 'running' as const,
      startedAtMs: 0,
      canCancel: true,
    }
    const context = { ...connected, runningByVm: { [`${id}/${busy.id}`]: task } }
    expect(whyNotNow('pause', busy, context)).toBe(`Wait: Saving ${busy.name}`)
    expect(whyNotNow('forceOff', busy, context)).toBeUndefined()
    expect(pendingText(task)).toBe('Saving…')
  })

  it('act on the able part of a selection', () => {
    const on = vm('running')
    const off = vm('shut-off')
    expect(judge('pause', [on, off], connected)).toEqual({ able: [on], reason: undefined })
    expect(judge('resume', [on, off], connected)).toMatchObject({
      able: [],
      reason: expect.stringContaining('None of the 2 selected') as string,
    })
    expect(judge('start', [], connected).reason).toBe('Select a virtual machine first')
  })

  it('share one button for start, resume and restore', () => {
    expect(primaryAction([vm('shut-off')], connected)).toBe('start')
    expect(primaryAction([vm('paused')], connected)).toBe('resume')
    expect(primaryAction([vm('suspended')], connected)).toBe('wakeUp')
    expect(primaryAction([vm('shut-off', { hasSavedState: true })], connected)).toBe('restore')
  })

  it('end in dots when a question follows', () => {
    expect(actionLabel('forceOff')).toBe('Force off…')
    expect(actionLabel('shutdown')).toBe('Shut down')
    expect(actionLabel('shutdown', 2)).toBe('Shut down…')
  })

  it('share a shortcut only where they can never both apply', () => {
    for (const state of ['running', 'paused', 'shut-off', 'crashed', 'suspended'] as const) {
      for (const hasSavedState of [false, true]) {
        const keys = enabled(state, { hasSavedState }).flatMap((action) => vmActions[action].shortcut ?? [])
        expect(keys).toEqual([...new Set(keys)])
      }
    }
  })
})

describe('the menu', () => {
  const ids = (entries: ReturnType<typeof vmMenuEntries>): string[] =>
    entries.flatMap((entry) => (entry === 'separator' ? [] : entry.id))

  it('offers restoring in place of starting when there is a saved state', () => {
    expect(ids(powerEntries([vm('shut-off', { hasSavedState: true })], connected)).slice(0, 3)).toEqual([
      'restore',
      'startAfresh',
      'discardSaved',
    ])
    expect(ids(powerEntries([vm('shut-off')], connected)).slice(0, 2)).toEqual(['start', 'startPaused'])
    expect(ids(powerEntries([vm('shut-off')], connected))).not.toContain('restore')
  })

  it('wakes a guest that sleeps, and offers that only then', () => {
    expect(ids(powerEntries([vm('suspended')], connected))).toContain('wakeUp')
    expect(ids(powerEntries([vm('running')], connected))).not.toContain('wakeUp')
  })

  it('asks the agent of one running VM, beside the power button', () => {
    const entry = (one: Vm) =>
      vmMenuEntries([one], connected).find((each) => each !== 'separator' && each.id === 'askAgent')
    expect(entry(vm('running'))).toMatchObject({ disabledReason: undefined })
    expect(entry(vm('shut-off'))).toMatchObject({ disabledReason: 'Only possible when the VM is running' })
    expect(ids(vmMenuEntries([vm('running'), vm('running')], connected))).not.toContain('askAgent')
  })

  it('gives every entry that cannot be used its reason', () => {
    const rename = vmMenuEntries([vm('running')], connected).find(
      (entry) => entry !== 'separator' && entry.id === 'rename',
    )
    expect(rename).toMatchObject({ disabledReason: 'Only possible while the VM is shut off' })
  })

  it('keeps a template from being started and deleted, and offers to take its mark away', () => {
    const entries = vmMenuEntries([vm('shut-off', { isTemplate: true })], connected)
    const entry = (wanted: string) => entries.find((one) => one !== 'separator' && one.id === wanted)
    for (const refused of ['start', 'delete', 'autostart'])
      expect(entry(refused)).toMatchObject({
        disabledReason: 'This VM is a template: take that mark away first',
      })
    expect(entry('template')).toMatchObject({
      label: 'No longer a template…',
      disabledReason: undefined,
    })
    expect(entry('clone')).toMatchObject({ disabledReason: undefined })
  })

  it('offers a new seed for cloud-init, but for templates and what is only looked at', () => {
    const seedOf = (one: Vm) =>
      vmMenuEntries([one], connected).find((entry) => entry !== 'separator' && entry.id === 'seed')
    expect(seedOf(vm('running'))).toMatchObject({ label: 'Cloud-init seed…', disabledReason: undefined })
    expect(seedOf(vm('shut-off', { isTemplate: true }))).toMatchObject({
      disabledReason: 'This VM is a template: take that mark away first',
    })
  })

  it('makes only VMs templates that are off', () => {
    const reasonOf = (one: Vm) =>
      vmMenuEntries([one], connected).find((entry) => entry !== 'separator' && entry.id === 'template')
    expect(reasonOf(vm('shut-off'))).toMatchObject({
      label: 'Make it a template…',
      disabledReason: undefined,
    })
    expect(reasonOf(vm('running'))).toMatchObject({
      disabledReason: 'Only possible while the VM is shut off',
    })
  })

  it('says how many of a mixed selection it acts on', () => {
    const entries = vmMenuEntries([vm('running'), vm('shut-off')], connected)
    expect(entries.find((entry) => entry !== 'separator' && entry.id === 'pause')).toMatchObject({
      label: 'Pause (1 of 2)',
    })
  })

  it('deletes several at once, without those that cannot be deleted', () => {
    const entry = (vms: readonly Vm[], context = connected) => deleteEntry(vms, context)
    expect(entry([vm('running'), vm('shut-off')])).toMatchObject({
      label: 'Delete…',
      disabledReason: undefined,
    })
    const template = { ...vm('shut-off'), isTemplate: true }
    expect(entry([template, vm('shut-off')])).toMatchObject({
      label: 'Delete… (1 of 2)',
      disabledReason: undefined,
    })
    expect(entry([template, template]).disabledReason).toMatch(/^None of the 2 selected can be deleted\./)
  })
})

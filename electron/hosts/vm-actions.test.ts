import { beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../shared/errors'
import { hostId } from '../../shared/model/ids'
import type { PowerAction, VmRecord } from '../../shared/model/vm'
import { TaskList } from '../tasks/task-list'
import { Revisions } from './revisions'
import { features, idOf, info, TinySession, vm } from './testing/tiny-backend'
import { VmActions } from './vm-actions'

const host = hostId.parse('h')
const ref = { host, vm: idOf(1) }
let session: TinySession
let tasks: TaskList
let actions: VmActions
let record: VmRecord

beforeEach(() => {
  session = new TinySession([])
  tasks = new TaskList({ emit: { tasks: { changed: () => undefined } }, revisions: new Revisions() })
  record = vm(1, { name: 'web', state: 'running' })
  actions = new VmActions({ tasks, hosts: { get: () => session, vm: () => ({ ...record, host }) } })
})

const power = (action: PowerAction) => actions.power({ ...ref, action })
const remove = (...deleteFiles: string[]) =>
  actions.delete({
    host,
    vms: [{ vm: ref.vm, stamp: 's', deleteFiles, keepParts: [], forceOff: false }],
  })
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

describe('power actions', () => {
  it('run as a task named after the VM, with the equal command', async () => {
    const id = power('pause')
    expect(tasks.list().items).toMatchObject([
      { id, kind: 'power.pause', title: 'Pausing web', command: 'tiny pause web', canCancel: false, ...ref },
    ])
    await settle()
    expect(session.calls).toEqual(['power pause'])
    expect(tasks.list().items).toMatchObject([{ state: 'succeeded' }])
  })

  it('are refused by the rules before anything starts', () => {
    expect(() => power('start')).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        message: 'web: Only possible when the VM is shut off or crashed',
      }),
    )
    session.features = { ...features, canPause: false }
    expect(() => power('pause')).toThrow('This hypervisor cannot do this')
    expect(tasks.list().items).toEqual([])
  })

  it('are refused on a read-only connection', () => {
    session.info = { ...info, isReadOnly: true }
    expect(() => power('pause')).toThrow(expect.objectContaining({ kind: 'denied' }))
  })

  it('run one at a time per VM', async () => {
    session.doPower = () => new Promise(() => undefined)
    power('reboot')
    expect(() => power('pause')).toThrow(
      expect.objectContaining({ kind: 'busy', message: 'web is busy: Asking to reboot web' }),
    )
    expect(() => power('forceOff')).toThrow(expect.objectContaining({ kind: 'busy' }))
    expect(() => actions.setAutostart({ ...ref, autostart: true })).not.toThrow()
  })

  it('let force off overtake a shutdown', () => {
    session.doPower = () => new Promise(() => undefined)
    power('shutdown')
    expect(() => power('forceOff')).not.toThrow()
  })

  it('let force off overtake an agent that does not answer', () => {
    session.doPower = () => new Promise(() => undefined)
    power('sleep')
    expect(() => power('reset')).toThrow(expect.objectContaining({ kind: 'busy' }))
    expect(() => power('forceOff')).not.toThrow()
  })

  it('can be cancelled only while saving', async () => {
    session.doPower = (_vm, _action, { signal }) =>
      new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new AppError('cancelled', 'Stopped')))
      })
    const id = power('save')
    await settle()
    tasks.cancel(id)
    await settle()
    expect(tasks.list().items).toMatchObject([{ state: 'cancelled' }])
    const other = power('reboot')
    expect(() => tasks.cancel(other)).toThrow('cannot be cancelled')
  })

  it('keep the reason when the host refuses', async () => {
    session.doPower = () => Promise.reject(new AppError('busy', 'Locked', { detail: 'error: lock' }))
    power('pause')
    await settle()
    expect(tasks.list().items).toMatchObject([
      { state: 'failed', error: { kind: 'busy', message: 'Locked', detail: 'error: lock' } },
    ])
  })
})

describe('other actions', () => {
  it('rename a VM that is off', async () => {
    expect(() => actions.rename({ ...ref, name: 'new' })).toThrow(expect.objectContaining({ field: 'name' }))
    record = vm(1, { name: 'web' })
    actions.rename({ ...ref, name: 'new' })
    await settle()
    expect(session.calls).toEqual(['rename new'])
    expect(tasks.list().items).toMatchObject([
      {
        kind: 'vm.rename',
        title: 'Renaming web to new',
        command: 'virsh domrename --domain web --new-name new',
      },
    ])
  })

  it('set autostart of stored VMs only', async () => {
    actions.setAutostart({ ...ref, autostart: true })
    await settle()
    actions.setAutostart({ ...ref, autostart: false })
    await settle()
    expect(session.calls).toEqual(['autostart true', 'autostart false'])
    expect(tasks.list().items.map(({ command }) => command)).toEqual([
      'virsh autostart --domain web',
      'virsh autostart --domain web --disable',
    ])
    record = vm(1, { isPersistent: false })
    expect(() => actions.setAutostart({ ...ref, autostart: true })).toThrow('transient')
  })

  it('delete a VM that is off, with the chosen files', async () => {
    expect(() => remove()).toThrow(
      expect.objectContaining({ kind: 'invalid', cure: 'Shut it down or force it off first' }),
    )
    record = vm(1, { name: 'web' })
    remove('/a', '/b')
    expect(() => actions.power({ ...ref, action: 'start' })).toThrow(
      expect.objectContaining({ kind: 'busy' }),
    )
    await settle()
    expect(session.calls).toEqual(['delete /a,/b'])
  })
})

describe('a template', () => {
  beforeEach(() => {
    record = vm(1, { name: 'golden', isTemplate: true })
  })

  it('is neither started, restored, deleted nor given autostart', () => {
    const reason = 'golden: This VM is a template: take that mark away first'
    expect(() => power('start')).toThrow(reason)
    record = { ...record, hasSavedState: true }
    expect(() => power('restore')).toThrow(reason)
    expect(() => remove()).toThrow(reason)
    expect(() => actions.setAutostart({ ...ref, autostart: true })).toThrow(reason)
    expect(() => actions.setAutostart({ ...ref, autostart: false })).not.toThrow()
  })

  it('is asked about at the host, as its mark may not have been told yet', async () => {
    record = vm(1, { name: 'golden' })
    session.templates.add(record.id)
    power('start')
    await settle()
    remove()
    await settle()
    actions.setAutostart({ ...ref, autostart: true })
    await settle()
    expect(session.calls).toEqual([])
    expect(tasks.list().items.map(({ state, error }) => [state, error?.message])).toEqual(
      Array.from({ length: 3 }, () => ['failed', 'golden: This VM is a template: take that mark away first']),
    )
  })

  it('can be shut down and forced off where another program started it', () => {
    record = { ...record, state: 'running' }
    expect(() => power('forceOff')).not.toThrow()
  })

  it('is made of a VM that is off and has no saved state, and does not start with the host', async () => {
    record = vm(1, { name: 'golden', autostart: true })
    actions.setTemplate({ ...ref, isTemplate: true })
    await settle()
    expect(session.calls).toEqual(['autostart false', 'template true'])
    expect(tasks.list().items).toMatchObject([
      {
        kind: 'vm.template',
        command:
          'virsh metadata --domain golden --uri urn:innkeeper:template:1 --config --key innkeeper --set <template/>',
      },
    ])
    record = vm(1, { state: 'running' })
    expect(() => actions.setTemplate({ ...ref, isTemplate: true })).toThrow('shut off')
    record = vm(1, { hasSavedState: true })
    expect(() => actions.setTemplate({ ...ref, isTemplate: true })).toThrow('saved state')
  })

  it('is a VM like others again once the mark is taken away', async () => {
    actions.setTemplate({ ...ref, isTemplate: false })
    await settle()
    expect(session.calls).toEqual(['template false'])
  })
})

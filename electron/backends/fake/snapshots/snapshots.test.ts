import { beforeEach, describe, expect, it } from 'vitest'
import type { SnapshotView } from '../../../../shared/model/snapshots/snapshot'
import type { ActionContext } from '../../backend'
import type { SnapshotWish } from '../../snapshot-session'
import { buildDefinition, disk } from '../build'
import { FakeHost } from '../fake-host'
import { moveIn } from '../guests'
import type { FakeVm } from '../model'
import { fakeSnapshots } from './snapshots'

const folder = '/var/lib/libvirt/images'
const base = `${folder}/one.qcow2`
const at = (name: string): string => `${folder}/one.${name}`

describe('snapshots of a demo VM', () => {
  let host: FakeHost
  let vm: FakeVm
  let nowMs: number
  let aborted: AbortController
  const features = { canSave: true } as Parameters<typeof fakeSnapshots>[1]
  let session: ReturnType<typeof fakeSnapshots>

  const place = (state: 'running' | 'shut-off', more: object = {}): void => {
    vm = host.place(buildDefinition('here', { name: 'one', disks: [disk('vda', 'one.qcow2')], ...more }), {
      state,
    })
  }
  const context = (): ActionContext => ({ signal: aborted.signal, onProgress: () => undefined })
  const take = (name: string, more: Partial<SnapshotWish> = {}): Promise<void> => {
    nowMs += 60_000
    return session.createSnapshot(
      vm.definition.id,
      {
        name,
        description: '',
        kind: 'external',
        withMemory: false,
        quiesce: false,
        live: false,
        reuse: false,
        disks: [],
        ...more,
      },
      context(),
    )
  }
  const view = (): Promise<SnapshotView> => session.snapshots(vm.definition.id)
  const one = async (name: string) => {
    const found = (await view()).snapshots.find((snapshot) => snapshot.name === name)
    if (!found) throw new Error(`no ${name}`)
    return found
  }
  const remove = async (names: string[], withChildren = false): Promise<void> => {
    const wish = { names, withChildren, metadataOnly: false }
    const { stamp } = await session.snapshotDeletePlan(vm.definition.id, wish)
    await session.deleteSnapshots(vm.definition.id, { ...wish, stamp }, context())
  }

  beforeEach(() => {
    nowMs = 1_750_000_000_000
    aborted = new AbortController()
    host = new FakeHost('here', {
      now: () => nowMs,
      delay: (_, signal) => (signal?.aborted ? Promise.reject(new Error('aborted')) : Promise.resolve()),
    })
    session = fakeSnapshots(host, features, () => Promise.resolve())
  })

  it('are told as a tree whose last one is where the VM is', async () => {
    place('running')
    await take('first', { kind: 'internal', description: 'Before anything' })
    await take('second', { kind: 'internal' })
    const { snapshots, nextName } = await view()
    expect(
      snapshots.map(({ name, parent, isCurrent, state, kind, hasMemory, description }) => [
        name,
        parent,
        isCurrent,
        state,
        kind,
        hasMemory,
        description,
      ]),
    ).toEqual([
      ['first', undefined, false, 'running', 'internal', true, 'Before anything'],
      ['second', 'first', true, 'running', 'internal', true, ''],
    ])
    expect(nextName).toBe('snapshot3')
  })

  it('go back to the state the guest was in, and say what is lost first', async () => {
    place('running')
    await take('first', { kind: 'internal' })
    host.stop(vm, 'by the user')
    const plan = await session.revertPlan(vm.definition.id, 'first')
    expect(plan.lost).toEqual(['Everything that was written to vda since the snapshot was taken'])
    expect(plan.asWas).toBe('running')
    await session.revertSnapshot(
      vm.definition.id,
      { name: 'first', start: 'as-was', stamp: plan.stamp },
      context(),
    )
    expect(vm.state).toBe('running')
  })

  it('of the external kind begin a file for each disk and go by merging it into the one below', async () => {
    place('running')
    await take('first')
    await take('second')
    expect(vm.definition.disks[0]?.source).toBe(at('second'))
    expect((await view()).chains).toMatchObject([
      {
        files: [
          { path: at('second'), snapshots: [] },
          { path: at('first'), snapshots: ['second'] },
          { path: base, snapshots: ['first'] },
        ],
      },
    ])
    await remove(['first'])
    expect((await view()).chains[0]?.files).toMatchObject([
      { path: at('second'), snapshots: [] },
      { path: base, snapshots: ['second'] },
    ])
    expect(host.files.has(at('first'))).toBe(false)
    await remove(['second'])
    expect(vm.definition.disks[0]?.source).toBe(base)
    expect((await view()).snapshots).toEqual([])
  })

  it('that are mixed tell the order in which they can go, and go in it when all are chosen', async () => {
    place('running')
    await take('inside', { kind: 'internal' })
    await take('beside')
    const { actions } = await one('inside')
    expect(actions.delete).toEqual({
      isAllowed: false,
      reason: `It is inside ${base}, and vda is ${at('beside')} now`,
      cure: 'Delete “beside” first, newest first: what they keep goes into the images below.',
    })
    expect(actions.revert.isAllowed).toBe(false)
    const plan = await session.snapshotDeletePlan(vm.definition.id, {
      names: ['inside'],
      withChildren: true,
      metadataOnly: false,
    })
    expect(plan.steps.map(({ kind, snapshot }) => [kind, snapshot])).toEqual([
      ['merge', 'beside'],
      ['forget', 'beside'],
      ['remove-data', 'inside'],
    ])
    await remove(['inside'], true)
    expect((await view()).snapshots).toEqual([])
  })

  it('inside a file that would be merged keep it from being merged', async () => {
    place('running')
    await take('beside')
    await take('inside', { kind: 'internal' })
    expect((await one('beside')).actions.delete).toMatchObject({
      isAllowed: false,
      reason: `“inside” is inside ${at('beside')}, and would be lost when it is merged`,
    })
  })

  it('are not offered where they cannot be, each with a reason and another way', async () => {
    place('running', {
      disks: [disk('vda', 'one.raw', { format: 'raw' })],
      firmware: 'UEFI',
      hasGuestAgentChannel: false,
      hostDevices: [{ kind: 'pci', place: '41:01.0' }],
    })
    const { offers, usual } = await view()
    expect(usual).toBe('external')
    expect(offers.external).toEqual({ isAllowed: true })
    expect(offers.internal).toMatchObject({
      reason: 'vda is a raw image, and only qcow2 images can keep snapshots inside',
    })
    expect(offers.memory).toMatchObject({ isAllowed: false, cure: expect.stringContaining('disks only') })
    expect(offers.quiesce).toMatchObject({ reason: 'The VM has no channel for the guest agent' })
  })

  it('of a VM with UEFI are external, and say why not inside', async () => {
    place('running', { firmware: 'UEFI' })
    expect((await view()).offers.internal).toMatchObject({
      reason: 'The VM starts with UEFI, and its variables cannot be kept inside an image',
    })
    await expect(take('one', { kind: 'internal' })).rejects.toMatchObject({
      kind: 'unsupported',
      field: 'kind',
    })
  })

  it('that were cancelled leave no file behind', async () => {
    place('running')
    aborted.abort()
    await expect(take('first')).rejects.toThrow()
    expect(host.files.has(at('first'))).toBe(false)
    expect((await view()).snapshots).toEqual([])
  })

  it('of the external kind are gone back to while the VM is off and nothing was made after them', async () => {
    place('running')
    await take('first')
    await take('second')
    expect((await one('first')).actions.revert).toMatchObject({
      reason: '“second” was made after it, and would lose what it is built on',
    })
    expect((await one('second')).actions.revert).toMatchObject({
      cure: 'Shut it down or force it off first.',
    })
    host.stop(vm, 'by the user')
    const { stamp } = await session.revertPlan(vm.definition.id, 'second')
    await session.revertSnapshot(vm.definition.id, { name: 'second', start: 'running', stamp }, context())
    expect(vm.state).toBe('running')
    expect(vm.definition.disks[0]?.source).toBe(at('second'))
  })

  it('with memory write it beside the first disk, and take the file with them', async () => {
    place('running')
    await take('first', { withMemory: true })
    const memory = `${folder}/one.first.mem`
    expect(await one('first')).toMatchObject({ memoryFile: memory, hasMemory: true, state: 'running' })
    expect(host.files.has(memory)).toBe(true)
    await remove(['first'])
    expect(host.files.has(memory)).toBe(false)
  })

  it('get another name where no image knows them by it, and their children follow', async () => {
    place('running')
    await take('first')
    await take('second')
    await session.editSnapshot(vm.definition.id, { name: 'first', newName: 'start', description: 'Fresh' })
    expect(
      (await view()).snapshots.map(({ name, parent, description }) => [name, parent, description]),
    ).toEqual([
      ['start', undefined, 'Fresh'],
      ['second', 'start', ''],
    ])
    expect((await one('second')).isCurrent).toBe(true)
  })

  it('are left alone when they have changed since they were looked at', async () => {
    place('running')
    await take('first')
    const wish = { names: ['first'], withChildren: false, metadataOnly: true }
    const { stamp } = await session.snapshotDeletePlan(vm.definition.id, wish)
    await take('second')
    await expect(
      session.deleteSnapshots(vm.definition.id, { ...wish, stamp }, context()),
    ).rejects.toMatchObject({
      kind: 'busy',
    })
    expect((await view()).snapshots).toHaveLength(2)
  })

  it('whose base another VM is built on cannot be merged into it', async () => {
    place('running')
    await take('first')
    host.files.set(`${folder}/linked.qcow2`, {
      sizeBytes: 1,
      allocationBytes: 1,
      format: 'qcow2',
      backingPath: base,
      backingFormat: 'qcow2',
    })
    await expect(remove(['first'])).rejects.toMatchObject({
      kind: 'unsupported',
      message: `${base}, which “first” needs, is also the base of others`,
    })
  })

  it('tell what the VM was and what it is, without the display password', async () => {
    place('running')
    await take('first')
    const { before, now } = await session.snapshotDefinition(vm.definition.id, 'first')
    expect(before).toContain(`<source file='${base}'/>`)
    expect(now).toContain(`<source file='${at('first')}'/>`)
  })

  it('that do not say where their disks were can only be forgotten', async () => {
    place('running')
    await take('first')
    vm.snapshots = (vm.snapshots ?? []).map((each) => ({
      ...each,
      xml: each.xml.replace(/<domain [\s\S]*<\/domain>/, ''),
    }))
    const { actions } = await one('first')
    expect(actions.delete).toEqual({
      isAllowed: false,
      reason: 'It does not say in which file vda was',
      cure: 'Forget it, and look at its files by hand.',
    })
    expect(actions.revert.isAllowed).toBe(false)
    expect(actions.forget).toEqual({ isAllowed: true })
  })

  it('of a VM with a saved state are not gone back to, as that state fits only what the disks are now', async () => {
    place('running')
    await take('first', { kind: 'internal' })
    vm.saved = vm.run
    host.stop(vm, 'saved')
    expect((await one('first')).actions.revert).toMatchObject({
      cure: 'Start the VM, or discard the saved state, and try again.',
    })
    expect((await view()).warnings[0]).toContain('The VM has a saved state')
  })

  it('are there from the start on the demo host’s mail server, two of them on branches of one', async () => {
    moveIn(host)
    vm = host.byName('mail') as FakeVm
    expect((await view()).snapshots.map(({ name, parent, isCurrent }) => [name, parent, isCurrent])).toEqual([
      ['installed', undefined, false],
      ['configured', 'installed', false],
      ['spam-filter-trial', 'configured', false],
      ['before-upgrade', 'configured', true],
    ])
    expect((await one('configured')).actions.revert).toEqual({ isAllowed: true })
  })
})

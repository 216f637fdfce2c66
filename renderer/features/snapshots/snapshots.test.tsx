// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { DeletePlan, RevertPlan } from '../../../shared/model/snapshots/plan'
import type { SnapshotView } from '../../../shared/model/snapshots/snapshot'
import { refused } from '../../../shared/model/snapshots/verdict'
import type { VmState } from '../../../shared/model/vm'
import { installFakeMain, type Answers, type FakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import { useToasts } from '../../stores/toasts'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { SnapshotsTab } from './SnapshotsTab'
import { one, viewOf } from './test-views'

let number = 0
let target = { host: hostId.parse('a'), vm: vmId.parse('00000000-0000-0000-0000-000000000000') }

const two = viewOf([
  one('clean', { description: 'Fresh from the disc' }),
  one('patched', { parent: 'clean', isCurrent: true }),
])

beforeEach(() => {
  // answers are kept for a VM as long as the window is open: each test has its own
  number += 1
  target = { ...target, vm: vmId.parse(`00000000-0000-0000-0000-${String(number).padStart(12, '0')}`) }
  replaceHosts([connectedHost('a')])
  setVm('shut-off')
})
afterEach(() => {
  cleanup()
  useDialog.setState({ open: undefined })
  useToasts.setState({ toasts: [] })
})

function setVm(state: VmState): void {
  replaceVms([
    {
      host: target.host,
      id: target.vm,
      name: 'web',
      state,
      isPersistent: true,
      hasSavedState: false,
      autostart: false,
      vcpuCount: 1,
      memoryBytes: 1,
      maxMemoryBytes: 1,
    },
  ])
}

function open(
  view: SnapshotView | (() => SnapshotView),
  more: Answers['snapshots'] = {},
  others: Answers = {},
): FakeMain {
  const main = installFakeMain({
    ...others,
    snapshots: {
      list: () => (typeof view === 'function' ? view() : view),
      picture: () => null,
      createCommand: ({ name }) => `virsh snapshot-create-as web ${name}`,
      create: () => taskId.parse('t'),
      ...more,
    },
  })
  render(
    <>
      <SnapshotsTab {...target} />
      <Dialogs />
    </>,
  )
  return main
}

const sent = (main: FakeMain, channel: string): unknown =>
  main.calls.findLast((call) => call.channel === channel)?.input
const isOff = (button: HTMLElement): boolean => button.getAttribute('aria-disabled') === 'true'
const row = (name: string | RegExp): Promise<HTMLElement> => screen.findByRole('treeitem', { name })
const page = (name: string): Promise<HTMLElement> => screen.findByRole('region', { name })

describe('the snapshots of a VM', () => {
  it('are a tree in which the place of the VM is marked, and the one it is built on is shown', async () => {
    open(two)
    expect((await row(/^clean/)).getAttribute('aria-level')).toBe('1')
    expect((await row(/^patched/)).getAttribute('aria-level')).toBe('2')
    expect((await row(/^You are here.*Shut off/)).getAttribute('aria-level')).toBe('3')
    expect((await row(/^patched/)).getAttribute('aria-selected')).toBe('true')
    expect(await page('Snapshot patched')).toBeTruthy()
  })

  it('are walked by arrow keys, left to the one before and right to the one after', async () => {
    open(two)
    await row(/^patched/)
    const tree = screen.getByRole('tree', { name: 'Snapshots' })
    fireEvent.keyDown(tree, { key: 'ArrowLeft' })
    expect((await page('Snapshot clean')).textContent).toContain('Fresh from the disc')
    fireEvent.keyDown(tree, { key: 'ArrowRight' })
    await page('Snapshot patched')
    fireEvent.keyDown(tree, { key: 'ArrowDown' })
    expect((await page('You are here')).textContent).toContain('Needed by “clean”')
    fireEvent.keyDown(tree, { key: 'Home' })
    fireEvent.keyDown(tree, { key: 'F2' })
    expect(await screen.findByRole('dialog', { name: 'Edit clean' })).toBeTruthy()
  })

  it('are what a new VM is made from, unless nothing of a disk is in them', async () => {
    const empty = one('memory only', { disks: [{ target: 'vda', kind: 'none' }] })
    open(viewOf([one('clean', { isCurrent: true }), empty]))
    const entry = async (name: string): Promise<HTMLElement> => {
      fireEvent.contextMenu(await row(new RegExp(`^${name}`)))
      return screen.findByRole('menuitem', { name: /^New VM from it/ })
    }
    expect((await entry('memory only')).getAttribute('aria-disabled')).toBe('true')
    fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Escape' })
    fireEvent.click(await entry('clean'))
    expect(useDialog.getState().open).toEqual({ kind: 'cloneVm', ref: target, snapshot: 'clean' })
  })

  it('are deleted several at once', async () => {
    const main = open(two, { deletePlan: () => deletion(['patched', 'clean']) })
    fireEvent.click(await row(/^clean/))
    fireEvent.click(await row(/^patched/), { ctrlKey: true })
    fireEvent.click(within(await page('2 snapshots')).getByRole('button', { name: 'Delete 2…' }))
    await screen.findByText('Remove what patched keeps')
    expect(sent(main, 'snapshots.deletePlan')).toMatchObject({ names: ['clean', 'patched'] })
  })

  it('that cannot be gone back to say why, and what can be done', async () => {
    const actions = { ...one('x').actions, revert: refused('Its memory file is gone', 'Delete it') }
    open(viewOf([one('x', { actions, isCurrent: true })]))
    expect(
      (await screen.findByText('The VM cannot go back to it: Its memory file is gone')).textContent,
    ).toBeTruthy()
    expect(isOff(screen.getByRole('button', { name: 'Go back to it…' }))).toBe(true)
  })

  it('that cannot be deleted say why to the Delete key, too', async () => {
    const actions = { ...one('x').actions, delete: refused('Others are built on it', 'Delete these first') }
    open(viewOf([one('x', { actions, isCurrent: true })]))
    await row(/^x/)
    fireEvent.keyDown(screen.getByRole('tree', { name: 'Snapshots' }), { key: 'Delete' })
    expect(useToasts.getState().toasts.map(({ title }) => title)).toEqual([
      'x cannot be deleted: Others are built on it. Delete these first',
    ])
    expect(useDialog.getState().open).toBeUndefined()
  })

  it('that were made in QEMU’s monitor are told to be without support', async () => {
    const inImage = { target: 'vda', tag: 'vm-1', id: '1' }
    open(viewOf([], { foreign: [{ ...inImage, hasMemory: true }] }))
    expect(await screen.findByText(/made in QEMU’s monitor, which SUSE does not support/)).toBeTruthy()
    cleanup()
    target = { ...target, vm: vmId.parse('00000000-0000-0000-0001-000000000000') }
    setVm('shut-off')
    open(viewOf([], { foreign: [{ ...inImage, hasMemory: false }] }))
    expect(await screen.findByText(/delete them on the page of their image/)).toBeTruthy()
    expect(screen.queryByText(/SUSE/)).toBeNull()
  })

  it('show what of the VM was changed since', async () => {
    open(two, { definition: () => ({ before: '<vcpu>1</vcpu>', now: '<vcpu>2</vcpu>' }) })
    await row(/^patched/)
    fireEvent.click(screen.getByRole('tab', { name: 'Changes since' }))
    const changes = await screen.findByRole('region', { name: 'Changes to web since patched' })
    expect(changes.textContent).toContain('1 line removed')
  })

  it('say that nothing was changed when only a line break is another', async () => {
    open(two, { definition: () => ({ before: '<vcpu>1</vcpu>', now: '<vcpu>1</vcpu>\n' }) })
    await row(/^patched/)
    fireEvent.click(screen.getByRole('tab', { name: 'Changes since' }))
    expect(await screen.findByText('The definition of the VM is the same as it was then.')).toBeTruthy()
  })

  it('show the screen of the guest where it was kept', async () => {
    open(two, { picture: ({ name }) => (name === 'patched' ? 'data:image/png;base64,AAAA' : null) })
    expect(await screen.findByRole('img', { name: 'The screen when patched was taken' })).toBeTruthy()
  })

  it('are read anew when the host tells of others', async () => {
    let view = two
    const main = open(() => view)
    await row(/^patched/)
    view = viewOf([...two.snapshots, one('third', { parent: 'patched' })])
    main.emit.hosts.resourceChanged({ host: target.host, resource: 'snapshot', name: target.vm })
    expect(await row(/^third/)).toBeTruthy()
  })

  it('that there are none of are offered', async () => {
    open(viewOf([]))
    fireEvent.click(await screen.findByRole('button', { name: 'Take a snapshot…' }))
    expect(await screen.findByRole('dialog', { name: 'Take a snapshot of web' })).toBeTruthy()
  })

  it('that there can be none of say why instead of offering one', async () => {
    const why = refused('The disk vda is raw', 'Convert it to qcow2')
    const { usual: _, ...none } = viewOf([], { offers: { ...two.offers, internal: why, external: why } })
    open(none)
    expect(await screen.findByText('The disk vda is raw. Convert it to qcow2')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Take a snapshot…' })).toBeNull()
  })

  it('tell why when the hypervisor has none', async () => {
    open(() => {
      throw new AppError('unsupported', 'Xen has no snapshots')
    })
    expect(await screen.findByText('Xen has no snapshots')).toBeTruthy()
  })
})

describe('a new snapshot', () => {
  const dialog = (): HTMLElement => screen.getByRole('dialog', { name: 'Take a snapshot of web' })
  async function take(
    view: SnapshotView,
    more: Answers['snapshots'] = {},
    others: Answers = {},
  ): Promise<FakeMain> {
    openDialog({ kind: 'takeSnapshot', ref: target })
    const main = open(view, more, others)
    await waitFor(() => expect(within(dialog()).getByLabelText('Name')).toBeTruthy())
    return main
  }
  const takeIt = (): HTMLElement => within(dialog()).getByRole('button', { name: 'Take it' })

  it('has a free name and is as usual unless told', async () => {
    const main = await take(two)
    fireEvent.click(takeIt())
    await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
    expect(sent(main, 'snapshots.create')).toEqual({
      ...target,
      name: 'snapshot 3',
      description: '',
      kind: 'internal',
      withMemory: false,
      quiesce: false,
      live: false,
      reuse: false,
      disks: [],
    })
  })

  it('in files of its own keeps the memory of a guest that goes on, or settles its file systems without', async () => {
    setVm('running')
    const main = await take(two)
    fireEvent.click(within(dialog()).getByRole('radio', { name: /^In files of its own/ }))
    const ask = () => sent(main, 'snapshots.createCommand')
    await waitFor(() =>
      expect(ask()).toMatchObject({ kind: 'external', withMemory: true, live: true, quiesce: false }),
    )
    fireEvent.click(within(dialog()).getByRole('checkbox', { name: /^Keep the memory/ }))
    await waitFor(() => expect(ask()).toMatchObject({ withMemory: false, live: false, quiesce: true }))
  })

  const mib = 1024 ** 2
  const planOf = (freeBytes: number) => ({
    plan: ({ path = '' }) => ({
      path,
      folders: [],
      memoryBytes: 4096 * mib,
      inUseBytes: 900 * mib,
      freeBytes,
      problems: [],
    }),
  })

  it('of a running guest tells what its memory will take, and what is left where it goes', async () => {
    setVm('running')
    const main = await take(two, {}, { saves: planOf(9216 * mib) })
    const text = /It takes about 900 MiB, and 4 GiB at most; \/i has 9 GiB left\./
    expect(await screen.findByText(text)).toBeTruthy()
    fireEvent.click(within(dialog()).getByRole('radio', { name: /^In files of its own/ }))
    expect(await screen.findByText(text)).toBeTruthy()
    expect(isOff(takeIt())).toBe(false)
    expect(sent(main, 'saves.plan')).toMatchObject({ ...target, path: '/i/web.mem' })
  })

  it('with memory is not taken where that does not fit, and is without', async () => {
    setVm('running')
    await take({ ...two, usual: 'external' }, {}, { saves: planOf(100 * mib) })
    expect(await screen.findByText('/i has 100 MiB left, and the guest uses 900 MiB of memory.')).toBeTruthy()
    expect(isOff(takeIt())).toBe(true)
    fireEvent.click(within(dialog()).getByRole('checkbox', { name: /^Keep the memory/ }))
    await waitFor(() => expect(isOff(takeIt())).toBe(false))
  })

  it('is refused a name that is taken or that cannot be one', async () => {
    await take(two)
    const name = within(dialog()).getByLabelText('Name')
    fireEvent.change(name, { target: { value: 'clean' } })
    expect(await screen.findByText('There is a snapshot clean already')).toBeTruthy()
    expect(isOff(takeIt())).toBe(true)
    fireEvent.change(name, { target: { value: 'a/b' } })
    expect(await screen.findByText(/cannot contain a slash/)).toBeTruthy()
  })

  it('takes the place of another of its name when that is wished for, and only while it has that name', async () => {
    const main = await take(two)
    const name = within(dialog()).getByLabelText('Name')
    fireEvent.change(name, { target: { value: 'patched' } })
    const box = await screen.findByRole('checkbox', { name: /^Replace “patched”/ })
    expect(isOff(takeIt())).toBe(true)
    fireEvent.click(box)
    await waitFor(() => expect(isOff(takeIt())).toBe(false))
    fireEvent.change(name, { target: { value: 'clean' } })
    await waitFor(() => expect(isOff(takeIt())).toBe(true))
    fireEvent.change(name, { target: { value: 'patched' } })
    await waitFor(() => expect(isOff(takeIt())).toBe(false))
    fireEvent.click(takeIt())
    await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
    expect(sent(main, 'snapshots.create')).toMatchObject({ name: 'patched', replace: true })
  })

  it('tells which kind is not possible and why', async () => {
    const internal = refused('UEFI variables are in a raw file', 'Take one in files of its own')
    await take({ ...two, usual: 'external', offers: { ...two.offers, internal } })
    expect(screen.getByText('UEFI variables are in a raw file. Take one in files of its own')).toBeTruthy()
    expect(
      within(dialog())
        .getByRole('radio', { name: /^Inside/ })
        .hasAttribute('disabled'),
    ).toBe(true)
  })

  it('stays open with the reason when the host refuses it', async () => {
    await take(two, {
      create: () => {
        throw new AppError('busy', 'web is busy')
      },
    })
    fireEvent.click(takeIt())
    expect(await screen.findByText('web is busy')).toBeTruthy()
  })
})

describe('going back', () => {
  const plan: RevertPlan = {
    stamp: 's1',
    lost: ['What was written to vda since then'],
    files: [{ path: '/i/web.patched.qcow2', sizeBytes: 1024 ** 3 }],
    starts: ['as-was', 'running'],
    asWas: 'shut-off',
    commands: ['virsh snapshot-revert web clean'],
  }

  it('tells what is lost, and does what was chosen for the plan that was seen', async () => {
    openDialog({ kind: 'revertSnapshot', ref: target, name: 'clean' })
    const main = open(two, { revertPlan: () => plan, revert: () => taskId.parse('t') })
    expect(await screen.findByText('What was written to vda since then')).toBeTruthy()
    expect(screen.getByText('/i/web.patched.qcow2')).toBeTruthy()
    fireEvent.click(screen.getByRole('radio', { name: 'Running' }))
    fireEvent.click(screen.getByRole('button', { name: 'Go back' }))
    await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
    expect(sent(main, 'snapshots.revert')).toEqual({
      ...target,
      name: 'clean',
      start: 'running',
      stamp: 's1',
    })
  })

  it('is planned anew when the VM has changed meanwhile', async () => {
    openDialog({ kind: 'revertSnapshot', ref: target, name: 'clean' })
    let stamp = 's1'
    open(two, {
      revertPlan: () => ({ ...plan, stamp, lost: [`Lost by ${stamp}`] }),
      revert: () => {
        stamp = 's2'
        throw new AppError('busy', 'The VM has changed')
      },
    })
    await screen.findByText('Lost by s1')
    fireEvent.click(screen.getByRole('button', { name: 'Go back' }))
    expect(await screen.findByText('The VM has changed')).toBeTruthy()
    expect(await screen.findByText('Lost by s2')).toBeTruthy()
  })
})

describe('deleting', () => {
  it('tells the steps, and plans anew for what is chosen along with it', async () => {
    openDialog({ kind: 'deleteSnapshots', ref: target, names: ['clean'] })
    const main = open(two, {
      deletePlan: ({ withChildren, metadataOnly }) =>
        deletion(withChildren ? ['patched', 'clean'] : ['clean'], metadataOnly),
      delete: () => taskId.parse('t'),
    })
    expect(await screen.findByText('Remove what clean keeps')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: 'With the 1 snapshot made after it: “patched”' }))
    expect(await screen.findByText('Remove what patched keeps')).toBeTruthy()
    fireEvent.click(screen.getByRole('checkbox', { name: /^Only forget/ }))
    expect(await screen.findByText('Forget clean')).toBeTruthy()
    expect(screen.getByRole('region', { name: 'Files that stay' }).textContent).toContain('/i/left.qcow2')
    fireEvent.click(screen.getByRole('button', { name: 'Forget 2 snapshots' }))
    await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
    expect(sent(main, 'snapshots.delete')).toEqual({
      ...target,
      names: ['clean'],
      withChildren: true,
      metadataOnly: true,
      stamp: 'd',
    })
  })

  it('that is refused says why and can be confirmed by nobody', async () => {
    openDialog({ kind: 'deleteSnapshots', ref: target, names: ['clean'] })
    open(two, {
      deletePlan: () => {
        throw new AppError('unsupported', 'The chain is broken', { cure: 'Mend it first' })
      },
    })
    expect(await screen.findByText('The chain is broken')).toBeTruthy()
    expect(isOff(screen.getByRole('button', { name: 'Delete' }))).toBe(true)
  })
})

describe('editing', () => {
  it('leaves a name that cannot be changed, and says why', async () => {
    const actions = { ...one('x').actions, rename: refused('Files are named after it') }
    open(viewOf([one('clean', { actions })]))
    await row(/^clean/)
    openDialog({ kind: 'editSnapshot', ref: target, name: 'clean' })
    expect(await screen.findByText('Files are named after it')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Name').disabled).toBe(true)
  })

  it('sends only what is different', async () => {
    const main = open(two, { edit: () => undefined })
    await row(/^patched/)
    openDialog({ kind: 'editSnapshot', ref: target, name: 'clean' })
    fireEvent.change(await screen.findByLabelText('Description'), { target: { value: 'Another' } })
    fireEvent.click(screen.getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
    expect(sent(main, 'snapshots.edit')).toEqual({ ...target, name: 'clean', description: 'Another' })
  })
})

function deletion(snapshots: readonly string[], metadataOnly = false): DeletePlan {
  return {
    stamp: 'd',
    snapshots,
    steps: snapshots.map((snapshot) => ({
      snapshot,
      kind: metadataOnly ? 'forget' : 'remove-data',
      title: metadataOnly ? `Forget ${snapshot}` : `Remove what ${snapshot} keeps`,
    })),
    files: [],
    leftFiles: metadataOnly ? [{ path: '/i/left.qcow2' }] : [],
    lost: [],
    commands: ['virsh snapshot-delete web clean'],
  }
}

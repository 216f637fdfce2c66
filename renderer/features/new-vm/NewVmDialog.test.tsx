// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { EditorView } from '@codemirror/view'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import type { VolumeChoice } from '../../../shared/model/host-choices'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { NewVmInput, NewVmPlan, PlanProblem } from '../../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../../shared/model/os/os'
import type { Task } from '../../../shared/model/task'
import { installFakeMain, type Answers, type FakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { go, useRoute } from '../../stores/route'
import { putTask, replaceTasks } from '../../stores/tasks'
import { connectedHost, testHost, testInfo } from '../../stores/test-host'
import { useToasts } from '../../stores/toasts'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { hostForNewVm, whyNoNewVm } from '../hosts/new-vm-entry'
import { forgetFailed } from './failed-drafts'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 10_000 })

const host = hostId.parse('a')
const vm = vmId.parse('00000000-0000-0000-0000-000000000001')
const task = taskId.parse('creating')
const gib = 1024 ** 3
const volume = (name: string): VolumeChoice => ({ name, path: `/pools/isos/${name}`, type: 'file' })

const debian: OsKnowledge = {
  id: 'http://debian.org/debian/12',
  shortId: 'debian12',
  shortIds: ['debian12'],
  name: 'Debian 12',
  isEnded: false,
  derivesFrom: [],
  devices: ['q35'],
  resources: [{ arch: 'all', recommended: { memoryBytes: 3 * gib } }],
  firmware: [],
  variants: [],
  media: [],
  trees: [],
  images: [],
  scripts: [],
}

const planOf = (input: Pick<NewVmInput, 'name'>, problems: readonly PlanProblem[] = []): NewVmPlan => ({
  xml: `<domain><name>${input.name}</name></domain>`,
  base: 'unchanged',
  view: {
    base: '',
    name: input.name,
    guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
    isRunning: false,
    isPersistent: true,
    items: [],
    pending: [],
  },
  files: [{ action: 'create', what: 'disk', name: `images/${input.name}.qcow2`, sizeBytes: gib }],
  problems,
  command: `virt-install --name ${input.name}`,
  commandNotes: [],
})

const taskIn = (state: Task['state'], more: Partial<Task> = {}): Task => ({
  id: task,
  kind: 'vm.create',
  title: 'Creating debian12',
  host,
  vm,
  state,
  startedAtMs: 1,
  canCancel: true,
  ...more,
})

function show(newVm: Answers['newVm'] = {}, more: Answers = {}): FakeMain {
  const main = installFakeMain({
    hosts: {
      capabilities: () => ({
        guests: [
          {
            architecture: 'x86_64',
            osType: 'hvm',
            virtTypes: [{ name: 'kvm' }],
            machines: [{ name: 'q35', isDeprecated: false }],
            features: [],
          },
        ],
      }),
      guestCapabilities: () => ({
        virtType: 'kvm',
        architecture: 'x86_64',
        firmware: { kinds: ['bios', 'efi'], loaders: [], secureBoot: 'no' },
        cpuModes: [],
        cpuModels: [],
        devices: [],
        features: [],
      }),
      choices: () => ({
        networks: { items: [{ name: 'default', isActive: true, forward: 'nat', portGroups: [] }] },
        interfaces: { items: [] },
        filters: { items: [] },
        pools: {
          items: [
            { name: 'images', state: 'running', type: 'dir', path: '/pools/images', availableBytes: gib },
            { name: 'isos', state: 'running', type: 'dir', path: '/pools/isos' },
            { name: 'off', state: 'inactive', type: 'dir' },
          ],
        },
        secrets: { items: [] },
        macs: { items: [] },
      }),
      nodeDevices: () => [],
      details: () => {
        throw new AppError('unsupported', 'This host does not tell')
      },
      volumes: ({ pool }) => ({
        volumes: pool === 'isos' ? [volume('debian.iso'), volume('notes.txt'), volume('odd.iso')] : [],
        isTruncated: false,
      }),
    },
    media: {
      detect: ({ place }) =>
        place.kind === 'volume' && place.volume === 'debian.iso'
          ? {
              label: 'Debian 12',
              sizeBytes: gib,
              startsBios: true,
              startsEfi: true,
              os: {
                id: debian.id,
                shortId: 'debian12',
                name: 'Debian 12',
                isInstaller: true,
                isLive: false,
                others: [],
              },
            }
          : null,
    },
    os: { get: () => debian, search: () => [debian] },
    newVm: { plan: (input) => planOf(input), create: () => task, ...newVm },
    ...more,
  })
  render(<Dialogs />)
  act(() => openDialog({ kind: 'newVm', host }))
  return main
}

const inputs = (main: FakeMain, name: 'plan' | 'create'): NewVmInput[] =>
  main.calls.filter(({ channel }) => channel === `newVm.${name}`).map(({ input }) => input as NewVmInput)
const nameField = (): HTMLInputElement => screen.getByRole('textbox', { name: 'Name' })
const step = (name: string): HTMLElement => screen.getByRole('tab', { name: new RegExp(`^${name}`) })
const chooseDisc = async (name: RegExp): Promise<void> => {
  fireEvent.click(await screen.findByRole('option', { name }))
}
const create = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Create' }))

beforeEach(() => {
  replaceHosts([connectedHost('a')])
  replaceVms([])
  replaceTasks([])
  act(() => go({ kind: 'all' }))
})
afterEach(() => {
  act(closeDialog)
  cleanup()
  forgetHostData()
  forgetFailed(host)
  useToasts.setState({ toasts: [] })
})

it('is whole when a disc is chosen, which also tells the system', async () => {
  const main = show()
  await chooseDisc(/debian\.iso/)
  await screen.findByText(/Debian 12 installer/)
  await screen.findByText(/Debian 12 installer/)
  await waitFor(() => expect(nameField().value).toBe('debian12'))
  expect(screen.queryByRole('option', { name: /notes/ })).toBeNull()
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(inputs(main, 'create')).toHaveLength(1))
  expect(inputs(main, 'create')[0]).toMatchObject({
    name: 'debian12',
    osId: debian.id,
    source: { kind: 'iso', disc: { kind: 'volume', pool: 'isos', volume: 'debian.iso' } },
    memoryBytes: 3 * gib,
    disks: [{ kind: 'new', pool: 'images', format: 'qcow2' }],
    nics: [{ source: { kind: 'network', name: 'default' } }],
    startsNow: true,
  })
})

it('keeps a name that was typed when the disc tells its system later', async () => {
  show()
  fireEvent.change(await screen.findByRole('textbox', { name: 'Name' }), { target: { value: 'mine' } })
  await chooseDisc(/debian\.iso/)
  await screen.findByText(/Debian 12 installer/)
  await screen.findByText('Ready to create')
  expect(nameField().value).toBe('mine')
})

it('leads to what is missing instead of doing nothing', async () => {
  const main = show()
  await screen.findByRole('option', { name: /debian\.iso/ })
  fireEvent.click(step('Size'))
  create()
  await waitFor(() => expect(step('Source').getAttribute('aria-selected')).toBe('true'))
  expect(screen.getByRole('alert').textContent).toBe('Choose the disc to install from')
  expect(inputs(main, 'create')).toEqual([])
})

it('asks the host once the user rests, and the answer to an older question does not count', async () => {
  const waiting: ((problems: readonly PlanProblem[]) => void)[] = []
  const main = show({
    plan: (input) => new Promise((resolve) => waiting.push((problems) => resolve(planOf(input, problems)))),
  })
  await chooseDisc(/odd\.iso/)
  await waitFor(() => expect(waiting).toHaveLength(1))
  for (const value of ['a', 'ab', 'abc']) fireEvent.change(nameField(), { target: { value } })
  await waitFor(() => expect(waiting).toHaveLength(2))
  expect(inputs(main, 'plan')[1]?.name).toBe('abc')
  act(() => waiting[1]?.([]))
  await screen.findByText('Ready to create')
  act(() => waiting[0]?.([{ level: 'error', field: 'name', message: 'Taken' }]))
  await Promise.resolve()
  expect(screen.queryByText('Taken')).toBeNull()
  expect(screen.getByText('Ready to create')).toBeTruthy()
})

it('tells what the host says at its field, and in the summary with the way there', async () => {
  show({
    plan: (input) =>
      planOf(input, [
        { level: 'error', field: 'vcpuCount', message: 'Too many', cure: 'Take fewer.' },
        { level: 'warning', field: 'disks.0.sizeBytes', message: 'Nearly full' },
      ]),
  })
  await chooseDisc(/debian\.iso/)
  fireEvent.click(step('Summary'))
  const problems = await screen.findByRole('list', { name: 'Problems' })
  expect(problems.textContent).toContain('Nearly full')
  fireEvent.click(within(problems).getByRole('button', { name: 'Go to Size' }))
  expect(await screen.findByText('Too many. Take fewer.')).toBeTruthy()
  expect(screen.getByRole('textbox', { name: 'Virtual CPUs' }).getAttribute('aria-invalid')).toBe('true')
  fireEvent.click(step('Storage'))
  expect(await screen.findByText('Nearly full')).toBeTruthy()
})

it('starts a network that the VM needs, and asks the host again', async () => {
  let isActive = false
  const off: PlanProblem = {
    level: 'error',
    field: 'nics.0.source',
    message: 'The network "default" is not active',
    cure: 'Start it, or choose another one.',
    fix: { kind: 'start-network', network: 'default' },
  }
  const starting = taskIn('running', { kind: 'network.start', title: 'Starting default' })
  const main = show(
    { plan: (input) => planOf(input, isActive ? [] : [off]) },
    {
      networks: {
        action: () => {
          putTask(starting)
          return task
        },
      },
    },
  )
  await chooseDisc(/debian\.iso/)
  fireEvent.click(step('Summary'))
  const problems = await screen.findByRole('list', { name: 'Problems' })
  expect(within(problems).getByRole('button', { name: 'Start network default' })).toBeTruthy()
  fireEvent.click(step('Network'))
  fireEvent.click(await screen.findByRole('button', { name: 'Start network default' }))
  await waitFor(() =>
    expect(main.calls.find(({ channel }) => channel === 'networks.action')?.input).toEqual({
      host,
      network: 'default',
      action: 'start',
    }),
  )
  act(() =>
    putTask({ ...starting, state: 'failed', error: { kind: 'busy', message: 'dnsmasq is not there' } }),
  )
  await waitFor(() => expect(useToasts.getState().toasts[0]?.error?.message).toBe('dnsmasq is not there'))
  await waitFor(() => expect(main.calls.filter(({ channel }) => channel === 'hosts.choices')).toHaveLength(2))
  act(() => putTask(starting))
  const again = await screen.findByRole('button', { name: 'Start network default' })
  // while it is busy it takes no click
  await waitFor(() => expect(again.getAttribute('aria-disabled')).toBeNull())
  fireEvent.click(again)
  await waitFor(() =>
    expect(main.calls.filter(({ channel }) => channel === 'networks.action')).toHaveLength(2),
  )
  // not before: a plan made anew would take the button away
  isActive = true
  act(() => putTask({ ...starting, state: 'succeeded' }))
  await screen.findByText('Ready to create')
  expect(screen.queryByRole('button', { name: 'Start network default' })).toBeNull()
  expect(main.calls.filter(({ channel }) => channel === 'hosts.choices')).toHaveLength(3)
})

const closed: PlanProblem = {
  level: 'warning',
  field: 'source.disc',
  message: 'VMs may not go through /home/anna',
  fix: {
    kind: 'unreadable',
    path: '/home/anna/debian.iso',
    grant: {
      argv: ['setfacl', '-m', 'u:libvirt-qemu:x', '--', '/home/anna'],
      undo: ['setfacl', '-x', 'u:libvirt-qemu', '--', '/home/anna'],
      paths: ['/home/anna'],
      explanation: 'That user alone may then go through.',
    },
    copyTo: ['images', 'isos'],
  },
}

it('shows what is changed and what takes it back before VMs are let through to a disc, and asks the host again', async () => {
  let isOpen = false
  let refusals = 1
  const main = show(
    { plan: (input) => planOf(input, isOpen ? [] : [closed]) },
    {
      files: {
        grantAccess: () => {
          if (refusals-- > 0) throw new AppError('denied', 'Only its owner may do that')
          isOpen = true
        },
      },
    },
  )
  await chooseDisc(/debian\.iso/)
  const panel = await screen.findByRole('tabpanel', { name: /^Source/ })
  fireEvent.click(await within(panel).findByRole('button', { name: 'Let VMs through…' }))
  const dialog = await screen.findByRole('alertdialog', { name: 'Let VMs get to this image?' })
  expect(within(dialog).getByRole('list', { name: 'What is changed' }).textContent).toBe('/home/anna')
  expect(dialog.textContent).toContain('setfacl -m u:libvirt-qemu:x -- /home/anna')
  expect(dialog.textContent).toContain('setfacl -x u:libvirt-qemu -- /home/anna')
  expect(main.calls.some(({ channel }) => channel === 'files.grantAccess')).toBe(false)
  fireEvent.click(within(dialog).getByRole('button', { name: 'Let VMs through' }))
  await within(dialog).findByText('Only its owner may do that')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Let VMs through' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(main.calls.findLast(({ channel }) => channel === 'files.grantAccess')?.input).toEqual({
    host,
    path: '/home/anna/debian.iso',
  })
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Let VMs through…' })).toBeNull())
  expect(useToasts.getState().toasts[0]?.title).toContain('setfacl -x u:libvirt-qemu -- /home/anna')
})

it('has a disc that VMs do not get to copied into a pool, or used where it is after all', async () => {
  const main = show({
    plan: (input) =>
      planOf(input, input.source.kind === 'iso' && input.source.disc.copyTo !== undefined ? [] : [closed]),
  })
  await chooseDisc(/debian\.iso/)
  fireEvent.click(step('Summary'))
  const problems = await screen.findByRole('list', { name: 'Problems' })
  fireEvent.click(within(problems).getByRole('button', { name: 'Copy it into images' }))
  await waitFor(() => expect(screen.queryByRole('list', { name: 'Problems' })).toBeNull())
  fireEvent.click(step('Source'))
  await screen.findByText('It is copied into the pool images before the VM is made.')
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('button', { name: 'Use it where it is' }))
  await screen.findByRole('button', { name: 'Let VMs through…' })
  const panel = screen.getByRole('tabpanel', { name: /^Source/ })
  fireEvent.click(await within(panel).findByRole('button', { name: 'Copy it into images' }))
  await screen.findByText('Ready to create')
  create()
  await waitFor(() =>
    expect(inputs(main, 'create')[0]?.source).toMatchObject({
      disc: { kind: 'volume', pool: 'isos', volume: 'debian.iso', copyTo: 'images' },
    }),
  )
})

it('makes a disk of a copy where VMs do not get to an existing one', async () => {
  const main = show({
    plan: (input) =>
      planOf(input, input.disks[0]?.kind === 'existing' ? [{ ...closed, field: 'disks.0.image' }] : []),
  })
  fireEvent.click(await screen.findByRole('radio', { name: /Existing disk/ }))
  fireEvent.change(await screen.findByRole('textbox', { name: /Disk image|Image/ }), {
    target: { value: 'isos/old.img' },
  })
  fireEvent.click(step('Summary'))
  const problems = await screen.findByRole('list', { name: 'Problems' })
  fireEvent.click(within(problems).getByRole('button', { name: 'Copy it into images' }))
  await waitFor(() =>
    expect(inputs(main, 'plan').at(-1)?.disks).toMatchObject([
      { kind: 'new', pool: 'images', original: { kind: 'volume', pool: 'isos', volume: 'old.img' } },
    ]),
  )
})

it('tells what is wrong with a second disc where the discs are chosen', async () => {
  show({
    plan: (input) =>
      planOf(input, [
        { level: 'error', field: 'source.second.0', message: 'It is gone' },
        { level: 'warning', field: 'source.disc', message: 'It is old' },
      ]),
  })
  await chooseDisc(/debian\.iso/)
  const panel = await screen.findByRole('tabpanel', { name: /^Source/ })
  await waitFor(() => expect(panel.textContent).toContain('It is gone'))
  expect(panel.textContent).toContain('It is old')
})

it('closes at once, and opens the VM on its console when it has been made', async () => {
  show()
  await chooseDisc(/debian\.iso/)
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  act(() => putTask(taskIn('succeeded')))
  await waitFor(() =>
    expect(useRoute.getState().route).toEqual({ kind: 'vm', ref: { host, vm }, tab: 'console' }),
  )
})

it('takes nobody away who went on to something else meanwhile', async () => {
  show()
  await chooseDisc(/debian\.iso/)
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  act(() => go({ kind: 'host', host }))
  act(() => putTask(taskIn('succeeded')))
  await waitFor(() => expect(useToasts.getState().toasts).toHaveLength(1))
  expect(useRoute.getState().route).toEqual({ kind: 'host', host })
  act(() => useToasts.getState().toasts[0]?.action?.run())
  expect(useRoute.getState().route).toMatchObject({ kind: 'vm', tab: 'console' })
})

it('comes back with everything that was typed when making it failed', async () => {
  show()
  await chooseDisc(/debian\.iso/)
  fireEvent.change(nameField(), { target: { value: 'mine' } })
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  act(() => putTask(taskIn('failed', { error: { kind: 'busy', message: 'No room', cure: 'Make some.' } })))
  await waitFor(() => expect(useToasts.getState().toasts[0]?.title).toBe('mine was not created'))
  act(() => useToasts.getState().toasts[0]?.action?.run())
  expect(await screen.findByText('No room')).toBeTruthy()
  expect(nameField().value).toBe('mine')
  expect(step('Source').textContent).toContain('debian.iso')
  fireEvent.click(screen.getByRole('button', { name: 'Start afresh' }))
  await waitFor(() => expect(nameField().value).toBe('vm'))
})

const watchdog = {
  ref: { kind: 'watchdog', key: 'itco' },
  values: { model: 'itco', action: 'reset' },
  hasMore: false,
}
/** As main does it, with a watchdog in the definition. */
const planWithWatchdog = (input: Pick<NewVmInput, 'name' | 'changes'>): NewVmPlan => {
  const plan = planOf(input)
  const last = input.changes.findLast(({ kind }) => kind === 'definition')
  const xml = last?.kind === 'definition' ? last.xml : plan.xml
  return {
    ...plan,
    xml: `${xml}${input.changes.map(({ kind }) => (kind === 'definition' ? '' : `<!-- ${kind} -->`)).join('')}`,
    view: { ...plan.view, items: [watchdog] },
  }
}
const lastPlan = (main: FakeMain): NewVmInput | undefined => inputs(main, 'plan').at(-1)
const lazily = { timeout: 20_000 }
const changeHardware = async (): Promise<HTMLElement> => {
  await chooseDisc(/debian\.iso/)
  fireEvent.click(step('Summary'))
  const button = await screen.findByRole('button', { name: 'Change hardware…' })
  await waitFor(() => expect(button).toHaveProperty('disabled', false))
  fireEvent.click(button)
  return await screen.findByRole('dialog', { name: /^Hardware of/ }, lazily)
}

it('hardware is changed on its own pages before there is a VM, and made with it', async () => {
  const main = show({ plan: planWithWatchdog })
  const editor = await changeHardware()
  expect(editor.textContent).toContain('As suggested')
  fireEvent.click(await within(editor).findByRole('button', { name: 'Remove…' }))
  const question = await screen.findByRole('alertdialog')
  expect(question.textContent).toContain('The VM is made without it.')
  fireEvent.click(within(question).getByRole('button', { name: 'Remove' }))
  const removed = [{ kind: 'remove', item: watchdog.ref }]
  await waitFor(() => expect(lastPlan(main)?.changes).toEqual(removed))
  expect(editor.textContent).toContain('1 change')
  fireEvent.click(within(editor).getByRole('button', { name: 'Review…' }))
  const review = await screen.findByRole('dialog', { name: /^Review/ })
  expect(within(review).queryByRole('button', { name: 'Apply' })).toBeNull()
  fireEvent.click(within(review).getByRole('tab', { name: 'XML difference' }))
  expect(await within(review).findByText(/<!-- remove -->/, { selector: 'td, mark' })).toBeTruthy()
  fireEvent.click(within(review).getByRole('button', { name: 'Back to editing' }))
  fireEvent.click(within(editor).getByRole('button', { name: 'Done' }))
  expect(await screen.findByText('1 item changed')).toBeTruthy()
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(inputs(main, 'create')[0]?.changes).toEqual(removed))
}, 60_000)

it('adding hardware to the draft neither ends the wizard nor goes on to its next step', async () => {
  const main = show({ plan: planWithWatchdog })
  const editor = await changeHardware()
  fireEvent.click(within(editor).getByRole('button', { name: 'Add hardware…' }))
  const add = await screen.findByRole('dialog', { name: /^Add hardware/ })
  fireEvent.click(within(add).getByRole('option', { name: /Random number generator/ }))
  fireEvent.submit(within(add).getByRole('button', { name: 'Add' }))
  await waitFor(() => expect(lastPlan(main)?.changes).toMatchObject([{ kind: 'add', device: 'rng' }]))
  expect(screen.queryByRole('dialog', { name: /^Add hardware/ })).toBeNull()
  expect(inputs(main, 'create')).toEqual([])
  fireEvent.click(within(editor).getByRole('button', { name: 'Take all back' }))
  await waitFor(() => expect(lastPlan(main)?.changes).toEqual([]))
}, 60_000)

it('changes that later choices made unfit are told, and taken back', async () => {
  const misfit = { level: 'error', field: 'changes', message: 'It does not fit any longer' } as const
  const main = show({
    plan: (input) => ({
      ...planWithWatchdog(input),
      problems: input.changes.length > 0 && input.vcpuCount > 2 ? [misfit] : [],
    }),
  })
  const editor = await changeHardware()
  fireEvent.click(await within(editor).findByRole('button', { name: 'Remove…' }))
  fireEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Remove' }))
  fireEvent.click(within(editor).getByRole('button', { name: 'Done' }))
  fireEvent.click(step('Size'))
  fireEvent.change(await screen.findByRole('textbox', { name: 'Virtual CPUs' }), { target: { value: '7' } })
  fireEvent.click(step('Summary'))
  expect((await screen.findByRole('list', { name: 'Problems' })).textContent).toContain(misfit.message)
  fireEvent.click(screen.getByRole('button', { name: 'Take them back' }))
  await screen.findByText('Ready to create')
  expect(lastPlan(main)?.changes).toEqual([])
}, 60_000)

it('an edited definition is part of the VM once it is taken over, and keeps it from being made before', async () => {
  const main = show({ plan: planWithWatchdog })
  await chooseDisc(/debian\.iso/)
  fireEvent.click(step('Summary'))
  fireEvent.click(await screen.findByRole('tab', { name: 'XML' }))
  const box = await screen.findByRole('textbox', { name: 'Definition of the new VM' }, lazily)
  const editor = EditorView.findFromDOM(box)
  await waitFor(() => expect(editor?.state.doc.toString()).toContain('debian12'))
  const text = '<domain><name>debian12</name><title>Mine</title></domain>'
  const type = (insert: string): void =>
    act(() => editor?.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert } }))
  type('<domain><name>')
  create()
  await screen.findAllByText(/The edited definition is not part of the VM yet/)
  fireEvent.click(screen.getByRole('button', { name: 'Take over' }))
  expect(lastPlan(main)?.changes).toEqual([])
  expect(inputs(main, 'create')).toEqual([])
  type(text)
  fireEvent.click(screen.getByRole('button', { name: 'Take over' }))
  await waitFor(() => expect(lastPlan(main)?.changes).toEqual([{ kind: 'definition', xml: text }]))
  expect(lastPlan(main)?.changesBase).toBe('unchanged')
  await screen.findByText('Ready to create')
  expect(screen.getByText('The definition was edited as a text')).toBeTruthy()
}, 60_000)

it('several VMs get numbers, and how all of them ended is told once', async () => {
  const ids = [taskId.parse('first'), taskId.parse('second')]
  const main = show({
    plan: (input) => ({
      ...planOf(input),
      ...(input.count === undefined ? {} : { names: ['web-01', 'web-02'] }),
    }),
    createSeries: () => ids,
  })
  await chooseDisc(/debian\.iso/)
  fireEvent.change(nameField(), { target: { value: 'web' } })
  fireEvent.click(step('Summary'))
  const many = await screen.findByRole('textbox', { name: 'How many' })
  fireEvent.change(many, { target: { value: 'x' } })
  create()
  expect((await screen.findAllByText(/Enter a whole number from 1 to 50/)).length).toBeGreaterThan(0)
  fireEvent.change(many, { target: { value: '2' } })
  expect(await screen.findByText('web-01, web-02')).toBeTruthy()
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(main.calls.find(({ channel }) => channel === 'newVm.createSeries')?.input).toMatchObject({
    name: 'web',
    count: 2,
  })
  const [first = task, second = task] = ids
  act(() => putTask(taskIn('succeeded', { id: first, title: 'Creating web-01' })))
  await Promise.resolve()
  expect(useToasts.getState().toasts).toEqual([])
  const error = { kind: 'busy', message: 'No room' } as const
  act(() => putTask(taskIn('failed', { id: second, title: 'Creating web-02', error })))
  await waitFor(() => expect(useToasts.getState().toasts).toHaveLength(1))
  expect(useToasts.getState().toasts[0]).toMatchObject({
    title: '1 of 2 VMs were not created: web-02',
    error,
  })
})

it('shows what is refused at once, and stays open', async () => {
  show({
    create: () => {
      throw new AppError('invalid', 'Somebody was faster', { field: 'name' })
    },
  })
  await chooseDisc(/debian\.iso/)
  await screen.findByText('Ready to create')
  create()
  expect(await screen.findByText('Somebody was faster')).toBeTruthy()
  expect(nameField()).toBeTruthy()
})

it('asks before what was typed is thrown away, and only then', async () => {
  show()
  fireEvent.change(await screen.findByRole('textbox', { name: 'Name' }), { target: { value: 'mine' } })
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  const question = await screen.findByRole('alertdialog')
  fireEvent.click(within(question).getByRole('button', { name: 'Cancel' }))
  expect(nameField().value).toBe('mine')
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  const buttons = within(await screen.findByRole('alertdialog')).getAllByRole('button', { name: 'Close' })
  fireEvent.click(buttons.at(-1) ?? question)
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  cleanup()
  show()
  await screen.findByRole('option', { name: /debian\.iso/ })
  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('a host without a connection, or to look at only, says why it takes no VM', () => {
  const away = testHost('b')
  const up = connectedHost('c')
  const looking = connectedHost('d')
  const readOnly = {
    ...looking,
    status: { ...looking.status, info: { ...testInfo, isReadOnly: true } } as typeof looking.status,
  }
  expect(whyNoNewVm(away)).toBe('The host is not connected')
  expect(whyNoNewVm(readOnly)).toMatch(/read-only/)
  const byId = { [away.id]: away, [up.id]: up, [readOnly.id]: readOnly }
  const hosts = { byId, order: [away.id, readOnly.id, up.id], isLoaded: true }
  expect(hostForNewVm(hosts, { kind: 'all' })?.id).toBe(up.id)
  expect(hostForNewVm(hosts, { kind: 'host', host: away.id })?.id).toBe(away.id)
})

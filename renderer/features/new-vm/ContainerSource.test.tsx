// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import type { GuestKind } from '../../../shared/model/host-details'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { NewVmInput, NewVmPlan, PlanProblem } from '../../../shared/model/new-vm/new-vm'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { useRoute } from '../../stores/route'
import { putTask, replaceTasks } from '../../stores/tasks'
import { connectedHost } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { forgetFailed } from './failed-drafts'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 10_000 })

const host = hostId.parse('a')
const vm = vmId.parse('00000000-0000-0000-0000-000000000001')

const kind = (architecture: string): GuestKind => ({
  architecture,
  osType: 'exe',
  virtTypes: [{ name: 'lxc', emulator: '/usr/lib/libvirt/libvirt_lxc' }],
  machines: [],
  features: [],
})

const planOf = ({ name }: Pick<NewVmInput, 'name'>, problems: readonly PlanProblem[]): NewVmPlan => ({
  xml: '<domain/>',
  base: '',
  view: {
    base: '',
    name,
    guest: { virtType: 'lxc', osType: 'exe', architecture: 'x86_64', machine: '' },
    isRunning: false,
    isPersistent: true,
    items: [],
    pending: [],
  },
  files: [],
  problems,
  command: `virt-install --name ${name}`,
  commandNotes: [],
})

function show(problems: readonly PlanProblem[] = []): FakeMain {
  const main = installFakeMain({
    hosts: {
      capabilities: () => ({ guests: [kind('x86_64'), kind('i686')] }),
      guestCapabilities: () => Promise.reject(new Error('LXC does not tell')),
      choices: () => ({
        networks: { items: [{ name: 'default', isActive: true, forward: 'nat', portGroups: [] }] },
        interfaces: { items: [] },
        filters: { items: [] },
        pools: { items: [] },
        secrets: { items: [] },
        macs: { items: [] },
      }),
      nodeDevices: () => [],
    },
    newVm: {
      plan: (input) => planOf(input, problems),
      create: () => {
        // known before the answer, as main sends it
        putTask({
          id: taskId.parse('creating'),
          kind: 'vm.create',
          title: 'Creating',
          host,
          vm,
          state: 'succeeded',
          startedAtMs: 1,
          canCancel: true,
        })
        return taskId.parse('creating')
      },
    },
  })
  render(<Dialogs />)
  act(() => openDialog({ kind: 'newVm', host }))
  return main
}

const created = (main: FakeMain): NewVmInput[] =>
  main.calls.filter(({ channel }) => channel === 'newVm.create').map(({ input }) => input as NewVmInput)
const field = (name: string): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(name)
const type = (name: string, value: string): void => void fireEvent.change(field(name), { target: { value } })
const create = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Create' }))

beforeEach(() => {
  replaceHosts([connectedHost(host)])
  replaceVms([])
  replaceTasks([])
  forgetHostData()
  forgetFailed(host)
})

afterEach(() => {
  act(closeDialog)
  cleanup()
})

it('has the steps of a container only', async () => {
  show()
  await screen.findByLabelText('Folder with the system')
  expect(screen.getAllByRole('tab').map(({ textContent }) => textContent)).toEqual([
    expect.stringMatching(/^Source/),
    expect.stringMatching(/^Size/),
    expect.stringMatching(/^Network/),
    expect.stringMatching(/^Summary/),
  ])
  expect(screen.queryByText('ISO image')).toBeNull()
  expect(screen.getByText('From a definition…')).toBeDefined()
})

it('is made of a folder with a system, with user IDs of its own, and opens on its overview', async () => {
  const main = show()
  await screen.findByLabelText('Folder with the system')
  type('Name', 'box')
  create()
  expect(
    await screen.findByText(/Choose the folder that has the system/, { selector: '.field-error *' }),
  ).toBeDefined()
  type('Folder with the system', '/srv/debian')
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]).toMatchObject({
    name: 'box',
    guest: { virtType: 'lxc', osType: 'exe', architecture: 'x86_64' },
    source: {
      kind: 'container',
      what: 'system',
      root: '/srv/debian',
      init: '/sbin/init',
      ids: { uidStart: 100_000, gidStart: 100_000 },
    },
    disks: [],
    graphics: 'none',
  })
  await waitFor(() =>
    expect(useRoute.getState().route).toMatchObject({ kind: 'vm', ref: { host, vm }, tab: 'overview' }),
  )
})

it('is made of one program with its arguments, environment and folder', async () => {
  const main = show()
  fireEvent.click(await screen.findByLabelText('One program'))
  expect(field('Program').value).toBe('/bin/sh')
  fireEvent.click(screen.getByRole('button', { name: /^Arguments, environment/ }))
  type('Arguments, one a line', '-c\nsleep 1000')
  type('Environment, NAME=value, one a line', 'LANG=C.UTF-8')
  type('Working folder', '/tmp')
  fireEvent.click(screen.getByLabelText('User IDs of its own (recommended)'))
  expect(screen.queryByLabelText('First user ID on the host')).toBeNull()
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]?.source).toEqual({
    kind: 'container',
    what: 'app',
    init: '/bin/sh',
    args: ['-c', 'sleep 1000'],
    env: [{ name: 'LANG', value: 'C.UTF-8' }],
    workDir: '/tmp',
  })
})

it('shows what the host says against it at its field, and a wrong list where it is typed', async () => {
  show([{ level: 'error', field: 'source.init', message: 'There is no program /sbin/init in /srv/x' }])
  await screen.findByLabelText('Folder with the system')
  type('Folder with the system', '/srv/x')
  expect(await screen.findByText(/There is no program/, { selector: '.field-error *' })).toBeDefined()
  fireEvent.click(screen.getByRole('button', { name: /^Arguments, environment/ }))
  type('Environment, NAME=value, one a line', 'wrong')
  create()
  expect(await screen.findByText(/"wrong" sets no variable/, { selector: '.field-error *' })).toBeDefined()
})

it('sums up what it starts, and offers neither copies nor a console', async () => {
  show()
  await screen.findByLabelText('Folder with the system')
  type('Folder with the system', '/srv/debian')
  fireEvent.click(screen.getByRole('tab', { name: /^Summary/ }))
  expect(await screen.findByText('Its own, from 100000 on')).toBeDefined()
  expect(screen.getByLabelText('Start it now')).toBeDefined()
  expect(screen.queryByLabelText('How many')).toBeNull()
})

// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId, taskId, type HostId } from '../../../shared/model/ids'
import type { Lease, Network, NetworkUser } from '../../../shared/model/networks/network'
import { installFakeMain, type Answers, type FakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { closeDialog, useDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { putTask } from '../../stores/tasks'
import { connectedHost, testHost } from '../../stores/test-host'
import { useToasts } from '../../stores/toasts'
import type { NetworkDialogRequest } from '../../stores/network-dialogs'
import { NetworkDialogs } from './dialogs/NetworkDialogs'
import { NetworksTab } from './NetworksTab'

// a ceiling for a busy machine, not a measure
configure({ asyncUtilTimeout: 10_000 })

const none = { items: [] }
const uuid = (end: number) => `11111111-2222-3333-4444-00000000000${end}`
const nat: Network = {
  name: 'default',
  uuid: uuid(1),
  isActive: true,
  isPersistent: true,
  isAutostart: true,
  forward: 'nat',
  bridge: 'virbr0',
  interfaces: [],
  subnets: ['192.168.122.0/24'],
  hasDhcp: true,
  connections: 1,
}
const values = {
  name: 'default',
  mode: 'nat',
  ipv4Address: '192.168.122.1',
  ipv4Prefix: 24,
  dhcp4: true,
  reservations4: [{ mac: '52:54:00:00:00:09', ip: '192.168.122.99' }],
}
const card = (vmName: string, isRunning: boolean, end: number): NetworkUser => ({
  vmName,
  vm: uuid(end),
  isRunning,
  mac: `52:54:00:00:00:0${end}`,
})
const lease: Lease = {
  mac: '52:54:00:00:00:05',
  address: '192.168.122.50',
  prefix: 24,
  hostname: 'web',
  vmName: 'web-01',
  vm: uuid(5),
  expiresAtMs: Date.now() + 40 * 60_000,
  isReserved: false,
}

const viewOf = () => ({ base: 'b', network: nat, values, xml: '<network/>' })

let serial = 0
let host: HostId
let main: FakeMain

function OpenDialog() {
  const open = useDialog((state) => state.open)
  return open ? <NetworkDialogs key={JSON.stringify(open)} dialog={open as NetworkDialogRequest} /> : null
}

/** A host whose network tab and dialogs are on the screen. */
function show(answers: NonNullable<Answers['networks']> = {}, isReadOnly = false): void {
  host = hostId.parse(`net${serial++}`)
  const whole = connectedHost(host)
  replaceHosts([
    whole.status.kind === 'connected'
      ? { ...whole, status: { ...whole.status, info: { ...whole.status.info, isReadOnly } } }
      : whole,
  ])
  const ended = () => {
    const id = taskId.parse(`t${serial++}`)
    putTask({
      id,
      kind: 'network.any',
      title: 'x',
      host,
      state: 'succeeded',
      startedAtMs: 1,
      canCancel: false,
    })
    return id
  }
  main = installFakeMain({
    hosts: {
      choices: () => ({
        networks: none,
        interfaces: {
          items: [
            {
              name: 'br0',
              kind: 'bridge',
              isUp: true,
              addresses: ['192.0.2.7/24'],
              mtuBytes: 9000,
              bridge: { stp: true, forwardDelayS: 15, vlanFiltering: false },
            },
          ],
        },
        filters: none,
        pools: none,
        secrets: none,
        macs: none,
      }),
      nodeDevices: () => [],
    },
    networks: {
      list: () => ({ items: [nat] }),
      view: viewOf,
      users: () => [card('web-01', true, 5), card('db-01', false, 6)],
      leases: () => [lease],
      map: () => ({ nodes: [], links: [] }),
      filters: () => none,
      preview: () => ({ before: '', after: '', commands: [], now: [], afterRestart: [], conflicts: [] }),
      create: ended,
      action: ended,
      delete: ended,
      defineFilter: ended,
      deleteFilter: ended,
      edit: () => ({ now: [], afterRestart: [], refused: [] }),
      ...answers,
    },
  })
  render(
    <>
      <NetworksTab host={host} />
      <OpenDialog />
    </>,
  )
}

async function openForm(button: string): Promise<HTMLElement> {
  fireEvent.click(await screen.findByRole('button', { name: button }))
  await screen.findByRole('textbox', { name: 'Name' })
  return screen.getByRole('dialog')
}

const sent = (channel: string): unknown[] =>
  main.calls.filter((call) => call.channel === channel).map(({ input }) => input)
const press = (name: string | RegExp, place: Pick<typeof screen, 'getByRole'> = screen): void =>
  void fireEvent.click(place.getByRole('button', { name }))

beforeEach(() => {
  forgetHostData()
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe(): void {}
      unobserve(): void {}
      disconnect(): void {}
    },
  )
})
afterEach(() => {
  cleanup()
  closeDialog()
  useToasts.setState({ toasts: [] })
  vi.unstubAllGlobals()
})

test('a network is told in plain words: its kind, its subnet and what that means', async () => {
  show()
  expect(await screen.findByRole('heading', { name: 'default' })).toBeTruthy()
  const entry = within(screen.getByRole('listbox', { name: 'Networks' })).getByRole('option', {
    name: /default/,
  })
  expect(entry.textContent).toContain('NAT 192.168.122.0/24')
  expect(entry.textContent).toContain('Starts with the host')
  expect(screen.getByText(/reach the outside under the host’s own address/)).toBeTruthy()
  expect(await screen.findByText('1 now, 2 cards defined')).toBeTruthy()
})

test('a host without networks gets the usual one by a click, in a subnet that is free', async () => {
  show({ list: () => none })
  await screen.findByText('This host has no networks yet')
  press('Create the default network')
  await waitFor(() => expect(sent('networks.create')).toHaveLength(1))
  expect(sent('networks.create')[0]).toMatchObject({
    start: true,
    autostart: true,
    values: { name: 'default', mode: 'nat', ipv4Address: '192.168.122.1' },
  })
})

test('the usual network that nobody started is offered to be started', async () => {
  show({ list: () => ({ items: [{ ...nat, isActive: false }] }) })
  fireEvent.click(await screen.findByRole('button', { name: 'Start it' }))
  await waitFor(() =>
    expect(sent('networks.action')).toEqual([{ host, network: 'default', action: 'start' }]),
  )
})

test('stopping names the running VMs that lose their network, and no others', async () => {
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'Stop…' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(await within(dialog).findByText('A running VM loses this network')).toBeTruthy()
  expect(within(dialog).getByText('web-01')).toBeTruthy()
  expect(within(dialog).queryByText('db-01')).toBeNull()
  press('Stop network', within(dialog))
  await waitFor(() => expect(sent('networks.action')).toEqual([{ host, network: 'default', action: 'stop' }]))
})

test('a network that running VMs use is not deleted: the dialog says who uses it and what to do', async () => {
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'More actions' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Delete…' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(await within(dialog).findByText('A running VM uses this network')).toBeTruthy()
  expect(dialog.textContent).toContain('db-01')
  expect(within(dialog).queryByRole('button', { name: 'Delete network' })).toBeNull()
})

test('VMs that are off are named before a network goes, and it can go', async () => {
  show({ users: () => [card('db-01', false, 6)] })
  fireEvent.click(await screen.findByRole('button', { name: 'More actions' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Delete…' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(await within(dialog).findByText(/will not start without it/)).toBeTruthy()
  press('Delete network', within(dialog))
  await waitFor(() => expect(sent('networks.delete')).toEqual([{ host, network: 'default' }]))
})

test('the address of a lease is reserved in place, beside what is reserved already', async () => {
  show()
  fireEvent.click(await screen.findByRole('tab', { name: 'Leases' }))
  const table = await screen.findByRole('table', { name: 'Leases' })
  expect(within(table).getByRole('button', { name: 'web-01' })).toBeTruthy()
  expect(within(table).getByText('192.168.122.99')).toBeTruthy()
  press('Reserve 192.168.122.50', within(table))
  const dialog = await screen.findByRole('dialog')
  press('Reserve', within(dialog))
  await waitFor(() => expect(sent('networks.edit')).toHaveLength(1))
  expect(sent('networks.edit')[0]).toMatchObject({
    base: 'b',
    values: {
      reservations4: [
        { mac: '52:54:00:00:00:09', ip: '192.168.122.99' },
        { mac: '52:54:00:00:00:05', ip: '192.168.122.50', name: 'web' },
      ],
    },
  })
})

test('an address outside of the network cannot be reserved', async () => {
  show()
  fireEvent.click(await screen.findByRole('tab', { name: 'Leases' }))
  fireEvent.click(await screen.findByRole('button', { name: 'Reserve 192.168.122.50' }))
  const dialog = await screen.findByRole('dialog')
  fireEvent.change(within(dialog).getByRole('textbox', { name: 'Address' }), {
    target: { value: '10.0.0.4' },
  })
  press('Reserve', within(dialog))
  expect(await within(dialog).findByText('It is not in 192.168.122.0/24')).toBeTruthy()
  expect(sent('networks.edit')).toEqual([])
})

test('what overlaps is said in the form before anything is made', async () => {
  show({
    preview: () => ({
      before: '',
      after: '<network/>',
      commands: [],
      now: [],
      afterRestart: [],
      conflicts: ['192.168.122.0/24 overlaps with network default'],
    }),
  })
  const dialog = await openForm('New network…')
  expect(await within(dialog).findByText(/overlaps with network default/)).toBeTruthy()
  expect(sent('networks.create')).toEqual([])
})

test('a slow host fills the dialog that is there already, and nothing in it can be used before', async () => {
  let answer = (_: ReturnType<typeof viewOf>): void => undefined
  show({ view: () => new Promise<ReturnType<typeof viewOf>>((resolve) => (answer = resolve)) })
  fireEvent.click(await screen.findByRole('button', { name: 'Edit…' }))
  const dialog = await screen.findByRole('dialog', { name: 'Edit network default' })
  expect(within(dialog).getByText('Looking at what the host has…')).toBeTruthy()
  const kinds = within(dialog).getByRole('listbox', { name: 'Kind of network' })
  expect(kinds.closest('[inert]')).not.toBeNull()
  await waitFor(() => expect(sent('networks.view').length).toBeGreaterThan(1))
  act(() => answer(viewOf()))
  await within(dialog).findByRole('textbox', { name: 'Name' })
  expect(screen.getByRole('dialog')).toBe(dialog)
  expect(within(dialog).getByRole('listbox', { name: 'Kind of network' })).toBe(kinds)
  expect(kinds.closest('[inert]')).toBeNull()
  expect(within(dialog).queryByText('Looking at what the host has…')).toBeNull()
})

test('another kind of network brings its own fields, and a name that was only proposed follows', async () => {
  show()
  const dialog = await openForm('New network…')
  const name = () => within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Name' })
  await waitFor(() => expect(name().value).toBe('nat'))
  // groups are drawn one after the other
  const address = await within(dialog).findByRole<HTMLInputElement>('textbox', { name: 'IPv4 address' })
  expect(address.value).toBe('192.168.123.1')
  fireEvent.click(within(dialog).getByRole('option', { name: /^Bridge of the host/ }))
  expect(name().value).toBe('lan')
  expect(within(dialog).queryByRole('textbox', { name: 'IPv4 address' })).toBeNull()
  fireEvent.change(name(), { target: { value: 'mine' } })
  fireEvent.click(within(dialog).getByRole('option', { name: /^Isolated/ }))
  expect(name().value).toBe('mine')
})

test('a change that waits leads to the question whether to restart, with who loses the connection', async () => {
  show({ edit: () => ({ now: [], afterRestart: ['MTU'], refused: [] }) })
  const dialog = await openForm('Edit…')
  fireEvent.change(await within(dialog).findByRole('textbox', { name: 'Domain' }), {
    target: { value: 'example.org' },
  })
  press('Save', within(dialog))
  const question = await screen.findByRole('alertdialog', { name: /Restart network default now/ })
  expect(await within(question).findByText('web-01')).toBeTruthy()
  press('Restart network now', within(question))
  await waitFor(() =>
    expect(sent('networks.action')).toEqual([{ host, network: 'default', action: 'restart' }]),
  )
})

test('what a host refuses is said in the dialog, which keeps what was typed', async () => {
  show({
    create: () => {
      throw new AppError('invalid', 'The bridge is in use', { cure: 'Choose another name' })
    },
  })
  const dialog = await openForm('New network…')
  const name = await within(dialog).findByRole<HTMLInputElement>('textbox', { name: 'Name' })
  fireEvent.change(name, { target: { value: 'mine' } })
  press('Create', within(dialog))
  expect((await within(dialog).findByRole('alert')).textContent).toContain('Choose another name')
  expect(within(dialog).getByRole<HTMLInputElement>('textbox', { name: 'Name' }).value).toBe('mine')
})

test('on a read-only connection nothing can be changed, and the buttons say why', async () => {
  show({}, true)
  for (const name of ['New network…', 'Stop…', 'Edit…'])
    expect((await screen.findByRole('button', { name })).getAttribute('aria-disabled')).toBe('true')
  expect(screen.getByRole<HTMLInputElement>('switch', { name: 'Start with the host' }).disabled).toBe(true)
})

test('a host that is away is not asked and says what to do', () => {
  host = hostId.parse(`net${serial++}`)
  replaceHosts([testHost(host)])
  main = installFakeMain()
  render(<NetworksTab host={host} />)
  expect(screen.getByText('Connect the host to see its networks.')).toBeTruthy()
  expect(main.calls).toEqual([])
})

test('what changes on the host is seen without being asked for', async () => {
  let items = [nat]
  show({ list: () => ({ items }) })
  await screen.findByRole('heading', { name: 'default' })
  items = [nat, { ...nat, name: 'later', uuid: uuid(2) }]
  act(() => main.emit.hosts.resourceChanged({ host, resource: 'network', name: 'later' }))
  expect(await screen.findByRole('option', { name: /later/ })).toBeTruthy()
})

test('a bridge of the host tells how it works, and nothing that the host did not tell', async () => {
  show()
  fireEvent.click(await screen.findByRole('option', { name: /^br0/ }))
  const page = await screen.findByRole('region', { name: 'Interface br0' })
  for (const text of ['Spanning tree (STP)', 'On', 'Forward delay', '15 s', 'VLAN filtering', 'Off'])
    expect(page.textContent).toContain(text)
  expect(page.textContent).toContain('9000 bytes (MTU)')
  expect(page.textContent).not.toContain('Priority')
})

test('a filter in use is not deleted: it says who uses it', async () => {
  const filter = {
    name: 'clean-traffic',
    uuid: uuid(7),
    xml: '<filter/>',
    base: 'f',
    ruleCount: 2,
    includes: [],
    usedBy: ['VM web-01'],
  }
  show({ filters: () => ({ items: [filter] }) })
  fireEvent.click(await screen.findByRole('option', { name: /clean-traffic/ }))
  fireEvent.click(await screen.findByRole('button', { name: 'Delete…' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(await within(dialog).findByText('VM web-01')).toBeTruthy()
  expect(within(dialog).queryByRole('button', { name: 'Delete filter' })).toBeNull()
})

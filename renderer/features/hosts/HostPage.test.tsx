import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import type { ConsoleSecurity } from '../../../shared/model/console-security'
import type { FirewallRules } from '../../../shared/model/firewall'
import type { GuestCapabilities, HostCapabilities, HostDetails } from '../../../shared/model/host-details'
import type { Host, HostStatus } from '../../../shared/model/host'
import { hostId, vmId, type HostId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain, type Answers } from '../../api/fake'
import { replaceHosts, useHosts } from '../../stores/hosts'
import { replaceVms } from '../../stores/vms'
import { HostPage } from './HostPage'

const gib = 1024 ** 3
const unknown = 'unknown'

const details: HostDetails = {
  os: 'Debian GNU/Linux 12',
  cpu: { model: 'EPYC', vendor: 'AMD', sockets: 2, dies: 2, cores: 8, threads: 16 },
  memory: { totalBytes: 32 * gib, freeBytes: 20 * gib },
  cells: [{ id: 0, cpuCount: 16, cpus: '0-15', memoryBytes: 32 * gib, hugePages: [] }],
  daemon: { daemonVersion: '9.0.0', answerMs: 3 },
  connection: { reach: 'ssh', isSecure: true, isEncrypted: true, account: 'ops' },
  services: {
    network: ['NetworkManager'],
    bridgeHelper: { isInstalled: true, isSetuid: true, bridges: ['br0', 'br1'] },
    loopDevices: { inUse: 8, limit: 8 },
  },
  hardening: {
    securityModels: ['dac'],
    ksm: 'on',
    smt: unknown,
    nested: unknown,
    seccomp: unknown,
    smep: unknown,
    smap: unknown,
    hap: unknown,
    whyUnknown: 'No command can be run.',
  },
}

const machines = Array.from({ length: 1000 }, (_, index) => ({
  name: `pc-q35-${index}`,
  isDeprecated: false,
}))
const capabilities: HostCapabilities = {
  guests: [
    {
      architecture: 'x86_64',
      osType: 'hvm',
      wordSize: 64,
      virtTypes: [{ name: 'kvm' }],
      machines,
      features: [],
    },
  ],
}
const guest: GuestCapabilities = {
  virtType: 'kvm',
  architecture: 'x86_64',
  firmware: { kinds: ['efi'], loaders: [], secureBoot: 'no' },
  cpuModes: [],
  cpuModels: [{ name: 'Denverton', usable: 'no', isDeprecated: false, blockers: ['mpx'] }],
  devices: [],
  features: [],
}

function vmOf(id: HostId, name: string, last: number, more: Partial<Vm> = {}): Vm {
  return {
    id: vmId.parse(`11111111-2222-3333-4444-00000000000${last}`),
    host: id,
    name,
    state: 'running',
    isPersistent: true,
    hasSavedState: false,
    autostart: false,
    vcpuCount: 10,
    memoryBytes: gib,
    maxMemoryBytes: 8 * gib,
    ...more,
  }
}

function consoles(vms: readonly Vm[]): ConsoleSecurity {
  const listening = (address: string, scope: 'loopback' | 'all') => ({
    type: 'vnc',
    listen: { kind: 'address' as const, address, scope },
    port: 5900,
    password: 'no' as const,
    isPasswordTooLong: false,
    encrypted: 'no' as const,
    verifiesClients: 'no' as const,
    sasl: 'no' as const,
  })
  return {
    reach: 'ssh',
    isXen: false,
    defaults: { kind: 'unreadable', why: 'Root only.' },
    vms: vms.map(({ id, name }, index) => ({
      id,
      name,
      isRunning: true,
      displays: [index === 0 ? listening('127.0.0.1', 'loopback') : listening('0.0.0.0', 'all')],
      pending: [],
      emulated: [],
      isPinned: false,
      isUnconfined: false,
    })),
  }
}

let serial = 0

function show(answers: Answers['hosts'] = {}, isConnected = true) {
  // each test has a host of its own: a window keeps what a host said
  const id = hostId.parse(`h${serial++}`)
  const info = {
    hostname: 'rack-1',
    hypervisor: 'QEMU',
    cpuCount: 16,
    memoryBytes: 32 * gib,
    cpuModel: 'EPYC',
  }
  const status = isConnected
    ? { kind: 'connected', sinceMs: 0, info, features: {} }
    : { kind: 'disconnected', sinceMs: 0 }
  const vms = [vmOf(id, 'safe-01', 1), vmOf(id, 'careless-02', 2, { state: 'shut-off' })]
  const main = installFakeMain({
    hosts: {
      details: () => details,
      capabilities: () => capabilities,
      guestCapabilities: () => guest,
      consoleSecurity: () => consoles(vms),
      ...answers,
    },
  })
  replaceHosts([
    {
      id,
      uri: 'qemu+ssh://ops@rack-1/system',
      label: 'rack-1',
      lastInfo: info,
      status: status as HostStatus,
    } as Host,
  ])
  replaceVms(vms)
  render(<HostPage id={id}>the list of VMs</HostPage>)
  return main
}

const openTab = (name: string): void => void fireEvent.click(screen.getByRole('tab', { name }))

beforeEach(() => {
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
  vi.unstubAllGlobals()
})

test('the page opens on the VMs and asks the host nothing until it is wanted', () => {
  const main = show()
  expect(screen.getByText('the list of VMs')).toBeTruthy()
  expect(main.calls).toEqual([])
})

test('a page that another feature hands in stands beside the VMs and is drawn when it is looked at', () => {
  show()
  cleanup()
  const host = useHosts.getState().order[0] ?? hostId.parse('h')
  render(
    <HostPage id={host} extraTabs={[{ id: 'cellar', label: 'Cellar', content: 'barrels' }]}>
      the list of VMs
    </HostPage>,
  )
  expect(screen.getAllByRole('tab').map((tab) => tab.textContent)).toEqual([
    'Virtual machines',
    'Cellar',
    'Overview',
    'Capabilities',
    'Console security',
    'Security',
  ])
  expect(screen.queryByText('barrels')).toBeNull()
  openTab('Cellar')
  expect(screen.getByText('barrels')).toBeTruthy()
})

test('the overview sets what is promised against what there is', async () => {
  show()
  openTab('Overview')
  const cpu = await screen.findByRole('region', { name: 'CPU' })
  expect(within(cpu).getByText('2 sockets · 8 cores · 16 threads')).toBeTruthy()
  expect(
    within(cpu).getByRole('meter', { name: 'Promised to running VMs' }).getAttribute('aria-valuetext'),
  ).toBe('10 vCPUs · 63 %')
  expect(within(cpu).getByRole('meter', { name: 'Promised to all VMs' }).getAttribute('aria-valuetext')).toBe(
    '20 vCPUs · 125 %',
  )
  expect(within(cpu).getByText('over-committed')).toBeTruthy()
  const memory = screen.getByRole('region', { name: 'Memory' })
  expect(within(memory).getByText('8 GiB · 25 %')).toBeTruthy()
  const connection = screen.getByRole('region', { name: 'Connection' })
  for (const text of ['By ssh', 'Encrypted', 'ops', '9.0.0', '3 ms']) {
    expect(within(connection).getByText(text)).toBeTruthy()
  }
})

test('the page names what sets up the network, who may use bridges, and loop devices that are all taken', async () => {
  show()
  openTab('Overview')
  const card = await screen.findByRole('region', { name: 'Host' })
  expect(within(card).getByText('NetworkManager')).toBeTruthy()
  expect(within(card).getByText('Ordinary users may use br0, br1')).toBeTruthy()
  expect(within(card).getByText(/^8 in use, as many as max_loop allows/)).toBeTruthy()
})

test('what page merging saves and who gets huge pages is told where the host tells it', async () => {
  const merging = {
    isOn: true,
    keptPages: 900,
    savedPages: 262_144,
    savedBytes: gib,
    pagesPerScan: 100,
    pauseMs: 20,
  }
  show({
    details: () => ({ ...details, memory: { ...details.memory, merging, transparentHugePages: 'madvise' } }),
  })
  openTab('Overview')
  expect(await screen.findByText('On, saves 1 GiB · 900 pages shared')).toBeTruthy()
  expect(screen.getByText('100 pages every 20 ms')).toBeTruthy()
  expect(screen.getByText(/programs that ask/)).toBeTruthy()
})

test('a host that does not answer says so and can be asked again', async () => {
  let isDown = true
  show({
    details: () => {
      if (isDown) throw new AppError('timed-out', 'The host did not answer in time')
      return details
    },
  })
  openTab('Overview')
  expect((await screen.findByRole('alert')).textContent).toContain('The host did not answer in time')
  isDown = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('Debian GNU/Linux 12')).toBeTruthy()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('a host that is away is not asked, and says that it must be connected', () => {
  const main = show({}, false)
  openTab('Capabilities')
  expect(screen.getByText('Connect the host to see this.')).toBeTruthy()
  expect(main.calls).toEqual([])
})

test('a search in the capabilities finds a machine among a thousand, and what blocks a CPU model', async () => {
  show()
  openTab('Capabilities')
  const search = await screen.findByRole('searchbox', { name: 'Search the capabilities' })
  const list = await screen.findByRole('region', { name: 'Machine types' })
  expect(within(list).getAllByRole('listitem')).toHaveLength(1000)
  fireEvent.change(search, { target: { value: 'q35-777' } })
  expect(
    within(list)
      .getAllByRole('listitem')
      .map((item) => item.textContent),
  ).toEqual(['pc-q35-777'])
  fireEvent.change(search, { target: { value: 'mpx' } })
  expect(await screen.findByText('lacks mpx')).toBeTruthy()
})

test('the console that is open to the network stands first, with its reason and cure', async () => {
  show()
  openTab('Console security')
  const table = await screen.findByRole('table', { name: 'Consoles' })
  const rows = within(table).getAllByRole('button')
  expect(rows.map((row) => row.textContent)).toEqual(['careless-02', 'safe-01'])
  expect(within(table).getByText('Open to the network')).toBeTruthy()
  expect(within(table).getByText('Only from the host')).toBeTruthy()
  expect(within(table).getByText('VNC on 0.0.0.0:5900')).toBeTruthy()
  fireEvent.click(within(table).getByRole('button', { name: 'careless-02' }))
  expect(within(table).getByText(/can see and use this screen/).textContent).toContain('connect by ssh')
  expect(screen.getByText('They cannot be read: Root only.')).toBeTruthy()
  expect(screen.getByText(/two different things/)).toBeTruthy()
})

test('security advice begins with what should be changed, and what is unknown says why', async () => {
  show()
  openTab('Security')
  const items = await screen.findAllByRole('heading', { level: 3 })
  expect(items[0]?.textContent).toBe('Guests are confined (sVirt, FLASK)')
  expect(screen.getByText(/Only file ownership \(dac\)/)).toBeTruthy()
  expect(screen.getAllByText('No command can be run.').length).toBeGreaterThan(0)
  expect(await screen.findByText(/has no firmware for it/)).toBeTruthy()
})

test('firewall rules are read when somebody asks, as the host prints them; without any that is said', async () => {
  let lists: FirewallRules['lists'] = [{ command: 'nft list ruleset', text: 'table ip filter {\n}' }]
  const main = show({
    firewall: () => {
      if (lists.length > 1) throw new AppError('denied', 'The account may not read the firewall')
      return { lists }
    },
  })
  openTab('Security')
  const card = within(await screen.findByRole('region', { name: 'Firewall rules' }))
  expect(main.calls.filter(({ channel }) => channel === 'hosts.firewall')).toEqual([])
  fireEvent.click(card.getByRole('button', { name: 'Read the rules' }))
  expect(await card.findByText('nft list ruleset')).toBeTruthy()
  expect(card.getByText(/table ip filter/)).toBeTruthy()
  lists = []
  fireEvent.click(card.getByRole('button', { name: 'Read again' }))
  expect(await card.findByText(/it has no rules/)).toBeTruthy()
  lists = [
    { command: 'a', text: 'a' },
    { command: 'b', text: 'b' },
  ]
  fireEvent.click(card.getByRole('button', { name: 'Read again' }))
  expect((await card.findByRole('alert')).textContent).toContain('The account may not read the firewall')
})

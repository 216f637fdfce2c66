import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../../shared/errors'
import type { Host, HostStatus } from '../../../shared/model/host'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import { packTick } from '../../../shared/model/packed-tick'
import type { Vm } from '../../../shared/model/vm'
import type { VmOverview } from '../../../shared/model/vm-overview'
import { installFakeMain, type Answers } from '../../api/fake'
import { replaceHosts } from '../../stores/hosts'
import { applyVmChanges, replaceVms } from '../../stores/vms'
// Loaded lazily by the page; here beforehand, so that no test waits for the compiler.
import '../../ui/xml-editor/XmlEditor'
import '../../ui/xml-editor/test-layout'
import { VmOverviewTab } from './VmOverviewTab'

const host = hostId.parse('h')
const id = vmId.parse('11111111-2222-3333-4444-555555555555')
const gib = 1024 ** 3
const path = '/var/lib/libvirt/images/customers/northwind/production/web-01.qcow2'

const record: Vm = {
  id,
  host,
  name: 'web-01',
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 2,
  memoryBytes: gib,
  maxMemoryBytes: gib,
}

const overview: VmOverview = {
  name: 'web-01',
  description: '<img src=x onerror=alert(1)>',
  uuid: id,
  virtType: 'kvm',
  osType: 'hvm',
  cpu: { count: 2, maxCount: 2 },
  memory: { currentBytes: gib, maxBytes: gib },
  bootOrder: ['hd'],
  disks: [
    {
      target: 'vda',
      device: 'disk',
      bus: 'virtio',
      source: path,
      format: 'qcow2',
      isReadOnly: false,
      isShareable: false,
    },
    { target: 'sda', device: 'cdrom', bus: 'sata', isReadOnly: true, isShareable: false },
  ],
  nics: [{ source: 'bridge br0', mac: '52:54:00:00:00:01', model: 'virtio', isLinkUp: false }],
  displays: [{ type: 'vnc' }],
  serialCount: 1,
  hasGuestAgentChannel: false,
  hasTpm: false,
}

function show(answers: Answers['vms'] = {}, vm: Vm | undefined = record, canAutostart = true) {
  const main = installFakeMain({
    vms: { overview: () => overview, setAutostart: () => taskId.parse('t'), ...answers },
    app: { copyText: () => undefined },
  })
  const status = {
    kind: 'connected',
    sinceMs: 0,
    info: { cpuCount: 8, connectedUri: 'qemu:///system' },
    features: { canAutostart },
  } as HostStatus
  replaceHosts([
    { id: host, uri: 'test:///', label: 'rack-1', autoconnect: true, isDemo: false, status } as Host,
  ])
  replaceVms(vm ? [vm] : [])
  render(<VmOverviewTab host={host} vm={id} />)
  return main
}

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

test('the definition is told in words, and markup in it stays text', async () => {
  show()
  const general = await screen.findByRole('region', { name: 'General' })
  expect(within(general).getByText('rack-1')).toBeTruthy()
  const description = screen.getByRole('region', { name: 'Description' })
  expect(within(description).getByText('<img src=x onerror=alert(1)>')).toBeTruthy()
  expect(document.querySelector('img')).toBeNull()
  const disks = screen.getByRole('table', { name: 'Disks' })
  expect(within(disks).getByTitle(path).textContent).toBe(path)
  expect(within(disks).getByText('Empty')).toBeTruthy()
  expect(
    within(screen.getByRole('table', { name: 'Network cards' })).getByText('virtio · link down'),
  ).toBeTruthy()
})

test('the definition names its file on the host, unless nothing is stored', async () => {
  show({ xml: () => '<domain/>' })
  await screen.findByRole('region', { name: 'General' })
  const panel = screen.getByText('Definition (XML)').closest('details') as HTMLDetailsElement
  panel.open = true
  fireEvent(panel, new Event('toggle'))
  expect(await screen.findByText('/etc/libvirt/qemu/web-01.xml')).toBeTruthy()
  act(() => replaceVms([{ ...record, isPersistent: false }]))
  expect(screen.queryByText('/etc/libvirt/qemu/web-01.xml')).toBeNull()
})

test('a guest that is off is not asked for addresses', async () => {
  const main = show({}, { ...record, state: 'shut-off' })
  await screen.findByRole('region', { name: 'General' })
  expect(main.calls.map(({ channel }) => channel)).not.toContain('vms.addresses')
})

test('paths and the UUID are copied whole', async () => {
  const main = show()
  fireEvent.click(await screen.findByRole('button', { name: 'Copy path' }))
  fireEvent.click(screen.getByRole('button', { name: 'Copy UUID' }))
  const copied = main.calls.filter(({ channel }) => channel === 'app.copyText').map(({ input }) => input)
  expect(copied).toEqual([{ text: path }, { text: id }])
})

test('the page is read again when the VM changes', async () => {
  let name = 'web-01'
  const main = show({ overview: () => ({ ...overview, title: `title of ${name}` }) })
  await screen.findByText('title of web-01')
  name = 'web-02'
  act(() => applyVmChanges([{ kind: 'put', vm: { ...record, name } }]))
  await screen.findByText('title of web-02')
  expect(main.calls.filter(({ channel }) => channel === 'vms.overview')).toHaveLength(2)
})

test('a failure is shown with a way to try again, which succeeds', async () => {
  let isDown = true
  show({
    overview: () => {
      if (isDown) throw new AppError('timed-out', 'The host did not answer', { detail: 'timeout' })
      return overview
    },
  })
  expect((await screen.findByRole('alert')).textContent).toContain('The host did not answer')
  isDown = false
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await screen.findByRole('region', { name: 'General' })
  expect(screen.queryByRole('alert')).toBeNull()
})

test('a VM deleted elsewhere while its page is open is told', async () => {
  show()
  await screen.findByRole('region', { name: 'General' })
  act(() => applyVmChanges([{ kind: 'removed', ref: { host, vm: id } }]))
  expect(screen.getByRole('heading', { name: 'This VM no longer exists' })).toBeTruthy()
})

test('autostart asks the host and its mark waits for the answer of the host', async () => {
  const main = show()
  const box = await screen.findByRole<HTMLInputElement>('checkbox', { name: 'Start when the host starts' })
  fireEvent.click(box)
  expect(main.calls.at(-1)).toEqual({ channel: 'vms.setAutostart', input: { host, vm: id, autostart: true } })
  expect(box.checked).toBe(false)
  act(() => applyVmChanges([{ kind: 'put', vm: { ...record, autostart: true } }]))
  expect(box.checked).toBe(true)
})

test('autostart that cannot be set says why', async () => {
  show({}, { ...record, isPersistent: false })
  expect(await screen.findByText('Not possible for a transient VM')).toBeTruthy()
  expect(screen.getByRole<HTMLInputElement>('checkbox').disabled).toBe(true)
})

test('the definition is fetched only when it is unfolded', async () => {
  const main = show({ xml: () => "<domain type='kvm'/>" })
  await screen.findByRole('region', { name: 'General' })
  const panel = screen.getByText('Definition (XML)').closest('details') as HTMLDetailsElement
  expect(main.calls.map(({ channel }) => channel)).not.toContain('vms.xml')
  panel.open = true
  fireEvent(panel, new Event('toggle'))
  const text = await screen.findByLabelText('Definition (XML)', {}, { timeout: 10_000 })
  expect(text.textContent).toBe("<domain type='kvm'/>")
  expect(text.getAttribute('aria-readonly')).toBe('true')
  fireEvent.click(screen.getByRole('button', { name: 'Copy definition' }))
  expect(main.calls.at(-1)).toEqual({ channel: 'app.copyText', input: { text: "<domain type='kvm'/>" } })
})

test('a running VM shows its load in figures', async () => {
  const main = show({}, { ...record, state: 'running' })
  await screen.findByRole('region', { name: 'CPU load' })
  act(() =>
    main.emit.stats.tick(
      packTick({
        host,
        atMs: 2000,
        samples: [{ id, cpuPercent: 10, memoryBytes: gib / 2, diskReadBytesPerSecond: 2048 }],
      }),
    ),
  )
  expect(screen.getByRole('region', { name: 'CPU load' }).textContent).toContain('40 %')
  expect(screen.getByRole('region', { name: 'Memory load' }).textContent).toContain('512 MiB')
  expect(screen.getByRole('region', { name: 'Disk load' }).textContent).toContain('2 KiB/s')
})

test('a running guest’s addresses stand at its network card, each with who says so', async () => {
  show(
    {
      addresses: () => [
        {
          mac: '52:54:00:00:00:01',
          name: 'eth0',
          addresses: [
            { address: '192.0.2.7', prefix: 24, from: 'agent' },
            { address: 'fe80::1', prefix: 64, from: 'arp' },
          ],
        },
        { mac: '52:54:00:00:00:99', addresses: [{ address: '192.0.2.99', prefix: 24, from: 'lease' }] },
      ],
    },
    { ...record, state: 'running' },
  )
  const list = await screen.findByRole('list', { name: 'Addresses in the guest' })
  const entries = within(list).getAllByRole('listitem')
  expect(entries.map(({ textContent }) => textContent)).toEqual(['192.0.2.7', 'fe80::1'])
  expect(entries.map(({ title }) => title)).toEqual([
    '192.0.2.7/24. Told by the agent in the guest',
    'fe80::1/64. Seen by the host as a neighbour',
  ])
  // a card that the definition does not have is none of its
  expect(screen.queryByText('192.0.2.99')).toBeNull()
})

// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId, taskId } from '../../../shared/model/ids'
import type { ForeignVm } from '../../../shared/model/new-vm/foreign'
import type { NewVmInput } from '../../../shared/model/new-vm/new-vm'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import { replaceTasks } from '../../stores/tasks'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { forgetFailed } from './failed-drafts'

configure({ asyncUtilTimeout: 20_000 })

const host = hostId.parse('a')
const xl: ForeignVm = {
  format: 'xl',
  name: 'mail',
  memoryBytes: 2 * 1024 ** 3,
  vcpuCount: 3,
  isParavirtual: false,
  disks: [
    { file: '/dev/vg0/mail', format: 'raw', bus: 'ide', device: 'disk', isReadOnly: false },
    { file: '/iso/a.iso', device: 'disc', isReadOnly: true },
  ],
  nics: [{ mac: '00:16:3e:11:22:33', model: 'e1000', network: 'default' }],
  notes: ['Not taken along: tsc_mode.'],
}

function show(readForeign: () => ForeignVm): FakeMain {
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
      choices: () => ({
        networks: { items: [{ name: 'default', isActive: true, forward: 'nat', portGroups: [] }] },
        interfaces: { items: [] },
        filters: { items: [] },
        pools: { items: [{ name: 'images', state: 'running', type: 'dir', path: '/pools/images' }] },
        secrets: { items: [] },
        macs: { items: [] },
      }),
      nodeDevices: () => [],
      volumes: () => ({ volumes: [], isTruncated: false }),
    },
    files: { chooseLocal: () => ({ id: 'chosen', name: 'mail.cfg', sizeBytes: 4 }) },
    newVm: {
      readBundle: () => null,
      readForeign,
      create: () => taskId.parse('creating'),
      plan: (input) => ({
        xml: '<domain/>',
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
        files: [],
        problems: [],
        commandNotes: [],
      }),
    },
  })
  render(<Dialogs />)
  act(() => openDialog({ kind: 'newVm', host }))
  return main
}

async function choose(): Promise<void> {
  fireEvent.click(await screen.findByRole('button', { name: /From another hypervisor/ }))
}

const created = (main: FakeMain): NewVmInput[] =>
  main.calls.filter(({ channel }) => channel === 'newVm.create').map(({ input }) => input as NewVmInput)

beforeEach(() => {
  replaceHosts([connectedHost('a')])
  replaceVms([])
  replaceTasks([])
})
afterEach(() => {
  act(closeDialog)
  cleanup()
  forgetHostData()
  forgetFailed(host)
})

it('a file of Xen fills in the wizard, tells what is lost, and becomes a VM that is not started', async () => {
  const main = show(() => xl)
  await screen.findByRole('radio', { name: 'Existing disk' })
  await choose()
  expect(await screen.findByRole('heading', { name: 'mail of Xen' })).toBeTruthy()
  expect(main.calls.find(({ channel }) => channel === 'newVm.readForeign')?.input).toEqual({
    file: 'chosen',
  })
  expect(screen.getByText('Not taken along: tsc_mode.')).toBeTruthy()
  expect(screen.getByText(/Discs are not taken along/)).toBeTruthy()
  expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'mail')
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]).toMatchObject({
    name: 'mail',
    source: { kind: 'import' },
    vcpuCount: 3,
    memoryBytes: 2 * 1024 ** 3,
    disks: [{ kind: 'existing', image: { kind: 'path', path: '/dev/vg0/mail' }, bus: 'sata' }],
    nics: [{ source: { kind: 'network', name: 'default' }, model: 'e1000' }],
    startsNow: false,
  })
})

it('a box of Vagrant brings its disk with it, on virtio, and tells that everybody knows its password', async () => {
  const local = { kind: 'local' as const, file: 'chosen', member: 'box.img' }
  const main = show(() => ({
    format: 'box',
    name: 'leap',
    isParavirtual: false,
    disks: [
      {
        file: 'box.img',
        format: 'qcow2',
        bus: 'virtio',
        device: 'disk',
        isReadOnly: false,
        sizeBytes: 20 * 1024 ** 3,
        local,
      },
    ],
    nics: [{ model: 'virtio' }],
    notes: ['Everybody knows how to sign in to a public box'],
  }))
  await choose()
  expect(await screen.findByRole('heading', { name: 'leap of Vagrant' })).toBeTruthy()
  expect(screen.getByText('Everybody knows how to sign in to a public box')).toBeTruthy()
  expect(screen.getByText(/beside the file, or in it, are uploaded to images/)).toBeTruthy()
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]).toMatchObject({
    name: 'leap',
    disks: [{ kind: 'new', original: local, bus: 'virtio', sizeBytes: 20 * 1024 ** 3 }],
    nics: [{ model: 'virtio' }],
  })
})

it('disks in pools are converted, with the copy in the usual pool, or used in place where that is wanted', async () => {
  const main = show(() => ({
    ...xl,
    disks: [{ file: '/pools/images/mail.vmdk', format: 'vmdk', device: 'disk', isReadOnly: false }],
  }))
  await choose()
  expect(await screen.findByRole('radio', { name: 'Convert into images' })).toHaveProperty('checked', true)
  expect(screen.getByText(/The disks are copied and stay as they are/)).toBeTruthy()
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]).toMatchObject({
    source: { kind: 'import' },
    disks: [
      {
        kind: 'new',
        pool: 'images',
        format: 'qcow2',
        original: { kind: 'path', path: '/pools/images/mail.vmdk' },
        bus: 'sata',
      },
    ],
  })
})

it('disks beside the file are uploaded and converted when the VM is made, as large as the file says', async () => {
  const local = { kind: 'local' as const, file: 'chosen', member: 'mail.vmdk' }
  const main = show(() => ({
    ...xl,
    format: 'ovf',
    disks: [{ file: 'mail.vmdk', device: 'disk', isReadOnly: false, sizeBytes: 8 * 1024 ** 3, local }],
  }))
  await choose()
  expect(await screen.findByText(/uploaded to images and converted there/)).toBeTruthy()
  expect(screen.queryByRole('radio', { name: 'Use in place' })).toBeNull()
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]).toMatchObject({
    source: { kind: 'import' },
    disks: [{ kind: 'new', pool: 'images', format: 'qcow2', sizeBytes: 8 * 1024 ** 3, original: local }],
  })
})

it('using them in place keeps the image that was found', async () => {
  const main = show(() => ({
    ...xl,
    disks: [{ file: '/pools/images/mail.vmdk', device: 'disk', isReadOnly: false }],
  }))
  await choose()
  fireEvent.click(await screen.findByRole('radio', { name: 'Use in place' }))
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]).toMatchObject({
    disks: [{ kind: 'existing', image: { kind: 'path', path: '/pools/images/mail.vmdk' } }],
  })
})

it('virtio devices are chosen in one place for disks and cards', async () => {
  const main = show(() => xl)
  await choose()
  fireEvent.click(await screen.findByRole('radio', { name: /^virtio/ }))
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]).toMatchObject({ disks: [{ bus: 'virtio' }], nics: [{ model: 'virtio' }] })
})

it('another source takes away what the file filled in', async () => {
  show(() => xl)
  await choose()
  await screen.findByRole('heading', { name: 'mail of Xen' })
  fireEvent.click(screen.getByRole('radio', { name: 'No medium' }))
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'mail of Xen' })).toBeNull())
})

it('disks whose place is not known are asked for', async () => {
  show(() => ({ ...xl, format: 'vmx', disks: [{ file: 'mail.vmdk', device: 'disk', isReadOnly: false }] }))
  await choose()
  expect(await screen.findByText(/choose each of them at Storage/)).toBeTruthy()
  expect(screen.queryByText('Ready to create')).toBeNull()
})

it('a file that cannot be read is told with its line', async () => {
  show(() => {
    throw new AppError('invalid', 'Line 3: "=" is missing after name', { cure: 'Mend the file.' })
  })
  await choose()
  expect(await screen.findByText(/Line 3: "=" is missing/)).toBeTruthy()
})

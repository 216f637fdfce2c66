// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId, taskId } from '../../../shared/model/ids'
import type { DetectedTree } from '../../../shared/model/new-vm/install-tree'
import type { NewVmInput, NewVmPlan } from '../../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../../shared/model/os/os'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { treeText } from './InstallTree'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 10_000 })

const host = hostId.parse('a')
const url = 'http://mirror.example/42/os'

const fedora: OsKnowledge = {
  id: 'http://fedoraproject.org/fedora/42',
  shortId: 'fedora42',
  shortIds: ['fedora42'],
  name: 'Fedora Linux 42',
  isEnded: false,
  derivesFrom: [],
  devices: ['q35'],
  resources: [],
  firmware: [],
  variants: [],
  media: [],
  trees: [],
  images: [],
  scripts: [],
}

const tree: DetectedTree = {
  os: { id: fedora.id, shortId: 'fedora42', name: fedora.name },
  label: 'Fedora 42',
  arch: 'x86_64',
  variant: 'Server',
  kernel: 'images/pxeboot/vmlinuz',
  initrd: 'images/pxeboot/initrd.img',
  installer: 'anaconda',
  urlArgument: 'inst.repo',
}

const planOf = ({ name }: Pick<NewVmInput, 'name'>): NewVmPlan => ({
  xml: `<domain><name>${name}</name></domain>`,
  base: 'unchanged',
  view: {
    base: '',
    name,
    guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
    isRunning: false,
    isPersistent: true,
    items: [],
    pending: [],
  },
  files: [
    { action: 'fetch', what: 'kernel', name: 'images/k', path: '/pools/images/k', from: `${url}/vmlinuz` },
  ],
  problems: [],
  kernelLine: `inst.repo=${url}/ console=ttyS0`,
  command: 'virt-install',
  commandNotes: [],
})

function show(detectTree: (input: { url: string }) => DetectedTree): FakeMain {
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
        firmware: { kinds: ['bios'], loaders: [], secureBoot: 'no' },
        cpuModes: [],
        cpuModels: [],
        devices: [],
        features: [],
      }),
      choices: () => ({
        networks: { items: [] },
        interfaces: { items: [] },
        filters: { items: [] },
        pools: { items: [{ name: 'images', state: 'running', type: 'dir', path: '/pools/images' }] },
        secrets: { items: [] },
        macs: { items: [] },
      }),
      nodeDevices: () => [],
      volumes: () => ({ volumes: [], isTruncated: false }),
    },
    media: { detectTree },
    os: { get: () => fedora, search: () => [fedora] },
    newVm: { plan: planOf, create: () => taskId.parse('creating') },
  })
  render(<Dialogs />)
  act(() => openDialog({ kind: 'newVm', host }))
  return main
}

const sent = (main: FakeMain, channel: string): unknown[] =>
  main.calls.filter((call) => call.channel === channel).map(({ input }) => input)
const type = (name: string, value: string): void =>
  void fireEvent.change(screen.getByRole(name === 'Address' ? 'combobox' : 'textbox', { name }), {
    target: { value },
  })
const begin = async (): Promise<void> => {
  fireEvent.click(await screen.findByRole('radio', { name: 'Network install' }))
}

beforeEach(() => {
  replaceHosts([connectedHost('a')])
  replaceVms([])
})
afterEach(() => {
  act(closeDialog)
  cleanup()
  forgetHostData()
})

it('an address tells the system, and with arguments, answers and a text console makes the VM', async () => {
  const main = show(() => tree)
  await begin()
  for (const value of ['http://m', 'http://mirror.exam', url]) type('Address', value)
  await screen.findByText('Fedora Linux 42 installer, Server, x86_64')
  // only what was typed in the end is looked at
  expect(sent(main, 'media.detectTree')).toEqual([{ url }])
  expect(screen.getByText(/Kickstart file/)).toBeTruthy()
  fireEvent.click(screen.getByRole('radio', { name: 'A file at an address' }))
  type('File with answers', 'http://a.example/ks')
  type('Arguments for the kernel', 'ip=dhcp')
  fireEvent.click(screen.getByRole('switch', { name: /text console/ }))
  await waitFor(() =>
    expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'fedora42'),
  )
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('tab', { name: /^Summary/ }))
  expect(await screen.findByText(`inst.repo=${url}/ console=ttyS0`)).toBeTruthy()
  expect(screen.getByText(/kernel of the installer, fetched from/).textContent).toContain(
    'removed once the VM runs',
  )
  expect(screen.getByRole('switch', { name: /Start it now/ })).toHaveProperty('disabled', true)
  fireEvent.click(screen.getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(sent(main, 'newVm.create')).toHaveLength(1))
  expect(sent(main, 'newVm.create')[0]).toMatchObject({
    name: 'fedora42',
    osId: fedora.id,
    source: {
      kind: 'tree',
      url,
      answersUrl: 'http://a.example/ks',
      kernelArgs: 'ip=dhcp',
      isTextConsole: true,
    },
    graphics: 'none',
    startsNow: true,
  })
  act(() => openDialog({ kind: 'newVm', host }))
  await begin()
  fireEvent.click(screen.getByRole('button', { name: /Offers for Address/ }))
  expect(await screen.findByRole('option', { name: new RegExp(url) })).toBeTruthy()
})

it('what is no address, or leads to nothing, is told at its field and can be looked at again', async () => {
  let isThere = false
  show(() => {
    if (isThere) return tree
    throw new AppError('not-found', 'There is nothing to install from', { cure: 'Enter another folder.' })
  })
  await begin()
  type('Address', 'ftp://a/b')
  const field = screen.getByRole('tabpanel', { name: /^Source/ })
  expect(await within(field).findByText(/begins with http:/)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Look again' })).toBeNull()
  type('Address', url)
  expect(await screen.findByText('There is nothing to install from. Enter another folder.')).toBeTruthy()
  isThere = true
  fireEvent.click(screen.getByRole('button', { name: 'Look again' }))
  await screen.findByText('Fedora Linux 42 installer, Server, x86_64')
  expect(screen.queryByText(/nothing to install/)).toBeNull()
})

it('a folder is told by its system, or in its own words', () => {
  const { os: _, ...unknown } = tree
  expect(treeText(unknown)).toBe('“Fedora 42” installer, Server, x86_64')
  expect(treeText({ label: '', kernel: 'k', installer: 'other' })).toBe('An unknown system installer')
})

it('a file of answers is opened from this computer and goes with the first start', async () => {
  const main = show(() => tree)
  await begin()
  type('Address', url)
  await screen.findByText('Fedora Linux 42 installer, Server, x86_64')
  fireEvent.click(screen.getByRole('radio', { name: 'My own file' }))
  expect(screen.getByText(/finds a Kickstart file in its initrd/)).toBeTruthy()
  expect(screen.queryByText('Pool for the disc')).toBeNull()
  const files = [new File(['text\n# mine\n'], 'ks.cfg')]
  fireEvent.change(screen.getByLabelText('File with answers of this computer'), { target: { files } })
  await waitFor(() => {
    const last = sent(main, 'newVm.plan').at(-1)
    expect(last).toMatchObject({
      source: { kind: 'tree', answers: { kind: 'own', text: 'text\n# mine\n' } },
    })
  })
})

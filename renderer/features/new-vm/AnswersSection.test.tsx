// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { hostId, taskId } from '../../../shared/model/ids'
import type { NewVmInput, NewVmPlan } from '../../../shared/model/new-vm/new-vm'
import type { OsKnowledge } from '../../../shared/model/os/os'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { forgetHostData } from '../../form/host-data'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { replaceTasks } from '../../stores/tasks'
import { connectedHost } from '../../stores/test-host'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'
import { forgetFailed } from './failed-drafts'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 10_000 })

const host = hostId.parse('a')
const gib = 1024 ** 3

const fedora: OsKnowledge = {
  id: 'http://fedoraproject.org/fedora/42',
  shortId: 'fedora42',
  shortIds: ['fedora42'],
  name: 'Fedora 42',
  version: '42',
  family: 'linux',
  distro: 'fedora',
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
const win11: OsKnowledge = {
  ...fedora,
  id: 'http://microsoft.com/win/11',
  shortId: 'win11',
  shortIds: ['win11'],
  name: 'Windows 11',
  version: '11.0',
  family: 'winnt',
  distro: 'win',
}

const debian: OsKnowledge = {
  ...fedora,
  id: 'http://debian.org/debian/12',
  shortId: 'debian12',
  shortIds: ['debian12'],
  name: 'Debian 12',
  version: '12',
  distro: 'debian',
  trees: [
    { arch: 'i686', variants: [], url: 'http://deb.example.org/i386' },
    { arch: 'x86_64', variants: [], url: 'http://deb.example.org/amd64' },
  ],
}

const planOf = (name: string): NewVmPlan => ({
  xml: '<domain/>',
  base: '',
  view: {
    base: '',
    name,
    guest: { virtType: 'kvm', osType: 'hvm', architecture: 'x86_64', machine: 'q35' },
    isRunning: false,
    isPersistent: true,
    items: [],
    pending: [],
  },
  files: [{ action: 'create', what: 'answers', name: `images/${name}-answers.iso` }],
  problems: [],
  answers: [{ name: 'ks.cfg', text: 'rootpw --lock' }],
  commandNotes: [],
})

function show(os = fedora): FakeMain {
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
        networks: { items: [{ name: 'default', isActive: true, forward: 'nat', portGroups: [] }] },
        interfaces: { items: [] },
        filters: { items: [] },
        pools: {
          items: [
            { name: 'vg0', state: 'running', type: 'logical', path: '/dev/vg0', availableBytes: 900 * gib },
            { name: 'images', state: 'running', type: 'dir', path: '/images', availableBytes: 500 * gib },
          ],
        },
        secrets: { items: [] },
        macs: { items: [] },
      }),
      nodeDevices: () => [],
      volumes: ({ pool }) => ({
        volumes:
          pool === 'images'
            ? ['installer.iso', 'virtio-win-0.1.9.iso', 'virtio-win-0.1.248.iso'].map((name) => ({
                name,
                path: `/images/${name}`,
                type: 'file',
                format: 'iso',
              }))
            : [],
        isTruncated: false,
      }),
    },
    files: { publicKeys: () => [] },
    os: {
      get: ({ id }) => [fedora, win11, debian].find((one) => one.id === id || one.shortId === id),
      search: () => [],
    },
    media: {
      detect: () => ({
        label: 'Disc',
        sizeBytes: gib,
        startsBios: true,
        startsEfi: true,
        os: { id: os.id, shortId: os.shortId, name: os.name, isInstaller: true, isLive: false, others: [] },
      }),
    },
    newVm: { plan: ({ name }) => planOf(name), create: () => taskId.parse('creating') },
  })
  render(<Dialogs />)
  act(() => openDialog({ kind: 'newVm', host }))
  return main
}

const created = (main: FakeMain): NewVmInput[] =>
  main.calls.filter(({ channel }) => channel === 'newVm.create').map(({ input }) => input as NewVmInput)
const step = (name: string): HTMLElement => screen.getByRole('tab', { name: new RegExp(`^${name}`) })
const field = (name: string): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(name)
const type = (name: string, value: string): void => void fireEvent.change(field(name), { target: { value } })
const fieldError = (text: RegExp | string): Promise<HTMLElement> =>
  screen.findByText(text, { selector: '.field-error *' })
const create = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Create' }))
const chooseDisc = async (): Promise<void> => {
  fireEvent.click(await screen.findByRole('option', { name: /installer\.iso/ }))
  await screen.findByRole('radiogroup', { name: 'The installer’s questions' })
}
const choose = (name: string): void => void fireEvent.click(screen.getByRole('radio', { name }))

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

it('asks nothing unless it is wanted, and then a password and leave to erase the disk', async () => {
  const main = show()
  await chooseDisc()
  expect(screen.queryByLabelText('Password of the user')).toBeNull()
  expect(await screen.findByText(/finds a Kickstart file/)).toBeTruthy()
  choose('A short form')
  create()
  expect(await fieldError(/Enter a password/)).toBeTruthy()
  expect(await screen.findByText('Agree that the first disk is erased')).toBeTruthy()
  expect(created(main)).toEqual([])
  type('User', 'ann')
  type('Password of the user', 'secret word')
  type('Packages to install', 'vim, nginx')
  type('Time zone', 'Europe/Berlin')
  fireEvent.click(screen.getByRole('checkbox', { name: /erased without being asked/ }))
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]?.source).toEqual({
    kind: 'iso',
    disc: { kind: 'volume', pool: 'images', volume: 'installer.iso' },
    second: [],
    answers: {
      kind: 'form',
      pool: 'images',
      form: {
        user: { name: 'ann', fullName: '', password: 'secret word', sshKeys: [] },
        language: 'en_US',
        keyboard: 'us',
        timeZone: 'Europe/Berlin',
        packages: ['vim', 'nginx'],
        atEnd: 'reboot',
        erasesDisk: true,
      },
    },
  })
})

it('takes a file of the user instead, and shows what the installer will read', async () => {
  const main = show()
  await chooseDisc()
  choose('My own file')
  type('File', 'text\n')
  await screen.findByText('Ready to create')
  fireEvent.click(step('Summary'))
  fireEvent.click(await screen.findByRole('tab', { name: 'Answers' }))
  expect(await screen.findByText('rootpw --lock')).toBeTruthy()
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]?.source).toMatchObject({ answers: { kind: 'own', pool: 'images', text: 'text\n' } })
})

it('asks for what Windows has, and says where its drivers are looked for and how its password is kept', async () => {
  show(win11)
  await chooseDisc()
  expect(await screen.findByText(/add the disc with its drivers as a second disc/)).toBeTruthy()
  choose('A short form')
  expect(field('Edition').value).toBe('Windows 11 Pro')
  expect(screen.queryByLabelText('SSH keys')).toBeNull()
  expect(screen.getByText(/encoded, not encrypted/)).toBeTruthy()
  type('Product key', 'short')
  create()
  expect(await fieldError(/five groups/)).toBeTruthy()
})

it('offers no answers where a disc with them would be refused, and leads to the address that takes them', async () => {
  const main = show(debian)
  fireEvent.click(await screen.findByRole('option', { name: /installer\.iso/ }))
  expect(await screen.findByText(/looks for no answers on a disc/)).toBeTruthy()
  expect(screen.queryByRole('radiogroup', { name: 'The installer’s questions' })).toBeNull()
  await screen.findByText('Ready to create')
  fireEvent.click(screen.getByRole('button', { name: 'Start from an install tree instead' }))
  await waitFor(() => expect(field('Address').value).toBe('http://deb.example.org/amd64'))
  const short = await screen.findByRole('radio', { name: 'A short form' })
  expect(short.getAttribute('aria-checked') ?? String((short as HTMLInputElement).checked)).toBe('true')
  // back at the disc, what was chosen for the address is not taken along
  choose('ISO image')
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]?.source).toEqual({
    kind: 'iso',
    disc: { kind: 'volume', pool: 'images', volume: 'installer.iso' },
    second: [],
  })
})

it('offers Windows the newest disc with drivers that the pools have, as a second disc', async () => {
  const main = show(win11)
  await chooseDisc()
  fireEvent.click(await screen.findByText('Add the drivers of images/virtio-win-0.1.248.iso'))
  await waitFor(() => expect(screen.queryByText(/^Add the drivers of/)).toBeNull())
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]?.source).toMatchObject({
    second: [{ kind: 'volume', pool: 'images', volume: 'virtio-win-0.1.248.iso' }],
  })
})

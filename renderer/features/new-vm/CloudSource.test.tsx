// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
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
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8vDkLqvXyLfFqGJ0Ue3k9Ylnqh6f3oYgWm3c9s1a2b ann@desk'

const debian: OsKnowledge = {
  id: 'http://debian.org/debian/12',
  shortId: 'debian12',
  shortIds: ['debian12'],
  name: 'Debian 12',
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
  cloudUser: 'debian',
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
  files: [{ action: 'create', what: 'seed', name: `images/${name}-seed.iso` }],
  problems: [],
  cloudInit: [{ name: 'user-data', text: '#cloud-config\nhostname: "debian12"\n' }],
  commandNotes: [],
})

function show(): FakeMain {
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
            ? [
                {
                  name: 'debian-12-genericcloud-amd64.qcow2',
                  path: '/images/debian-12-genericcloud-amd64.qcow2',
                  type: 'file',
                  format: 'qcow2',
                  capacityBytes: 3 * gib,
                },
                { name: 'web-01.qcow2', path: '/images/web-01.qcow2', type: 'file', format: 'qcow2' },
              ]
            : [],
        isTruncated: false,
      }),
    },
    files: { publicKeys: () => [{ name: 'id_ed25519.pub', line: key }] },
    os: { get: ({ id }) => (id === 'debian12' || id === debian.id ? debian : undefined), search: () => [] },
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
const chooseImage = async (): Promise<void> => {
  fireEvent.click(await screen.findByRole('radio', { name: /Cloud image/ }))
  fireEvent.click(await screen.findByRole('option', { name: /genericcloud/ }))
}

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

it('an image and a key of this computer are all that it takes', async () => {
  const main = show()
  await chooseImage()
  expect(screen.queryByRole('option', { name: /web-01/ })).toBeNull()
  await waitFor(() => expect(field('Name').value).toBe('debian12'))
  fireEvent.click(step('First start'))
  expect(field('User').value).toBe('debian')
  expect(field('Name of the computer').value).toBe('debian12')
  fireEvent.click(await screen.findByRole('button', { name: 'Add a key of this computer' }))
  fireEvent.click(await screen.findByRole('menuitem', { name: /id_ed25519\.pub, ann@desk/ }))
  expect(field('SSH keys').value).toBe(key)
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]).toMatchObject({
    name: 'debian12',
    osId: debian.id,
    disks: [],
    source: {
      kind: 'cloud',
      base: { kind: 'volume', pool: 'images', volume: 'debian-12-genericcloud-amd64.qcow2' },
      how: 'copy',
      pool: 'images',
      sizeBytes: 20 * gib,
      init: {
        user: { name: 'debian', sshKeys: [key], isAdmin: true },
        packages: [],
        network: { kind: 'dhcp' },
      },
    },
  })
})

it('leads to the first start while nobody could log in', async () => {
  const main = show()
  await chooseImage()
  create()
  await waitFor(() => expect(step('First start').getAttribute('aria-selected')).toBe('true'))
  expect(await fieldError(/Nobody could log in/)).toBeTruthy()
  expect(created(main)).toEqual([])
})

it('tells what is wrong as it is typed', async () => {
  show()
  await chooseImage()
  fireEvent.click(step('First start'))
  type('SSH keys', 'ssh-ed25519 AAAA')
  expect(await fieldError(/no public SSH key/)).toBeTruthy()
  type('User', 'Ann Lee')
  expect(await fieldError(/small letters/)).toBeTruthy()
  type('Packages to install', 'nginx a;b')
  expect(await fieldError('"a;b" is no name of a package')).toBeTruthy()
  fireEvent.click(screen.getByRole('radio', { name: 'Fixed' }))
  type('Address', '192.0.2.10')
  expect(await fieldError(/with its length/)).toBeTruthy()
})

it('hides a password until it shall be seen', async () => {
  const main = show()
  await chooseImage()
  fireEvent.click(step('First start'))
  type('Password', 'geheim')
  expect(field('Password').type).toBe('password')
  fireEvent.click(screen.getByRole('button', { name: 'Show the password' }))
  expect(field('Password').type).toBe('text')
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]?.source).toMatchObject({ init: { user: { sshKeys: [], password: 'geheim' } } })
})

it('takes a configuration that somebody wrote, and an image to build on', async () => {
  const main = show()
  await chooseImage()
  fireEvent.click(screen.getByRole('radio', { name: 'Build on it' }))
  expect(screen.getByText(/must never be changed or deleted/)).toBeTruthy()
  fireEvent.click(step('First start'))
  fireEvent.click(screen.getByRole('switch', { name: 'Write the configuration myself' }))
  type('user-data', 'echo hello')
  create()
  expect(await fieldError(/knows what it is by its first line/)).toBeTruthy()
  type('user-data', '#!/bin/sh\necho hello\n')
  await screen.findByText('Ready to create')
  create()
  await waitFor(() => expect(created(main)).toHaveLength(1))
  expect(created(main)[0]?.source).toMatchObject({
    how: 'overlay',
    init: { packages: [], userData: '#!/bin/sh\necho hello\n' },
  })
})

it('shows what cloud-init will read, and the disc it is on', async () => {
  show()
  await chooseImage()
  fireEvent.click(step('First start'))
  type('SSH keys', key)
  await screen.findByText('Ready to create')
  fireEvent.click(step('Summary'))
  expect(await screen.findByText('disc for cloud-init, made anew')).toBeTruthy()
  fireEvent.click(screen.getByRole('tab', { name: 'cloud-init' }))
  const shown = await screen.findByRole('region', { name: 'user-data' })
  expect(within(shown).getByText(/hostname: "debian12"/)).toBeTruthy()
})

// @vitest-environment jsdom
import { act, cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId, vmId } from '../../../shared/model/ids'
import type { CloudSeed } from '../../../shared/model/new-vm/cloud-seed'
import type { Vm } from '../../../shared/model/vm'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { replaceTasks } from '../../stores/tasks'
import { connectedHost } from '../../stores/test-host'
import { useToasts } from '../../stores/toasts'
import { replaceVms } from '../../stores/vms'
import { Dialogs } from '../shell/Dialogs'

/** A ceiling for a busy machine, not a measure. */
configure({ asyncUtilTimeout: 10_000 })

const host = hostId.parse('a')
const vm = vmId.parse('00000000-0000-0000-0000-000000000001')
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8vDkLqvXyLfFqGJ0Ue3k9Ylnqh6f3oYgWm3c9s1a2b ann@desk'
const record: Vm = {
  host,
  id: vm,
  name: 'web-01',
  state: 'shut-off',
  isPersistent: true,
  hasSavedState: false,
  autostart: false,
  vcpuCount: 1,
  memoryBytes: 1,
  maxMemoryBytes: 1,
}
const there: CloudSeed = {
  name: 'web-01',
  isRunning: false,
  base: 'b',
  drive: 'sda',
  place: '/i/web-01-seed.iso',
  pool: 'images',
  newVolume: 'web-01-seed-2.iso',
  replaces: true,
  user: 'debian',
}

let seed: CloudSeed | null
let write: () => readonly string[]
let main: FakeMain
beforeEach(() => {
  seed = there
  write = () => []
  replaceHosts([connectedHost('a')])
  replaceVms([record])
  replaceTasks([])
  main = installFakeMain({
    files: { publicKeys: () => [] },
    newVm: {
      seed: () => seed,
      previewSeed: ({ init }) => [{ name: 'user-data', text: `#cloud-config ${init.user?.name ?? 'raw'}` }],
      writeSeed: () => write(),
    },
  })
  render(<Dialogs />)
  act(() => openDialog({ kind: 'cloudSeed', ref: { host, vm } }))
})
afterEach(() => {
  act(closeDialog)
  cleanup()
})

const dialog = (): Promise<HTMLElement> =>
  screen.findByRole('dialog', { name: 'New cloud-init seed for web-01' })
const type = (label: string, value: string): void =>
  void fireEvent.change(screen.getByRole('textbox', { name: label }), { target: { value } })
const send = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Write the seed' }))
const written = (): unknown[] =>
  main.calls.filter(({ channel }) => channel === 'newVm.writeSeed').map(({ input }) => input)

it('tells what cloud-init does again and undoes not, and what becomes of the discs', async () => {
  await screen.findByRole('textbox', { name: 'User' })
  const { textContent } = await dialog()
  expect(textContent).toContain('does its first steps again')
  expect(textContent).toContain('It undoes nothing')
  expect(textContent).toContain('web-01-seed-2.iso is written into the pool images')
  expect(textContent).toContain('The old disc is deleted after that.')
})

it('begins with the user of the system and the name of the VM, shows what will be read, and writes it', async () => {
  await screen.findByRole('textbox', { name: 'User' })
  expect(screen.getByRole('textbox', { name: 'User' })).toHaveProperty('value', 'debian')
  expect(screen.getByRole('textbox', { name: 'Name of the computer' })).toHaveProperty('value', 'web-01')
  type('User', 'bob')
  type('SSH keys', key)
  type('Packages to install', 'nginx')
  await within(await dialog()).findByText('#cloud-config bob')
  send()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(written()).toEqual([
    {
      host,
      vm,
      base: 'b',
      init: {
        user: { name: 'bob', sshKeys: [key], isAdmin: true },
        packages: ['nginx'],
        network: { kind: 'dhcp' },
      },
    },
  ])
})

it('says at its field what is wrong, and writes nothing then', async () => {
  await screen.findByRole('textbox', { name: 'User' })
  type('User', 'Not A Name')
  send()
  expect((await dialog()).textContent).toContain('Enter a name of small letters')
  expect(written()).toEqual([])
})

it('keeps what was typed when the host refuses', async () => {
  await screen.findByRole('textbox', { name: 'User' })
  write = () => {
    throw new AppError('busy', 'web-01 was changed elsewhere meanwhile')
  }
  type('User', 'bob')
  send()
  await screen.findByText(/web-01 was changed elsewhere meanwhile/)
  expect(screen.getByRole('textbox', { name: 'User' })).toHaveProperty('value', 'bob')
})

it('tells what could not be done after the new disc was in its place', async () => {
  await screen.findByRole('textbox', { name: 'User' })
  write = () => ['web-01-seed.iso is still there: in use']
  send()
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(useToasts.getState().toasts.at(-1)?.error?.message).toContain('web-01-seed.iso is still there')
})

it('says of a VM without such a disc that it has none', async () => {
  act(closeDialog)
  seed = null
  act(() => openDialog({ kind: 'cloudSeed', ref: { host, vm } }))
  await screen.findByText('web-01 has no disc for cloud-init')
  expect(screen.queryByRole('button', { name: 'Write the seed' })).toBeNull()
})

// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId } from '../../../shared/model/ids'
import { installFakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { replaceHosts, useHosts } from '../../stores/hosts'
import { useRoute } from '../../stores/route'
import { testHost } from '../../stores/test-host'
import { AddHostDialog } from './AddHostDialog'
import { EditHostDialog } from './EditHostDialog'

beforeEach(() => useHosts.setState(useHosts.getInitialState(), true))
afterEach(cleanup)

const field = (name: string): HTMLInputElement => screen.getByLabelText(name, { selector: 'input' })
const type = (name: string, value: string): void => void fireEvent.change(field(name), { target: { value } })
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }))
const add = (): void => press('Add host')

/** Opens a select by keyboard, as jsdom has no layout to click in, and takes an option. */
async function choose(label: RegExp, option: RegExp): Promise<void> {
  fireEvent.click(screen.getByRole('button', { name: label }))
  fireEvent.click(await screen.findByRole('option', { name: option }))
}

it('adds the host the fields describe and shows its page', async () => {
  const main = installFakeMain({ hosts: { add: () => hostId.parse('new') } })
  openDialog({ kind: 'addHost' })
  render(<AddHostDialog />)
  type('User', 'root')
  type('Host', 'lab')
  type('Private key file (optional)', '~/.ssh/lab')
  type('Group (optional)', 'Berlin')
  fireEvent.click(screen.getByRole('checkbox', { name: /read-only/ }))
  expect(field('Connection URI').value).toBe('qemu+ssh://root@lab/system')
  add()
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(main.calls).toEqual([
    {
      channel: 'hosts.add',
      input: {
        uri: 'qemu+ssh://root@lab/system',
        autoconnect: true,
        keyFile: '~/.ssh/lab',
        group: 'Berlin',
        readOnly: true,
      },
    },
  ])
  expect(useRoute.getState().route).toEqual({ kind: 'host', host: 'new' })
})

it('fills the fields from a typed URI and shows its other parameters', () => {
  installFakeMain()
  render(<AddHostDialog />)
  type('Connection URI', 'qemu+tls://h:1234/system?pkipath=/x&tls_priority=NORMAL')
  expect(field('Host').value).toBe('h')
  expect(field('Port').value).toBe('1234')
  expect(field('Certificate folder (optional)').value).toBe('/x')
  expect(field('Parameter 1').value).toBe('tls_priority')
  expect(screen.queryByLabelText('Private key file (optional)')).toBeNull()
  type('Host', 'other')
  expect(field('Connection URI').value).toBe('qemu+tls://other:1234/system?pkipath=/x&tls_priority=NORMAL')
})

it('greys the user name for TLS and says why', async () => {
  installFakeMain()
  render(<AddHostDialog />)
  await choose(/Connect by/, /^TLS/)
  expect(field('User').disabled).toBe(true)
  expect(screen.getByText(/a server that wants a name asks for it/)).toBeTruthy()
})

it('greys the user session over TLS with the reason, and tells what a session cannot do', async () => {
  installFakeMain()
  render(<AddHostDialog />)
  type('Connection URI', 'qemu+ssh://h/session')
  expect(screen.getByText(/cannot hand PCI or USB devices/)).toBeTruthy()
  type('Connection URI', 'qemu+tls://h/system')
  fireEvent.click(screen.getByRole('button', { name: /Machines of/ }))
  const session = await screen.findByRole('option', { name: /user’s own session/ })
  expect(session.getAttribute('aria-disabled')).toBe('true')
  expect(session.textContent).toContain('only SSH reaches it')
})

it('warns of unencrypted TCP and of unchecked certificates', () => {
  installFakeMain()
  render(<AddHostDialog />)
  type('Connection URI', 'qemu+tcp://h/system')
  expect(screen.getByText('Nothing is encrypted')).toBeTruthy()
  type('Connection URI', 'qemu+tls://h/system?no_verify=1')
  expect(screen.getByText('Somebody else could answer in the host’s place')).toBeTruthy()
})

it('takes the key file from the system’s dialog', async () => {
  const main = installFakeMain({ app: { choosePath: () => '/home/me/.ssh/id_lab' } })
  render(<AddHostDialog />)
  press('Browse for private key file')
  await waitFor(() => expect(field('Private key file (optional)').value).toBe('/home/me/.ssh/id_lab'))
  expect(main.calls[0]).toEqual({
    channel: 'app.choosePath',
    input: { kind: 'file', title: 'Private key file' },
  })
})

it('shows what is wrong at the field and sends nothing', () => {
  const main = installFakeMain()
  render(<AddHostDialog />)
  add()
  expect(screen.getByText('Enter the host’s name or address')).toBeTruthy()
  type('Connection URI', 'nonsense')
  add()
  expect(field('Connection URI').getAttribute('aria-invalid')).toBe('true')
  expect(screen.getByText(/is not a connection URI/)).toBeTruthy()
  expect(main.calls).toEqual([])
})

it('keeps what was typed when the host is refused, and says why at the URI', async () => {
  installFakeMain({
    hosts: {
      add: () => {
        throw new AppError('already-exists', 'This host is already in the list as "lab"', { field: 'uri' })
      },
    },
  })
  render(<AddHostDialog />)
  type('Host', 'lab')
  add()
  await screen.findByText(/already in the list/)
  expect(field('Host').value).toBe('lab')
})

it('shows an error that belongs to no field above the buttons', async () => {
  installFakeMain({
    hosts: {
      add: () => {
        throw new AppError('internal', 'The disk is full', { detail: 'ENOSPC' })
      },
    },
  })
  render(<AddHostDialog />)
  type('Host', 'lab')
  add()
  expect((await screen.findByRole('alert')).textContent).toContain('The disk is full')
  expect(screen.getByText('ENOSPC')).toBeTruthy()
})

it('duplicates a host with all its ways', async () => {
  const main = installFakeMain({ hosts: { add: () => hostId.parse('new') } })
  replaceHosts([testHost('a', { uri: 'qemu+ssh://h/system', group: 'Berlin', sshEngine: 'system' })])
  render(<AddHostDialog like={hostId.parse('a')} />)
  expect(screen.getByText(/cannot be in the list twice/)).toBeTruthy()
  type('User', 'root')
  add()
  await waitFor(() => expect(main.calls).toHaveLength(1))
  expect(main.calls[0]?.input).toEqual({
    uri: 'qemu+ssh://root@h/system',
    label: 'Host a (copy)',
    group: 'Berlin',
    sshEngine: 'system',
    autoconnect: true,
  })
})

it('editing sends only what changed, and tells when the host is connected anew', async () => {
  const main = installFakeMain({ hosts: { update: () => {} } })
  replaceHosts([
    testHost('a', {
      uri: 'qemu+ssh://h/system',
      status: { kind: 'failed', sinceMs: 0, error: { kind: 'unreachable', message: 'No answer' } },
    }),
  ])
  openDialog({ kind: 'editHost', host: hostId.parse('a') })
  render(<EditHostDialog id={hostId.parse('a')} />)
  type('Name in the list (optional)', 'Cellar')
  expect(screen.queryByText(/tries the host again/)).toBeNull()
  type('Port', '2222')
  expect(screen.getByText(/tries the host again/)).toBeTruthy()
  press('Save')
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(main.calls).toEqual([
    {
      channel: 'hosts.update',
      input: { host: 'a', uri: 'qemu+ssh://h:2222/system', label: 'Cellar' },
    },
  ])
})

it('saving without a change asks nothing of main', async () => {
  const main = installFakeMain()
  replaceHosts([testHost('a')])
  openDialog({ kind: 'editHost', host: hostId.parse('a') })
  render(<EditHostDialog id={hostId.parse('a')} />)
  press('Save')
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(main.calls).toEqual([])
})

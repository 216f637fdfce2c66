// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, expect, it } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId } from '../../../shared/model/ids'
import { installFakeMain } from '../../api/fake'
import { openDialog, useDialog } from '../../stores/dialogs'
import { useRoute } from '../../stores/route'
import { AddHostDialog } from './AddHostDialog'

afterEach(cleanup)

const field = (name: string): HTMLInputElement => screen.getByRole('textbox', { name })
const type = (name: string, value: string): void => void fireEvent.change(field(name), { target: { value } })
const add = (): void => void fireEvent.click(screen.getByRole('button', { name: 'Add host' }))

it('adds the host the fields describe and shows its page', async () => {
  const main = installFakeMain({ hosts: { add: () => hostId.parse('new') } })
  openDialog({ kind: 'addHost' })
  render(<AddHostDialog />)
  type('User', 'root')
  type('Host', 'lab')
  type('Private key file (optional)', '~/.ssh/lab')
  expect(field('Connection URI').value).toBe('qemu+ssh://root@lab/system')
  add()
  await waitFor(() => expect(useDialog.getState().open).toBeUndefined())
  expect(main.calls).toEqual([
    {
      channel: 'hosts.add',
      input: { uri: 'qemu+ssh://root@lab/system', autoconnect: true, keyFile: '~/.ssh/lab' },
    },
  ])
  expect(useRoute.getState().route).toEqual({ kind: 'host', host: 'new' })
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

// @vitest-environment jsdom
import { cleanup, configure, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import '../../test-dom'
import { AppError } from '../../../shared/errors'
import { hostId } from '../../../shared/model/ids'
import type { Secret } from '../../../shared/model/secret'
import { installFakeMain, type Answers, type FakeMain } from '../../api/fake'
import { usageFor } from '../../form/NewSecretButton'
import { closeDialog, useDialog } from '../../stores/dialogs'
import { replaceHosts } from '../../stores/hosts'
import { connectedHost } from '../../stores/test-host'
import type { SecretDialogRequest } from '../../stores/network-dialogs'
import { SecretDialogs } from './SecretDialogs'
import { SecretsTab } from './SecretsTab'

// a ceiling for a busy machine, not a measure
configure({ asyncUtilTimeout: 10_000 })

const value = 'correct horse battery staple'
const uuid = '11111111-2222-3333-4444-000000000001'
const secret: Secret = {
  uuid,
  usageType: 'ceph',
  usageId: 'client.libvirt',
  isEphemeral: false,
  isPrivate: true,
  hasValue: false,
  usedBy: ['pool ceph', 'VM db-01'],
}

let serial = 0

function OpenDialog() {
  const open = useDialog((state) => state.open)
  return open ? <SecretDialogs key={JSON.stringify(open)} dialog={open as SecretDialogRequest} /> : null
}

function show(answers: Answers['secrets'] = {}): FakeMain {
  const host = hostId.parse(`secrets${serial++}`)
  replaceHosts([connectedHost(host)])
  const main = installFakeMain({
    secrets: {
      list: () => ({ items: [secret] }),
      create: () => uuid,
      setValue: () => undefined,
      delete: () => undefined,
      ...answers,
    },
    hosts: {
      choices: () => {
        throw new AppError('unreachable', 'gone')
      },
    },
  })
  render(
    <>
      <SecretsTab host={host} />
      <OpenDialog />
    </>,
  )
  return main
}

const valueBoxes = () =>
  [...document.querySelectorAll('input')].filter((input) => input.value.includes(value))
const sent = (main: FakeMain, channel: string): unknown =>
  main.calls.find((call) => call.channel === channel)?.input

afterEach(() => {
  cleanup()
  closeDialog()
})

test('a host that has no secrets at all says why, and offers to make none', async () => {
  const why = 'This host keeps no secrets, as they are kept by libvirt.'
  show({ list: () => ({ items: [], error: { kind: 'unsupported', message: why } }) })
  expect(await screen.findByText(why)).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'New secret…' })).toBeNull()
  expect(screen.queryByRole('alert')).toBeNull()
})

test('a secret is told by what it is for and who uses it, and that it has no value yet', async () => {
  show()
  const table = await screen.findByRole('table', { name: 'Secrets' })
  for (const text of ['client.libvirt', 'Ceph (RBD)', 'None yet', 'pool ceph, VM db-01', 'Private'])
    expect(within(table).getByText(text)).toBeTruthy()
})

test('a new secret is sent once with its value typed hidden, and the window keeps nothing of it', async () => {
  let answer: ((uuid: string) => void) | undefined
  const main = show({
    create: () =>
      new Promise((resolve) => {
        answer = resolve
      }),
  })
  fireEvent.click(await screen.findByRole('button', { name: 'New secret…' }))
  const dialog = await screen.findByRole('dialog', { name: 'New secret' })
  fireEvent.change(within(dialog).getByLabelText('Path of the volume'), { target: { value: '/srv/a.img' } })
  const box = within(dialog).getByLabelText<HTMLInputElement>('Value')
  expect(box.type).toBe('password')
  fireEvent.change(box, { target: { value } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Create' }))
  await waitFor(() => expect(answer).toBeTruthy())
  // before the host has answered
  expect(valueBoxes()).toEqual([])
  answer?.(uuid)
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'New secret' })).toBeNull())
  expect(sent(main, 'secrets.create')).toMatchObject({
    usageType: 'volume',
    usageId: '/srv/a.img',
    isPrivate: true,
    value: { encoding: 'text', value },
  })
  expect(document.documentElement.outerHTML).not.toContain(value)
})

test('a value that was refused has to be typed again, and the rest of the form stays', async () => {
  show({
    create: () => {
      throw new AppError('already-exists', 'There is a secret for this already')
    },
  })
  fireEvent.click(await screen.findByRole('button', { name: 'New secret…' }))
  const dialog = await screen.findByRole('dialog', { name: 'New secret' })
  fireEvent.change(within(dialog).getByLabelText('Path of the volume'), { target: { value: '/srv/a.img' } })
  fireEvent.change(within(dialog).getByLabelText('Value'), { target: { value } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Create' }))
  expect((await within(dialog).findByRole('alert')).textContent).toContain('has to be typed again')
  expect(valueBoxes()).toEqual([])
  expect(within(dialog).getByLabelText<HTMLInputElement>('Path of the volume').value).toBe('/srv/a.img')
})

test('a key of Ceph is taken as base64, and what is none is not sent', async () => {
  const main = show()
  fireEvent.click(await screen.findByRole('button', { name: /^Set value of client/ }))
  const dialog = await screen.findByRole('dialog')
  await within(dialog).findByText('It has no value yet.')
  const box = within(dialog).getByLabelText('New value')
  fireEvent.change(box, { target: { value: 'not base64' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Set value' }))
  expect(await within(dialog).findByText(/This is not base64/)).toBeTruthy()
  expect(sent(main, 'secrets.setValue')).toBeUndefined()
  fireEvent.change(box, { target: { value: 'AQBvc2VjcmV0' } })
  fireEvent.click(within(dialog).getByRole('button', { name: 'Set value' }))
  await waitFor(() =>
    expect(sent(main, 'secrets.setValue')).toMatchObject({
      value: { encoding: 'base64', value: 'AQBvc2VjcmV0' },
    }),
  )
})

test('deleting names who will not start without it', async () => {
  show()
  fireEvent.click(await screen.findByRole('button', { name: 'More for client.libvirt' }))
  fireEvent.click(screen.getByRole('menuitem', { name: 'Delete…' }))
  const dialog = await screen.findByRole('alertdialog')
  expect(await within(dialog).findByText(/pool ceph, VM db-01 name it and will not start/)).toBeTruthy()
})

test('a form proposes what its secret is for', () => {
  expect(usageFor('tpm', {})).toBe('vtpm')
  expect(usageFor('disk', { protocol: 'rbd' })).toBe('ceph')
  expect(usageFor('pool', { type: 'iscsi-direct' })).toBe('iscsi')
  expect(usageFor('volume', {})).toBe('volume')
})

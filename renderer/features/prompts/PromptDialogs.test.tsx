// @vitest-environment jsdom
import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import '../../test-dom'
import { hostId, promptId } from '../../../shared/model/ids'
import type { PendingPrompt } from '../../../shared/model/prompt'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { closeDialog, openDialog } from '../../stores/dialogs'
import { replacePrompts } from '../../stores/prompts'
import { PromptDialogs } from './PromptDialogs'

let main: FakeMain

beforeEach(() => {
  main = installFakeMain({ prompts: { answer: () => {} } })
  closeDialog()
  replacePrompts([])
})
afterEach(cleanup)

type Password = Extract<PendingPrompt, { kind: 'password' }>

function password(host: string, change: Partial<Pick<Password, 'isRetry' | 'keeping'>> = {}): PendingPrompt {
  return {
    kind: 'password',
    id: promptId.parse(`${host}-password`),
    host: hostId.parse(host),
    hostLabel: host,
    user: 'root',
    address: host,
    isRetry: false,
    keeping: 'never',
    ...change,
  }
}

function ask(...prompts: PendingPrompt[]): void {
  act(() => replacePrompts(prompts))
}

const passwordField = (): HTMLInputElement => screen.getByLabelText('Password of root')
const type = (value: string): void => void fireEvent.change(passwordField(), { target: { value } })
const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }))

describe('keeping the answer', () => {
  it('is offered where there is a keychain, and left out unless it is wanted', async () => {
    render(<PromptDialogs />)
    ask(password('db1', { keeping: 'offered' }))
    type('inn')
    press('Continue')
    await waitFor(() => expect(main.calls).toHaveLength(1))
    expect(main.calls[0]?.input).toEqual({
      prompt: 'db1-password',
      answer: { kind: 'text', values: ['inn'] },
    })
  })

  it('is sent along when it was ticked', async () => {
    render(<PromptDialogs />)
    ask(password('db1', { keeping: 'offered' }))
    type('inn')
    fireEvent.click(screen.getByRole('checkbox', { name: 'Remember in the system’s keychain' }))
    press('Continue')
    await waitFor(() => expect(main.calls).toHaveLength(1))
    expect(main.calls[0]?.input).toEqual({
      prompt: 'db1-password',
      answer: { kind: 'text', values: ['inn'], keep: true },
    })
  })

  it('says why it is not offered, and nothing where it makes no sense', () => {
    render(<PromptDialogs />)
    ask(password('db1', { keeping: 'unavailable' }))
    expect(screen.getByText(/until Innkeeper quits: this computer has no keychain/)).toBeTruthy()
    expect(screen.queryByRole('checkbox')).toBeNull()
    ask(password('db2'))
    expect(screen.queryByText(/until Innkeeper quits/)).toBeNull()
    expect(screen.queryByRole('checkbox')).toBeNull()
  })
})

describe('several questions at once', () => {
  it('come one after the other, with the host named and how many there are', () => {
    render(<PromptDialogs />)
    ask(password('db1'), password('db2'), password('db3'))
    expect(screen.getByRole('dialog', { name: 'Sign in to db1' })).toBeTruthy()
    expect(screen.getByText('1 of 3, next db2')).toBeTruthy()
    type('secret')
    ask(password('db2'), password('db3'))
    expect(screen.getByRole('dialog', { name: 'Sign in to db2' })).toBeTruthy()
    expect(passwordField().value).toBe('')
  })

  it('are cancelled one by one', async () => {
    render(<PromptDialogs />)
    ask(password('db1'), password('db2'))
    press('Cancel')
    await waitFor(() => expect(main.calls).toHaveLength(1))
    expect(main.calls).toEqual([
      { channel: 'prompts.answer', input: { prompt: 'db1-password', answer: null } },
    ])
  })

  it('take no empty password, so that a second Enter cannot answer the next one', () => {
    render(<PromptDialogs />)
    ask(password('db1'), password('db2'))
    press('Continue')
    expect(main.calls).toEqual([])
  })
})

describe('a user who is busy', () => {
  it('in another dialog is told by a bar, and asked once that dialog is closed', () => {
    render(<PromptDialogs />)
    act(() => openDialog({ kind: 'about' }))
    ask(password('db1'), password('db2'))
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole('status').textContent).toContain('db1 asks for a password (1 more waiting)')
    act(closeDialog)
    expect(screen.getByRole('dialog', { name: 'Sign in to db1' })).toBeTruthy()
  })

  it('in another dialog may answer at once', () => {
    render(<PromptDialogs />)
    act(() => openDialog({ kind: 'about' }))
    ask(password('db1'))
    press('Answer…')
    expect(screen.getByRole('dialog', { name: 'Sign in to db1' })).toBeTruthy()
  })

  it('typing keeps the keyboard, and is asked when the field is left', async () => {
    render(
      <>
        <input aria-label="Filter" />
        <PromptDialogs />
      </>,
    )
    const filter = screen.getByLabelText('Filter')
    filter.focus()
    ask(password('db1'))
    expect(document.activeElement).toBe(filter)
    expect(screen.queryByRole('dialog')).toBeNull()
    filter.blur()
    expect(await screen.findByRole('dialog', { name: 'Sign in to db1' })).toBeTruthy()
  })
})

it('a refused password is asked again with a word', () => {
  render(<PromptDialogs />)
  ask(password('db1', { isRetry: true }))
  expect(screen.getByRole('alert').textContent).toContain('That password was not accepted')
})

it('name and password of a daemon are asked together, beginning with the name that is known', async () => {
  render(<PromptDialogs />)
  ask({
    kind: 'credentials',
    id: promptId.parse('sasl'),
    host: hostId.parse('db1'),
    hostLabel: 'db1',
    service: 'libvirt on db1',
    address: 'db1',
    user: 'keeper',
    isRetry: false,
    keeping: 'never',
  })
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('keeper')
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: 'inn' } })
  press('Continue')
  await waitFor(() => expect(main.calls).toHaveLength(1))
  expect(main.calls[0]?.input).toEqual({
    prompt: 'sasl',
    answer: { kind: 'text', values: ['keeper', 'inn'] },
  })
})

it('an unknown host key is shown with its fingerprint, and refusing it says so', async () => {
  render(<PromptDialogs />)
  ask({
    kind: 'host-key',
    id: promptId.parse('key'),
    host: hostId.parse('db1'),
    hostLabel: 'db1',
    address: 'db1',
    keyType: 'ssh-ed25519',
    fingerprint: 'SHA256:abc',
    keeping: 'never',
  })
  expect(screen.getByText('SHA256:abc')).toBeTruthy()
  press('Cancel')
  await waitFor(() => expect(main.calls).toHaveLength(1))
  expect(main.calls[0]?.input).toEqual({ prompt: 'key', answer: { kind: 'host-key', accept: false } })
})

describe('a diagnosis', () => {
  it('of the same host has its questions asked at once, one of another host does not', () => {
    render(<PromptDialogs />)
    act(() => openDialog({ kind: 'diagnosis', host: hostId.parse('db1') }))
    ask(password('db2'))
    expect(screen.queryByLabelText('Password of root')).toBeNull()
    ask(password('db1'))
    expect(passwordField()).toBeTruthy()
  })
})

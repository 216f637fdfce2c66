import { cleanup, fireEvent, render, screen, within } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { AppError } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type { Host, HostStatus } from '../../../shared/model/host'
import { hostId, taskId, vmId } from '../../../shared/model/ids'
import type { Vm, VmState } from '../../../shared/model/vm'
import { installFakeMain, type Answers } from '../../api/fake'
import { replaceHosts } from '../../stores/hosts'
import { replaceVms } from '../../stores/vms'
import { ConsoleTab } from './ConsoleTab'

const host = hostId.parse('h')
const id = vmId.parse('11111111-2222-3333-4444-555555555555')
const ref = { host, vm: id }

const connected = { kind: 'connected', sinceMs: 0 } as HostStatus
const failed: HostStatus = {
  kind: 'failed',
  sinceMs: 0,
  error: { kind: 'unreachable', message: 'Gone' },
}

function vm(state: VmState, more: Partial<Vm> = {}): Vm {
  return {
    id,
    host,
    name: '<b>web</b>',
    state,
    isPersistent: true,
    hasSavedState: false,
    autostart: false,
    vcpuCount: 1,
    memoryBytes: 1,
    maxMemoryBytes: 1,
    ...more,
  }
}

function show(record: Vm | undefined, answers: Answers['console'] = {}, status = connected) {
  const main = installFakeMain({
    console: answers,
    vms: { power: () => taskId.parse('t') },
    hosts: { connect: () => undefined },
  })
  replaceHosts([
    { id: host, uri: 'test:///', label: 'rack', autoconnect: true, isDemo: false, status } as Host,
  ])
  replaceVms(record ? [record] : [])
  render(<ConsoleTab host={host} vm={id} isVisible />)
  return main
}

const offering = (offer: ConsoleOffer): Answers['console'] => ({ offer: () => offer })

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

test('a VM that is off offers to start it and asks the host for it', async () => {
  const main = show(vm('shut-off'))
  expect(await screen.findByRole('heading', { name: 'The VM is shut off' })).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Start' }))
  expect(main.calls).toEqual([{ channel: 'vms.power', input: { ...ref, action: 'start' } }])
})

test('a saved VM offers to restore it', async () => {
  const main = show(vm('shut-off', { hasSavedState: true }))
  fireEvent.click(await screen.findByRole('button', { name: 'Restore' }))
  expect(main.calls[0]?.input).toEqual({ ...ref, action: 'restore' })
})

test('a host that is not connected offers to connect it', async () => {
  const main = show(vm('running'), {}, failed)
  fireEvent.click(await screen.findByRole('button', { name: 'Connect the host' }))
  expect(main.calls).toEqual([{ channel: 'hosts.connect', input: { host } }])
})

test('a VM with SPICE only says so and what to do, and asks again on demand', async () => {
  const main = show(
    vm('running'),
    offering({
      kind: 'none',
      why: 'spice-only',
      error: { kind: 'unsupported', message: 'It has a SPICE display only', cure: 'Add a VNC display' },
    }),
  )
  expect(await screen.findByText('It has a SPICE display only')).toBeTruthy()
  expect(screen.getByText('Add a VNC display')).toBeTruthy()
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }))
  await expect.poll(() => main.calls.filter(({ channel }) => channel === 'console.offer')).toHaveLength(2)
})

test("a refusal shows the cause, the cure and the host's own words", async () => {
  show(vm('running'), {
    offer: () => ({ kind: 'vnc', needsPassword: false }),
    open: () => {
      throw new AppError('denied', 'Forwarding is not allowed', {
        cure: 'Allow it in sshd_config',
        detail: 'administratively prohibited',
      })
    },
  })
  expect(await screen.findByRole('heading', { name: 'Forwarding is not allowed' })).toBeTruthy()
  expect(screen.getByText('Allow it in sshd_config')).toBeTruthy()
  expect(screen.getByText('administratively prohibited')).toBeTruthy()
})

test('a locked screen asks for the password and says that VNC looks at eight characters', async () => {
  const main = show(vm('running'), {
    offer: () => ({ kind: 'vnc', needsPassword: true }),
    open: () => ({ kind: 'credentials', question: { method: 'vnc', why: 'needed' } }),
  })
  const form = await screen.findByRole('form', { name: 'The screen of this VM is locked' })
  expect(within(form).getByRole<HTMLButtonElement>('button', { name: 'Unlock' }).disabled).toBe(true)
  fireEvent.change(within(form).getByLabelText('Password'), { target: { value: 'sesame open' } })
  expect(within(form).getByText('VNC looks at the first 8 characters only')).toBeTruthy()
  fireEvent.submit(form)
  const opened = () => main.calls.filter(({ channel }) => channel === 'console.open')
  await expect
    .poll(() => opened().at(-1)?.input)
    .toEqual({ ...ref, credentials: { password: 'sesame open' } })
})

test('a server that knows accounts is given a name as well, and a refusal is told', async () => {
  show(vm('running'), {
    offer: () => ({ kind: 'vnc', needsPassword: false }),
    open: () => ({ kind: 'credentials', question: { method: 'sasl', why: 'wrong' } }),
  })
  const form = await screen.findByRole('form', { name: 'The screen of this VM is locked' })
  fireEvent.change(within(form).getByLabelText('User name'), { target: { value: 'ann' } })
  expect(within(form).getByText('This name or password was not accepted')).toBeTruthy()
  expect(within(form).getByRole<HTMLButtonElement>('button', { name: 'Unlock' }).disabled).toBe(true)
})

test('a certificate that has changed is told loudly, with both fingerprints', async () => {
  const main = show(vm('running'), {
    offer: () => ({ kind: 'vnc', needsPassword: false }),
    open: () => ({
      kind: 'certificate',
      certificate: {
        fingerprint: 'AA:AA',
        subject: 'CN=lab',
        issuer: 'CN=other',
        names: ['lab'],
        validFrom: 'Jan 1 00:00:00 2026 GMT',
        validUntil: 'Jan 1 00:00:00 2027 GMT',
        problem: { kind: 'denied', message: 'Unknown authority' },
        known: { fingerprint: 'BB:BB', sinceMs: 0 },
      },
    }),
  })
  const question = await screen.findByRole('region', { name: 'The certificate of this screen has changed' })
  expect(question.textContent).toContain('AA:AA')
  expect(question.textContent).toContain('BB:BB')
  fireEvent.click(within(question).getByRole('button', { name: 'Trust the new certificate' }))
  const opened = () => main.calls.filter(({ channel }) => channel === 'console.open')
  await expect.poll(() => opened().at(-1)?.input).toEqual({ ...ref, trust: 'AA:AA' })
})

test('a VM deleted meanwhile is told, without anything to press', async () => {
  show(undefined)
  expect(await screen.findByRole('heading', { name: 'This VM no longer exists' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
})

test('every control has a name, toggles say whether they are on, and a name with markup stays text', async () => {
  show(vm('shut-off'))
  const bar = await screen.findByRole('toolbar', { name: 'Console' })
  const names = within(bar)
    .getAllByRole('button')
    .map((button) => button.getAttribute('aria-label') ?? button.textContent)
  expect(names).toEqual([
    'Send keys',
    'Display',
    'View only',
    'Picture',
    'Show in its own window',
    'Full screen',
  ])
  const viewOnly = within(bar).getByRole('button', { name: 'View only' })
  expect(viewOnly.getAttribute('aria-pressed')).toBe('false')
  fireEvent.click(viewOnly)
  expect(viewOnly.getAttribute('aria-pressed')).toBe('true')
  expect(screen.getByRole('region', { name: 'Console of <b>web</b>' })).toBeTruthy()
})

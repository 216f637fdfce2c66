// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react'
import { afterEach, beforeEach, expect, it } from 'vitest'
import '../../test-dom'
import type { Host } from '../../../shared/model/host'
import { promptId } from '../../../shared/model/ids'
import { installFakeMain, type FakeMain } from '../../api/fake'
import { closeDialog, useDialog } from '../../stores/dialogs'
import { replacePrompts } from '../../stores/prompts'
import { testHost, testInfo } from '../../stores/test-host'
import { ConnectionPanel } from './ConnectionPanel'
import { asOf } from './last-heard'

let main: FakeMain

beforeEach(() => {
  main = installFakeMain({ hosts: { connect: () => {}, disconnect: () => {} } })
  closeDialog()
  replacePrompts([])
})
afterEach(cleanup)

const press = (name: string): void => void fireEvent.click(screen.getByRole('button', { name }))
const failed = (retryAtMs?: number): Host =>
  testHost('db1', {
    status: {
      kind: 'failed',
      sinceMs: 0,
      error: {
        kind: 'unreachable',
        message: 'Nobody answers at db1',
        cure: 'Check whether it is on',
        detail: 'connect ECONNREFUSED',
      },
      ...(retryAtMs === undefined ? {} : { retryAtMs }),
    },
  })

it('marks the step connecting is at, tells how long it takes, and can be cancelled', async () => {
  const host = testHost('db1', {
    status: { kind: 'connecting', sinceMs: Date.now() - 65_000, stage: 'authenticating', attempt: 1 },
  })
  render(<ConnectionPanel host={host} />)
  const steps = screen.getAllByRole('listitem')
  expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual([null, 'step', null, null])
  expect(steps[1]?.textContent).toBe('Signing in')
  expect(screen.getByText('1 min')).toBeTruthy()
  press('Cancel')
  await waitFor(() => expect(main.calls).toEqual([{ channel: 'hosts.disconnect', input: { host: 'db1' } }]))
})

it('says that it waits for the user while a question of the host is open', () => {
  const host = testHost('db1', {
    status: { kind: 'connecting', sinceMs: 0, stage: 'authenticating', attempt: 1 },
  })
  replacePrompts([
    {
      kind: 'password',
      id: promptId.parse('p'),
      host: host.id,
      hostLabel: 'db1',
      user: 'root',
      address: 'db1',
      isRetry: false,
      keeping: 'never',
    },
  ])
  render(<ConnectionPanel host={host} />)
  expect(screen.getByRole('status').textContent).toContain('as soon as you have answered')
})

it('tells why the connection was lost while it comes back', () => {
  const error = { kind: 'unreachable' as const, message: 'The host closed the connection' }
  render(
    <ConnectionPanel
      host={testHost('db1', {
        status: { kind: 'connecting', sinceMs: 0, stage: 'reaching', attempt: 3, error },
      })}
    />,
  )
  expect(screen.getByText('Attempt 3: the one before failed')).toBeTruthy()
  expect(screen.getByText('The host closed the connection')).toBeTruthy()
})

it('offers every way on after a failure, with cause, cure and the host’s own words', async () => {
  render(<ConnectionPanel host={failed()} />)
  const alert = screen.getByRole('alert').textContent
  for (const text of ['Nobody answers at db1', 'Check whether it is on', 'connect ECONNREFUSED']) {
    expect(alert).toContain(text)
  }
  expect(screen.queryByRole('button', { name: 'Stop trying' })).toBeNull()
  for (const [button, kind] of [
    ['Edit…', 'editHost'],
    ['Diagnose…', 'diagnosis'],
    ['Connection log', 'hostLog'],
    ['Remove…', 'removeHost'],
  ] as const) {
    press(button)
    expect(useDialog.getState().open).toEqual({ kind, host: 'db1' })
  }
  press('Try again')
  await waitFor(() => expect(main.calls).toEqual([{ channel: 'hosts.connect', input: { host: 'db1' } }]))
})

it('counts down to the next try, which can be called off', async () => {
  render(<ConnectionPanel host={failed(Date.now() + 40_000)} />)
  expect(screen.getByText(/^Next try in \d+ s, at \d\d:\d\d:\d\d$/)).toBeTruthy()
  press('Stop trying')
  await waitFor(() => expect(main.calls[0]?.channel).toBe('hosts.disconnect'))
})

it('says of when the last known machines are', () => {
  const heard = new Date()
  heard.setHours(14, 3, 0, 0)
  const lastHeardMs = heard.getTime()
  render(<ConnectionPanel host={testHost('db1', { lastInfo: testInfo, lastHeardMs })} />)
  expect(screen.getByText(/as of 14:03; nothing can be changed/)).toBeTruthy()
})

it('names the day when it was another one', () => {
  const now = new Date(2026, 10, 24, 9, 0).getTime()
  expect(asOf(new Date(2026, 10, 24, 8, 5).getTime(), now)).toBe('08:05')
  expect(asOf(new Date(2026, 10, 23, 14, 3).getTime(), now)).toMatch(/23.*14:03/)
  expect(asOf(undefined, now)).toBe('the last connection')
})

import { expect, test } from 'vitest'
import type { ErrorData } from '../../../shared/errors'
import type { ConsoleState } from './console-model'
import { noticeFor } from './console-text'

const plain = { hasSavedState: false }
const error: ErrorData = { kind: 'unsupported', message: '', detail: 'graphics type=spice' }

test('the screen and the password form are not talked over', () => {
  const quiet: ConsoleState[] = [
    { kind: 'connected', protection: { by: 'local' } },
    { kind: 'resting' },
    { kind: 'password', question: { method: 'vnc', why: 'needed' } },
  ]
  expect(quiet.map((state) => noticeFor(state, plain))).toEqual([undefined, undefined, undefined])
})

test('a VM that is off can be started from here, a saved one restored', () => {
  expect(noticeFor({ kind: 'off' }, plain)).toMatchObject({ title: 'The VM is shut off', action: 'start' })
  expect(noticeFor({ kind: 'off' }, { hasSavedState: true })).toMatchObject({
    title: 'The VM is saved',
    action: 'restore',
  })
})

test("the host's sentence is preferred, and every kind of missing screen has one of its own and a way out", () => {
  expect(
    noticeFor(
      {
        kind: 'unavailable',
        why: 'spice-only',
        error: { ...error, message: '"a" has SPICE only', cure: 'Add VNC' },
      },
      plain,
    ),
  ).toMatchObject({ title: '"a" has SPICE only', text: 'Add VNC', action: 'retry' })
  for (const why of ['no-display', 'spice-only', 'serial-only', 'not-reachable'] as const) {
    const notice = noticeFor({ kind: 'unavailable', why, error }, plain)
    expect(notice?.title).toBeTruthy()
    expect(notice?.text).toBeTruthy()
    expect(notice?.error).toBe(error)
  }
})

test('while it reconnects the reason is told but nothing is asked of the user', () => {
  const notice = noticeFor({ kind: 'retrying', error: { kind: 'unreachable', message: 'Link lost' } }, plain)
  expect(notice).toMatchObject({ title: 'Reconnecting…', text: 'Link lost', tone: 'wait' })
  expect(notice?.action).toBeUndefined()
})

test('a host that is away can be connected from here', () => {
  expect(noticeFor({ kind: 'host-away' }, undefined)).toMatchObject({ action: 'connectHost' })
})

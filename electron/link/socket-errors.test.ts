import { describe, expect, it } from 'vitest'
import { tcpError, unixSocketError } from './socket-errors'

const failure = (code: string): Error => Object.assign(new Error(`connect ${code}`), { code })

describe('socket errors', () => {
  it.each([
    ['ECONNREFUSED', 'host-a refuses connections on this port'],
    ['ENOTFOUND', 'host-a is not a known host name'],
    ['EHOSTUNREACH', 'host-a cannot be reached'],
    ['ETIMEDOUT', 'host-a does not answer'],
    ['ESOMETHING', 'host-a cannot be reached'],
  ])('explains %s with cause and cure', (code, message) => {
    const error = tcpError(failure(code), 'host-a')
    expect(error).toMatchObject({ kind: 'unreachable', message, detail: `connect ${code}` })
    expect(error.cure).toBeTruthy()
  })

  it('looks into the failures of several addresses', () => {
    const error = tcpError(new AggregateError([failure('ECONNREFUSED'), failure('ENETUNREACH')]), 'host-a')
    expect(error.message).toBe('host-a refuses connections on this port')
    expect(error.detail).toBe('connect ECONNREFUSED; connect ENETUNREACH')
  })

  it('tells a missing socket from a forbidden one', () => {
    expect(unixSocketError(failure('ENOENT'), '/run/x').kind).toBe('unreachable')
    expect(unixSocketError(failure('EACCES'), '/run/x').kind).toBe('denied')
  })
})

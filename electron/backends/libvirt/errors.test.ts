import { describe, expect, it } from 'vitest'
import { AppError, type ErrorKind } from '../../../shared/errors'
import {
  RpcAuthError,
  RpcClosedError,
  RpcError,
  RpcProtocolError,
  RpcTimeoutError,
  virErrorDomain as domains,
  virErrorNumber as codes,
  type CloseKind,
} from '../../libvirt-rpc/index'
import { closedError, toAppError } from './errors'

const fromHost = (code: number, domain: number = domains.VIR_FROM_QEMU, int1 = -1): AppError => {
  const details = { level: 2, str1: null, str2: null, str3: null, int1, int2: -1 }
  return toAppError(new RpcError(code, domain, 'words of the host', details)) as AppError
}

describe('errors of the host', () => {
  it.each<[keyof typeof codes, ErrorKind]>([
    ['VIR_ERR_NO_DOMAIN', 'not-found'],
    ['VIR_ERR_OPERATION_INVALID', 'invalid'],
    ['VIR_ERR_OPERATION_TIMEOUT', 'busy'],
    ['VIR_ERR_OPERATION_DENIED', 'denied'],
    ['VIR_ERR_ACCESS_DENIED', 'denied'],
    ['VIR_ERR_NO_SUPPORT', 'unsupported'],
    ['VIR_ERR_CONFIG_UNSUPPORTED', 'unsupported'],
    ['VIR_ERR_DOM_EXIST', 'already-exists'],
    ['VIR_ERR_AUTH_UNAVAILABLE', 'denied'],
    ['VIR_ERR_AUTH_CANCELLED', 'cancelled'],
    ['VIR_ERR_AUTH_FAILED', 'auth-failed'],
    ['VIR_ERR_NO_CONNECT', 'unsupported'],
    ['VIR_ERR_INTERNAL_ERROR', 'internal'],
    ['VIR_ERR_OPERATION_ABORTED', 'cancelled'],
  ])('takes %s for %s and keeps the words of the host', (code, kind) => {
    const error = fromHost(codes[code])
    expect({ kind: error.kind, detail: error.detail }).toEqual({ kind, detail: 'words of the host' })
    expect(error.message).toMatch(/^[A-Z].*[^.]$/)
  })

  it('says for each way polkit refuses what to do about it', () => {
    for (const code of [
      codes.VIR_ERR_AUTH_UNAVAILABLE,
      codes.VIR_ERR_AUTH_CANCELLED,
      codes.VIR_ERR_AUTH_FAILED,
    ]) {
      expect(fromHost(code, domains.VIR_FROM_POLKIT).cure).toContain('"libvirt"')
    }
  })

  it('takes a procedure the daemon does not know for unsupported', () => {
    const error = new RpcError(codes.VIR_ERR_RPC, domains.VIR_FROM_RPC, 'unknown procedure: 449')
    expect(toAppError(error)).toMatchObject({ kind: 'unsupported', detail: 'unknown procedure: 449' })
  })

  it.each<[number, ErrorKind]>([
    [2, 'not-found'],
    [13, 'denied'],
    [16, 'busy'],
    [28, 'busy'],
    [999, 'internal'],
  ])('reads errno %i of a system error', (errno, kind) => {
    expect(fromHost(codes.VIR_ERR_SYSTEM_ERROR, domains.VIR_FROM_STORAGE, errno).kind).toBe(kind)
  })

  it('shows a code it does not know as the host said it', () => {
    expect(fromHost(4711)).toMatchObject({ kind: 'internal', detail: 'words of the host' })
  })
})

describe('failures of the connection', () => {
  it.each<[CloseKind, ErrorKind]>([
    ['local', 'unreachable'],
    ['ended', 'unreachable'],
    ['transport', 'unreachable'],
    ['keepalive', 'unreachable'],
    ['protocol', 'unreachable'],
  ])('tells a connection that closed by %s', (kind, expected) => {
    const error = toAppError(new RpcClosedError({ kind, message: 'why' })) as AppError
    expect(error).toMatchObject({ kind: expected, detail: 'why' })
    expect(error.message).toBe(closedError({ kind, message: 'why' }).message)
  })

  it('tells timeouts, refused arguments and missing ways to sign in', () => {
    expect(toAppError(new RpcTimeoutError('DOMAIN_SUSPEND', 100))).toMatchObject({ kind: 'timed-out' })
    expect(toAppError(new RpcProtocolError('too long'))).toMatchObject({
      kind: 'invalid',
      detail: 'too long',
    })
    expect(toAppError(new RpcAuthError('sasl-required', 'SASL'))).toMatchObject({ kind: 'unsupported' })
    expect(toAppError(new DOMException('gone', 'AbortError'))).toMatchObject({ kind: 'cancelled' })
  })

  it('passes on what is an AppError already, and what is a bug', () => {
    const known = new AppError('busy', 'Busy')
    const bug = new TypeError('x is not a function')
    expect(toAppError(known)).toBe(known)
    expect(toAppError(bug)).toBe(bug)
  })
})

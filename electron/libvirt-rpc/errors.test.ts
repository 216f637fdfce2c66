import { describe, expect, it } from 'vitest'
import { RpcError, authFailure, isDenied, isNoDomain, isUnknownProcedure, isUnsupported } from './errors'

const libvirtSaid = (code: number, domain: number, message = '') => new RpcError(code, domain, message)

describe('what libvirt said', () => {
  it('counts as unsupported when the driver lacks it or the daemon is too old to know it', () => {
    expect(isUnsupported(libvirtSaid(3, 10))).toBe(true)
    expect(isUnsupported(libvirtSaid(39, 7, 'unknown procedure: 456'))).toBe(true)
    expect(isUnsupported(libvirtSaid(39, 13, 'unknown procedure: 456'))).toBe(true)
    expect(isUnknownProcedure(libvirtSaid(3, 10))).toBe(false)
  })

  it('does not count as unsupported for other RPC errors', () => {
    expect(isUnsupported(libvirtSaid(39, 7, 'authentication required'))).toBe(false)
    expect(isUnsupported(libvirtSaid(39, 10, 'unknown procedure: 456'))).toBe(false)
    expect(isUnsupported(new Error('unknown procedure'))).toBe(false)
  })

  it('is told apart by code, not by text', () => {
    expect(isNoDomain(libvirtSaid(42, 10, 'Domäne nicht gefunden'))).toBe(true)
    expect(isNoDomain(libvirtSaid(43, 19))).toBe(false)
    expect([29, 88, 1].map((code) => isDenied(libvirtSaid(code, 7)))).toEqual([true, true, false])
    expect([45, 79, 94, 1].map((code) => authFailure(libvirtSaid(code, 7)))).toEqual([
      'failed',
      'cancelled',
      'unavailable',
      null,
    ])
  })
})

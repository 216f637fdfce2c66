import { describe, expect, it } from 'vitest'
import { isVncResponse, vncResponse } from './vnc-challenge'

describe('VNC authentication', () => {
  // the value another implementation (noVNC's own DES) gives for the same password and challenge
  const challenge = Buffer.alloc(16, 7)
  const expected = '8d7f277bb06946178d7f277bb0694617'

  it('encrypts the challenge as other implementations do', () => {
    expect(vncResponse(challenge, 'postmark').toString('hex')).toBe(expected)
  })

  it('looks at the first eight bytes of the password only, as the protocol says', () => {
    expect(isVncResponse(Buffer.from(expected, 'hex'), challenge, 'postmark and more')).toBe(true)
    expect(isVncResponse(Buffer.from(expected, 'hex'), challenge, 'postmarl')).toBe(false)
  })
})

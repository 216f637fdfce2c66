import { createCipheriv, timingSafeEqual } from 'node:crypto'

export const challengeLength = 16

/**
 * VNC authentication (RFC 6143, 7.2.2): both 8-byte halves of the challenge are encrypted with DES, the password's
 * first eight bytes being the key with the bits of each byte in reverse order.
 *
 * Single DES is missing from OpenSSL 3 and ECB modes from BoringSSL; triple DES with three equal keys is single DES,
 * and CBC over one block without an initial vector is ECB.
 */
export function vncResponse(challenge: Buffer, password: string): Buffer {
  const key = Buffer.alloc(8)
  key.set(Buffer.from(password, 'latin1').subarray(0, 8).map(reverseBits))
  const tripleKey = Buffer.concat([key, key, key])
  const halves = [challenge.subarray(0, 8), challenge.subarray(8, 16)].map((half) =>
    createCipheriv('des-ede3-cbc', tripleKey, Buffer.alloc(8)).setAutoPadding(false).update(half),
  )
  return Buffer.concat(halves)
}

export function isVncResponse(response: Buffer, challenge: Buffer, password: string): boolean {
  return timingSafeEqual(response, vncResponse(challenge, password))
}

function reverseBits(byte: number): number {
  let reversed = 0
  for (let bit = 0; bit < 8; bit += 1) if (byte & (1 << bit)) reversed |= 128 >> bit
  return reversed
}

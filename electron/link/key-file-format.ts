/**
 * The public key stands unencrypted in OpenSSH's own format (PROTOCOL.key): magic, cipher, KDF, KDF options, number
 * of keys, public key; all but the magic and the number are length-prefixed.
 */
export function openSshPublicBlob(data: Buffer): Buffer | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(
    data.toString('latin1'),
  )?.[1]
  if (body === undefined) return undefined
  const bytes = Buffer.from(body, 'base64')
  const magic = 'openssh-key-v1\0'
  if (bytes.toString('latin1', 0, magic.length) !== magic) return undefined
  let offset = magic.length
  for (let skipped = 0; skipped < 3; skipped += 1) {
    const field = blobAfter(bytes, offset)
    if (!field) return undefined
    offset = field.end
  }
  return blobAfter(bytes, offset + 4)?.blob
}

/** A length-prefixed field (RFC 4251 section 5, "string"). */
export function blobAfter(bytes: Buffer, offset: number): { blob: Buffer; end: number } | undefined {
  if (offset + 4 > bytes.length) return undefined
  const length = bytes.readUInt32BE(offset)
  const start = offset + 4
  if (length > bytes.length - start) return undefined
  return { blob: bytes.subarray(start, start + length), end: start + length }
}

/** Keys of FIDO tokens (PROTOCOL.u2f). */
export function isSecurityKeyType(text: string): boolean {
  return /^sk-(ssh|ecdsa)-/.test(text)
}

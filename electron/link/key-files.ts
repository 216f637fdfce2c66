import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type ParsedKey } from 'ssh2'
import { AppError } from '../../shared/errors'

/** A private key on this computer whose public half can be shown before its passphrase is asked for. */
export interface KeyFile {
  readonly path: string
  readonly publicKey: ParsedKey
  /** Present when the file is not encrypted. */
  readonly privateKey?: ParsedKey
  decrypt(passphrase: string): ParsedKey | undefined
}

/** The names ssh tries by itself, best first (ssh(1), option -i). */
export const usualKeyFiles = ['id_ed25519', 'id_ecdsa', 'id_rsa'] as const

/** The key the user chose; every way it can be unusable is told, as they expect this one to be used. */
export async function readChosenKeyFile(path: string, home = homedir()): Promise<KeyFile> {
  const full = path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path
  const unusable = (message: string, cure: string, detail?: string): AppError =>
    new AppError('invalid', message, { field: 'keyFile', cure, detail })
  let data: Buffer
  try {
    data = await readFile(full)
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
    throw unusable(
      `The key file ${path} ${isMissing ? 'does not exist' : 'cannot be read'}`,
      'Choose another key file for this host',
      error instanceof Error ? error.message : undefined,
    )
  }
  const parsed = parseKey(data)
  if (!(parsed instanceof Error) && !parsed.isPrivateKey()) {
    throw unusable(`${path} is a public key`, 'Choose the private key, usually the same name without .pub')
  }
  const key = await keyFile(full, data)
  if (key) return key
  const reason = parsed instanceof Error ? parsed.message : undefined
  throw unusable(
    `${path} is not a private key that can be used`,
    isEncrypted(reason) ? `Put its public key beside it as ${path}.pub` : 'Choose an OpenSSH private key',
    reason,
  )
}

/** A usual key, if there is one that can be used; others are passed over as ssh does. */
export async function readUsualKeyFile(path: string): Promise<KeyFile | undefined> {
  const data = await readFile(path).catch(() => undefined)
  return data === undefined ? undefined : keyFile(path, data)
}

async function keyFile(path: string, data: Buffer): Promise<KeyFile | undefined> {
  const parsed = parseKey(data)
  const decrypt = (passphrase: string): ParsedKey | undefined => {
    const key = parseKey(data, passphrase)
    return key instanceof Error ? undefined : key
  }
  if (!(parsed instanceof Error)) {
    return parsed.isPrivateKey() ? { path, publicKey: parsed, privateKey: parsed, decrypt } : undefined
  }
  if (!isEncrypted(parsed.message)) return undefined
  const publicKey = publicHalf(data) ?? (await publicKeyBeside(path))
  return publicKey && { path, publicKey, decrypt }
}

/**
 * The public key stands unencrypted in OpenSSH's own format (PROTOCOL.key): magic, cipher, KDF, KDF options, number
 * of keys, public key; all but the magic and the number are length-prefixed.
 */
function publicHalf(data: Buffer): ParsedKey | undefined {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END/.exec(
    data.toString('latin1'),
  )?.[1]
  if (body === undefined) return undefined
  const bytes = Buffer.from(body, 'base64')
  const magic = 'openssh-key-v1\0'
  if (bytes.toString('latin1', 0, magic.length) !== magic) return undefined
  let offset = magic.length
  const next = (): Buffer | undefined => {
    if (offset + 4 > bytes.length) return undefined
    const length = bytes.readUInt32BE(offset)
    const start = offset + 4
    if (length > bytes.length - start) return undefined
    offset = start + length
    return bytes.subarray(start, offset)
  }
  next()
  next()
  next()
  offset += 4
  const blob = next()
  return blob && readPublicKey(blob)
}

async function publicKeyBeside(path: string): Promise<ParsedKey | undefined> {
  const data = await readFile(`${path}.pub`).catch(() => undefined)
  return data && readPublicKey(data)
}

function readPublicKey(data: Buffer): ParsedKey | undefined {
  const key = parseKey(data)
  return key instanceof Error ? undefined : key
}

function parseKey(data: Buffer, passphrase?: string): ParsedKey | Error {
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(data, passphrase)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  return key ?? new Error('The file holds no key')
}

/** ssh2 says so only in words. */
function isEncrypted(reason: string | undefined): boolean {
  return reason !== undefined && reason.includes('no passphrase given')
}

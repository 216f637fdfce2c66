import { readFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type ParsedKey } from 'ssh2'
import { AppError } from '../../shared/errors'
import { blobAfter, isSecurityKeyType, openSshPublicBlob } from './key-file-format'
import { useSystemSsh } from './ssh-config/limits'

/** Something that signs with a private key. */
export interface KeySigner {
  sign(data: Buffer, hash?: string): Buffer | Error
}

/** A key on this computer whose public half can be shown before its passphrase is asked for. */
export interface KeyFile {
  readonly path: string
  readonly publicKey: ParsedKey
  /** Present when the file is not encrypted. */
  readonly privateKey?: KeySigner
  /** Present when it is. Neither: only the public half is here, and an agent has to sign. */
  readonly lockedText?: string
}

/** The names ssh tries by itself, best first (ssh(1), option -i). */
export const usualKeyFiles = ['id_ed25519', 'id_ecdsa', 'id_rsa'] as const
/** Those need the token they belong to, which only the system's ssh can speak to. */
export const usualSecurityKeyFiles = ['id_ed25519_sk', 'id_ecdsa_sk'] as const

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
  if (isSecurityKey(data)) {
    throw unusable(
      `${path} belongs to a security key, which Innkeeper's own ssh engine cannot use`,
      `Choose another key file, or ${useSystemSsh}`,
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

/**
 * A usual key or one of the ssh settings, if there is one that can be used; others are passed over as ssh does. A
 * public key alone counts, too: it says which key of the agent is meant (ssh_config(5), IdentityFile).
 */
export async function readIdentity(path: string): Promise<KeyFile | 'security-key' | undefined> {
  const data = await readFile(path).catch(() => undefined)
  if (data === undefined) {
    const publicKey = await publicKeyBeside(path)
    return publicKey && { path, publicKey }
  }
  if (isSecurityKey(data)) return 'security-key'
  const parsed = parseKey(data)
  if (!(parsed instanceof Error) && !parsed.isPrivateKey()) return { path, publicKey: parsed }
  return keyFile(path, data)
}

async function keyFile(path: string, data: Buffer): Promise<KeyFile | undefined> {
  const parsed = parseKey(data)
  if (!(parsed instanceof Error)) {
    return parsed.isPrivateKey() ? { path, publicKey: parsed, privateKey: parsed } : undefined
  }
  if (!isEncrypted(parsed.message)) return undefined
  const blob = openSshPublicBlob(data)
  const publicKey = (blob && readPublicKey(blob)) ?? (await publicKeyBeside(path))
  return publicKey && { path, publicKey, lockedText: data.toString('latin1') }
}

async function publicKeyBeside(path: string): Promise<ParsedKey | undefined> {
  const data = await readFile(`${path}.pub`).catch(() => undefined)
  return data && readPublicKey(data)
}

function readPublicKey(data: Buffer): ParsedKey | undefined {
  const key = parseKey(data)
  return key instanceof Error ? undefined : key
}

function parseKey(data: Buffer): ParsedKey | Error {
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(data)
  const key = Array.isArray(parsed) ? parsed[0] : parsed
  return key ?? new Error('The file holds no key')
}

function isSecurityKey(data: Buffer): boolean {
  const blob = openSshPublicBlob(data)
  const type = blob && blobAfter(blob, 0)?.blob.toString('latin1')
  return isSecurityKeyType(type ?? data.toString('latin1', 0, 64))
}

/** ssh2 says so only in words. */
function isEncrypted(reason: string | undefined): boolean {
  return reason !== undefined && reason.includes('no passphrase given')
}

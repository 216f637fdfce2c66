import ssh2, { type BaseAgent, type ParsedKey, type SigningRequestOptions } from 'ssh2'
import { OneKeyAgent } from './key-file-agent'
import type { KeyFile } from './key-files'
import type { KeyRing } from './key-ring'
import { textOf } from './socket-errors'

/** A key to offer, and whose it is in the words of an error. */
export interface OfferedKey {
  readonly what: string
  readonly name: string
  /** The public key, so that none is offered twice. */
  readonly id: string
  readonly agent: OneKeyAgent
}

export interface KeySources {
  /** The key the user chose for this host; tried first, since servers allow only a few tries (sshd's MaxAuthTries). */
  readonly chosenKey?: KeyFile | undefined
  /** Those of the ssh settings, or the usual ones. */
  readonly files: readonly KeyFile[]
  /** Socket of an ssh agent, or what ssh2 takes for one on Windows. */
  readonly agent?: string | undefined
  /** No keys of the agent but those that also are in files. */
  readonly identitiesOnly: boolean
  readonly ring: KeyRing
  log(text: string): void
}

/** An agent that does not answer at all is done without. */
const agentLimitMs = 10_000
const ofAgent = 'the keys of the ssh agent'

/**
 * The keys in the order ssh has them: what is in files and in the agent, other keys of the agent, other files
 * (ssh_config(5), IdentityFile and IdentitiesOnly). Whatever the agent holds is signed by it and needs no passphrase.
 */
export async function keysToOffer(
  sources: KeySources,
  from: { readonly agent: boolean; readonly files: boolean },
): Promise<OfferedKey[]> {
  const { chosenKey, ring, identitiesOnly } = sources
  const source = sources.agent !== undefined && from.agent ? ssh2.createAgent(sources.agent) : undefined
  const held = source ? await agentKeys(source, sources.log) : []
  const named = chosenKey ? [chosenKey, ...sources.files] : sources.files
  const byFile = (file: KeyFile, what: string): OfferedKey | undefined => {
    const id = idOf(file.publicKey)
    const twin = held.find((key) => isSame(key, file.publicKey))
    const name = `the key ${file.path}`
    if (twin && source) return { what, name, id, agent: agentSigned(source, twin) }
    const canSign = file.privateKey !== undefined || file.lockedText !== undefined
    if (!canSign || !from.files) return undefined
    return {
      what,
      name,
      id,
      agent: new OneKeyAgent(file.publicKey, (data, hash) => ring.sign(file, data, hash)),
    }
  }
  const isHeld = (file: KeyFile): boolean => held.some((key) => isSame(key, file.publicKey))
  const offers = [
    chosenKey && byFile(chosenKey, `the key ${chosenKey.path}`),
    ...sources.files.filter(isHeld).map((file) => byFile(file, ofAgent)),
    ...(identitiesOnly || !source ? [] : held)
      .filter((key) => !named.some((file) => isSame(key, file.publicKey)))
      .map(
        (key) =>
          source && {
            what: ofAgent,
            name: 'a key of the ssh agent',
            id: idOf(key),
            agent: agentSigned(source, key),
          },
      ),
    ...sources.files
      .filter((file) => !isHeld(file))
      .map((file) => byFile(file, `the keys in ${directoryOf(file.path)}`)),
  ]
  return offers.filter((offer) => offer !== undefined)
}

function agentSigned(source: BaseAgent, key: ParsedKey): OneKeyAgent {
  return new OneKeyAgent(
    key,
    (data, hash) =>
      new Promise((resolve, reject) => {
        const options = (hash === undefined ? {} : { hash }) as SigningRequestOptions
        source.sign(key, data, options, (error, signature) => {
          if (error || signature === undefined) reject(error ?? new Error('The ssh agent did not sign'))
          else resolve(Buffer.from(signature))
        })
      }),
  )
}

function agentKeys(source: BaseAgent, log: (text: string) => void): Promise<ParsedKey[]> {
  return new Promise((resolve) => {
    const giveUp = (why: string): void => {
      log(`The ssh agent cannot be used: ${why}`)
      resolve([])
    }
    const timer = setTimeout(() => giveUp('it does not answer'), agentLimitMs)
    source.getIdentities((error, keys) => {
      clearTimeout(timer)
      if (error) giveUp(textOf(error))
      else resolve((keys ?? []).flatMap((key) => parsed(key)))
    })
  })
}

function parsed(key: unknown): ParsedKey[] {
  const one: unknown = ssh2.utils.parseKey(key as Buffer)
  return one instanceof Error || Array.isArray(one) ? [] : [one as ParsedKey]
}

function idOf(key: ParsedKey): string {
  return key.getPublicSSH().toString('base64')
}

function isSame(one: ParsedKey, other: ParsedKey): boolean {
  return one.getPublicSSH().equals(other.getPublicSSH())
}

function directoryOf(path: string): string {
  return path.replace(/[^/\\]*$/, '')
}

import type { Prompt } from '../../../shared/model/prompt'

/** Whom the connection is for, so that ssh's words about it can be told from those about a jump host. */
export interface AskedFor {
  /** All names ssh may use for the host. */
  readonly hosts: readonly string[]
  readonly user: string
  /** How the app writes the host: host or [host]:port. */
  readonly address: string
}

export interface AskedBefore {
  /** Whether this very question was answered before. */
  readonly isRetry: boolean
  /** What ssh and the host said since the last question: instructions, a banner. */
  readonly said: string
  /** The host key's type as the protocol names it, where ssh's log told it. */
  readonly keyTypeOf: (fingerprint: string) => string | undefined
}

/**
 * ssh asks in sentences (SSH_ASKPASS gets nothing else). Those of OpenSSH 7.4 to 10 are told apart; what is not
 * recognised is shown as it is.
 */
export function promptFor(text: string, target: AskedFor, before: AskedBefore): Prompt {
  return (
    hostKeyPrompt(text, before) ??
    passphrasePrompt(text, before) ??
    passwordPrompt(text, target, before) ??
    otherPrompt(text, target, before)
  )
}

function hostKeyPrompt(text: string, before: AskedBefore): Prompt | undefined {
  const address = /^The authenticity of host '(.+?)(?: \(.*?\))?' can't be established/m.exec(text)?.[1]
  const [, type, fingerprint] = /^(\S+) key fingerprint is (\S+?)\.?$/m.exec(text) ?? []
  if (address === undefined || type === undefined || fingerprint === undefined) return undefined
  return { kind: 'host-key', address, keyType: before.keyTypeOf(fingerprint) ?? keyType(type), fingerprint }
}

function passphrasePrompt(text: string, { isRetry }: AskedBefore): Prompt | undefined {
  const key = /^Enter passphrase for (?:key |PEM )?'?(.+?)'?: ?$/.exec(text)
  return key?.[1] === undefined ? undefined : { kind: 'passphrase', keyFile: key[1], isRetry }
}

/** Also those a server asks by keyboard-interactive: PAM's "Password:", as the built-in engine has it. */
function passwordPrompt(text: string, target: AskedFor, { isRetry }: AskedBefore): Prompt | undefined {
  const own = /^([^()\s]+)@(\S+?)'s password: ?$/.exec(text)
  // by keyboard-interactive; OpenSSH before 8.5 does not say for whom
  const asked = /^(?:\(([^()\n]+)@([^()\n]+)\) )?(?:[\w.@-]+'s )?password ?(?:for [\w.@-]+)?: ?$/i.exec(text)
  const match = own ?? asked
  if (!match) return undefined
  const [, user = target.user, host] = match
  return { kind: 'password', user, address: addressOf(host, target), isRetry }
}

function otherPrompt(text: string, target: AskedFor, { isRetry, said }: AskedBefore): Prompt {
  const [, user = target.user, host, rest = text] = /^\(([^()\n]+)@([^()\n]+)\) ([^]*)$/.exec(text) ?? []
  const lines = rest.trim().split('\n')
  const question = (lines.pop() ?? '').trim()
  const instructions = [said, ...lines, ...(isRetry ? ['The last answer was not accepted.'] : [])]
  return {
    kind: 'questions',
    user,
    address: addressOf(host, target),
    title: titleOf(question),
    instructions: instructions.join('\n').trim(),
    questions: [
      { text: question === '' ? 'ssh asks for an answer' : question, isSecret: isSecret(question) },
    ],
  }
}

function titleOf(question: string): string {
  if (/\bPIN\b/.test(question)) return 'PIN of a security key or smart card'
  if (/password/i.test(question)) return 'ssh asks for a password'
  if (isYesNo(question)) return 'ssh asks for a confirmation'
  return 'ssh asks'
}

function isYesNo(question: string): boolean {
  return /\(yes\/no\b|\[fingerprint\]|'yes'/i.test(question)
}

/** ssh does not say whether the answer may be seen, so it may not. */
function isSecret(question: string): boolean {
  return !isYesNo(question)
}

function addressOf(host: string | undefined, { hosts, address }: AskedFor): string {
  const name = host?.toLowerCase()
  return name === undefined || hosts.some((own) => own.toLowerCase() === name) ? address : (host ?? address)
}

/** ssh's short names for people, as the protocol has them; of ECDSA there are three. */
function keyType(shown: string): string {
  const names: Record<string, string> = {
    ED25519: 'ssh-ed25519',
    RSA: 'ssh-rsa',
    'ED25519-SK': 'sk-ssh-ed25519@openssh.com',
    'ECDSA-SK': 'sk-ecdsa-sha2-nistp256@openssh.com',
  }
  return names[shown] ?? shown
}

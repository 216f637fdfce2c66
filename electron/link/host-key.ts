import { AppError } from '../../shared/errors'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { fingerprint, keyTypeOf, knownHostsName, type HostKeyVerdict, type KnownHosts } from './known-hosts'
import { shellWord } from './shell-quote'
import { useSystemSsh } from './ssh-config/limits'

/**
 * What to do with a key that is not on record: ask the user; accept and remember it; refuse it; or take any key at
 * all, a changed one too (known_hosts_verify=ignore of libvirt's URIs).
 */
export type HostKeyPolicy = 'ask' | 'accept-new' | 'strict' | 'ignore'

export interface HostKeyCheck {
  readonly host: string
  readonly port: number
  readonly alias?: string | undefined
  /** Names the host in errors, with the jump host before it. */
  readonly place: string
  readonly policy: HostKeyPolicy
  /** Nothing may be asked. */
  readonly isQuiet: boolean
  readonly knownHosts: KnownHosts
  ask(prompt: Prompt): Promise<PromptAnswer>
  log(text: string): void
}

/**
 * Ends when the key may be trusted, otherwise with an AppError. An unknown key is the user's choice; a changed or
 * revoked one is refused without a way around, as it may be somebody in between.
 */
export async function checkHostKey(key: Buffer, check: HostKeyCheck): Promise<void> {
  const { host, port, alias, place, knownHosts } = check
  const address = alias ?? knownHostsName(host, port)
  const keyType = keyTypeOf(key)
  const print = fingerprint(key)
  if (check.policy === 'ignore') {
    check.log(
      `Warning: the host key of ${address} is not checked, as known_hosts_verify=ignore says (${print})`,
    )
    return
  }
  const verdict = knownHosts.verdict(host, port, key, alias)
  check.log(`Host key of ${address}, ${keyType} ${print}: ${verdict.kind}`)
  switch (verdict.kind) {
    case 'known':
      return
    case 'revoked':
      throw new AppError('denied', `The key of ${place} has been revoked`, {
        cure: 'Do not connect. Ask the administrator of the host for its new key.',
        detail: `${print} is marked @revoked in ${verdict.file} line ${verdict.line}`,
      })
    case 'changed':
      throw new AppError(
        'denied',
        `The key of ${place} is not the one on record, so it may be another machine`,
        {
          cure:
            `If the host was reinstalled, compare the fingerprint with its administrator, then remove line ` +
            `${verdict.line} of ${verdict.file} and connect again: ` +
            `ssh-keygen -f ${quoted(verdict.file)} -R ${quoted(address)}`,
          detail:
            `The host presents ${keyType} ${print}\n${verdict.file} line ${verdict.line} holds ` +
            `${verdict.knownType} ${fingerprint(verdict.knownKey)}`,
        },
      )
    case 'unknown':
      await decideUnknown(check, verdict, { address, keyType, print })
      await knownHosts.add(host, port, key, alias)
      check.log('Host key accepted and remembered')
  }
}

/** For the user's own shell. Double quotes do for Windows as well; names with more in them get the stronger ones. */
function quoted(word: string): string {
  return /^[\w .:%@~[\]/\\+-]+$/.test(word) ? `"${word}"` : shellWord(word)
}

async function decideUnknown(
  check: HostKeyCheck,
  verdict: HostKeyVerdict & { kind: 'unknown' },
  shown: { address: string; keyType: string; print: string },
): Promise<void> {
  const { place } = check
  const { address, keyType, print } = shown
  const byAuthority =
    verdict.authority &&
    `${verdict.authority.file} line ${verdict.authority.line} trusts ${address} by a certificate authority only, ` +
      `which Innkeeper's own ssh engine cannot check`
  if (byAuthority) check.log(byAuthority)
  const orSystemSsh = byAuthority ? `, or ${useSystemSsh}` : ''
  if (check.policy === 'accept-new') return
  if (check.policy === 'strict' || check.isQuiet) {
    const why =
      check.policy === 'strict'
        ? 'the ssh settings accept no new ones (StrictHostKeyChecking yes)'
        : 'nothing may be asked for this host'
    throw new AppError('denied', `The key of ${place} is not known, and ${why}`, {
      cure: `Compare its fingerprint with the administrator, then add it to known_hosts${orSystemSsh}`,
      detail: [`The host presents ${keyType} ${print}`, byAuthority].filter(Boolean).join('\n'),
    })
  }
  const answer = await check.ask({ kind: 'host-key', address, keyType, fingerprint: print })
  if (answer?.kind === 'host-key' && answer.accept) return
  throw new AppError('cancelled', `The key of ${place} was not accepted`, {
    cure: `Connect again and accept it once you have compared the fingerprint${orSystemSsh}`,
    detail: byAuthority,
  })
}

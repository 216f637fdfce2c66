import { AppError } from '../../shared/errors'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { fingerprint, keyTypeOf, knownHostsName, type KnownHosts } from './known-hosts'

export interface HostKeyCheck {
  readonly host: string
  readonly port: number
  readonly knownHosts: KnownHosts
  ask(prompt: Prompt): Promise<PromptAnswer>
  log(text: string): void
}

/**
 * Ends when the key may be trusted, otherwise with an AppError. An unknown key is the user's choice; a changed or
 * revoked one is refused without a way around, as it may be somebody in between.
 */
export async function checkHostKey(key: Buffer, check: HostKeyCheck): Promise<void> {
  const { host, port, knownHosts } = check
  const address = knownHostsName(host, port)
  const keyType = keyTypeOf(key)
  const print = fingerprint(key)
  const verdict = knownHosts.verdict(host, port, key)
  check.log(`Host key ${keyType} ${print}: ${verdict.kind}`)
  switch (verdict.kind) {
    case 'known':
      return
    case 'revoked':
      throw new AppError('denied', `The key of ${address} has been revoked`, {
        cure: 'Do not connect. Ask the administrator of the host for its new key.',
        detail: `${print} is marked @revoked in ${verdict.file} line ${verdict.line}`,
      })
    case 'changed':
      throw new AppError(
        'denied',
        `The key of ${address} is not the one on record, so it may be another machine`,
        {
          cure:
            `If the host was reinstalled, compare the fingerprint with its administrator, then remove line ` +
            `${verdict.line} of ${verdict.file} and connect again`,
          detail:
            `The host presents ${keyType} ${print}; ${verdict.file} line ${verdict.line} holds another ` +
            `${verdict.knownType} key`,
        },
      )
    case 'unknown': {
      const answer = await check.ask({ kind: 'host-key', address, keyType, fingerprint: print })
      if (answer?.kind !== 'host-key' || !answer.accept) {
        throw new AppError('cancelled', `The key of ${address} was not accepted`, {
          cure: 'Connect again and accept it once you have compared the fingerprint',
        })
      }
      await knownHosts.add(host, port, key)
      check.log('Host key accepted and remembered')
    }
  }
}

import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/errors'
import type { AppEmitters } from '../../shared/ipc/contract'
import { promptId as promptIdSchema, type HostId, type PromptId } from '../../shared/model/ids'
import type { PendingPrompt, Prompt, PromptAnswer } from '../../shared/model/prompt'

export interface PromptsOptions {
  readonly emit: Pick<AppEmitters, 'prompts'>
  /** The system's keychain; without it nothing outlives the app. */
  readonly store?: SecretKeeper
}

/** What outlives the app; see settings/secret-store. */
export interface SecretKeeper {
  readonly isAvailable: boolean
  has(host: HostId): boolean
  get(host: HostId, question: string): readonly string[] | undefined
  set(host: HostId, question: string, values: readonly string[]): void
  delete(host: HostId, question: string): void
  forget(host: HostId): void
}

type Waiting = { readonly prompt: PendingPrompt; settle(answer: PromptAnswer): void }

/**
 * Questions waiting for the user, and the secrets they gave. Secrets live in memory for the life of the app, per host:
 * what was typed for one host is never offered to another. Those the user wants kept go to the system's keychain once
 * the host has accepted them.
 */
export class Prompts {
  readonly #waiting = new Map<PromptId, Waiting>()
  readonly #secrets = new Map<HostId, Map<string, PromptAnswer>>()
  readonly #asking = new Map<string, Promise<PromptAnswer>>()
  /** Wanted in the keychain, not yet proved right. */
  readonly #toKeep = new Map<HostId, Map<string, readonly string[]>>()
  readonly #emit: Pick<AppEmitters, 'prompts'>
  readonly #store: SecretKeeper | undefined

  constructor(options: PromptsOptions) {
    this.#emit = options.emit
    this.#store = options.store
  }

  list(): readonly PendingPrompt[] {
    return [...this.#waiting.values()].map((waiting) => waiting.prompt)
  }

  /**
   * The answer, from memory when the same question was answered before in this session. Aborting takes the question
   * back and rejects with `cancelled`.
   */
  async ask(host: HostId, hostLabel: string, prompt: Prompt, signal?: AbortSignal): Promise<PromptAnswer> {
    if (signal?.aborted) throw withdrawn()
    const key = secretKey(prompt)
    if (key !== undefined) {
      // a retry means the host refused what we remembered
      if ('isRetry' in prompt && prompt.isRetry) this.#drop(host, key)
      const remembered = this.#secrets.get(host)?.get(key) ?? this.#kept(host, key)
      if (remembered) return remembered
    }
    // two streams of one host may want the same secret at once: that is one question
    const question = key === undefined ? undefined : JSON.stringify([host, key])
    const asked = question === undefined ? undefined : this.#asking.get(question)
    if (asked) {
      const shared = await endsWith(asked, signal)
      if (shared !== undefined) return shared
    }
    const asking = this.#askUser(host, hostLabel, prompt, signal)
    if (question !== undefined) this.#asking.set(question, asking)
    const answer = await asking.finally(() => {
      if (question !== undefined) this.#asking.delete(question)
    })
    if (key !== undefined && answer?.kind === 'text') {
      const secrets = this.#secrets.get(host) ?? new Map<string, PromptAnswer>()
      this.#secrets.set(host, secrets.set(key, answer))
      const toKeep = this.#toKeep.get(host) ?? new Map<string, readonly string[]>()
      if (answer.keep) this.#toKeep.set(host, toKeep.set(key, answer.values))
    }
    return answer
  }

  answer(id: PromptId, answer: PromptAnswer): void {
    const waiting = this.#waiting.get(id)
    if (!waiting) {
      throw new AppError('not-found', 'This question is no longer being asked', {
        cure: 'Connect to the host again',
      })
    }
    const isFitting = answer === null || (answer.kind === 'host-key') === (waiting.prompt.kind === 'host-key')
    if (!isFitting) throw new AppError('invalid', 'The answer does not fit the question')
    waiting.settle(answer)
  }

  /** The host has let us in: what the user wanted kept goes to the keychain. */
  keepProved(host: HostId): void {
    for (const [key, values] of this.#toKeep.get(host) ?? []) this.#store?.set(host, key, values)
    this.#toKeep.delete(host)
  }

  /** Whether some secret of the host is in the keychain. */
  hasKept(host: HostId): boolean {
    return this.#store?.has(host) ?? false
  }

  /** Drops what was remembered and kept for a host, for instance when it is removed. */
  forget(host: HostId): void {
    this.#secrets.delete(host)
    this.#toKeep.delete(host)
    this.#store?.forget(host)
  }

  #kept(host: HostId, key: string): PromptAnswer | undefined {
    const values = this.#store?.get(host, key)
    return values && { kind: 'text', values: [...values] }
  }

  /** The host refused it. */
  #drop(host: HostId, key: string): void {
    this.#secrets.get(host)?.delete(key)
    this.#toKeep.get(host)?.delete(key)
    this.#store?.delete(host, key)
  }

  #keeping(prompt: Prompt): PendingPrompt['keeping'] {
    if (secretKey(prompt) === undefined) return 'never'
    return this.#store?.isAvailable ? 'offered' : 'unavailable'
  }

  #askUser(
    host: HostId,
    hostLabel: string,
    prompt: Prompt,
    signal: AbortSignal | undefined,
  ): Promise<PromptAnswer> {
    const id = promptIdSchema.parse(randomUUID())
    return new Promise((resolve, reject) => {
      const withdraw = (): void => {
        this.#remove(id)
        reject(withdrawn())
      }
      signal?.addEventListener('abort', withdraw, { once: true })
      this.#waiting.set(id, {
        prompt: { ...prompt, id, host, hostLabel, keeping: this.#keeping(prompt) },
        settle: (answer) => {
          signal?.removeEventListener('abort', withdraw)
          this.#remove(id)
          resolve(answer)
        },
      })
      this.#tell()
    })
  }

  #remove(id: PromptId): void {
    if (this.#waiting.delete(id)) this.#tell()
  }

  #tell(): void {
    this.#emit.prompts.changed({ prompts: this.list() })
  }
}

/** Another asker's answer; undefined when that one gave up, so that we have to ask ourselves. */
function endsWith(
  asked: Promise<PromptAnswer>,
  signal: AbortSignal | undefined,
): Promise<PromptAnswer | undefined> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => reject(withdrawn())
    signal?.addEventListener('abort', giveUp, { once: true })
    const settle = (answer: PromptAnswer | undefined): void => {
      signal?.removeEventListener('abort', giveUp)
      resolve(answer)
    }
    asked.then(settle, () => settle(undefined))
  })
}

function withdrawn(): AppError {
  return new AppError('cancelled', 'The connection attempt has ended')
}

/** One-time codes and host keys are asked anew each time: the first expire, the second are kept in known_hosts. */
function secretKey(prompt: Prompt): string | undefined {
  if (prompt.kind === 'password') return JSON.stringify(['password', prompt.user, prompt.address])
  if (prompt.kind === 'passphrase') return JSON.stringify(['passphrase', prompt.keyFile])
  if (prompt.kind === 'credentials') return JSON.stringify(['credentials', prompt.service, prompt.address])
  return undefined
}

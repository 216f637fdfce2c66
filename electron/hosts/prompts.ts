import { randomUUID } from 'node:crypto'
import { AppError } from '../../shared/errors'
import type { AppEmitters } from '../../shared/ipc/contract'
import { promptId as promptIdSchema, type HostId, type PromptId } from '../../shared/model/ids'
import type { PendingPrompt, Prompt, PromptAnswer } from '../../shared/model/prompt'

export interface PromptsOptions {
  readonly emit: Pick<AppEmitters, 'prompts'>
}

type Waiting = { readonly prompt: PendingPrompt; settle(answer: PromptAnswer): void }

/**
 * Questions waiting for the user, and the secrets they gave. Secrets live in memory only, for the life of the app,
 * per host: what was typed for one host is never offered to another.
 */
export class Prompts {
  readonly #waiting = new Map<PromptId, Waiting>()
  readonly #secrets = new Map<HostId, Map<string, PromptAnswer>>()
  readonly #emit: Pick<AppEmitters, 'prompts'>

  constructor(options: PromptsOptions) {
    this.#emit = options.emit
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
      if ('isRetry' in prompt && prompt.isRetry) this.#secrets.get(host)?.delete(key)
      const remembered = this.#secrets.get(host)?.get(key)
      if (remembered) return remembered
    }
    const answer = await this.#askUser(host, hostLabel, prompt, signal)
    if (key !== undefined && answer?.kind === 'text') {
      const secrets = this.#secrets.get(host) ?? new Map<string, PromptAnswer>()
      this.#secrets.set(host, secrets.set(key, answer))
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

  /** Drops what was remembered for a host, for instance when it is removed. */
  forget(host: HostId): void {
    this.#secrets.delete(host)
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
        prompt: {
          ...prompt,
          id,
          host,
          hostLabel,
          keeping: secretKey(prompt) === undefined ? 'never' : 'unavailable',
        },
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

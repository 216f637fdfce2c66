import { AppError } from '../../../shared/errors'
import type { Prompt, PromptAnswer } from '../../../shared/model/prompt'
import { promptFor, type AskedFor } from './questions'

interface AnswersParts {
  readonly target: AskedFor
  /** What ssh said since the last question. */
  said(): string
  keyTypeOf(fingerprint: string): string | undefined
  ask(prompt: Prompt): Promise<PromptAnswer>
}

/**
 * Turns ssh's questions into the app's and back. The ssh process to a jump host may ask for the same secret as the one
 * to the host behind it: it is asked of the user once. A process that asks again was not content.
 */
export class Answers {
  readonly #parts: AnswersParts
  /** Question → who was given which answer. Forgotten with the sign-in. */
  readonly #given = new Map<string, { askers: Set<string>; answer: string }>()

  constructor(parts: AnswersParts) {
    this.#parts = parts
  }

  async answer(question: string, asker: string): Promise<string> {
    const before = this.#given.get(question)
    const isRetry = before?.askers.has(asker) ?? false
    const prompt = promptFor(question, this.#parts.target, {
      isRetry,
      said: this.#parts.said(),
      keyTypeOf: (fingerprint) => this.#parts.keyTypeOf(fingerprint),
    })
    const isSecret = prompt.kind === 'passphrase' || prompt.kind === 'password'
    if (before && !isRetry && isSecret) {
      before.askers.add(asker)
      return before.answer
    }
    const answer = await this.#ask(prompt)
    const askers = new Set(before?.askers).add(asker)
    this.#given.set(question, { askers, answer: isSecret ? answer : '' })
    return answer
  }

  forget(): void {
    this.#given.clear()
  }

  async #ask(prompt: Prompt): Promise<string> {
    const answer = await this.#parts.ask(prompt)
    if (prompt.kind === 'host-key') {
      if (answer?.kind === 'host-key' && answer.accept) return 'yes'
      throw new AppError('cancelled', `The key of ${prompt.address} was not accepted`, {
        cure: 'Connect again and accept it once you have compared the fingerprint',
      })
    }
    if (answer?.kind === 'text') return answer.values[0] ?? ''
    throw new AppError('cancelled', 'Signing in was cancelled', { cure: 'Connect again to be asked anew' })
  }
}

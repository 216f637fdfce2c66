import type { Prompt as ServerQuestion } from 'ssh2'
import { AppError } from '../../shared/errors'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'

export interface AskedBy {
  readonly user: string
  /** host or [host]:port, as prompts show it. */
  readonly address: string
  ask(prompt: Prompt): Promise<PromptAnswer>
}

/** What a server asks during one keyboard-interactive attempt (RFC 4256); it may ask several times. */
export interface ServerQuestions {
  readonly title: string
  readonly instructions: string
  readonly questions: readonly ServerQuestion[]
  readonly isRetry: boolean
  /** The first of its attempt; what follows is a further proof. */
  readonly isFirst: boolean
}

/** Puts the server's questions to the user, and each secret once. */
export class SshQuestions {
  readonly #by: AskedBy
  /** Typed as the password and taken by the server, which then wanted more. */
  #provedPassword: string | undefined

  constructor(by: AskedBy) {
    this.#by = by
  }

  proved(password: string): void {
    this.#provedPassword = password
  }

  /** ssh2 holds on to who signs in for as long as the connection lives. */
  forget(): void {
    this.#provedPassword = undefined
  }

  password(isRetry: boolean): Promise<string> {
    const { user, address } = this.#by
    return this.#secret({ kind: 'password', user, address, isRetry })
  }

  async answers(asked: ServerQuestions): Promise<string[]> {
    const { user, address } = this.#by
    const { questions, isRetry, isFirst } = asked
    const [only] = questions
    if (only === undefined) return []
    // PAM asks for the plain password in this way; asked as such it can be remembered for the session
    if (questions.length === 1 && isFirst && isPassword(only)) {
      // the server asks by a second method for what it took by the first
      if (this.#provedPassword !== undefined && !isRetry) return [this.#provedPassword]
      return [await this.password(isRetry)]
    }
    const answer = await this.#by.ask({
      kind: 'questions',
      user,
      address,
      title: asked.title,
      instructions: asked.instructions,
      questions: questions.map(({ prompt, echo }) => ({ text: prompt, isSecret: echo !== true })),
    })
    if (answer?.kind !== 'text') throw signInCancelled()
    return questions.map((_, index) => answer.values[index] ?? '')
  }

  async #secret(prompt: Prompt): Promise<string> {
    const answer = await this.#by.ask(prompt)
    if (answer?.kind !== 'text') throw signInCancelled()
    return answer.values[0] ?? ''
  }
}

/** One-time codes call themselves passwords as well, and must neither be remembered nor answered from memory. */
function isPassword({ prompt, echo }: ServerQuestion): boolean {
  return (
    echo !== true &&
    /passw/i.test(prompt) &&
    !/one.?time|otp|oath|token|code|verification|factor|new passw|retype/i.test(prompt)
  )
}

export function signInCancelled(): AppError {
  return new AppError('cancelled', 'Signing in was cancelled', { cure: 'Connect again to be asked anew' })
}

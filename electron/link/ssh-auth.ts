import type { AnyAuthMethod, AuthenticationType, AuthHandlerMiddleware } from 'ssh2'
import { AppError } from '../../shared/errors'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import type { EngineLimit } from './ssh-config/limits'
import { keysToOffer, type KeySources } from './ssh-keys'
import { SshQuestions } from './ssh-questions'
import { authRefusal } from './ssh-refusal'

/** A way to sign in; `agent` and `key-files` together are ssh's publickey. */
export type SignInWay = 'keys' | 'agent' | 'key-files' | 'keyboard-interactive' | 'password'

export interface SshAuthOptions {
  readonly user: string
  /** host or [host]:port, as prompts show it. */
  readonly address: string
  /** Names the host in errors, with the jump host before it. */
  readonly place: string
  /** In the order to try them. */
  readonly ways: readonly SignInWay[]
  /** Nothing may be asked. */
  readonly isQuiet: boolean
  readonly keys: KeySources
  readonly limits: readonly EngineLimit[]
  ask(prompt: Prompt): Promise<PromptAnswer>
  log(text: string): void
  /** Sign-in cannot go on: the user cancelled, or something broke. */
  fail(error: AppError): void
}

/** What the server said to the last try. */
interface Reply {
  readonly left: readonly AuthenticationType[] | null
  readonly isPartial: boolean
}

type Attempts = AsyncGenerator<AnyAuthMethod, Reply, Reply>

const maxSecretTries = 3
/** Servers may ask for one method after the other; none asks for more. */
const maxRounds = 5

/** Signing in by one way after the other until the server is content. Handed to ssh2 as its authHandler. */
export class SshAuth {
  readonly #options: SshAuthOptions
  readonly #questions: SshQuestions
  readonly #steps: AsyncGenerator<AnyAuthMethod, void, Reply>
  readonly #refused = new Set<string>()
  /** Keys the server knows that could not sign: not unlocked, or the agent said no. */
  readonly #unused = new Set<string>()
  readonly #offeredKeys = new Set<string>()
  /** Wrong passwords and answers; servers count them together as well. */
  #secretTries = 0
  #accepts: readonly string[] = []

  constructor(options: SshAuthOptions) {
    this.#options = options
    this.#questions = new SshQuestions(options)
    this.#steps = this.#attempts()
  }

  readonly handler: AuthHandlerMiddleware = (left, isPartial, next) => {
    this.#steps.next({ left, isPartial }).then(
      (step) => {
        // false ends ssh2's attempt; its types leave it out
        if (step.done) next(false as unknown as AnyAuthMethod)
        else next(step.value)
      },
      (error: unknown) => this.#fail(error),
    )
  }

  /** Drops secrets, once signed in. */
  forget(): void {
    this.#questions.forget()
  }

  /** Why it did not work, once every way was tried. */
  refusal(detail?: string): AppError {
    return authRefusal({
      ...this.#options,
      refused: [...this.#refused],
      unused: [...this.#unused],
      accepts: this.#accepts,
      detail,
    })
  }

  async *#attempts(): AsyncGenerator<AnyAuthMethod, void, Reply> {
    // the only way to learn what the server accepts
    let reply: Reply = yield this.#none()
    this.#accepts = reply.left ?? []
    for (let round = 0; round < maxRounds; round += 1) {
      reply = yield* this.#round({ ...reply, isPartial: false })
      if (!reply.isPartial) return
      this.#options.log('The host wants a further proof')
      this.#secretTries = 0
    }
  }

  /** Every way once, until the server takes one and wants more. */
  async *#round(first: Reply): Attempts {
    let reply = first
    for (const way of this.#options.ways) {
      if (!allows(reply, methodOf(way))) continue
      if (way === 'keyboard-interactive') reply = yield* this.#tryQuestions(reply)
      else if (way === 'password') reply = yield* this.#tryPasswords(reply)
      else reply = yield* this.#tryKeys(reply, way)
      if (reply.isPartial) return reply
    }
    return reply
  }

  async *#tryKeys(before: Reply, way: 'keys' | 'agent' | 'key-files'): Attempts {
    const from = { agent: way !== 'key-files', files: way !== 'agent' }
    for (const { what, name, id, agent } of await keysToOffer(this.#options.keys, from)) {
      if (this.#offeredKeys.has(id)) continue
      this.#offeredKeys.add(id)
      yield { type: 'agent', username: this.#options.user, agent }
      if (agent.hasSigned) {
        // ssh2 does not say what the server answered to a signature: it may have taken it and want more
        const reply: Reply = yield this.#none()
        if (!isSameList(reply.left, before.left)) return { ...reply, isPartial: true }
      }
      if (agent.isWanted && !agent.hasSigned) this.#unused.add(name)
      else this.#refused.add(what)
    }
    return before
  }

  async *#tryQuestions(first: Reply): Attempts {
    let reply = first
    while (this.#secretTries < maxSecretTries && allows(reply, 'keyboard-interactive')) {
      const isRetry = this.#secretTries > 0
      let asked = 0
      reply = yield {
        type: 'keyboard-interactive',
        username: this.#options.user,
        prompt: (title, instructions, _language, questions, finish) => {
          const isFirst = asked === 0
          asked += questions.length
          this.#questions
            .answers({ title, instructions, questions, isRetry, isFirst })
            .then(finish, (error: unknown) => this.#fail(error))
        },
      }
      // offered, but refused without a question: sshd does that without PAM
      if (asked === 0 || reply.isPartial) return reply
      this.#secretTries += 1
      this.#refused.add('the answers')
    }
    return reply
  }

  async *#tryPasswords(first: Reply): Attempts {
    let reply = first
    while (this.#secretTries < maxSecretTries && allows(reply, 'password')) {
      const password = await this.#questions.password(this.#secretTries > 0)
      reply = yield { type: 'password', username: this.#options.user, password }
      if (reply.isPartial) {
        this.#questions.proved(password)
        return reply
      }
      this.#secretTries += 1
      this.#refused.add('the password')
    }
    return reply
  }

  #none(): AnyAuthMethod {
    return { type: 'none', username: this.#options.user }
  }

  #fail(error: unknown): void {
    const known =
      error instanceof AppError
        ? error
        : new AppError('internal', 'Signing in failed inside Innkeeper', {
            detail: String(error),
            cause: error,
          })
    this.#options.fail(known)
  }
}

function methodOf(way: SignInWay): AuthenticationType {
  return way === 'keyboard-interactive' || way === 'password' ? way : 'publickey'
}

function allows(reply: Reply, method: AuthenticationType): boolean {
  return reply.left === null || reply.left.includes(method)
}

function isSameList(one: Reply['left'], other: Reply['left']): boolean {
  return one?.join() === other?.join()
}

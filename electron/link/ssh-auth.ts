import type {
  AnyAuthMethod,
  AuthenticationType,
  AuthHandlerMiddleware,
  BaseAgent,
  KeyboardInteractiveCallback,
  Prompt as ServerQuestion,
} from 'ssh2'
import { AppError } from '../../shared/errors'
import type { Prompt, PromptAnswer } from '../../shared/model/prompt'
import { KeyFileAgent } from './key-file-agent'
import type { KeyFile } from './key-files'

export interface SshAuthOptions {
  readonly user: string
  /** host or [host]:port, as prompts show it. */
  readonly address: string
  /** The key the user chose for this host; tried first, since servers allow only a few tries (sshd's MaxAuthTries). */
  readonly chosenKey?: KeyFile | undefined
  readonly usualKeys: readonly KeyFile[]
  /** Socket of an ssh agent, or what ssh2 takes for one on Windows. */
  readonly agent?: string | undefined
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

const maxSecretTries = 3
/** Servers may ask for one method after the other; none asks for more. */
const maxRounds = 4

/**
 * The order of signing in, as ssh has it: keys, then the server's own questions, then a password
 * (PreferredAuthentications in ssh_config(5)). Handed to ssh2 as its authHandler.
 */
export class SshAuth {
  readonly #options: SshAuthOptions
  readonly #steps: AsyncGenerator<AnyAuthMethod, void, Reply>
  readonly #refused = new Set<string>()
  #offered: readonly string[] = []

  constructor(options: SshAuthOptions) {
    this.#options = options
    this.#steps = this.#attempts()
  }

  readonly handler: AuthHandlerMiddleware = (left, isPartial, next) => {
    this.#steps.next({ left, isPartial }).then(
      (step) => {
        // false ends ssh2's attempt; its types leave it out
        if (step.done) next(false as unknown as AnyAuthMethod)
        else next(step.value)
      },
      (error: unknown) => {
        this.#options.fail(
          error instanceof AppError
            ? error
            : new AppError('internal', 'Signing in failed inside Innkeeper', {
                detail: String(error),
                cause: error,
              }),
        )
      },
    )
  }

  /** Why it did not work, once every way was tried. */
  refusal(detail?: string): AppError {
    const { user, address } = this.#options
    const offered = this.#offered.length === 0 ? '' : `The host accepts: ${this.#offered.join(', ')}`
    const refused = [...this.#refused]
    return new AppError(
      'auth-failed',
      refused.length === 0
        ? `${address} accepts none of the ways Innkeeper can sign in as ${user}`
        : `${address} refused ${refused.join(' and ')} of ${user}`,
      {
        cure: this.#offered.includes('publickey')
          ? 'Check the user name and password, or choose a key file that the host knows (ssh-copy-id puts it there)'
          : 'Check the user name and the password',
        detail: [detail, offered].filter(Boolean).join('\n') || undefined,
      },
    )
  }

  async *#attempts(): AsyncGenerator<AnyAuthMethod, void, Reply> {
    const { user: username } = this.#options
    // the only way to learn what the server offers
    let reply: Reply = yield { type: 'none', username }
    this.#offered = reply.left ?? []
    for (let round = 0; round < maxRounds; round += 1) {
      if (allows(reply, 'publickey')) {
        for (const { what, agent } of await this.#keyAgents()) {
          reply = yield { type: 'agent', username, agent }
          this.#refused.add(what)
        }
        // ssh2 does not report what the server said to an agent's keys; it may have taken one and want more
        if (!allows(reply, 'keyboard-interactive') && !allows(reply, 'password')) {
          reply = yield { type: 'none', username }
        }
      }
      const tries = { used: 0 }
      if (allows(reply, 'keyboard-interactive')) reply = yield* this.#questions(reply, tries)
      if (!reply.isPartial && allows(reply, 'password')) reply = yield* this.#passwords(reply, tries)
      if (!reply.isPartial) return
      this.#options.log('The host wants a further proof')
    }
  }

  async *#questions(first: Reply, tries: { used: number }): AsyncGenerator<AnyAuthMethod, Reply, Reply> {
    const { user: username } = this.#options
    let reply = first
    while (tries.used < maxSecretTries && allows(reply, 'keyboard-interactive')) {
      const isRetry = tries.used > 0
      let wasAsked = false
      reply = yield {
        type: 'keyboard-interactive',
        username,
        prompt: (title, instructions, _language, questions, finish) => {
          wasAsked ||= questions.length > 0
          this.#answer({ title, instructions, questions, isRetry }, finish)
        },
      }
      // offered, but refused without a question: sshd does that without PAM
      if (!wasAsked) return reply
      if (reply.isPartial) return reply
      tries.used += 1
      this.#refused.add('the answers')
    }
    return reply
  }

  async *#passwords(first: Reply, tries: { used: number }): AsyncGenerator<AnyAuthMethod, Reply, Reply> {
    const { user, address } = this.#options
    let reply = first
    for (; tries.used < maxSecretTries && allows(reply, 'password'); tries.used += 1) {
      const password = await this.#askSecret({ kind: 'password', user, address, isRetry: tries.used > 0 })
      reply = yield { type: 'password', username: user, password }
      if (reply.isPartial) return reply
      this.#refused.add('the password')
    }
    return reply
  }

  #answer(
    asked: {
      readonly title: string
      readonly instructions: string
      readonly questions: readonly ServerQuestion[]
      readonly isRetry: boolean
    },
    finish: KeyboardInteractiveCallback,
  ): void {
    this.#answers(asked).then(
      (values) => finish(values),
      (error: unknown) => this.#options.fail(error instanceof AppError ? error : cancelled()),
    )
  }

  async #answers(asked: {
    readonly title: string
    readonly instructions: string
    readonly questions: readonly ServerQuestion[]
    readonly isRetry: boolean
  }): Promise<string[]> {
    const { user, address } = this.#options
    const { questions, isRetry } = asked
    const [only] = questions
    if (only === undefined) return []
    // PAM asks for the plain password in this way; asked as such it can be remembered for the session
    if (questions.length === 1 && only.echo !== true && /passw/i.test(only.prompt)) {
      return [await this.#askSecret({ kind: 'password', user, address, isRetry })]
    }
    const answer = await this.#options.ask({
      kind: 'questions',
      user,
      address,
      title: asked.title,
      instructions: asked.instructions,
      questions: questions.map(({ prompt, echo }) => ({ text: prompt, isSecret: echo !== true })),
    })
    if (answer?.kind !== 'text') throw cancelled()
    return questions.map((_, index) => answer.values[index] ?? '')
  }

  async #askSecret(prompt: Prompt): Promise<string> {
    const answer = await this.#options.ask(prompt)
    if (answer?.kind !== 'text') throw cancelled()
    return answer.values[0] ?? ''
  }

  async #keyAgents(): Promise<{ what: string; agent: BaseAgent | string }[]> {
    const { chosenKey, usualKeys, agent } = this.#options
    const files = (keys: readonly KeyFile[]): KeyFileAgent =>
      new KeyFileAgent(keys, {
        askPassphrase: async (keyFile, isRetry) => {
          const answer = await this.#options.ask({ kind: 'passphrase', keyFile, isRetry })
          return answer?.kind === 'text' ? answer.values[0] : undefined
        },
        onCancelled: (error) => this.#options.fail(error),
      })
    return [
      ...(chosenKey ? [{ what: `the key ${chosenKey.path}`, agent: files([chosenKey]) }] : []),
      ...(agent === undefined ? [] : [{ what: 'the keys of the ssh agent', agent }]),
      // like ssh with -i: the usual keys are not offered beside a chosen one
      ...(chosenKey || usualKeys.length === 0
        ? []
        : [{ what: `the keys in ${directoryOf(usualKeys)}`, agent: files(usualKeys) }]),
    ]
  }
}

function allows(reply: Reply, method: AuthenticationType): boolean {
  return reply.left === null || reply.left.includes(method)
}

function cancelled(): AppError {
  return new AppError('cancelled', 'Signing in was cancelled', { cure: 'Connect again to be asked anew' })
}

function directoryOf(keys: readonly KeyFile[]): string {
  return keys[0]?.path.replace(/[^/\\]*$/, '') ?? ''
}

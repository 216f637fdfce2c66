import { execFile } from 'node:child_process'
import { constants, open as openFile } from 'node:fs'
import { open, writeFile, type FileHandle } from 'node:fs/promises'
import { Socket } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { AppError } from '../../../shared/errors'

export interface AskpassEvents {
  /**
   * `asker` tells the ssh processes apart: that to the host and those to jump hosts. Rejects with an AppError when
   * there is no answer, and signing in is over then.
   */
  answer(question: string, asker: string): Promise<string>
  /** ssh shows something that is not answered: "touch the security key". */
  tell(text: string): void
  fail(error: AppError): void
}

/**
 * What ssh runs to ask (SSH_ASKPASS in ssh(1)). It has a shell and no way to our process but files, so question and
 * answer go through named pipes: neither is ever on a disk, in an argument or in the environment. "none" is ssh's word
 * for a notice. One printf, so that two questions cannot mix.
 */
const script = `#!/bin/sh
umask 077
folder=\${0%/*}
if [ "$SSH_ASKPASS_PROMPT" = none ]; then
  printf 'tell %s %s\\n%s\\0' "$$" "$PPID" "$1" >"$folder/questions"
  exit 0
fi
mkfifo "$folder/answer.$$" || exit 1
printf 'ask %s %s\\n%s\\0' "$$" "$PPID" "$1" >"$folder/questions"
IFS= read -r answer <"$folder/answer.$$" || exit 1
rm -f "$folder/answer.$$"
printf '%s\\n' "$answer"
`

const maxQuestionLength = 16 * 1024

/** Answers the questions of one ssh process and of those it starts. */
export class Askpass {
  readonly program: string
  readonly #folder: string
  readonly #events: AskpassEvents
  readonly #questions: Socket
  readonly #answers: FileHandle[] = []
  #text = ''
  #isClosed = false

  private constructor(folder: string, questions: Socket, events: AskpassEvents) {
    this.program = join(folder, 'askpass')
    this.#folder = folder
    this.#events = events
    this.#questions = questions
    questions.setEncoding('utf8')
    questions.on('data', (chunk: Buffer | string) => this.#take(String(chunk)))
    questions.on('error', () => undefined)
  }

  static async open(folder: string, events: AskpassEvents): Promise<Askpass> {
    const pipe = join(folder, 'questions')
    await writeFile(join(folder, 'askpass'), script, { mode: 0o700, flag: 'wx' })
    await promisify(execFile)('mkfifo', ['-m', '600', pipe])
    // for writing too: a pipe without a writer would be at its end, and opening it would wait for one
    const fd = await promisify(openFile)(pipe, constants.O_RDWR | constants.O_NONBLOCK)
    return new Askpass(folder, new Socket({ fd, readable: true, writable: false }), events)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#questions.destroy()
    await Promise.all(this.#answers.splice(0).map((handle) => handle.close()))
  }

  #take(chunk: string): void {
    const messages = (this.#text + chunk).split('\0')
    this.#text = (messages.pop() ?? '').slice(0, maxQuestionLength)
    for (const message of messages) {
      const [, kind, helper, asker, text] = /^(ask|tell) (\d+) (\d+)\n([^]*)$/.exec(message) ?? []
      if (helper === undefined || asker === undefined || text === undefined) continue
      if (kind === 'tell') this.#events.tell(text)
      else void this.#ask(helper, asker, text.slice(0, maxQuestionLength))
    }
  }

  async #ask(helper: string, asker: string, text: string): Promise<void> {
    try {
      const answer = await this.#events.answer(text, asker)
      if (/[\n\0]/.test(answer)) throw new AppError('invalid', 'An answer to ssh has one line only')
      if (this.#isClosed) return
      // for reading too: the line stays in the pipe until the helper comes for it, as long as we hold it
      const handle = await open(
        join(this.#folder, `answer.${helper}`),
        constants.O_RDWR | constants.O_NONBLOCK,
      )
      this.#answers.push(handle)
      await handle.write(`${answer}\n`)
    } catch (error) {
      if (this.#isClosed) return
      this.#events.fail(
        error instanceof AppError
          ? error
          : new AppError('internal', 'An answer could not be given to ssh', { detail: String(error) }),
      )
    }
  }
}

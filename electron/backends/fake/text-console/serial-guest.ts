import type { FakeDefinition } from '../model'
import { kernelLines, serviceLines } from '../screen/boot-messages'
import type { GuestActions } from '../screen/guest-screen'
import { runCommand } from '../screen/shell'

const maxLineLength = 200

type Mode = 'login' | 'password' | 'shell'

/** A login on a serial line: what is typed comes back as an echo, and a toy shell answers. UTF-8 both ways. */
export class SerialGuest {
  readonly #decoder = new TextDecoder()
  #mode: Mode = 'login'
  #line = ''
  #user = ''

  constructor(
    private readonly definition: FakeDefinition,
    private readonly tty: string,
    private readonly parts: {
      readonly actions: GuestActions
      uptimeMs(): number
      write(text: string): void
    },
  ) {}

  /** What a guest writes while it starts. */
  boot(): void {
    for (const line of kernelLines(this.definition)) this.#write(`${line}\n`)
    for (const line of serviceLines(this.definition)) this.#write(`[ \x1b[32mok\x1b[0m ] ${line}\n`)
    this.#askLogin()
  }

  receive(bytes: Uint8Array): void {
    for (const letter of this.#decoder.decode(bytes, { stream: true })) this.#type(letter)
  }

  #type(letter: string): void {
    if (letter === '\r' || letter === '\n') this.#enter()
    else if (letter === '\x7f' || letter === '\b') this.#backspace()
    else if (letter === '\x03') this.#cancel()
    else if (letter >= ' ' && this.#line.length < maxLineLength) {
      this.#line += letter
      if (this.#mode !== 'password') this.#write(letter)
    }
  }

  #backspace(): void {
    if (this.#line === '') return
    this.#line = Array.from(this.#line).slice(0, -1).join('')
    if (this.#mode !== 'password') this.#write('\b \b')
  }

  #cancel(): void {
    this.#line = ''
    this.#write('^C\n')
    if (this.#mode === 'shell') this.#prompt()
    else this.#askLogin()
  }

  #enter(): void {
    const line = this.#line
    this.#line = ''
    this.#write('\n')
    if (this.#mode === 'shell') this.#run(line)
    else if (this.#mode === 'password') {
      this.#write('Welcome. Type "help" for what can be typed here.\n')
      this.#prompt()
    } else if (line.trim() === '') this.#askName()
    else {
      this.#user = line.trim().slice(0, 32)
      this.#mode = 'password'
      this.#write('Password: ')
    }
  }

  #run(line: string): void {
    runCommand(
      line,
      this.definition,
      this.parts.uptimeMs(),
      {
        print: (text) => this.#write(text),
        clear: () => this.#write('\x1b[2J\x1b[H'),
        logout: () => this.#askLogin(),
      },
      this.parts.actions,
    )
    if (this.#mode === 'shell') this.#prompt()
  }

  #askLogin(): void {
    this.#write(`\nDemo Linux on ${this.definition.name}, ${this.tty}. Any name and password will do.\n\n`)
    this.#askName()
  }

  #askName(): void {
    this.#mode = 'login'
    this.#write(`${this.definition.name} login: `)
  }

  #prompt(): void {
    this.#mode = 'shell'
    const sign = this.#user === 'root' ? '#' : '$'
    this.#write(`\x1b[32m${this.#user}@${this.definition.name}\x1b[0m:\x1b[34m~\x1b[0m${sign} `)
  }

  /** A terminal wants the carriage back as well. */
  #write(text: string): void {
    this.parts.write(text.replaceAll('\n', '\r\n'))
  }
}

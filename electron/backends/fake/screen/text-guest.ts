import type { FakeDefinition } from '../model'
import { firmwareLines, kernelLines, panicLines, serviceLines } from './boot-messages'
import { Framebuffer } from './framebuffer'
import type { GuestActions, GuestScreen } from './guest-screen'
import { keys, letterOf, Modifiers } from './keysyms'
import { runCommand } from './shell'
import { TextScreen, type Colour } from './text-screen'

/** PC text mode: 80 × 25 letters. */
const firmwareSize = { width: 720, height: 400 }
/** What the kernel switches to: 88 × 37. */
const kernelSize = { width: 800, height: 600 }

const lineMs = 90
const blinkMs = 500
const maxLineLength = 200

type Mode = 'booting' | 'login' | 'password' | 'shell' | 'ending' | 'panicked'
interface Step {
  readonly atMs: number
  show(): void
}

/**
 * A Linux server's console: firmware, a change of resolution, kernel and service messages, then a login and a toy
 * shell. The boot is a list of steps with times, so it can be caught up with at once when nobody watched it.
 */
export class TextGuest implements GuestScreen {
  readonly frame = new Framebuffer(firmwareSize.width, firmwareSize.height)
  #screen = new TextScreen(this.frame)
  #steps: Step[]
  #mode: Mode = 'booting'
  #line = ''
  #user = ''
  #uptimeMs = 0
  readonly #modifiers = new Modifiers()

  constructor(
    private readonly definition: FakeDefinition,
    private readonly actions: GuestActions,
    private readonly isPanicked: boolean,
  ) {
    this.#steps = this.#bootSteps()
  }

  advance(uptimeMs: number): void {
    this.#uptimeMs = uptimeMs
    while (this.#steps[0] && this.#steps[0].atMs <= uptimeMs) this.#steps.shift()?.show()
    this.#draw()
  }

  key(keysym: number, isDown: boolean): void {
    this.#modifiers.see(keysym, isDown)
    if (!isDown || this.#mode === 'ending') return
    if (keysym === keys.delete && this.#modifiers.control && this.#modifiers.alt) {
      this.actions.reboot()
      return
    }
    if (this.#mode === 'booting' || this.#mode === 'panicked') return
    if (this.#modifiers.control) this.#control(keysym)
    else if (keysym === keys.enter || keysym === keys.keypadEnter) this.#enter()
    else if (keysym === keys.backspace) this.#backspace()
    else this.#type(letterOf(keysym))
    this.#draw()
  }

  pointer(): void {
    // a text console has no pointer
  }

  sayGoodbye(): void {
    this.#mode = 'ending'
    this.#write('\nPower button: shutting down\n', 'amber')
    for (const service of serviceLines(this.definition).reverse().slice(0, 6)) {
      this.#status(service.replace(/^(Start|Bring up|Mount)/, 'Stop'))
    }
    this.#write('Power off.\n', 'bright')
    this.#draw()
  }

  /** The letters shown, for tests. */
  text(): string {
    return this.#screen.text()
  }

  #bootSteps(): Step[] {
    const steps: Step[] = []
    let atMs = 0
    const then = (show: () => void): void => {
      steps.push({ atMs, show })
      atMs += lineMs
    }
    for (const line of firmwareLines(this.definition)) then(() => this.#write(`${line}\n`))
    then(() => {
      this.frame.reset(kernelSize.width, kernelSize.height)
      this.#screen = new TextScreen(this.frame)
    })
    for (const line of kernelLines(this.definition)) then(() => this.#write(`${line}\n`, 'dim'))
    if (this.isPanicked) {
      for (const line of panicLines) then(() => this.#write(`${line}\n`, 'red'))
      then(() => {
        this.#mode = 'panicked'
      })
      return steps
    }
    for (const line of serviceLines(this.definition)) then(() => this.#status(line))
    then(() => this.#askLogin())
    return steps
  }

  #askLogin(): void {
    this.#mode = 'login'
    this.#write(`\nDemo Linux on ${this.definition.name}, tty1. Any name and password will do.\n\n`)
    this.#write(`${this.definition.name} login: `, 'bright')
  }

  #prompt(): void {
    this.#mode = 'shell'
    this.#write(`${this.#user}@${this.definition.name}`, 'green')
    this.#write(':')
    this.#write('~', 'blue')
    this.#write(this.#user === 'root' ? '# ' : '$ ')
  }

  #enter(): void {
    const line = this.#line
    this.#line = ''
    this.#write('\n')
    if (this.#mode === 'login') {
      if (line.trim() === '') {
        this.#write(`${this.definition.name} login: `, 'bright')
        return
      }
      this.#user = line.trim().slice(0, 32)
      this.#mode = 'password'
      this.#write('Password: ', 'bright')
    } else if (this.#mode === 'password') {
      this.#write('Welcome. Type "help" for what can be typed here.\n')
      this.#prompt()
    } else {
      this.#run(line)
    }
  }

  #run(line: string): void {
    runCommand(
      line,
      this.definition,
      this.#uptimeMs,
      {
        print: (text) => this.#write(text),
        clear: () => this.#screen.clear(),
        logout: () => this.#askLogin(),
      },
      this.actions,
    )
    if (this.#mode === 'shell') this.#prompt()
  }

  #control(keysym: number): void {
    const letter = letterOf(keysym)?.toLowerCase()
    if (letter === 'c') {
      this.#line = ''
      this.#write('^C\n')
      if (this.#mode === 'shell') this.#prompt()
      else this.#askLogin()
    } else if (letter === 'l' && this.#mode === 'shell') {
      this.#screen.clear()
      this.#prompt()
      this.#write(this.#line)
    } else if (letter === 'd' && this.#mode === 'shell' && this.#line === '') {
      this.#write('\n')
      this.#askLogin()
    }
  }

  #type(letter: string | undefined): void {
    if (letter === undefined || this.#line.length >= maxLineLength) return
    this.#line += letter
    if (this.#mode !== 'password') this.#write(letter)
  }

  #backspace(): void {
    if (this.#line === '') return
    this.#line = this.#line.slice(0, -1)
    if (this.#mode !== 'password') this.#screen.backspace()
  }

  #status(text: string): void {
    this.#write('[ ')
    this.#write('ok', 'green')
    this.#write(` ] ${text}\n`)
  }

  #write(text: string, colour?: Colour): void {
    this.#screen.write(text, colour)
  }

  #draw(): void {
    this.#screen.draw(this.#mode !== 'ending' && Math.floor(this.#uptimeMs / blinkMs) % 2 === 0)
  }
}

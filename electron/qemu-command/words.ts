/**
 * Words of a command as a shell would make them of a text: quotes, backslashes, lines that go on, comments. Nothing is
 * run and nothing is looked up: what only a shell could fill in is refused, with what to write instead.
 */
import { AppError } from '../../shared/errors'

export interface CommandWords {
  /** Program first. */
  readonly words: readonly string[]
  /** NAME=value that stood before it. */
  readonly environment: readonly string[]
  /** What stood around the command and is of no use here. */
  readonly told: readonly string[]
}

const longest = 200_000

export function commandWords(text: string): CommandWords {
  if (text.length > longest) throw wrong('The text is too long for a command line', 'Paste one command only.')
  const told: string[] = []
  const plain = withoutPrompt(text)
  const words = split(plain, { text, skipped: text.length - plain.length })
  if (words.at(-1) === '&') {
    words.pop()
    told.push('“&” at the end is left out: a VM goes into the background by itself.')
  }
  const environment: string[] = []
  return { words: withoutPrefix(words, told, environment), environment, told }
}

/** "tux > ", "root # " and "$ " are what the shell had written. */
function withoutPrompt(text: string): string {
  return text.replace(/^\s*(?:[\w@:~/.-]*\s*[>$#%]\s+)(?=(?:sudo\s|env\s|[A-Z_]+=|\S*qemu))/, '')
}

/** A text that lost its beginning, for those who say where in it something is. */
interface Original {
  readonly text: string
  readonly skipped: number
}

function split(text: string, original: Original): string[] {
  const words: string[] = []
  let word: string | undefined
  let at = 0
  const here = (): string => placeIn(original.text, original.skipped + at)
  const add = (piece: string): void => {
    word = (word ?? '') + piece
  }
  while (at < text.length) {
    const character = text[at] ?? ''
    const next = text[at + 1] ?? ''
    if (character === '\\') {
      // a line that goes on is no character
      if (next === '\n') at += 2
      else if (next === '\r' && text[at + 2] === '\n') at += 3
      else {
        if (next === '')
          throw wrong('The text ends in the middle of a word', 'Paste the command to its end.', here())
        add(next)
        at += 2
      }
    } else if (character === "'") {
      const end = text.indexOf("'", at + 1)
      if (end < 0) throw wrong('A quote is opened and never closed', "Close the ' of the command.", here())
      add(text.slice(at + 1, end))
      at = end + 1
    } else if (character === '"') {
      const [quoted, end] = doubleQuoted(text, at + 1, original)
      add(quoted)
      at = end
    } else if (/\s/.test(character)) {
      if (word !== undefined) words.push(word)
      word = undefined
      // the end of a line ends the command, unless only comments follow
      if (character === '\n' && words.length > 0) {
        const rest = text.slice(at).trim()
        if (
          rest !== '' &&
          rest.split('\n').some((line) => line.trim() !== '' && !line.trim().startsWith('#'))
        ) {
          if (!/^\s*-/.test(rest))
            throw wrong(
              'There is more than one command',
              'Paste one command, whose lines end with \\ where it goes on.',
              here(),
            )
        } else return words
      }
      at += 1
    } else if (character === '#' && word === undefined) {
      const end = text.indexOf('\n', at)
      at = end < 0 ? text.length : end
    } else {
      refuseShell(character, next, text.slice(at), here())
      if (character === '&') {
        if (word !== undefined) words.push(word)
        word = undefined
        words.push('&')
      } else add(character)
      at += 1
    }
  }
  if (word !== undefined) words.push(word)
  return words
}

function doubleQuoted(text: string, from: number, original: Original): readonly [string, number] {
  let quoted = ''
  const place = (at: number): string => placeIn(original.text, original.skipped + at)
  for (let at = from; at < text.length; at++) {
    const character = text[at] ?? ''
    const next = text[at + 1] ?? ''
    if (character === '"') return [quoted, at + 1]
    if (character === '\\' && /["\\$`\n]/.test(next)) {
      if (next !== '\n') quoted += next
      at += 1
    } else {
      if (character === '$' || character === '`') refuseShell(character, next, text.slice(at), place(at))
      quoted += character
    }
  }
  throw wrong('A quote is opened and never closed', 'Close the " of the command.', place(from - 1))
}

function refuseShell(character: string, next: string, rest: string, place: string): void {
  if (character === '$') {
    const name = /^\$(\{[^}]*\}|\([^)]*\)?|\w+)?/.exec(rest)?.[0] ?? '$'
    throw wrong(`${name} is filled in by a shell, and no shell runs here`, 'Write what it stands for.', place)
  }
  if (character === '`')
    throw wrong(
      'A command inside ` ` is run by a shell, and no shell runs here',
      'Write what it prints.',
      place,
    )
  if (character === '|' || character === ';' || (character === '&' && next === '&'))
    throw wrong(`“${character}” joins several commands`, 'Paste one command of QEMU only.', place)
  if (character === '>' || character === '<')
    throw wrong(
      `“${character}” sends input or output elsewhere, which a shell does`,
      'Leave it out: what QEMU says is kept in the log of the VM.',
      place,
    )
  if (character === '“' || character === '”' || character === '‘' || character === '’')
    throw wrong(
      `The quote ${character} is one for print, not one for commands`,
      'Write " or \' instead.',
      place,
    )
}

/** sudo, env and variables before the program. */
function withoutPrefix(words: readonly string[], told: string[], environment: string[]): string[] {
  const rest = [...words]
  for (;;) {
    const [first] = rest
    if (first === undefined)
      throw wrong('There is no command', 'Paste a command that begins with qemu-system-….')
    if (first === 'sudo' || first === 'exec' || first === 'nohup' || first === 'env') {
      rest.shift()
      while (rest[0]?.startsWith('-') === true) rest.shift()
      if (first === 'sudo') told.push('“sudo” is left out: the VM runs as the user who starts it here.')
    } else if (/^[A-Za-z_]\w*=/.test(first)) {
      rest.shift()
      environment.push(first)
    } else break
  }
  const program = rest[0] ?? ''
  if (!/(^|\/)(qemu-system-[\w-]+|qemu-kvm|qemu|kvm)$/.test(program))
    throw wrong(
      `“${program}” is no program of QEMU that runs VMs`,
      'Paste a command that begins with qemu-system-….',
    )
  return rest
}

/** For people: "Line 2, character 9: $DISK -m 512". */
function placeIn(text: string, at: number): string {
  const before = text.slice(0, at)
  const line = before.split('\n').length
  const column = at - before.lastIndexOf('\n')
  const rest = /^[^\r\n]{0,40}/.exec(text.slice(at))?.[0].trim() ?? ''
  return `Line ${line}, character ${column}${rest === '' ? '' : `: ${rest}`}`
}

function wrong(message: string, cure: string, detail?: string): AppError {
  return new AppError('invalid', message, { cure, detail, field: 'command' })
}

/** What QEMU says of its own commands, read for completion: `help`, `help info` and `query-commands`. */

export interface MonitorWord {
  readonly word: string
  readonly parameters: string
  readonly meaning: string
}

/** "cont|c  -- resume emulation": a name with its short forms, parameters, and after two dashes what it does. */
export function readHelp(text: string): MonitorWord[] {
  return text.split('\n').flatMap((line) => {
    const found = /^([A-Za-z?][\w|?-]*)(.*?) -- (.*)$/.exec(line.trimEnd())
    if (!found) return []
    const [, names = '', parameters = '', meaning = ''] = found
    return names.split('|').map((word) => ({ word, parameters: parameters.trim(), meaning: meaning.trim() }))
  })
}

/** "info block [-v] [device]  -- show info of …": the kinds of information. */
export function readInfoHelp(text: string): MonitorWord[] {
  const lines = text
    .split('\n')
    .flatMap((line) => (line.startsWith('info ') ? [line.slice('info '.length)] : []))
  return readHelp(lines.join('\n'))
}

/** Names of QMP, from what `query-commands` returned. */
export function readQmpCommands(json: string): MonitorWord[] {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return []
  }
  if (!Array.isArray(value)) return []
  return value
    .flatMap((one: unknown) => {
      const name = (one as { name?: unknown } | null)?.name
      return typeof name === 'string' ? [{ word: name, parameters: '', meaning: '' }] : []
    })
    .sort((a, b) => a.word.localeCompare(b.word))
}

export interface Completion {
  /** The line with as much more as is certain. */
  readonly line: string
  /** What it could go on with, when there is more than one way. */
  readonly choices: readonly MonitorWord[]
}

/** As a shell completes: the common beginning, and the choices where it could go on in several ways. */
export function complete(
  line: string,
  commands: readonly MonitorWord[],
  infos: readonly MonitorWord[] = [],
): Completion {
  const info = /^(\s*(?:info|help info)\s+)(\S*)$/.exec(line)
  const command = /^(\s*(?:help\s+)?)(\S*)$/.exec(line)
  const [, before = '', begun = ''] = info ?? command ?? []
  if (!info && !command) return { line, choices: [] }
  const words = info ? infos : commands
  const choices = words.filter(({ word }) => word.startsWith(begun))
  if (choices.length === 0) return { line, choices: [] }
  const common = choices.map(({ word }) => word).reduce(commonBeginning)
  const isOnly = choices.length === 1
  return { line: `${before}${common}${isOnly ? ' ' : ''}`, choices: isOnly ? [] : choices }
}

function commonBeginning(one: string, other: string): string {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return one.slice(0, length)
}

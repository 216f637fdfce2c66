/** QEMU's comma lists as they are read: the first part may be without a name, and ",," is a comma. */

/** A comma that is part of a value. */
export function escaped(value: string): string {
  return value.replaceAll(',', ',,')
}

export class OptionList {
  readonly #used = new Set<string>()

  private constructor(
    /** As it was written. */
    readonly text: string,
    /** Of the part without a name. */
    readonly first: string | undefined,
    readonly entries: readonly (readonly [name: string, value: string])[],
  ) {}

  /** `implied` is the name of the first part where QEMU has one for it, so that both ways of writing it are the same. */
  static parse(text: string, implied?: string): OptionList {
    const parts = piecesOf(text)
    let first: string | undefined
    const entries: (readonly [string, string])[] = []
    for (const [at, part] of parts.entries()) {
      const equals = part.indexOf('=')
      if (equals < 0 && at === 0) {
        first = part
        if (implied !== undefined) entries.push([implied, part])
      } else if (equals < 0) {
        // "nowait" is "wait=off"
        const isNo = part.startsWith('no') && ['nowait', 'nodelay', 'noserver'].includes(part)
        entries.push(isNo ? [part.slice(2), 'off'] : [part, 'on'])
      } else entries.push([part.slice(0, equals), part.slice(equals + 1)])
    }
    return new OptionList(
      text,
      first ?? (implied === undefined ? undefined : valueIn(entries, implied)),
      entries,
    )
  }

  /** Reading it says that it has a place. */
  get(name: string): string | undefined {
    this.#used.add(name)
    return valueIn(this.entries, name)
  }

  all(name: string): string[] {
    this.#used.add(name)
    return this.entries.filter(([one]) => one === name).map(([, value]) => value)
  }

  flag(name: string): boolean | undefined {
    const value = this.get(name)
    return value === undefined ? undefined : ['on', 'yes', 'true', 'y', '1'].includes(value)
  }

  /** Reads and forgets what means nothing here. */
  skip(...names: readonly string[]): void {
    for (const name of names) this.#used.add(name)
  }

  unread(): (readonly [string, string])[] {
    return this.entries.filter(([name]) => !this.#used.has(name))
  }
}

function valueIn(entries: readonly (readonly [string, string])[], name: string): string | undefined {
  return entries.findLast(([one]) => one === name)?.[1]
}

function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let piece = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== ',') piece += text[at] ?? ''
    else if (text[at + 1] === ',') {
      piece += ','
      at += 1
    } else {
      pieces.push(piece)
      piece = ''
    }
  }
  pieces.push(piece)
  return pieces.filter((one, at) => one !== '' || at === 0)
}

import { shellWord } from '../shell-word'
import type { ErrorData } from '../errors'
import type { ItemRef } from './hardware/view'

/** A stretch of the command of an emulator that one thing of the VM's definition produced. */
export interface CommandPart {
  readonly words: readonly string[]
  /** What it comes from, as the hardware page calls it. */
  readonly from: string
  /** Its page there, where it has one. */
  readonly item?: ItemRef
  /** One sentence for people. */
  readonly why: string
}

/** The whole command that runs a VM, in its order. */
export interface VmCommand {
  /** The emulator, with the environment that it is given in front. */
  readonly program: readonly string[]
  readonly parts: readonly CommandPart[]
  /** Programs that are started before it. */
  readonly helpers: readonly CommandPart[]
  /** What the definition has and the command does not do, each with the reason. */
  readonly notes: readonly string[]
}

export interface VmCommands {
  /** What the running VM was started with. */
  readonly running?: VmCommand
  /** What the next start would use; absent for a VM that is not stored. */
  readonly next?: { readonly command: VmCommand } | { readonly error: ErrorData }
}

export function wordsOf({ program, parts }: VmCommand): string[] {
  return [...program, ...parts.flatMap(({ words }) => words)]
}

/** Each option with its value on a line of its own, quoted for a shell, which reads the whole as one command. */
export function commandText(command: VmCommand): string {
  const lines = [command.program, ...command.parts.flatMap(({ words }) => optionLines(words))]
  return lines.map((line) => line.map(shellWord).join(' ')).join(' \\\n  ')
}

/** Options with their values: what begins with a dash begins one. */
export function optionLines(words: readonly string[]): string[][] {
  const lines: string[][] = []
  for (const word of words) {
    const last = lines.at(-1)
    if (last === undefined || word.startsWith('-')) lines.push([word])
    else last.push(word)
  }
  return lines
}

/** Parts of the one that the other lacks; what is there twice counts twice. */
export function onlyIn(one: VmCommand, other: VmCommand): ReadonlySet<CommandPart> {
  const left = new Map<string, number>()
  for (const { words } of other.parts) {
    const key = JSON.stringify(words)
    left.set(key, (left.get(key) ?? 0) + 1)
  }
  return new Set(
    one.parts.filter(({ words }) => {
      const key = JSON.stringify(words)
      const many = left.get(key) ?? 0
      if (many > 0) left.set(key, many - 1)
      return many === 0
    }),
  )
}

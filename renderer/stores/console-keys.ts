import { create } from 'zustand'

/** Keys pressed together: what is held, and the key that is pressed with it, as KeyboardEvent.code names it. */
export interface Chord {
  readonly held: readonly HeldKey[]
  readonly code: string
}

export const heldKeys = ['ctrl', 'alt', 'shift', 'super', 'altGr', 'sysRq'] as const
export type HeldKey = (typeof heldKeys)[number]

/** What gives the keyboard back while a guest has it, when it is pressed and let go alone. */
export const releaseKeys = ['ctrl-alt', 'ctrl-alt-shift', 'ctrl-right', 'alt-right'] as const
export type ReleaseKeys = (typeof releaseKeys)[number]

/** The user's own keys for consoles, the same for all VMs. Kept in localStorage, like other habits of the window. */
interface ConsoleKeys {
  /** Own combinations in the menu, in their order. */
  readonly own: readonly Chord[]
  /** Never sent to a guest: they do what they do in the window. */
  readonly kept: readonly Chord[]
  readonly release: ReleaseKeys
}

const storageKey = 'innkeeper.console-keys'
export const maxChords = 50

const defaults: ConsoleKeys = { own: [], kept: [], release: 'ctrl-alt' }

export const useConsoleKeys = create<ConsoleKeys>(() => read())

export function changeConsoleKeys(change: Partial<ConsoleKeys>): void {
  useConsoleKeys.setState(change)
  try {
    localStorage.setItem(storageKey, JSON.stringify(useConsoleKeys.getState()))
  } catch {
    // Storage full or forbidden: the choice lasts until the window closes.
  }
}

export function isSameChord(a: Chord, b: Chord): boolean {
  return a.code === b.code && a.held.length === b.held.length && a.held.every((key) => b.held.includes(key))
}

function read(): ConsoleKeys {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return defaults
    const { own, kept, release } = stored as Record<string, unknown>
    return {
      own: chords(own),
      kept: chords(kept),
      release: releaseKeys.find((keys) => keys === release) ?? defaults.release,
    }
  } catch {
    return defaults
  }
}

/** Only values of the kind we wrote ourselves are taken. */
function chords(value: unknown): readonly Chord[] {
  if (!Array.isArray(value)) return []
  return value.filter(isChord).slice(0, maxChords)
}

function isChord(value: unknown): value is Chord {
  if (typeof value !== 'object' || value === null) return false
  const { held, code } = value as Record<string, unknown>
  return (
    typeof code === 'string' &&
    Array.isArray(held) &&
    held.every((key) => (heldKeys as readonly unknown[]).includes(key))
  )
}

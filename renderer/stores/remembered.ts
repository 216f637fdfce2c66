import { create } from 'zustand'

/**
 * Small habits of this window that survive a restart: widths, folded panels, "don't ask again". Kept in localStorage,
 * because losing them costs nothing; settings that matter live in main.
 */
interface Remembered {
  readonly sidebarWidthPx: number
  readonly tasksOpen: boolean
  readonly tasksHeightPx: number
  /** Hosts folded in the tree. */
  readonly foldedHosts: readonly string[]
  /** Groups of hosts folded in the tree, by name. */
  readonly foldedGroups: readonly string[]
  readonly columnWidthsPx: Readonly<Record<string, number>>
  /** Columns of the table of VMs that are only there when wanted. */
  readonly moreColumns: readonly string[]
  /** Columns of it that are there unless they are not wanted. */
  readonly hiddenColumns: readonly string[]
  /** The order of each of Top's tables, by its name, and columns that are other than usual. */
  readonly topSorts: Readonly<Record<string, { readonly column: string; readonly isDescending: boolean }>>
  readonly topTurned: readonly string[]
  readonly sort: { readonly column: string; readonly isDescending: boolean }
  /** Questions the user does not want again, such as "forceOff". */
  readonly skipConfirm: readonly string[]
  /** Storage that is suggested for deletion with a VM is ticked at first. */
  readonly ticksFilesToDelete: boolean
  /** Of terminals. */
  readonly terminalFontPx: number
}

const storageKey = 'innkeeper.window'

const defaults: Remembered = {
  sidebarWidthPx: 256,
  tasksOpen: false,
  tasksHeightPx: 200,
  foldedHosts: [],
  foldedGroups: [],
  columnWidthsPx: {},
  moreColumns: [],
  hiddenColumns: [],
  topSorts: {},
  topTurned: [],
  sort: { column: 'name', isDescending: false },
  skipConfirm: [],
  ticksFilesToDelete: true,
  terminalFontPx: 13,
}

export const useRemembered = create<Remembered>(() => ({ ...defaults, ...read() }))

export function remember(change: Partial<Remembered>): void {
  useRemembered.setState(change)
  try {
    localStorage.setItem(storageKey, JSON.stringify(useRemembered.getState()))
  } catch {
    // Storage full or forbidden: the habit lasts until the window closes.
  }
}

/** Only values of the kind we wrote ourselves are taken; anything else falls back to its default. */
function read(): Partial<Remembered> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return {}
    return Object.fromEntries(
      Object.entries(stored).filter(([name, value]) => {
        const wanted = (defaults as unknown as Record<string, unknown>)[name]
        return typeof value === typeof wanted && Array.isArray(value) === Array.isArray(wanted)
      }),
    )
  } catch {
    return {}
  }
}

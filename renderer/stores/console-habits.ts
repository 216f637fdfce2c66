import { create } from 'zustand'
import { vmKey, type VmRef } from '../../shared/model/ids'

/**
 * How the user has the screen of each VM: the guest's keyboard layout and the like. Kept in localStorage, as losing them
 * costs nothing.
 */
export interface ConsoleHabits {
  /** The guest's keyboard layout, by its id. */
  readonly layout?: string
  readonly pace?: string
  readonly scaleMode?: string
  readonly quality?: string
  readonly isExclusive?: boolean
  /** Texts of the clipboard may go there, and come from there. */
  readonly copiesToGuest?: boolean
  readonly copiesFromGuest?: boolean
  readonly hidesTabletHint?: boolean
  readonly showsFigures?: boolean
}

interface Stored {
  readonly byVm: Readonly<Record<string, ConsoleHabits>>
  /** What was chosen last, for VMs that have nothing of their own. */
  readonly last: ConsoleHabits
}

const texts = ['layout', 'pace', 'scaleMode', 'quality']
const switches = ['isExclusive', 'copiesToGuest', 'copiesFromGuest', 'hidesTabletHint', 'showsFigures']

const storageKey = 'innkeeper.consoles'
/** The oldest go first; more VMs than anybody has consoles of. */
const maxVms = 500

export const useConsoleHabits = create<Stored>(() => read())

export function habitsOf({ byVm, last }: Stored, ref: VmRef): ConsoleHabits {
  // what says something of the user; the rest is of one VM alone
  const { layout, pace } = last
  return {
    ...(layout === undefined ? {} : { layout }),
    ...(pace === undefined ? {} : { pace }),
    ...byVm[vmKey(ref)],
  }
}

export function rememberConsole(ref: VmRef, change: ConsoleHabits): void {
  const { byVm, last } = useConsoleHabits.getState()
  const key = vmKey(ref)
  const { [key]: before, ...others } = byVm
  const entries = Object.entries(others).slice(-(maxVms - 1))
  useConsoleHabits.setState({
    byVm: { ...Object.fromEntries(entries), [key]: { ...before, ...change } },
    last: { ...last, ...change },
  })
  try {
    localStorage.setItem(storageKey, JSON.stringify(useConsoleHabits.getState()))
  } catch {
    // Storage full or forbidden: the habit lasts until the window closes.
  }
}

function read(): Stored {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    const { byVm, last } = isRecord(stored) ? stored : {}
    return {
      byVm: isRecord(byVm)
        ? Object.fromEntries(Object.entries(byVm).map(([key, habits]) => [key, checked(habits)]))
        : {},
      last: checked(last),
    }
  } catch {
    return { byVm: {}, last: {} }
  }
}

/** Only values of the kind we wrote ourselves are taken. */
function checked(value: unknown): ConsoleHabits {
  if (!isRecord(value)) return {}
  return Object.fromEntries(
    Object.entries(value).filter(
      ([name, habit]) =>
        (texts.includes(name) && typeof habit === 'string') ||
        (switches.includes(name) && typeof habit === 'boolean'),
    ),
  )
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Selection of a list as desktop file managers do it: click, Ctrl toggles, Shift extends from the anchor. Pure. */
export interface GridSelection {
  readonly selected: ReadonlySet<string>
  readonly cursor: string | undefined
  /** Where a Shift range begins. */
  readonly anchor: string | undefined
}

export interface Modifiers {
  readonly isRange: boolean
  readonly isToggle: boolean
}

export function pick(
  keys: readonly string[],
  before: GridSelection,
  key: string,
  { isRange, isToggle }: Modifiers,
): GridSelection {
  if (isRange) {
    const from = Math.max(0, keys.indexOf(before.anchor ?? before.cursor ?? key))
    const to = keys.indexOf(key)
    const range = keys.slice(Math.min(from, to), Math.max(from, to) + 1)
    const kept = isToggle ? before.selected : []
    return { selected: new Set([...kept, ...range]), cursor: key, anchor: keys[from] }
  }
  if (isToggle) {
    const selected = new Set(before.selected)
    if (!selected.delete(key)) selected.add(key)
    return { selected, cursor: key, anchor: key }
  }
  return { selected: new Set([key]), cursor: key, anchor: key }
}

/** The row a navigation key leads to, or undefined when the key does not navigate. */
export function stepTarget(key: string, index: number, count: number, pageSize: number): number | undefined {
  if (count === 0) return undefined
  const steps: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index < 0 ? 0 : index - 1,
    PageDown: index + pageSize,
    PageUp: index - pageSize,
    Home: 0,
    End: count - 1,
  }
  const target = steps[key]
  return target === undefined ? undefined : Math.min(count - 1, Math.max(0, target))
}

/** The next row whose text begins with what was typed, searching on from the cursor and around. */
export function typeAheadTarget(texts: readonly string[], index: number, typed: string): number | undefined {
  const wanted = typed.toLocaleLowerCase()
  // One letter again and again walks through the matches; a longer word may stay where it is.
  const start = typed.length === 1 ? index + 1 : Math.max(0, index)
  for (let step = 0; step < texts.length; step += 1) {
    const at = (start + step) % texts.length
    if (texts[at]?.toLocaleLowerCase().startsWith(wanted)) return at
  }
  return undefined
}

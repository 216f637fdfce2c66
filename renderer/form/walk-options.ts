import type { KeyboardEvent } from 'react'

/** Arrow keys in a listbox: moves the focus, and returns the option that has it now. */
export function walkOptions(event: KeyboardEvent, list: HTMLElement | null): HTMLElement | undefined {
  return walk(event, list, '[role=option]')
}

/** Arrow keys in a table whose rows are chosen from. */
export function walkRows(event: KeyboardEvent, table: HTMLElement | null): HTMLElement | undefined {
  return walk(event, table, 'tbody tr')
}

function walk(event: KeyboardEvent, list: HTMLElement | null, what: string): HTMLElement | undefined {
  const options = [...(list?.querySelectorAll<HTMLElement>(what) ?? [])]
  const focused = options.findIndex((option) => option === document.activeElement)
  const at = focused === -1 ? options.findIndex((option) => option.ariaSelected === 'true') : focused
  const last = options.length - 1
  const next = {
    ArrowDown: Math.min(last, at + 1),
    ArrowUp: Math.max(0, at - 1),
    Home: 0,
    End: last,
    PageDown: Math.min(last, at + 10),
    PageUp: Math.max(0, at - 10),
  }[event.key]
  const option = next === undefined ? undefined : options[next]
  if (!option) return undefined
  event.preventDefault()
  option.focus()
  option.scrollIntoView({ block: 'nearest' })
  return option
}

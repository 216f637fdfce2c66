import { useEffect, type RefObject } from 'react'

/** A long table opens where the row is that is chosen already. */
export function useChosenInView(table: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    table.current?.querySelector('tr[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [table])
}

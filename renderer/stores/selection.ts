import { create } from 'zustand'

/** VMs marked in the table (by vmKey) and the row the keyboard is on. */
interface SelectionState {
  readonly selected: ReadonlySet<string>
  readonly cursor: string | undefined
}

const nothing: ReadonlySet<string> = new Set()

export const useSelection = create<SelectionState>(() => ({ selected: nothing, cursor: undefined }))

export function select(selected: ReadonlySet<string>, cursor: string | undefined): void {
  useSelection.setState({ selected, cursor })
}

export function clearSelection(): void {
  useSelection.setState({ selected: nothing, cursor: undefined })
}

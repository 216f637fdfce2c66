import { create } from 'zustand'
import { vmKey, type VmRef } from '../../../shared/model/ids'
import type { GridSelection } from '../../ui/grid/grid-selection'

/** What is marked in each VM's tree: kept while other pages are looked at, and set by dialogs that make something. */
const useMarked = create<{ readonly byVm: Readonly<Record<string, GridSelection>> }>(() => ({ byVm: {} }))

const nothing: GridSelection = { selected: new Set(), cursor: undefined, anchor: undefined }

export function useMarkedSnapshots(ref: VmRef): GridSelection {
  return useMarked(({ byVm }) => byVm[vmKey(ref)] ?? nothing)
}

export function markSnapshots(ref: VmRef, marked: GridSelection): void {
  useMarked.setState(({ byVm }) => ({ byVm: { ...byVm, [vmKey(ref)]: marked } }))
}

export function markSnapshot(ref: VmRef, name: string): void {
  markSnapshots(ref, { selected: new Set([name]), cursor: name, anchor: name })
}

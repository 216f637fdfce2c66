import { create } from 'zustand'

/** Where the mouse or the arrow keys are in time: read by all charts, so that one look compares them. */
export const useHover = create<{ readonly atMs: number | undefined }>(() => ({ atMs: undefined }))

export function setHover(atMs: number | undefined): void {
  if (useHover.getState().atMs !== atMs) useHover.setState({ atMs })
}

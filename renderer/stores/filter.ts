import { create } from 'zustand'

/** The words the VM table is narrowed by. */
export const useFilter = create<{ readonly text: string }>(() => ({ text: '' }))

export function setFilter(text: string): void {
  useFilter.setState({ text })
}

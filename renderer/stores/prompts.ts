import { create } from 'zustand'
import type { PendingPrompt } from '../../shared/model/prompt'

/** Questions main waits for an answer to, oldest first. Only api/sync.ts writes here. */
export const usePrompts = create<{ readonly pending: readonly PendingPrompt[] }>(() => ({ pending: [] }))

export function replacePrompts(pending: readonly PendingPrompt[]): void {
  usePrompts.setState({ pending })
}

import { create } from 'zustand'
import { usualPolling, type Polling } from '../../shared/model/polling'

/** How often hosts are asked for loads; main's truth, kept equal by sync. */
export const usePolling = create<{ readonly polling: Polling }>(() => ({ polling: usualPolling }))

export function replacePolling(polling: Polling): void {
  usePolling.setState({ polling })
}

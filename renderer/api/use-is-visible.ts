import { useSyncExternalStore } from 'react'

function listen(listener: () => void): () => void {
  document.addEventListener('visibilitychange', listener)
  return () => document.removeEventListener('visibilitychange', listener)
}

/** Whether anybody can see this window: what is only looked at need not be asked for while it is minimised. */
export function useIsVisible(): boolean {
  return useSyncExternalStore(listen, () => document.visibilityState === 'visible')
}

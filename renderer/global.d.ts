import type { Bridge } from '../shared/ipc/client'

declare global {
  interface Window {
    /** Put there by the preload script (electron/preload.ts). */
    innkeeper: Bridge
  }
}

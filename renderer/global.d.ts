import type { Bridge } from '../shared/ipc/client'

declare global {
  interface Window {
    /** Put there by the preload script (electron/preload.ts). */
    innkeeper: Bridge
  }
}

declare module 'react' {
  interface CSSProperties {
    /** Column widths of a DataGrid, for its stylesheet. */
    '--grid-columns'?: string
  }
}

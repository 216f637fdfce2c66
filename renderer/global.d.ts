import type { Bridge } from '../shared/ipc/client'
import type { Reply } from '../shared/ipc/define'
import type { LocalFile } from '../shared/model/storage/image'

declare global {
  interface Window {
    /** Put there by the preload script (electron/preload.ts). */
    innkeeper: Bridge & { dropped(file: File): Promise<Reply<LocalFile>> }
  }
}

declare module 'react' {
  interface CSSProperties {
    /** Column widths of a DataGrid, for its stylesheet. */
    '--grid-columns'?: string
    '--grid-min'?: string
  }
}

import { createContext } from 'react'

/** How text gets onto the clipboard. The window hands in main's way, because permissions are denied to pages. */
export const ClipboardContext = createContext(
  (text: string): Promise<void> => navigator.clipboard.writeText(text),
)

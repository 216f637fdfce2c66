import { resolve } from 'node:path'

/**
 * The words meant for us. A packaged app gets them right after its own name; while developing they follow the app's
 * folder, and the runtime's own switches stand before it.
 */
export function ownArguments(argv: readonly string[], isPackaged: boolean, appPath: string): string[] {
  if (isPackaged) return argv.slice(1)
  const folder = argv.findIndex(
    (word, index) => index > 0 && !word.startsWith('-') && resolve(word) === appPath,
  )
  return argv.slice(folder < 0 ? 2 : folder + 1)
}

import { consolePlace, type ConsolePlace } from '../shared/model/console-place'

/** The console that a window shows, from its address; undefined for the main window. */
export function consoleOf(hash: string): ConsolePlace | undefined {
  const [page, query = ''] = hash.replace(/^#/, '').split('?')
  if (page !== 'console') return undefined
  const place = consolePlace.safeParse(Object.fromEntries(new URLSearchParams(query)))
  return place.success ? place.data : undefined
}

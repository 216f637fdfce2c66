import { create } from 'zustand'
import { placeKey, type ConsolePlace } from '../../shared/model/console-place'

/** Consoles that are shown in windows of their own, by `placeKey`, as main knows them. Only api/sync.ts writes here. */
export const useDetached = create<{ readonly keys: ReadonlySet<string> }>(() => ({ keys: new Set() }))

export function replaceDetached(places: readonly ConsolePlace[]): void {
  useDetached.setState({ keys: new Set(places.map(placeKey)) })
}

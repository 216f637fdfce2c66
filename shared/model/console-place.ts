import type { z } from 'zod'
import { vmKey, vmRef } from './ids'
import { textDeviceId } from './text-console'

/** What a window of its own shows: the screen of a VM, or one of the devices that carry text. */
export const consolePlace = vmRef.extend({ text: textDeviceId.exactOptional() })
export type ConsolePlace = z.infer<typeof consolePlace>

export function placeKey(place: ConsolePlace): string {
  // no alias has a space
  return place.text === undefined ? vmKey(place) : `${vmKey(place)} ${place.text}`
}

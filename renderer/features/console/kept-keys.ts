import type { Chord } from '../../stores/console-keys'

/** Whether these keys are down, and no other modifier. SysRq cannot be held here; the desktop takes it. */
export function isPressed({ held, code }: Chord, event: KeyboardEvent): boolean {
  const isAltGr = event.getModifierState('AltGraph')
  return (
    event.code === code &&
    event.ctrlKey === held.includes('ctrl') &&
    event.altKey === held.includes('alt') &&
    event.shiftKey === held.includes('shift') &&
    event.metaKey === held.includes('super') &&
    isAltGr === held.includes('altGr')
  )
}

/**
 * Keys that the local desktop keeps for itself, so they have to be sent from a menu. Keysyms are X11's
 * (keysymdef.h), codes are those of KeyboardEvent.code, from which noVNC derives the scancode for QEMU.
 */
export interface Key {
  readonly keysym: number
  readonly code: string
}

export interface KeyCombo {
  readonly id: string
  readonly label: string
  readonly keys: readonly Key[]
}

const ctrl: Key = { keysym: 0xffe3, code: 'ControlLeft' }
const alt: Key = { keysym: 0xffe9, code: 'AltLeft' }
const superKey: Key = { keysym: 0xffeb, code: 'MetaLeft' }

const combo = (label: string, ...keys: Key[]): KeyCombo => ({ id: label, label, keys })

const functionKey = (number: number): Key => ({ keysym: 0xffbd + number, code: `F${number}` })

/** In groups, as the menu shows them. */
export const keyCombos: readonly (readonly KeyCombo[])[] = [
  [
    combo('Ctrl+Alt+Delete', ctrl, alt, { keysym: 0xffff, code: 'Delete' }),
    combo('Ctrl+Alt+Backspace', ctrl, alt, { keysym: 0xff08, code: 'Backspace' }),
  ],
  [
    combo('Escape', { keysym: 0xff1b, code: 'Escape' }),
    combo('Super', superKey),
    combo('Alt+Tab', alt, { keysym: 0xff09, code: 'Tab' }),
    combo('Alt+F4', alt, functionKey(4)),
    combo('Print Screen', { keysym: 0xff61, code: 'PrintScreen' }),
  ],
  Array.from({ length: 12 }, (_, i) => combo(`Ctrl+Alt+F${i + 1}`, ctrl, alt, functionKey(i + 1))),
]

/** Presses in order and releases in reverse, as fingers do. */
export function sendCombo(
  { keys }: KeyCombo,
  send: (keysym: number, code: string, isDown: boolean) => void,
): void {
  for (const { keysym, code } of keys) send(keysym, code, true)
  for (const { keysym, code } of keys.toReversed()) send(keysym, code, false)
}

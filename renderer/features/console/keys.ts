import type { Chord, HeldKey } from '../../stores/console-keys'

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

/** SysRq is Print Screen with Alt: what Linux listens to as its last resort. */
export const heldKeyNames: Readonly<Record<HeldKey, string>> = {
  ctrl: 'Ctrl',
  alt: 'Alt',
  shift: 'Shift',
  super: 'Super',
  altGr: 'AltGr',
  sysRq: 'SysRq',
}

const held: Readonly<Record<HeldKey, readonly Key[]>> = {
  ctrl: [{ keysym: 0xffe3, code: 'ControlLeft' }],
  alt: [{ keysym: 0xffe9, code: 'AltLeft' }],
  shift: [{ keysym: 0xffe1, code: 'ShiftLeft' }],
  super: [{ keysym: 0xffeb, code: 'MetaLeft' }],
  altGr: [{ keysym: 0xfe03, code: 'AltRight' }],
  sysRq: [
    { keysym: 0xffe9, code: 'AltLeft' },
    { keysym: 0xff61, code: 'PrintScreen' },
  ],
}

interface NamedKey extends Key {
  readonly name: string
}

const named = (name: string, code: string, keysym: number): NamedKey => ({ name, code, keysym })

/** Every key that can be sent by itself or in a combination. */
export const namedKeys: readonly NamedKey[] = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
    .split('')
    .map((letter) => named(letter, `Key${letter}`, letter.toLowerCase().charCodeAt(0))),
  ...'0123456789'.split('').map((digit) => named(digit, `Digit${digit}`, digit.charCodeAt(0))),
  ...Array.from({ length: 12 }, (_, index) => named(`F${index + 1}`, `F${index + 1}`, 0xffbe + index)),
  named('Escape', 'Escape', 0xff1b),
  named('Tab', 'Tab', 0xff09),
  named('Enter', 'Enter', 0xff0d),
  named('Space', 'Space', 0x20),
  named('Backspace', 'Backspace', 0xff08),
  named('Delete', 'Delete', 0xffff),
  named('Insert', 'Insert', 0xff63),
  named('Home', 'Home', 0xff50),
  named('End', 'End', 0xff57),
  named('Page Up', 'PageUp', 0xff55),
  named('Page Down', 'PageDown', 0xff56),
  named('Up', 'ArrowUp', 0xff52),
  named('Down', 'ArrowDown', 0xff54),
  named('Left', 'ArrowLeft', 0xff51),
  named('Right', 'ArrowRight', 0xff53),
  named('Print Screen', 'PrintScreen', 0xff61),
  named('Scroll Lock', 'ScrollLock', 0xff14),
  named('Pause', 'Pause', 0xff13),
  named('Caps Lock', 'CapsLock', 0xffe5),
  named('Num Lock', 'NumLock', 0xff7f),
  named('Menu', 'ContextMenu', 0xff67),
  named('Super', 'MetaLeft', 0xffeb),
]

const byCode = new Map(namedKeys.map((key) => [key.code, key]))

export function chordText({ held: holding, code }: Chord): string {
  return [...holding.map((key) => heldKeyNames[key]), byCode.get(code)?.name ?? code].join('+')
}

/** Undefined for a key that is not known, as an older or newer Innkeeper may have kept. */
export function comboOf(chord: Chord): KeyCombo | undefined {
  const key = byCode.get(chord.code)
  if (!key) return undefined
  const keys = [...chord.held.flatMap((name) => held[name]), { keysym: key.keysym, code: key.code }]
  const label = chordText(chord)
  // Alt is held once, also for SysRq
  return {
    id: label,
    label,
    keys: keys.filter(({ code }, at) => keys.findIndex((k) => k.code === code) === at),
  }
}

const combo = (code: string, ...holding: HeldKey[]): KeyCombo => {
  const found = comboOf({ held: holding, code })
  if (!found) throw new Error(`No key ${code}`)
  return found
}

/** In groups, as the menu shows them. */
export const keyCombos: readonly (readonly KeyCombo[])[] = [
  [combo('Delete', 'ctrl', 'alt'), combo('Backspace', 'ctrl', 'alt'), combo('Escape', 'ctrl', 'shift')],
  [
    combo('Escape'),
    combo('MetaLeft'),
    combo('Tab', 'alt'),
    combo('F4', 'alt'),
    combo('PrintScreen'),
    combo('PrintScreen', 'alt'),
  ],
  Array.from({ length: 12 }, (_, index) => combo(`F${index + 1}`, 'ctrl', 'alt')),
]

/** Both sides of a modifier are told apart by code, and by keysym too: the right one's is one more, AltGr's its own. */
export function modifierKeysym(code: string): number {
  if (code === 'AltRight') return 0xfe03
  const key = Object.values(held)
    .flat()
    .find((one) => one.code.replace('Left', '') === code.replace(/Left|Right/, ''))
  return (key?.keysym ?? 0) + (code.endsWith('Right') ? 1 : 0)
}

export function modifierName(code: string): string {
  if (code === 'AltRight') return 'AltGr'
  return code.replace(/Left|Right/, '').replace('Control', 'Ctrl')
}

/** Presses in order and releases in reverse, as fingers do. */
export function sendCombo(
  { keys }: KeyCombo,
  send: (keysym: number, code: string, isDown: boolean) => void,
): void {
  for (const { keysym, code } of keys) send(keysym, code, true)
  for (const { keysym, code } of keys.toReversed()) send(keysym, code, false)
}

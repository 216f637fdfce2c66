import { expect, test } from 'vitest'
import type { Chord } from '../../stores/console-keys'
import { comboOf, keyCombos, modifierKeysym, namedKeys, sendCombo } from './keys'

// The table noVNC itself uses; a code it does not know would silently send nothing on QEMU.
const { default: scancodes } = await import(
  '../../../node_modules/@novnc/novnc/core/input/xtscancodes.js' as string
)

test('a combination is pressed in order and released in reverse', () => {
  const combo = keyCombos.flat().find(({ label }) => label === 'Ctrl+Alt+F2')
  if (!combo) throw new Error('no such combination')
  const sent: string[] = []
  sendCombo(combo, (keysym, code, isDown) => sent.push(`${isDown ? '+' : '-'}${code}:${keysym.toString(16)}`))
  expect(sent).toEqual([
    '+ControlLeft:ffe3',
    '+AltLeft:ffe9',
    '+F2:ffbf',
    '-F2:ffbf',
    '-AltLeft:ffe9',
    '-ControlLeft:ffe3',
  ])
})

test('every key of the menu has a scancode', () => {
  const codes = keyCombos.flat().flatMap(({ keys }) => keys.map(({ code }) => code))
  expect(codes.filter((code) => !(code in scancodes))).toEqual([])
})

test('no two entries of the menu are the same', () => {
  const ids = keyCombos.flat().map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('SysRq is held as Alt and Print Screen, with Alt pressed once', () => {
  const codes = (chord: Chord) => comboOf(chord)?.keys.map(({ code }) => code)
  expect(codes({ held: ['sysRq'], code: 'KeyB' })).toEqual(['AltLeft', 'PrintScreen', 'KeyB'])
  expect(codes({ held: ['alt', 'sysRq'], code: 'KeyB' })).toEqual(['AltLeft', 'PrintScreen', 'KeyB'])
})

test('every key that can be chosen has a scancode, and an unknown one is no combination', () => {
  expect(namedKeys.filter(({ code }) => !(code in scancodes))).toEqual([])
  expect(comboOf({ held: [], code: 'Nothing' })).toBeUndefined()
})

test('both sides of a modifier have their own keysyms', () => {
  expect(['ControlLeft', 'ControlRight', 'ShiftRight', 'AltLeft', 'AltRight'].map(modifierKeysym)).toEqual([
    0xffe3, 0xffe4, 0xffe2, 0xffe9, 0xfe03,
  ])
})

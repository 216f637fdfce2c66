import { expect, test } from 'vitest'
import { keyCombos, sendCombo } from './keys'

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

import { expect, test } from 'vitest'
import { layoutChoices, layoutOf } from './layout'

const printable = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index))

function keys(layout: string, character: string): string[] | undefined {
  return layoutOf(layout)
    ?.strokesFor(character)
    ?.map(
      ({ code, withShift, withAltGr }) => `${withShift ? 'Shift+' : ''}${withAltGr ? 'AltGr+' : ''}${code}`,
    )
}

test.each(layoutChoices)('$label has keys for every printable character of ASCII', ({ id }) => {
  expect(printable.filter((character) => keys(id, character) === undefined)).toEqual([])
})

test.each([
  ['us', 'z', ['KeyZ']],
  ['us', '@', ['Shift+Digit2']],
  ['de', 'z', ['KeyY']],
  ['de', '@', ['AltGr+KeyQ']],
  ['de', '|', ['AltGr+IntlBackslash']],
  ['de', 'ß', ['Minus']],
  ['de', 'Ä', ['Shift+Quote']],
  ['de', '€', ['AltGr+KeyE']],
  ['fr', '1', ['Shift+Digit1']],
  ['fr', '<', ['IntlBackslash']],
  ['gb', '£', ['Shift+Digit3']],
  ['pl', 'ł', ['AltGr+KeyL']],
])('%s types %s by %j', (layout, character, wanted) => {
  expect(keys(layout, character)).toEqual(wanted)
})

test('a dead key is followed by the space bar for its accent, and by a letter for both together', () => {
  expect(keys('de', '^')).toEqual(['Backquote', 'Space'])
  expect(keys('de', '`')).toEqual(['Shift+Equal', 'Space'])
  expect(keys('de', 'é')).toEqual(['Equal', 'KeyE'])
  expect(keys('de', 'Ê')).toEqual(['Backquote', 'Shift+KeyE'])
})

test('line ends and tabs are keys, other control characters and foreign scripts are not', () => {
  expect(keys('us', '\n')).toEqual(['Enter'])
  expect(keys('us', '\t')).toEqual(['Tab'])
  for (const character of ['\u0000', '\u001b', '\u0301', 'é', 'Ж', '漢', '😀'])
    expect(keys('us', character)).toBeUndefined()
})

test('a server that goes by characters is told each in its own way', () => {
  const keysym = (character: string) => layoutOf('de')?.strokesFor(character)?.[0]?.keysym
  expect([keysym('a'), keysym('ß'), keysym('€'), keysym('^'), keysym('\n')]).toEqual([
    0x61, 0xdf, 0x20ac, 0xfe52, 0xff0d,
  ])
})

test('a layout that is not known is none', () => {
  expect(layoutOf('xx')).toBeUndefined()
})

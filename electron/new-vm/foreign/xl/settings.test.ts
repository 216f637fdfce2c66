import { expect, it } from 'vitest'
import { parseXlSettings } from './settings'

const read = (text: string): Record<string, unknown> => Object.fromEntries(parseXlSettings(text))

it('numbers are read as C does, texts by either quote', () => {
  expect(read('a = 10\nb=0x10 # sixteen\nc = 010\nd = "it\'s"\ne = \'a "b"\'')).toEqual({
    a: 10,
    b: 16,
    c: 8,
    d: "it's",
    e: 'a "b"',
  })
})

it('lists go over lines, hold comments, and may end with a comma', () => {
  expect(read('disk = [\n "a", # first\n\n "b",\n]\nn = [1,[2]]\ne=[]')).toEqual({
    disk: ['a', 'b'],
    n: [1, [2]],
    e: [],
  })
})

it('settings are separated by lines or semicolons, and a later one counts', () => {
  expect(read('a=1; a=2;\n;b=3\r\n')).toEqual({ a: 2, b: 3 })
})

it('a "#" within a text is no comment, and escapes are read', () => {
  expect(read(String.raw`a = "x#y\n\x41\101\"" # end`)).toEqual({ a: 'x#y\nAA"' })
})

it('"+=" goes on with a text or a list', () => {
  expect(read('a="x"\na += "y"\nd=["1"]\nd+=["2"]\nn += "new"')).toEqual({
    a: 'xy',
    d: ['1', '2'],
    n: 'new',
  })
  expect(() => read('a=1\na+="y"')).toThrow('two texts or two lists')
})

it.each([
  ['a = import os', 'Line 1: A number, a text in quotes or a list'],
  ['a = 1\nb = "x" + "y"', 'Line 2: Something follows the value of b'],
  ['a = [\n"x"\n"y"]', 'Line 3: "," or "]" is missing'],
  ['a = "x\n"', 'Line 1: The text is not closed'],
  ['a', '"=" is missing after a'],
  ['= 2', 'A setting such as'],
  ['a = 1.5', 'A number'],
  ['a = 99999999999999999999', 'too large'],
  ['a = [', 'A number, a text'],
  [`a = ${'['.repeat(2000)}`, 'nested too deeply'],
  [`a = [${'1,'.repeat(20_000)}]`, 'too many values'],
])('%.30j is refused, and where it is wrong is told', (text, message) => {
  expect(() => read(text)).toThrow(message)
})

it('a setting called like a part of every object is only a setting', () => {
  expect([...parseXlSettings('__proto__ = 1\nconstructor = "x"')]).toEqual([
    ['__proto__', 1],
    ['constructor', 'x'],
  ])
})

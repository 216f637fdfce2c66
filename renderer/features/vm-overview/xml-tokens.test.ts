import { expect, test } from 'vitest'
import { xmlTokens } from './xml-tokens'

const shown = (xml: string): string[] => xmlTokens(xml).map(({ kind, text }) => `${kind}:${text}`)

test('tags, attribute names, values, comments and text are told apart', () => {
  expect(shown(`<disk type='file'><!-- a --><x y="1"/>it's "quoted"</disk>`)).toEqual([
    'tag:<disk',
    'text: ',
    'name:type',
    'text:=',
    "value:'file'",
    'tag:>',
    'comment:<!-- a -->',
    'tag:<x',
    'text: ',
    'name:y',
    'text:=',
    'value:"1"',
    'tag:/>',
    'text:it\'s "quoted"',
    'tag:</disk',
    'tag:>',
  ])
})

test('nothing is lost, whatever the text is', () => {
  for (const xml of [
    '',
    'no xml',
    '<a b=c',
    "<a b='<not closed",
    '<<>>',
    '<!-- open',
    '<name>a > b</name>',
  ]) {
    expect(
      xmlTokens(xml)
        .map(({ text }) => text)
        .join(''),
    ).toBe(xml)
  }
})

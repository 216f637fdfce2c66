import { expect, test } from 'vitest'
import { consoleOf } from './window-place'

const vm = '11111111-2222-3333-4444-555555555555'

test('a window with a VM in its address shows its console', () => {
  expect(consoleOf(`#console?host=a%2Fb&vm=${vm}`)).toEqual({ host: 'a/b', vm })
})

test('a window with one of its devices in its address shows that', () => {
  expect(consoleOf(`#console?host=h&vm=${vm}&text=serial0`)).toEqual({ host: 'h', vm, text: 'serial0' })
})

test('any other address is the main window', () => {
  for (const hash of [
    '',
    '#',
    '#console',
    '#console?host=a&vm=b',
    `#other?host=a&vm=${vm}`,
    `#console?host=a&vm=${vm}&text=no%20alias`,
  ])
    expect(consoleOf(hash)).toBeUndefined()
})

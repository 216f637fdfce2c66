import { describe, expect, it } from 'vitest'
import { configLines, splitWords } from './lines'

describe('lines of ssh settings', () => {
  it('takes keyword and values by blanks or an equals sign, without regard to case', () => {
    const bad: number[] = []
    const text = '# mine\n\nHOST a b\n\tPort=22\n  user = "maria x"\r\nIdentityFile ~/a\\ b # old\n'
    expect(configLines(text, (line) => bad.push(line))).toEqual([
      { keyword: 'host', words: ['a', 'b'], number: 3 },
      { keyword: 'port', words: ['22'], number: 4 },
      { keyword: 'user', words: ['maria x'], number: 5 },
      { keyword: 'identityfile', words: ['~/a b'], number: 6 },
    ])
    expect(bad).toEqual([])
  })

  it('tells the number of each line it cannot read and goes on', () => {
    const bad: number[] = []
    const lines = configLines('Port\nUser "open\n=x\nPort 1\n', (line) => bad.push(line))
    expect(bad).toEqual([1, 2, 3])
    expect(lines).toEqual([{ keyword: 'port', words: ['1'], number: 4 }])
  })

  it.each([
    [`a 'b c' "d \\"e\\""`, ['a', 'b c', 'd "e"']],
    ['C:\\Users\\maria', ['C:\\Users\\maria']],
    ['a#b #c d', ['a#b']],
    ['""', ['']],
    ['"a"b', ['ab']],
  ])('splits %s as ssh does', (text, words) => {
    expect(splitWords(text)).toEqual(words)
  })
})

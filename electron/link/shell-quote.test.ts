import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { shellCommand, shellWord } from './shell-quote'

describe('shell quoting', () => {
  it('leaves plain words and paths as they are', () => {
    expect(shellCommand(['nc', '-U', '/var/run/libvirt/libvirt-sock'])).toBe(
      'nc -U /var/run/libvirt/libvirt-sock',
    )
  })

  it('brings every odd word through a real shell unchanged', () => {
    const words = [
      '',
      ' ',
      "it's",
      "''",
      '$HOME',
      '`id`',
      '$(id)',
      'a;b',
      'a|b&c>d<e',
      '*',
      '?',
      '[a]',
      '{a,b}',
      '~',
      '~root',
      '=ls',
      'a=b',
      '-n',
      '\\',
      '\\n',
      '"',
      '!',
      '#x',
      'a\nb',
      'ü 🦊',
      '%s',
    ]
    const line = `printf '%s\\0' ${words.map(shellWord).join(' ')}`
    const out = execFileSync('/bin/sh', ['-c', line]).toString()
    expect(out.split('\0').slice(0, -1)).toEqual(words)
  })

  it('refuses a zero byte, which no shell could pass on, and a command without a name', () => {
    expect(() => shellWord('a\0b')).toThrow('zero byte')
    expect(() => shellCommand([])).toThrow('needs a name')
    expect(() => shellCommand(['', 'x'])).toThrow('needs a name')
  })
})

import { describe, expect, it } from 'vitest'
import { jumpOfCommand, parseJumps } from './jumps'

describe('jump hosts', () => {
  it.each([
    ['bastion', [{ host: 'bastion' }]],
    ['maria@bastion:2222', [{ host: 'bastion', user: 'maria', port: 2222 }]],
    ['maria@lab.org@bastion', [{ host: 'bastion', user: 'maria@lab.org' }]],
    ['a,b@[fe80::1%eth0]:22', [{ host: 'a' }, { host: 'fe80::1%eth0', user: 'b', port: 22 }]],
    ['ssh://maria@bastion:22/', [{ host: 'bastion', user: 'maria', port: 22 }]],
  ])('reads %s', (text, hosts) => {
    expect(parseJumps(text)).toEqual(hosts.map((host) => ({ user: undefined, port: undefined, ...host })))
  })

  it.each(['', 'a,', 'a:0', 'a:70000', 'a:b', '-oProxyCommand=x', '-l@a', 'a b@[x'])(
    'does not take "%s" for one',
    (text) => {
      expect(parseJumps(text)).toBeUndefined()
    },
  )

  it('sees a jump host behind the old way to write it, and nothing behind other programs', () => {
    expect(jumpOfCommand(['ssh', '-q', '-W', '%h:%p', 'maria@bastion'])).toMatchObject({ host: 'bastion' })
    expect(jumpOfCommand(['ssh', 'bastion', '-W', '[%h]:%p'])).toMatchObject({ host: 'bastion' })
    expect(jumpOfCommand(['ssh', '-o', 'X=y', 'bastion', '-W', '%h:%p'])).toBeUndefined()
    expect(jumpOfCommand(['ssh', 'bastion', 'nc', '%h', '%p'])).toBeUndefined()
    expect(jumpOfCommand(['nc', '-X', 'connect', '%h', '%p'])).toBeUndefined()
    expect(jumpOfCommand([])).toBeUndefined()
  })
})

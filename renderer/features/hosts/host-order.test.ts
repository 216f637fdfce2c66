import { describe, expect, it } from 'vitest'
import type { MoveHostInput } from '../../../shared/model/host'
import { hostId, type HostId } from '../../../shared/model/ids'
import { hostItems, placeItem, stepGroup, stepHost } from './host-order'

interface Kept {
  readonly id: HostId
  readonly group?: string
}

/** "a b(g) c" = three hosts, the second in group g. */
function list(text: string): Kept[] {
  return text.split(' ').map((word) => {
    const [, id = '', group] = /^(\w+)(?:\((\w+)\))?$/.exec(word) ?? []
    return { id: hostId.parse(id), ...(group === undefined ? {} : { group }) }
  })
}

/** Does what main does (electron/hosts/stored-hosts), and tells the tree: "a g[b c] d". */
function after(text: string, moves: readonly MoveHostInput[]): string {
  let hosts = list(text)
  for (const { host, group, before } of moves) {
    const moved: Kept = { id: host, ...(group === '' ? {} : { group }) }
    if (before === host) {
      hosts = hosts.map((one) => (one.id === host ? moved : one))
      continue
    }
    const others = hosts.filter(({ id }) => id !== host)
    const at = before === undefined ? others.length : others.findIndex(({ id }) => id === before)
    hosts = others.toSpliced(at, 0, moved)
  }
  return tree(hosts)
}

function tree(hosts: readonly Kept[]): string {
  return hostItems(hosts)
    .map((item) =>
      item.kind === 'host' ? item.host.id : `${item.name}[${item.hosts.map(({ id }) => id).join(' ')}]`,
    )
    .join(' ')
}

const id = (text: string): HostId => hostId.parse(text)

it('a group stands where its first host does, with all its hosts', () => {
  expect(tree(list('a b(g) c d(g) e(h)'))).toBe('a g[b d] c h[e]')
})

describe('a step', () => {
  it.each([
    ['a b c', 'b', 'up', 'b a c'],
    ['a b c', 'b', 'down', 'a c b'],
    ['a b c', 'a', 'down', 'b a c'],
    ['a b(g) c(g) d', 'd', 'up', 'a d g[b c]'],
    ['a b(g) c(g) d', 'a', 'down', 'g[b c] a d'],
    ['a b(g) x c(g) d', 'd', 'up', 'a g[b c] d x'],
    ['a b(g) x c(g) d', 'x', 'up', 'a x g[b c] d'],
    ['a(g) x b(g)', 'a', 'down', 'g[b a] x'],
    ['a(g) x b(g)', 'b', 'up', 'g[b a] x'],
    ['a(g) b(g) c', 'a', 'up', 'a g[b] c'],
    ['a(g) b(g) c', 'b', 'down', 'g[a] b c'],
    ['a(g) b(h)', 'a', 'up', 'a h[b]'],
    ['x a(g)', 'a', 'down', 'x a'],
  ] as const)('in %s takes %s %s to %s', (hosts, host, direction, wanted) => {
    expect(after(hosts, stepHost(list(hosts), id(host), direction))).toBe(wanted)
  })

  it('beyond the ends asks for nothing', () => {
    expect(stepHost(list('a b'), id('a'), 'up')).toEqual([])
    expect(stepHost(list('a b'), id('b'), 'down')).toEqual([])
    expect(stepGroup(list('a(g) b'), 'g', 'up')).toEqual([])
  })

  it('takes a whole group', () => {
    expect(after('a b(g) c(g) d', stepGroup(list('a b(g) c(g) d'), 'g', 'up'))).toBe('g[b c] a d')
    expect(after('a b(g) c(g) d', stepGroup(list('a b(g) c(g) d'), 'g', 'down'))).toBe('a d g[b c]')
    expect(after('a(g) x b(g) c(h)', stepGroup(list('a(g) x b(g) c(h)'), 'g', 'down'))).toBe('x g[a b] h[c]')
  })
})

it('a group is put before any host or at the end', () => {
  const hosts = list('a b(g) c(g) d')
  const group = hostItems(hosts)[1]
  if (!group) throw new Error('no group')
  expect(after('a b(g) c(g) d', placeItem(group, id('a')))).toBe('g[b c] a d')
  expect(after('a b(g) c(g) d', placeItem(group, undefined))).toBe('a d g[b c]')
})

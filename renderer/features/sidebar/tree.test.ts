import { describe, expect, it } from 'vitest'
import type { Host, MoveHostInput } from '../../../shared/model/host'
import { hostId, vmId } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { keyOf } from '../../stores/vms'
import { hostItems } from '../hosts/host-order'
import { dropMoves, dropPlace } from './drop-place'
import { groupSummary, treeBuilder, type TreeInput, type TreeRow } from './tree-rows'

function host(
  name: string,
  group?: string,
  kind: 'connected' | 'failed' | 'disconnected' = 'disconnected',
): Host {
  return {
    id: hostId.parse(name),
    uri: `qemu+ssh://${name}/system`,
    label: name,
    autoconnect: false,
    sshEngine: 'builtin',
    readOnly: false,
    hasKeptSecrets: false,
    isDemo: false,
    status: { kind, sinceMs: 0 } as Host['status'],
    ...(group === undefined ? {} : { group }),
  }
}

/** "a g[b c] d" as hosts in order. */
function list(text: string): Host[] {
  return [...text.matchAll(/(\w+)\[([\w ]*)\]|(\w+)/g)].flatMap(([, group, inside, plain]) =>
    plain === undefined ? (inside ?? '').split(' ').map((name) => host(name, group)) : [host(plain)],
  )
}

function vm(of: string, name: string, state: Vm['state'] = 'running'): Vm {
  const number = Array.from(`${of}${name}`).reduce((sum, char) => sum * 31 + char.charCodeAt(0), 7) % 1e12
  return {
    host: hostId.parse(of),
    id: vmId.parse(`00000000-0000-0000-0000-${String(number).padStart(12, '0')}`),
    name,
    state,
    isPersistent: true,
    hasSavedState: false,
    autostart: false,
    vcpuCount: 1,
    memoryBytes: 1,
    maxMemoryBytes: 1,
  }
}

const input = (text: string, vms: readonly Vm[] = [], more: Partial<TreeInput> = {}): TreeInput => ({
  hosts: list(text),
  byKey: new Map(vms.map((one) => [keyOf(one), one])),
  foldedHosts: [],
  foldedGroups: [],
  ...more,
})
const rowsOf = (...args: Parameters<typeof input>): TreeRow[] => treeBuilder()(input(...args))
const outline = (rows: readonly TreeRow[]): string[] =>
  rows.map(
    (row) => `${'  '.repeat(row.level - 1)}${row.key.replace(/vm:.*/, row.kind === 'vm' ? row.vm.name : '')}`,
  )

describe('the tree', () => {
  it('shows groups with their hosts and VMs in the user’s order, VMs by name', () => {
    expect(outline(rowsOf('a g[b c]', [vm('b', 'web10'), vm('b', 'web2'), vm('a', 'db')]))).toEqual([
      'all',
      'top',
      'host:a',
      '  db',
      'group:g',
      '  host:b',
      '    web2',
      '    web10',
      '  host:c',
    ])
  })

  it('hides what is in folded groups and hosts', () => {
    const vms = [vm('a', 'x'), vm('b', 'y')]
    expect(outline(rowsOf('a g[b]', vms, { foldedGroups: ['g'], foldedHosts: ['a'] }))).toEqual([
      'all',
      'top',
      'host:a',
      'group:g',
    ])
  })

  it('keeps the rows of hosts in which nothing changed', () => {
    const build = treeBuilder()
    const [one, other] = [vm('a', 'x'), vm('b', 'y')]
    const before = build(input('a b', [one, other]))
    const later = build(input('a b', [one, { ...other, name: 'z' }]))
    expect(later.find((row) => row.key === before[3]?.key)).toBe(before[3])
    expect(outline(later)).toEqual(['all', 'top', 'host:a', '  x', 'host:b', '  z'])
  })

  it('counts what runs, and sums a group up', () => {
    expect(rowsOf('a', [vm('a', 'x'), vm('a', 'y', 'shut-off')])[2]).toMatchObject({ total: 2, active: 1 })
    expect(groupSummary([host('a', 'g', 'connected'), host('b', 'g', 'failed')])).toEqual({
      total: 2,
      connected: 1,
      failed: 1,
      connecting: 0,
    })
  })
})

/** Does what main does with each move, and tells the tree. */
function after(text: string, moves: readonly MoveHostInput[]): string {
  let hosts = list(text)
  for (const { host: id, group, before } of moves) {
    const { group: _, ...rest } = hosts.find((one) => one.id === id) ?? host('none')
    const moved = group === '' ? rest : { ...rest, group }
    const others = hosts.filter((one) => one.id !== id)
    const at = before === undefined ? others.length : others.findIndex((one) => one.id === before)
    hosts = before === id ? hosts.map((one) => (one.id === id ? moved : one)) : others.toSpliced(at, 0, moved)
  }
  return hostItems(hosts)
    .map((item) =>
      item.kind === 'host' ? item.host.id : `${item.name}[${item.hosts.map((one) => one.id).join(' ')}]`,
    )
    .join(' ')
}

function dragged(text: string, from: string, to: string, share: number): string | undefined {
  const rows = rowsOf(text)
  const row = rows.find((one) => one.key === from)
  const index = rows.findIndex((one) => one.key === to)
  if (!row) throw new Error(`no ${from}`)
  const place = dropPlace(rows, row, index, share)
  return place && after(text, dropMoves(list(text), row, rows, place))
}

describe('what is dragged', () => {
  it.each([
    ['a b c', 'host:c', 'host:a', 0.1, 'c a b'],
    ['a b c', 'host:a', 'host:c', 0.9, 'b c a'],
    ['a b c', 'host:a', 'host:b', 0.9, 'b a c'],
    ['a b c', 'host:b', 'host:a', 0.9, 'a b c'],
    ['a g[b c] d', 'host:a', 'group:g', 0.5, 'g[b c a] d'],
    ['a g[b c] d', 'host:d', 'host:b', 0.1, 'a g[d b c]'],
    ['a g[b c] d', 'host:d', 'host:b', 0.9, 'a g[b d c]'],
    ['a g[b c] d', 'host:c', 'host:b', 0.1, 'a g[c b] d'],
    ['a g[b c] d', 'host:c', 'host:a', 0.1, 'c a g[b] d'],
    ['a g[b c] d', 'host:d', 'group:g', 0.1, 'a d g[b c]'],
    ['a g[b c] d', 'group:g', 'host:a', 0.1, 'g[b c] a d'],
    ['a g[b c] d', 'group:g', 'host:d', 0.9, 'a d g[b c]'],
    ['g[a] h[b]', 'group:g', 'group:h', 0.9, 'h[b] g[a]'],
    ['g[a] b', 'host:a', 'host:b', 0.9, 'b a'],
  ])('in %s from %s to %s at %d makes %s', (text, from, to, share, wanted) => {
    expect(dragged(text, from, to, share)).toBe(wanted)
  })

  it.each([
    ['a b', 'host:a', 'host:a'],
    ['a b', 'host:a', 'all'],
    ['g[a] h[b]', 'group:g', 'host:b'],
  ])('in %s from %s cannot land on %s', (text, from, to) => {
    expect(dragged(text, from, to, 0.2)).toBeUndefined()
  })
})

import { describe, expect, test } from 'vitest'
import type { MapNode, NetworkMap } from '../../../../shared/model/networks/network'
import { vmsShown } from './fold-vms'
import { layoutMap } from './map-layout'
import { pathOf } from './map-lines'

const sizes = { width: 900, boxWidth: 150, boxHeight: 36, vmHeight: 28, gap: 8 }

function node(kind: MapNode['kind'], label: string, more: Partial<MapNode> = {}): MapNode {
  return { id: `${kind} ${label}`, kind, label, isUp: true, ...more }
}

/** Two networks, one with so many VMs; each VM hangs on its network by a card. */
function mapOf(vms: number): NetworkMap {
  const guests = Array.from({ length: vms }, (_, index) => `vm-${String(index).padStart(3, '0')}`)
  return {
    nodes: [
      node('outside', 'LAN'),
      node('interface', 'eth0'),
      node('bridge', 'virbr0'),
      node('network', 'default'),
      node('network', 'lab', { isUp: false }),
      ...guests.flatMap((name) => [node('vm', name), node('card', name)]),
    ],
    links: [
      { from: 'outside LAN', to: 'interface eth0' },
      { from: 'bridge virbr0', to: 'interface eth0' },
      { from: 'bridge virbr0', to: 'network default' },
      ...guests.flatMap((name) => [
        { from: 'network default', to: `card ${name}`, isUp: true },
        { from: `vm ${name}`, to: `card ${name}`, isUp: true },
      ]),
    ],
  }
}

/** Lines past two columns: a routed network's bridge leads outside by no interface, and VMs hang on a bridge. */
const crossed: NetworkMap = {
  nodes: [
    node('outside', 'LAN'),
    ...['eth0', 'eth1', 'eth2'].map((name) => node('interface', name)),
    node('bridge', 'br0'),
    node('bridge', 'virbr0'),
    ...['default', 'lab', 'office'].map((name) => node('network', name)),
    ...['a', 'b', 'c', 'd'].map((name) => node('vm', name)),
  ],
  links: [
    ...['eth0', 'eth1', 'eth2'].map((name) => ({ from: 'outside LAN', to: `interface ${name}` })),
    { from: 'outside LAN', to: 'bridge virbr0' },
    { from: 'interface eth1', to: 'bridge br0' },
    { from: 'bridge virbr0', to: 'network default' },
    { from: 'network default', to: 'vm c' },
    { from: 'network lab', to: 'vm d' },
    { from: 'bridge br0', to: 'vm a', isUp: false },
    { from: 'bridge br0', to: 'vm b' },
  ],
}

describe('layoutMap', () => {
  test('columns lead from outside to the guests, and those with nothing in them are left out', () => {
    const { columns } = layoutMap(mapOf(2), sizes)
    expect(columns.map(({ id }) => id)).toEqual(['outside', 'interface', 'bridge', 'network', 'vm'])
    expect(columns.map(({ x }) => x)).toEqual([0, 188, 375, 563, 750])
    const small = layoutMap({ nodes: [node('network', 'n'), node('vm', 'v')], links: [] }, sizes)
    expect(small.columns.map(({ id }) => id)).toEqual(['network', 'vm'])
  })

  test('a card is the line from its network to its VM, and every line leads from left to right', () => {
    const { lines, boxes } = layoutMap(mapOf(1), sizes)
    expect(lines).toContainEqual({ from: 'network default', to: 'vm vm-000', isUp: true, label: 'vm-000' })
    expect(lines).toContainEqual({ from: 'interface eth0', to: 'bridge virbr0', isUp: true })
    expect(boxes.some(({ node: one }) => one?.kind === 'card')).toBe(false)
  })

  test('two hundred VMs of a network are folded into a line that tells how many there are', () => {
    const { boxes, lines, height } = layoutMap(mapOf(200), sizes)
    const vms = boxes.filter(({ node: one }) => one?.kind === 'vm')
    expect(vms).toHaveLength(vmsShown)
    const more = boxes.find((box) => box.more)
    expect(more?.more).toEqual({ of: 'network default', count: 200 - vmsShown, isOpen: false })
    expect(lines).toContainEqual({ from: 'network default', to: more?.id, isUp: true })
    expect(height).toBeLessThan(500)
    const opened = layoutMap(mapOf(200), sizes, new Set(['network default']))
    expect(opened.boxes.filter(({ node: one }) => one?.kind === 'vm')).toHaveLength(200)
  })

  test('a network keeps the middle of its VMs', () => {
    const { boxes } = layoutMap(mapOf(3), sizes)
    const middleOf = (id: string) => {
      const box = boxes.find((one) => one.id === id)
      return box && box.y + box.height / 2
    }
    expect(middleOf('network default')).toBe(middleOf('vm vm-001'))
    expect(middleOf('bridge virbr0')).toBe(middleOf('vm vm-001'))
  })

  test('no line runs behind a box, also where it passes a column', () => {
    const { boxes, strokes } = layoutMap(crossed, sizes)
    const passing = strokes.filter(({ d }) => d.includes('H'))
    // from the outside past the interfaces, from br0 past the networks
    expect(passing).toHaveLength(2)
    for (const { d } of strokes) {
      const [x1 = 0, , , , , , x2 = 0, y = 0, end = x2] = d.match(/[\d.]+/g)?.map(Number) ?? []
      expect(boxes.filter((box) => box.x < x2 && box.x + sizes.boxWidth > x1)).toEqual([])
      const touched = boxes.filter(
        (box) => box.x < end && box.x + sizes.boxWidth > x2 && box.y - 4 < y && box.y + box.height + 4 > y,
      )
      expect(touched).toEqual([])
    }
  })

  test('lines of one box past a column are one there, and dotted only if all of them are down', () => {
    const { strokes } = layoutMap(crossed, sizes)
    const passing = strokes.find(({ from, d }) => from === 'bridge br0' && d.includes('H'))
    expect(passing?.ends).toEqual([
      ['bridge br0', 'vm a'],
      ['bridge br0', 'vm b'],
    ])
    expect(passing?.isUp).toBe(true)
    expect(strokes.filter(({ from }) => from === passing?.to).map(({ to, isUp }) => [to, isUp])).toEqual([
      ['vm a', false],
      ['vm b', true],
    ])
  })

  test('no two boxes of a column lie on one another', () => {
    const { boxes } = layoutMap(mapOf(9), sizes)
    for (const column of ['outside', 'interface', 'bridge', 'network', 'vm']) {
      const ys = boxes.filter((box) => box.column === column).map(({ y }) => y)
      const sorted = ys.toSorted((a, b) => a - b)
      for (const [index, y] of sorted.entries())
        if (index > 0)
          expect(y - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(
            column === 'vm' ? sizes.vmHeight : sizes.boxHeight,
          )
    }
  })
})

test('a path is what leads outwards and what hangs on it, without the neighbours beside', () => {
  const { lines } = layoutMap(mapOf(3), sizes)
  expect([...pathOf('vm vm-001', lines)].toSorted()).toEqual([
    'bridge virbr0',
    'interface eth0',
    'network default',
    'outside LAN',
    'vm vm-001',
  ])
  expect(pathOf('network default', lines).has('vm vm-002')).toBe(true)
})

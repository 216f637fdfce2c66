import { expect, test } from 'vitest'
import { givenOrder, hostNodes, spreadOrder } from './host-map'
import { pinPresets } from './pin-presets'
import { pinned, pinnedCpus, pinOf, pinTargets, targetTitle, withCpus } from './pins'

const cell = (id: number, cpus: string, cores?: number[][]) => ({
  id,
  cpus,
  cpuCount: 0,
  hugePages: [],
  ...(cores ? { cores: cores.map((threads) => ({ socket: id, cpus: threads })) } : {}),
})
const twoNodes = hostNodes(
  [
    cell(0, '0-1,4-5', [
      [0, 4],
      [1, 5],
    ]),
    cell(1, '2-3,6-7', [
      [2, 6],
      [3, 7],
    ]),
  ],
  8,
)
const vcpu = (id: number) => ({ kind: 'vcpu', id }) as const

test('all virtual CPUs, the emulator and each I/O thread can be placed', () => {
  const titles = (values: Parameters<typeof pinTargets>[0]) => pinTargets(values, 2).map(targetTitle)
  expect(titles({})).toEqual(['vCPU 0', 'vCPU 1', 'Emulator'])
  expect(titles({ ioThreads: 2 }).slice(3)).toEqual(['I/O thread 1', 'I/O thread 2'])
  expect(titles({ ioThreads: 2, ioThreadPools: [{ id: 7 }] }).slice(3)).toEqual([
    'I/O thread 1',
    'I/O thread 7',
  ])
  expect(titles({ ioThreadPins: [{ thread: 3, cpus: '0' }] }).slice(3)).toEqual(['I/O thread 3'])
})

test('a number from a definition does not make endless lists', () => {
  expect(pinTargets({ ioThreads: 1e9 }, 1e9).length).toBeLessThan(3000)
})

test('a pin gets its row in rising order, changes it in place and goes with it', () => {
  let values = pinned({}, [
    { target: vcpu(2), cpus: '4' },
    { target: vcpu(0), cpus: '1-2' },
    { target: { kind: 'emulator' }, cpus: '0' },
    { target: { kind: 'io-thread', id: 1 }, cpus: '3' },
  ])
  expect(values).toEqual({
    vcpuPins: [
      { vcpu: 0, cpus: '1-2' },
      { vcpu: 2, cpus: '4' },
    ],
    emulatorPin: '0',
    ioThreadPins: [{ thread: 1, cpus: '3' }],
  })
  expect(pinOf(values, vcpu(2))).toBe('4')
  expect([...pinnedCpus(values, vcpu(0))]).toEqual([1, 2])
  values = pinned(values, [
    { target: vcpu(0), cpus: '' },
    { target: vcpu(2), cpus: '' },
    { target: { kind: 'emulator' }, cpus: '' },
  ])
  expect(values).toEqual({ vcpuPins: undefined, emulatorPin: undefined })
})

test('CPUs go in and out of a set, which is said as shortly as can be', () => {
  expect(withCpus(new Set([0, 1, 3]), [2], true)).toBe('0-3')
  expect(withCpus(new Set([0, 1, 2]), [1, 9], false)).toBe('0,2')
  expect(withCpus(new Set([4]), [4], false)).toBe('')
})

test('a host that tells no nodes is drawn as one, one that tells nothing not at all', () => {
  expect(hostNodes([], 4)).toMatchObject([{ id: 0, cpus: [0, 1, 2, 3] }])
  expect(hostNodes([], undefined)).toEqual([])
  expect(hostNodes([cell(0, '0-3'), cell(1, '')], 4).map(({ id }) => id)).toEqual([0])
  expect(hostNodes([cell(0, '0-9999')], 10_000)).toEqual([])
  expect(hostNodes([], 1e9)).toEqual([])
})

test('CPUs are given core by core, or a core to each first', () => {
  const [node] = twoNodes
  expect(node && givenOrder(node, false)).toEqual([0, 1, 4, 5])
  expect(node && givenOrder(node, true)).toEqual([0, 4, 1, 5])
  expect(spreadOrder(twoNodes, false)).toEqual([0, 2, 1, 3, 4, 6, 5, 7])
})

test('presets place one to one on a node, spread, or leave free within a node', () => {
  const before = { emulatorPin: '0', vcpuPins: [{ vcpu: 1, cpus: '7' }] }
  const presets = pinPresets(before, twoNodes, 4, 1)
  const sets = (id: string) => {
    const pins = presets.find((one) => one.id === id)?.values['vcpuPins']
    return Array.isArray(pins) ? pins.map(({ cpus }: { cpus?: unknown }) => cpus) : undefined
  }
  expect(sets('one 1')).toEqual(['2', '3', '6', '7'])
  expect(sets('spread')).toEqual(['0', '2', '1', '3'])
  expect(sets('all 0')).toEqual(['0-1,4-5', '0-1,4-5', '0-1,4-5', '0-1,4-5'])
  // the emulator stays where it is
  expect(presets[0]?.values).not.toHaveProperty('emulatorPin')
})

test('a node with too few CPUs says so, and one node alone offers no choice of nodes', () => {
  expect(pinPresets({}, twoNodes, 6, 1)[0]).toMatchObject({
    id: 'one 0',
    disabledReason: 'Node 0 has 4 CPUs for 6 virtual ones',
  })
  expect(pinPresets({}, hostNodes([], 4), 2, 1).map(({ label }) => label)).toEqual(['One to one'])
})

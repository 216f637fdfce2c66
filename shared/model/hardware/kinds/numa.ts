import { choice, cpuset, flag, inWords, integer, rows, size, type Row, type Values } from '../field'
import { defineKind, valuesOf, type CheckContext, type Problem } from '../kind'
import { numbersOf } from '../cpu-set'
import { pluggedBytes } from './memory-rules'
import { memoryOfCells } from './numa-memory'

const modes = choice([
  ['strict', 'Only from these', 'fails when they have no memory left'],
  ['preferred', 'Rather from these'],
  ['interleave', 'In turns from these'],
  ['restrictive', 'As the host’s own rules say', 'from these, without binding the emulator'],
])
const amount = size(1024 ** 2)

export const numa = defineKind({
  id: 'numa',
  label: 'NUMA',
  role: 'page',
  fields: {
    cells: {
      label: 'Nodes of the guest',
      type: rows('node', {
        id: { label: 'Number', type: integer(0, 1023), absent: 'In order' },
        cpus: { label: 'Virtual CPUs', type: cpuset, absent: 'None' },
        memory: { label: 'Memory', type: amount, isRequired: true },
        access: {
          label: 'Access',
          type: choice([
            ['shared', 'Shared'],
            ['private', 'Private'],
          ]),
          absent: 'As for all memory',
        },
        discard: { label: 'Discard at power-off', type: flag, absent: 'As for all memory' },
      }),
      absent: 'None: the guest sees one memory',
      help: 'Large guests are faster when they know which memory is near to which CPU.',
      whyNotLive: 'The guest sees its nodes when it is switched on.',
    },
    distances: {
      label: 'Distances between nodes',
      type: rows('distance', {
        from: { label: 'From node', type: integer(0, 1023), isRequired: true },
        to: { label: 'To node', type: integer(0, 1023), isRequired: true },
        distance: { label: 'Distance', type: integer(10, 255), isRequired: true },
      }),
      absent: '10 to itself, 20 to others',
      isAdvanced: true,
      when: ({ cells }) => rowsOf(cells).length > 0,
    },
    placement: {
      label: 'Host nodes are',
      type: choice([
        ['static', 'Chosen here'],
        ['auto', 'Chosen by the host', 'numad picks them when the VM starts'],
      ]),
      absent: 'Chosen here',
      isAdvanced: true,
    },
    nodes: {
      label: 'Memory from host nodes',
      type: cpuset,
      absent: 'Any',
      when: ({ placement }) => placement !== 'auto',
      isLive: true,
      help: 'Assigned host devices work best with memory of their own node. Bound guests are harder to move to other hosts.',
    },
    mode: {
      label: 'How strictly',
      type: modes,
      absent: 'Only from these',
      when: ({ nodes, placement }) => nodes !== undefined || placement === 'auto',
      whyNotLive: 'How memory is bound is settled when it is allocated.',
    },
    cellNodes: {
      label: 'Host nodes for single nodes of the guest',
      type: rows('binding', {
        cell: { label: 'Node of the guest', type: integer(0, 1023), isRequired: true },
        mode: { label: 'How strictly', type: modes, isRequired: true },
        nodes: { label: 'Host nodes', type: cpuset, isRequired: true },
      }),
      absent: 'As all memory',
      when: ({ cells }) => rowsOf(cells).length > 0,
    },
  },
  groups: [
    { title: '', fields: ['cells'] },
    { title: 'Memory of the host', fields: ['nodes', 'mode', 'placement', 'cellNodes'] },
    { title: 'Distances', fields: ['distances'] },
  ],
  title: () => 'NUMA',
  summary: ({ cells, nodes }) => {
    const count = rowsOf(cells).length
    const from = typeof nodes === 'string' ? `memory from host node ${nodes}` : undefined
    const parts = [count === 0 ? undefined : `${count} node${count === 1 ? '' : 's'}`, from].filter(Boolean)
    return parts.length === 0 ? undefined : parts.join(', ')
  },
  check: (values, context) => [...cellProblems(values, context), ...bindingProblems(values)],
})

const error = (field: string, message: string): Problem => ({ severity: 'error', field, message })

/** Nodes without a number are counted from zero. */
function idsOf(cells: readonly Row[]): number[] {
  return cells.map(({ id }, at) => (typeof id === 'number' ? id : at))
}

function cellProblems({ cells, distances }: Values, context: CheckContext): Problem[] {
  const nodes = rowsOf(cells)
  if (nodes.length === 0) {
    return pluggedBytes(context) === 0
      ? []
      : [
          error(
            'cells',
            'The VM’s memory devices belong to a node of the guest: keep one, or remove them first',
          ),
        ]
  }
  const problems: Problem[] = []
  const ids = idsOf(nodes).toSorted((a, b) => a - b)
  if (ids.some((id, at) => id !== at))
    problems.push(error('cells', 'Number the nodes 0, 1, 2 and so on, each once'))
  const cpus = nodes.flatMap((row) => (typeof row['cpus'] === 'string' ? (numbersOf(row['cpus']) ?? []) : []))
  if (new Set(cpus).size < cpus.length) problems.push(error('cells', 'A virtual CPU can be in one node only'))
  const { maximum } = valuesOf(context, 'cpu')
  if (typeof maximum === 'number') {
    if (cpus.some((one) => one >= maximum))
      problems.push(error('cells', `The VM has ${maximum} virtual CPUs, numbered from 0`))
    else if (new Set(cpus).size < maximum) {
      problems.push({
        severity: 'warning',
        field: 'cells',
        message: 'Some virtual CPUs are in no node; the hypervisor puts them into the first',
      })
    }
  }
  if (rowsOf(distances).some(({ from, to }) => !ids.includes(Number(from)) || !ids.includes(Number(to))))
    problems.push(error('distances', 'There is no node of this number'))
  if (rowsOf(distances).some(({ from, to, distance }) => from === to && distance !== 10))
    problems.push(error('distances', 'The distance of a node to itself is 10'))
  return [...problems, ...sumProblems(cells, context)]
}

/** Here the nodes were changed last, so the VM's memory follows them. */
function sumProblems(cells: Values[string], context: CheckContext): Problem[] {
  const sum = memoryOfCells(cells)
  const { maximum } = valuesOf(context, 'memory')
  if (sum === undefined || typeof maximum !== 'number') return []
  const whole = sum + pluggedBytes(context)
  // memory devices that come or go with this change are counted by the host
  if (maximum >= sum && maximum <= whole) return []
  const text = (bytes: number): string => inWords({ label: 'Memory', type: amount }, bytes)
  return [
    {
      severity: 'warning',
      field: 'cells',
      message: `The nodes have ${text(sum)} together, not the VM’s ${text(maximum)}, and they are what counts`,
      fix: {
        label: `Give the VM ${text(whole)}`,
        changes: [{ kind: 'set', item: { kind: 'memory', key: '' }, values: { maximum: whole } }],
      },
    },
  ]
}

function bindingProblems({ cells, cellNodes, mode, nodes, placement }: Values): Problem[] {
  const ids = idsOf(rowsOf(cells))
  const bound = rowsOf(cellNodes)
  const problems: Problem[] = []
  if (bound.some(({ cell }) => !ids.includes(Number(cell))))
    problems.push(error('cellNodes', 'There is no node of this number'))
  if (new Set(bound.map(({ cell }) => cell)).size < bound.length)
    problems.push(error('cellNodes', 'Each node can be bound once'))
  if (bound.length > 0 && placement === 'auto')
    problems.push(
      error('cellNodes', 'Nodes can be bound one by one only where the host nodes are chosen here'),
    )
  const isRestrictive = mode === 'restrictive'
  if (
    bound.length > 0 &&
    nodes !== undefined &&
    bound.some((row) => (row['mode'] === 'restrictive') !== isRestrictive)
  )
    problems.push(error('cellNodes', 'The host’s own rules hold for all nodes or for none'))
  return problems
}

function rowsOf(value: Values[string]): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : []
}

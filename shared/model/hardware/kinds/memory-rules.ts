import { setOf } from '../cpu-set'
import { inWords, size, type Row, type Values } from '../field'
import { isQemu, itemsOf, valuesOf, type CheckContext, type Fix, type Problem } from '../kind'
import { largeMemoryProblem } from './large-memory'
import { memoryOfCells } from './numa-memory'

const page = { kind: 'memory', key: '' }
const kibibyte = 1024
const mebibyte = 1024 ** 2

export function memoryProblems(values: Values, context: CheckContext): Problem[] {
  const maximum = number(values['maximum'])
  if (maximum === undefined) return []
  return [
    ...sizeProblems(values, maximum, context),
    ...ceilingProblems(values, maximum, context),
    ...backingProblems(values),
    ...limitProblems(values, maximum),
    ...cellProblems(maximum, context),
    ...largeMemoryProblem(valuesOf(context, 'cpu'), values, context),
  ]
}

function sizeProblems(values: Values, maximum: number, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const current = number(values['current'])
  if (current !== undefined && current > maximum) {
    problems.push({
      severity: 'error',
      field: 'current',
      message: 'More cannot be available than the VM has',
      fix: {
        label: 'Make all of it available',
        changes: [{ kind: 'set', item: page, values: { current: maximum } }],
      },
    })
  }
  const { hostMemoryBytes } = context
  if (hostMemoryBytes !== undefined && maximum > hostMemoryBytes) {
    problems.push({
      severity: 'warning',
      field: 'maximum',
      message: `The host has ${inWords({ label: '', type: size() }, Math.floor(hostMemoryBytes / mebibyte) * mebibyte)} of memory: with more the VM may not start, or slow the host down by swapping`,
    })
  }
  const [balloon] = itemsOf(context, 'balloon')
  if (current !== undefined && current < maximum && balloon?.values['model'] === 'none') {
    problems.push({
      severity: 'warning',
      field: 'current',
      message: 'Without a balloon the guest keeps all of its memory',
      fix: {
        label: 'Give it a balloon',
        changes: [{ kind: 'set', item: balloon.ref, values: { model: 'virtio' } }],
      },
    })
  }
  return problems
}

/** https://libvirt.org/formatdomain.html#memory-allocation: plugged memory belongs to a guest NUMA node. */
function ceilingProblems(values: Values, maximum: number, context: CheckContext): Problem[] {
  const ceiling = number(values['hotplugCeiling'])
  const devices = itemsOf(context, 'memory-device')
  if (ceiling === undefined) {
    return devices.some(({ values: { model } }) => model !== 'sgx-epc')
      ? [
          {
            severity: 'error',
            field: 'hotplugCeiling',
            message: 'Memory devices need room to grow into',
            fix: {
              label: 'Make room for twice the memory',
              changes: [
                { kind: 'set', item: page, values: { hotplugCeiling: maximum * 2, hotplugSlots: 16 } },
              ],
            },
          },
        ]
      : []
  }
  const problems: Problem[] = []
  if (ceiling < maximum) {
    problems.push({
      severity: 'error',
      field: 'hotplugCeiling',
      message: 'The VM has more memory than it can grow to',
      fix: {
        label: 'Use its memory',
        changes: [{ kind: 'set', item: page, values: { hotplugCeiling: maximum } }],
      },
    })
  }
  if (isQemu(context) && rowsOf(valuesOf(context, 'numa')['cells']).length === 0) {
    problems.push({
      severity: 'error',
      field: 'hotplugCeiling',
      message: 'Memory can be plugged in only where the guest has a NUMA node',
      fix: { label: 'Give it one node', changes: [oneNode(maximum - pluggedBytes(context), context)] },
    })
  }
  return problems
}

/** A node with all virtual CPUs. */
export function oneNode(sizeBytes: number, context: CheckContext): Fix {
  const count = number(valuesOf(context, 'cpu')['maximum']) ?? 1
  const cpus = setOf(Array.from({ length: Math.min(count, 65_535) }, (_, at) => at))
  return {
    kind: 'set',
    item: { kind: 'numa', key: '' },
    values: { cells: [{ id: 0, cpus, memory: sizeBytes }] },
  }
}

/** libvirt's virDomainDefMemtuneValidate. */
function backingProblems(values: Values): Problem[] {
  const problems: Problem[] = []
  if (values['hugepages'] === true && values['backingSource'] === 'anonymous') {
    problems.push({
      severity: 'error',
      field: 'backingSource',
      message: 'Huge pages cannot be plain memory',
      fix: {
        label: 'Leave it to the hypervisor',
        changes: [{ kind: 'set', item: page, values: {}, unset: ['backingSource'] }],
      },
    })
  }
  if (
    values['allocationMode'] === 'ondemand' &&
    (values['hugepages'] === true || values['backingSource'] === 'memfd')
  ) {
    problems.push({
      severity: 'error',
      field: 'allocationMode',
      message: 'Huge pages and memory that can be shared are allocated when the VM starts',
      fix: {
        label: 'Allocate at the start',
        changes: [{ kind: 'set', item: page, values: { allocationMode: 'immediate' } }],
      },
    })
  }
  for (const row of rowsOf(values['hugepageSizes'])) {
    const bytes = number(row['size'])
    if (bytes !== undefined && (!Number.isInteger(Math.log2(bytes)) || bytes % kibibyte !== 0)) {
      problems.push({
        severity: 'error',
        field: 'hugepageSizes',
        message: 'Pages have sizes such as 2 MiB or 1 GiB: powers of two that the host’s processor knows',
      })
    }
  }
  if (values['locked'] === true && values['hardLimit'] === undefined) {
    problems.push({
      severity: 'warning',
      field: 'locked',
      message: 'Without a hard limit this VM may lock as much memory of the host as it likes',
    })
  }
  return problems
}

function limitProblems(values: Values, maximum: number): Problem[] {
  const problems: Problem[] = []
  const hard = number(values['hardLimit'])
  const swap = number(values['swapLimit'])
  if (hard !== undefined && hard <= maximum) {
    problems.push({
      severity: 'warning',
      field: 'hardLimit',
      message: 'The emulator needs memory of its own: with this limit the host may end the VM',
    })
  }
  if (hard !== undefined && swap !== undefined && swap < hard) {
    problems.push({
      severity: 'error',
      field: 'swapLimit',
      message: 'Memory and swap together cannot be less than the memory alone',
      fix: {
        label: 'Use the hard limit',
        changes: [{ kind: 'set', item: page, values: { swapLimit: hard } }],
      },
    })
  }
  return problems
}

/** libvirt goes by the guest's nodes and memory devices and passes over the VM's own number (virDomainDefPostParseMemory). */
function cellProblems(maximum: number, context: CheckContext): Problem[] {
  const { cells } = valuesOf(context, 'numa')
  const sum = memoryOfCells(cells)
  if (sum === undefined) return []
  const plugged = pluggedBytes(context)
  const wanted = maximum - plugged
  // memory devices that come or go with this change are counted by the host
  if ((maximum >= sum && maximum <= sum + plugged) || wanted <= 0) return []
  return [
    {
      severity: 'warning',
      field: 'maximum',
      message: 'The guest’s NUMA nodes have another sum, and they are what counts',
      fix: {
        label: 'Share it among the nodes as before',
        changes: [
          {
            kind: 'set',
            item: { kind: 'numa', key: '' },
            values: { cells: shared(rowsOf(cells), sum, wanted) },
          },
        ],
      },
    },
  ]
}

/** In whole mebibytes; the last takes what is left. */
function shared(cells: readonly Row[], sum: number, wanted: number): Row[] {
  const step = wanted % 1024 ** 2 === 0 ? 1024 ** 2 : kibibyte
  let left = wanted
  return cells.map((cell, at) => {
    const isLast = at === cells.length - 1
    const memory = isLast ? left : Math.floor(((number(cell['memory']) ?? 0) / sum) * (wanted / step)) * step
    left -= memory
    return { ...cell, memory }
  })
}

export function pluggedBytes(context: CheckContext): number {
  return itemsOf(context, 'memory-device').reduce(
    (sum, { values }) => sum + (values['model'] === 'sgx-epc' ? 0 : (number(values['size']) ?? 0)),
    0,
  )
}

function rowsOf(value: Values[string]): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : []
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}

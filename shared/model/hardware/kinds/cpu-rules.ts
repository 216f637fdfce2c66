/** What must fit together about the processor: counts, topology, and what many CPUs or much memory need besides. */
import { plain, type Row, type Values } from '../field'
import { isQ35, isQemu, isX86, itemsOf, valuesOf, type CheckContext, type Fix, type Problem } from '../kind'
import { beyondHost } from './host-cpus'
import { topologyProblems } from './cpu-topology'
import { largeMemoryProblem } from './large-memory'

const page = { kind: 'cpu', key: '' }

export function cpuProblems(values: Values, context: CheckContext): Problem[] {
  const maximum = number(values['maximum'])
  return [
    ...(maximum === undefined ? [] : countProblems(values, maximum, context)),
    ...(maximum === undefined ? [] : topologyProblems(values, maximum, context)),
    ...(maximum === undefined ? [] : manyCpus(maximum, context)),
    ...largeMemoryProblem(values, valuesOf(context, 'memory'), context),
    ...modelProblems(values, context),
    ...singleProblems(values, maximum, context),
    ...beyondHost(values['cpuset'], context, 'cpuset', (set) => ({ cpuset: set })),
  ]
}

function countProblems(values: Values, maximum: number, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const current = number(values['current'])
  if (current !== undefined && current > maximum) {
    problems.push({
      severity: 'error',
      field: 'current',
      message: `Only ${maximum} of the virtual CPUs can be switched on`,
      fix: {
        label: `Switch on ${maximum}`,
        changes: [{ kind: 'set', item: page, values: { current: maximum } }],
      },
    })
  }
  const limit = context.capabilities?.maxVcpus
  if (limit !== undefined && maximum > limit) {
    problems.push({
      severity: 'error',
      field: 'maximum',
      message: `Such a VM can have ${limit} virtual CPUs on this host`,
      fix: {
        label: `Use ${limit}`,
        changes: [{ kind: 'set', item: page, values: { maximum: limit } }],
      },
    })
  }
  if (context.hostCpus !== undefined && maximum > context.hostCpus) {
    problems.push({
      severity: 'warning',
      field: 'maximum',
      message: `The host has ${context.hostCpus} CPUs. More virtual ones do not make the VM faster, and they have to wait for each other.`,
    })
  }
  return problems
}

/**
 * Above 255 the APIC ids need eight bits more: Q35, an Intel IOMMU with interrupt remapping and extended mode, and the
 * I/O APIC in QEMU (libvirt's qemuValidateDomainDefCpu, https://libvirt.org/formatdomain.html#iommu-devices).
 */
function manyCpus(maximum: number, context: CheckContext): Problem[] {
  if (maximum <= 255 || !isQemu(context) || !isX86(context)) return []
  if (!isQ35(context)) {
    return [
      {
        severity: 'error',
        field: 'maximum',
        message: 'More than 255 virtual CPUs need a machine with the Q35 chipset',
        fix: {
          label: 'Use 255',
          changes: [{ kind: 'set', item: page, values: { maximum: 255 } }],
        },
      },
    ]
  }
  const changes: Fix[] = []
  const [iommu] = itemsOf(context, 'iommu')
  const wanted = { model: 'intel', intremap: true, eim: true }
  if (!iommu) changes.push({ kind: 'add', device: 'iommu', values: wanted })
  else if (Object.entries(wanted).some(([name, value]) => iommu.values[name] !== value))
    changes.push({ kind: 'set', item: iommu.ref, values: wanted })
  if (valuesOf(context, 'features')['ioapicDriver'] !== 'qemu')
    changes.push({ kind: 'set', item: { kind: 'features', key: '' }, values: { ioapicDriver: 'qemu' } })
  if (changes.length === 0) return []
  return [
    {
      severity: 'error',
      field: 'maximum',
      message:
        'More than 255 virtual CPUs need an Intel IOMMU with interrupt remapping and extended interrupt mode, and the I/O APIC in QEMU',
      fix: { label: 'Add what they need', changes },
    },
  ]
}

function modelProblems(values: Values, context: CheckContext): Problem[] {
  const { mode, model } = values
  const problems: Problem[] = []
  if (mode === 'custom' && model === undefined)
    problems.push({ severity: 'error', field: 'model', message: 'Choose the model the guest sees' })
  if (mode === 'host-passthrough') {
    problems.push({
      severity: 'hint',
      field: 'mode',
      message:
        'A running VM with the host’s own processor can move only to a host with the same one and the same microcode',
    })
  }
  const { capabilities } = context
  if (capabilities && capabilities.cpuModes.some((one) => one.name === mode && !one.isSupported))
    problems.push({
      severity: 'error',
      field: 'mode',
      message: 'This host cannot give such a VM this kind of processor',
    })
  const known = capabilities?.cpuModels.find((one) => one.name === model)
  if (known?.usable === 'no') {
    const lacking = known.blockers.slice(0, 6).join(', ')
    problems.push({
      severity: 'warning',
      field: 'model',
      message: `The host’s processor cannot be ${known.name}${lacking === '' ? '' : `: it lacks ${lacking}`}`,
    })
  }
  const vendorId = values['vendorId']
  if (vendorId !== undefined && !/^[ -+\--~]{12}$/.test(plain(vendorId))) {
    problems.push({
      severity: 'error',
      field: 'vendorId',
      message: 'Enter exactly twelve letters, digits or signs of the ASCII alphabet, and no comma',
    })
  }
  if (
    values['cacheMode'] === 'passthrough' &&
    mode !== 'host-passthrough' &&
    mode !== 'maximum' &&
    isQemu(context)
  ) {
    problems.push({
      severity: 'error',
      field: 'cacheMode',
      message: 'The host’s cache can be shown only together with the host’s own processor',
      fix: {
        label: 'Use the host’s own processor',
        changes: [
          {
            kind: 'set',
            item: page,
            values: { mode: context.virtType === 'kvm' ? 'host-passthrough' : 'maximum' },
          },
        ],
      },
    })
  }
  return [...problems, ...featureProblems(values)]
}

function featureProblems({ features }: Values): Problem[] {
  const names = rowsOf(features).map(({ name }) => plain(name))
  const twice = names.find((name, at) => names.indexOf(name) !== at)
  const odd = names.find((name) => !/^[\w.-]*$/.test(name))
  return [
    ...(twice === undefined
      ? []
      : [{ severity: 'error', field: 'features', message: `"${twice}" is there twice` } as const]),
    ...(odd === undefined
      ? []
      : [{ severity: 'error', field: 'features', message: `"${odd}" is no name of a CPU feature` } as const]),
  ]
}

/** https://libvirt.org/formatdomain.html#cpu-allocation: the first one stays, and what is off must be pluggable. */
function singleProblems({ vcpus }: Values, maximum: number | undefined, context: CheckContext): Problem[] {
  const problem = (message: string): Problem => ({ severity: 'error', field: 'vcpus', message })
  const single = rowsOf(vcpus)
  const problems: Problem[] = []
  if (single.some(({ id }) => typeof id === 'number' && maximum !== undefined && id >= maximum))
    problems.push(problem(`The virtual CPUs are numbered from 0 to ${(maximum ?? 1) - 1}`))
  if (new Set(single.map(({ id }) => id)).size < single.length)
    problems.push(problem('Each virtual CPU can be listed once'))
  if (!isQemu(context)) return problems
  if (
    single.some(({ id, enabled, hotpluggable }) => id === 0 && (enabled === false || hotpluggable === true))
  )
    problems.push(problem('The first virtual CPU is always switched on'))
  if (single.some(({ enabled, hotpluggable }) => enabled === false && hotpluggable === false))
    problems.push(problem('A virtual CPU that begins switched off must be one that can be switched off'))
  return problems
}

function rowsOf(value: Values[string]): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : []
}

function number(value: Values[string]): number | undefined {
  return typeof value === 'number' ? value : undefined
}

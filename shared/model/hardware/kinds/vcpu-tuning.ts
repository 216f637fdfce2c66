import { choice, cpuset, has, integer, rows, type Field, type Row, type Values } from '../field'
import { defineKind, isQemu, valuesOf, type CheckContext, type Problem } from '../kind'
import { numbersOf } from '../cpu-set'
import { beyondHost } from './host-cpus'
import { isMadeByTuning } from './vcpu-tuning-made'

const page = { kind: 'vcpu-tuning', key: '' }
const isRealTime = has('scheduler', 'fifo', 'rr')

const scheduler: Field = {
  label: 'Scheduler',
  type: choice([
    ['batch', 'Batch', 'long work, less often interrupted'],
    ['idle', 'Idle', 'only when the host has nothing else to do'],
    ['fifo', 'Real time, until it waits'],
    ['rr', 'Real time, in turns'],
  ]),
  isRequired: true,
}
const priority: Field = { label: 'Priority', type: integer(1, 99), when: isRealTime, isRequired: true }

/** Shares of 2 to 262144 and periods of a millisecond to a second are what cgroups take. */
function period(label: string): Field {
  return {
    label,
    type: integer(1000, 1_000_000, 'µs'),
    absent: '100000 µs',
    isLive: true,
    isAdvanced: true,
  }
}
function quota(label: string, help?: string): Field {
  return {
    label,
    // -1 is no limit, and less than a millisecond is refused
    type: integer(-1, 17_592_186_044_415, 'µs'),
    absent: 'No limit',
    isLive: true,
    isAdvanced: true,
    ...(help === undefined ? {} : { help }),
  }
}

export const vcpuTuning = defineKind({
  id: 'vcpu-tuning',
  label: 'CPU placement and limits',
  role: 'page',
  fields: {
    vcpuPins: {
      label: 'Virtual CPUs on host CPUs',
      type: rows('pinned CPU', {
        vcpu: { label: 'Virtual CPU', type: integer(0, 65_534), isRequired: true },
        cpus: { label: 'Host CPUs', type: cpuset, isRequired: true },
      }),
      absent: 'Anywhere',
      isLive: true,
      help: 'A guest that is pinned shares caches and memory nodes as you choose, and can no longer be moved aside by the host.',
    },
    emulatorPin: {
      label: 'Emulator on host CPUs',
      type: cpuset,
      absent: 'As the virtual CPUs',
      isLive: true,
      help: 'The work of the emulator itself: devices, graphics, migration.',
    },
    shares: {
      label: 'Share of the CPUs',
      type: integer(2, 262_144),
      absent: 'As all VMs',
      isLive: true,
      help: 'In proportion to other VMs when they compete: twice the number, twice the time.',
    },
    ioThreads: {
      label: 'I/O threads',
      type: integer(0, 1024),
      absent: 'None',
      isLive: true,
      help: 'Disks can be served by threads of their own; each disk names the one it uses.',
    },
    ioThreadPins: {
      label: 'I/O threads on host CPUs',
      type: rows('pinned thread', {
        thread: { label: 'I/O thread', type: integer(1, 1024), isRequired: true },
        cpus: { label: 'Host CPUs', type: cpuset, isRequired: true },
      }),
      absent: 'As the emulator',
      isLive: true,
    },
    ioThreadPools: {
      label: 'Numbers and pools of I/O threads',
      type: rows('I/O thread', {
        id: { label: 'Number', type: integer(1, 4096), isRequired: true },
        poolMin: { label: 'Fewest workers', type: integer(0, 65_535), absent: '0' },
        poolMax: { label: 'Most workers', type: integer(1, 65_535), absent: '64' },
      }),
      absent: 'Numbered from 1',
      isAdvanced: true,
    },
    mainPoolMin: {
      label: 'Fewest workers of the main loop',
      type: integer(0, 65_535),
      absent: '0',
      isAdvanced: true,
    },
    mainPoolMax: {
      label: 'Most workers of the main loop',
      type: integer(1, 65_535),
      absent: '64',
      isAdvanced: true,
    },
    period: period('Period for each virtual CPU'),
    quota: quota(
      'Time for each virtual CPU',
      'In each period: a quota of half the period is half a CPU. -1 takes the limit away.',
    ),
    globalPeriod: period('Period for the whole VM'),
    globalQuota: quota('Time for the whole VM'),
    emulatorPeriod: period('Period for the emulator'),
    emulatorQuota: quota('Time for the emulator'),
    ioThreadPeriod: period('Period for I/O threads'),
    ioThreadQuota: quota('Time for each I/O thread'),
    vcpuSchedulers: {
      label: 'Schedulers of virtual CPUs',
      type: rows('scheduler', {
        cpus: { label: 'Virtual CPUs', type: cpuset, isRequired: true },
        scheduler,
        priority,
      }),
      absent: 'As other programs',
      isAdvanced: true,
    },
    ioThreadSchedulers: {
      label: 'Schedulers of I/O threads',
      type: rows('scheduler', {
        threads: { label: 'I/O threads', type: cpuset, isRequired: true },
        scheduler,
        priority,
      }),
      absent: 'As other programs',
      isAdvanced: true,
    },
    emulatorScheduler: {
      ...scheduler,
      label: 'Scheduler of the emulator',
      isRequired: false,
      absent: 'As other programs',
      isAdvanced: true,
    },
    emulatorPriority: {
      label: 'Priority of the emulator',
      type: integer(1, 99),
      when: has('emulatorScheduler', 'fifo', 'rr'),
      isRequired: true,
      isAdvanced: true,
    },
  },
  groups: [
    { title: 'Pinning', fields: ['vcpuPins', 'emulatorPin', 'ioThreadPins'], panel: 'cpu-pinning' },
    { title: 'I/O threads', fields: ['ioThreads', 'ioThreadPools', 'mainPoolMin', 'mainPoolMax'] },
    {
      title: 'Limits',
      fields: [
        'shares',
        'period',
        'quota',
        'globalPeriod',
        'globalQuota',
        'emulatorPeriod',
        'emulatorQuota',
        'ioThreadPeriod',
        'ioThreadQuota',
      ],
    },
    {
      title: 'Schedulers',
      fields: ['vcpuSchedulers', 'ioThreadSchedulers', 'emulatorScheduler', 'emulatorPriority'],
    },
  ],
  title: () => 'CPU placement and limits',
  isMadeFrom: isMadeByTuning,
  summary: ({ vcpuPins, shares }) => {
    const pinned = rowsOf(vcpuPins).length
    if (pinned > 0) return `${pinned} pinned`
    return typeof shares === 'number' ? `Share ${shares}` : undefined
  },
  check: (values, context) => [
    ...pinProblems(values, context),
    ...threadProblems(values),
    ...timeProblems(values),
    ...schedulerProblems(values, context),
  ],
})

const error = (field: string, message: string): Problem => ({ severity: 'error', field, message })

function pinProblems(values: Values, context: CheckContext): Problem[] {
  const pins = rowsOf(values['vcpuPins'])
  const threads = rowsOf(values['ioThreadPins'])
  const { maximum } = valuesOf(context, 'cpu')
  const problems: Problem[] = []
  if (hasDoubles(pins.map(({ vcpu }) => vcpu)))
    problems.push(error('vcpuPins', 'Each virtual CPU can be pinned once'))
  if (hasDoubles(threads.map(({ thread }) => thread)))
    problems.push(error('ioThreadPins', 'Each I/O thread can be pinned once'))
  const most = typeof maximum === 'number' ? maximum : undefined
  if (most !== undefined && pins.some(({ vcpu }) => typeof vcpu === 'number' && vcpu >= most)) {
    const there = pins.filter(({ vcpu }) => typeof vcpu !== 'number' || vcpu < most)
    problems.push({
      severity: 'warning',
      field: 'vcpuPins',
      message: `The VM has ${most} virtual CPUs, numbered from 0; pins of others are passed over`,
      fix: {
        label: 'Remove them',
        changes: [
          there.length === 0
            ? { kind: 'set', item: page, values: {}, unset: ['vcpuPins'] }
            : { kind: 'set', item: page, values: { vcpuPins: there } },
        ],
      },
    })
  }
  const beyond = (list: readonly Row[], field: string): Problem[] =>
    list
      .flatMap((row, at) =>
        beyondHost(row['cpus'], context, field, () => ({})).map(({ fix: _, ...problem }) => ({
          problem,
          at,
        })),
      )
      .slice(0, 1)
      .map(({ problem }) => problem)
  return [
    ...problems,
    ...beyond(pins, 'vcpuPins'),
    ...beyond(threads, 'ioThreadPins'),
    ...beyondHost(values['emulatorPin'], context, 'emulatorPin', (set) => ({ emulatorPin: set })),
  ]
}

/** libvirt numbers threads from 1 unless they are listed; a pin or scheduler of another is refused at the start. */
function threadProblems(values: Values): Problem[] {
  const pools = rowsOf(values['ioThreadPools'])
  const count = Math.max(number(values['ioThreads']) ?? 0, pools.length)
  const named = new Set(pools.map(({ id }) => id))
  for (let id = 1; named.size < count; id += 1) named.add(id)
  const problems: Problem[] = []
  if (hasDoubles(pools.map(({ id }) => id)))
    problems.push(error('ioThreadPools', 'Each number can be there once'))
  if (rowsOf(values['ioThreadPins']).some(({ thread }) => !named.has(thread)))
    problems.push(error('ioThreadPins', 'There is no I/O thread of this number'))
  const scheduled = rowsOf(values['ioThreadSchedulers']).flatMap((row) => setOfRow(row, 'threads'))
  if (scheduled.some((id) => !named.has(id)))
    problems.push(error('ioThreadSchedulers', 'There is no I/O thread of this number'))
  if (hasDoubles(scheduled))
    problems.push(error('ioThreadSchedulers', 'Each I/O thread can have one scheduler'))
  const pairs = [
    ...pools.map((row) => [row['poolMin'], row['poolMax']]),
    [values['mainPoolMin'], values['mainPoolMax']],
  ]
  // libvirt takes a missing most for none at all
  if (pairs.some(([min, max]) => typeof min === 'number' && (typeof max !== 'number' || min > max)))
    problems.push(error('ioThreadPools', 'Say the most workers too; the fewest cannot be more than them'))
  return problems
}

function timeProblems(values: Values): Problem[] {
  return ['quota', 'globalQuota', 'emulatorQuota', 'ioThreadQuota'].flatMap((field) => {
    const quotaUs = number(values[field])
    return quotaUs !== undefined && quotaUs >= 0 && quotaUs < 1000
      ? [error(field, 'Enter 1000 µs or more, or -1 for no limit')]
      : []
  })
}

function schedulerProblems(values: Values, context: CheckContext): Problem[] {
  const { maximum } = valuesOf(context, 'cpu')
  const scheduled = rowsOf(values['vcpuSchedulers']).flatMap((row) => setOfRow(row, 'cpus'))
  const problems: Problem[] = []
  if (hasDoubles(scheduled)) problems.push(error('vcpuSchedulers', 'Each virtual CPU can have one scheduler'))
  if (typeof maximum === 'number' && scheduled.some((one) => one >= maximum))
    problems.push(error('vcpuSchedulers', `The VM has ${maximum} virtual CPUs, numbered from 0`))
  if (isQemu(context) && rowsOf(values['vcpuSchedulers']).some(isRealTime)) {
    problems.push({
      severity: 'warning',
      field: 'vcpuSchedulers',
      message:
        'A real-time guest that never waits can keep its host CPUs from all other work: pin it to CPUs of its own',
    })
  }
  return problems
}

function setOfRow(row: Row, column: string): number[] {
  const set = row[column]
  return (typeof set === 'string' ? numbersOf(set) : undefined) ?? []
}

function hasDoubles(values: readonly unknown[]): boolean {
  return new Set(values).size < values.length
}

function rowsOf(value: Values[string]): readonly Row[] {
  return Array.isArray(value) ? (value as readonly Row[]) : []
}

function number(value: Values[string]): number | undefined {
  return typeof value === 'number' ? value : undefined
}

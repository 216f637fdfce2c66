import { choice, flag, has, inWords, integer, text, type Field, type Values } from '../field'
import { defineKind, isQemu, isWindows, isXen, type CheckContext, type Problem } from '../kind'

const page = { kind: 'clock', key: '' }
const offset: Field = {
  label: 'The guest’s clock is',
  type: choice([
    ['utc', 'UTC', 'for Linux and most others'],
    ['localtime', 'The host’s local time', 'for Windows'],
    ['timezone', 'In a time zone'],
    ['variable', 'Off by a number of seconds', 'what the guest sets is kept'],
    ['absolute', 'A fixed time at every start', 'since libvirt 8.4'],
  ]),
  absent: 'UTC',
  whyNotLive: 'The clock is set when the VM is switched on.',
}
const isCatchingUp = has('rtcTickPolicy', 'catchup')

function timer(label: string, help?: string): Field {
  return {
    label,
    type: flag,
    absent: 'Hypervisor default',
    isAdvanced: true,
    ...(help === undefined ? {} : { help }),
  }
}

export const clock = defineKind({
  id: 'clock',
  label: 'Clock',
  role: 'page',
  fields: {
    offset,
    timezone: {
      label: 'Time zone',
      type: text({ maxLength: 64 }),
      when: has('offset', 'timezone'),
      isRequired: true,
      help: 'As the host calls it: Europe/Berlin.',
    },
    adjustment: {
      label: 'Off by',
      type: text({ maxLength: 20 }),
      when: has('offset', 'variable', 'utc', 'localtime'),
      absent: 'Nothing',
      isFilledIn: true,
      isAdvanced: true,
      help: 'Seconds, such as 3600 or -60. With UTC or local time also "reset": what the guest sets is forgotten at its next start.',
    },
    basis: {
      label: 'From',
      type: choice([
        ['utc', 'UTC'],
        ['localtime', 'The host’s local time'],
      ]),
      when: has('offset', 'variable'),
      absent: 'UTC',
    },
    start: {
      label: 'Starts at',
      type: integer(0, 253_402_300_799, 's'),
      when: has('offset', 'absolute'),
      isRequired: true,
      help: 'Seconds since 1 January 1970, UTC.',
    },
    rtcTickPolicy: {
      label: 'Missed ticks of the real-time clock',
      type: choice([
        ['catchup', 'Delivered faster until the guest has caught up'],
        ['delay', 'Delivered late'],
        ['merge', 'Delivered as one', 'not with QEMU'],
        ['discard', 'Lost', 'not with QEMU'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    rtcTrack: {
      label: 'The real-time clock follows',
      type: choice([
        ['wall', 'The host’s time'],
        ['guest', 'The guest’s run time'],
        ['boot', 'The time since the start'],
        ['realtime', 'The host’s monotonic time'],
      ]),
      absent: 'The host’s time',
      isAdvanced: true,
    },
    rtcPresent: timer('Real-time clock (RTC)'),
    catchupThreshold: {
      label: 'Catch up after',
      type: integer(0, 2 ** 32 - 1, 'ns'),
      when: isCatchingUp,
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    catchupSlew: {
      label: 'Catch up by',
      type: integer(0, 2 ** 32 - 1),
      when: isCatchingUp,
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    catchupLimit: {
      label: 'Catch up at most',
      type: integer(0, 2 ** 32 - 1, 'ns'),
      when: isCatchingUp,
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    pitTickPolicy: {
      label: 'Missed ticks of the interval timer',
      type: choice([
        ['delay', 'Delivered late'],
        ['discard', 'Lost'],
        ['catchup', 'Delivered faster', 'not with KVM'],
        ['merge', 'Delivered as one', 'not with QEMU'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    pitPresent: timer('Interval timer (PIT)'),
    hpetPresent: timer(
      'High precision event timer (HPET)',
      'Costs time in most guests; Windows is better off without.',
    ),
    kvmClockPresent: timer(
      'KVM’s paravirtual clock',
      'For Linux and BSD. Windows does not know it and keeps its time with its own time service.',
    ),
    hypervClockPresent: timer('Hyper-V reference clock', 'The paravirtual clock of Windows.'),
    tscPresent: timer('Time stamp counter (TSC)'),
    tscMode: {
      label: 'Time stamp counter is',
      type: choice([
        ['auto', 'Chosen by the hypervisor', 'Xen: 0'],
        ['native', 'The processor’s', 'Xen: 2'],
        ['emulate', 'Emulated', 'Xen: 1; slow and always right'],
        ['paravirt', 'Told by the hypervisor', 'Xen: 3'],
        ['smpsafe', 'Emulated for several processors'],
      ]),
      absent: 'Chosen by the hypervisor',
      isAdvanced: true,
    },
    tscFrequencyHz: {
      label: 'Time stamp counter frequency',
      type: integer(1, 1_000_000_000_000, 'Hz'),
      absent: 'The processor’s',
      isAdvanced: true,
      help: 'A fixed one lets a guest move between hosts of unlike speed.',
    },
    armTickPolicy: {
      label: 'Missed ticks of the Arm timer',
      type: choice([
        ['delay', 'Delivered late'],
        ['discard', 'Lost'],
      ]),
      absent: 'Hypervisor default',
      isAdvanced: true,
    },
    armPresent: timer('Arm virtual timer'),
  },
  groups: [
    { title: '', fields: ['offset', 'timezone', 'basis', 'start', 'adjustment'] },
    { title: 'Paravirtual clocks', fields: ['kvmClockPresent', 'hypervClockPresent'] },
    {
      title: 'Real-time clock',
      fields: ['rtcTickPolicy', 'rtcTrack', 'catchupThreshold', 'catchupSlew', 'catchupLimit', 'rtcPresent'],
    },
    {
      title: 'Other timers',
      fields: [
        'hpetPresent',
        'pitPresent',
        'pitTickPolicy',
        'tscPresent',
        'tscMode',
        'tscFrequencyHz',
        'armPresent',
        'armTickPolicy',
      ],
    },
  ],
  title: () => 'Clock',
  summary: ({ offset: chosen, timezone }) =>
    typeof timezone === 'string' ? timezone : inWords(offset, chosen ?? 'utc'),
  check: (values, context) => [...offsetProblems(values, context), ...timerProblems(values, context)],
})

function offsetProblems(values: Values, context: CheckContext): Problem[] {
  const { adjustment, timezone } = values
  const chosen = values['offset'] ?? 'utc'
  const problems: Problem[] = []
  const isDelta = typeof adjustment === 'string' && /^[-+]?\d+$/.test(adjustment)
  const canReset = chosen === 'utc' || chosen === 'localtime'
  if (adjustment !== undefined && !isDelta && !(canReset && adjustment === 'reset')) {
    problems.push({
      severity: 'error',
      field: 'adjustment',
      message: canReset
        ? 'Enter seconds such as 3600 or -60, or "reset"'
        : 'Enter seconds such as 3600 or -60',
    })
  }
  if (typeof timezone === 'string' && !/^[A-Za-z0-9._+-]+(\/[A-Za-z0-9._+-]+)*$/.test(timezone))
    problems.push({
      severity: 'error',
      field: 'timezone',
      message: 'Enter a time zone such as Europe/Berlin',
    })
  if (isWindows(context) && chosen === 'utc') {
    problems.push({
      severity: 'hint',
      field: 'offset',
      message: 'Windows takes the clock for local time',
      fix: {
        label: 'Use local time',
        changes: [{ kind: 'set', item: page, values: { offset: 'localtime' } }],
      },
    })
  }
  return problems
}

/** What QEMU takes: libvirt's qemuValidateDomainDefClockTimers. */
function timerProblems(values: Values, context: CheckContext): Problem[] {
  const problems: Problem[] = []
  const error = (field: string, message: string): number =>
    problems.push({ severity: 'error', field, message })
  if (isQemu(context)) {
    if (values['rtcTickPolicy'] === 'merge' || values['rtcTickPolicy'] === 'discard')
      error('rtcTickPolicy', 'QEMU delivers missed ticks late or faster')
    if (values['pitTickPolicy'] === 'merge')
      error('pitTickPolicy', 'QEMU delivers missed ticks late or drops them')
    if (values['rtcTrack'] === 'boot' || values['rtcTrack'] === 'realtime')
      error('rtcTrack', 'QEMU follows the host’s time or the guest’s')
    if (values['tscMode'] !== undefined) error('tscMode', 'Only Xen lets this be chosen')
  }
  if (isXen(context) && (values['tscMode'] === 'native' || values['tscMode'] === 'paravirt')) {
    problems.push({
      severity: 'hint',
      field: 'tscMode',
      message:
        'After a migration the counter may run at another speed or jump: only for guests and programs that cope with it',
    })
  }
  if (isWindows(context) && values['kvmClockPresent'] === true) {
    problems.push({
      severity: 'warning',
      field: 'kvmClockPresent',
      message:
        'Windows does not know KVM’s clock. It keeps its time with the Windows time service and the Hyper-V clock.',
      fix: {
        label: 'Use the Hyper-V clock',
        changes: [
          {
            kind: 'set',
            item: page,
            values: { hypervClockPresent: true },
            unset: ['kvmClockPresent'],
          },
        ],
      },
    })
  }
  return problems
}

import { choice, flag, inWords, type Field } from '../field'
import { defineKind, isQemu, isXen, type Problem } from '../kind'

const page = { kind: 'events', key: '' }
const common = [
  ['destroy', 'Switch the VM off'],
  ['restart', 'Start it again'],
  ['preserve', 'Keep it as it is', 'its memory stays until somebody forces it off'],
  ['rename-restart', 'Start it again under another name', 'Xen only; the old one is kept'],
] as const

function action(label: string, absent: string, more: Partial<Field> = {}): Field {
  return { label, type: choice(common), absent, ...more }
}

const onReboot = action('When the guest restarts', 'Start it again')
const whyNotLive = 'The hypervisor is told when the VM starts.'

export const events = defineKind({
  id: 'events',
  label: 'Events',
  role: 'page',
  fields: {
    onPoweroff: action('When the guest switches off', 'Switch the VM off', { whyNotLive }),
    onReboot: { ...onReboot, whyNotLive },
    onCrash: {
      label: 'When the guest crashes',
      type: choice([
        ...common,
        ['coredump-destroy', 'Write a memory dump, then switch off'],
        ['coredump-restart', 'Write a memory dump, then start again'],
      ]),
      absent: 'Switch the VM off',
      whyNotLive,
      help: 'The guest tells of a crash through a panic device.',
    },
    onLockFailure: {
      label: 'When a disk’s lock is lost',
      type: choice([
        ['poweroff', 'Force the VM off'],
        ['restart', 'Force it off and start it again'],
        ['pause', 'Pause it', 'until the lock is back'],
        ['ignore', 'Do nothing', 'the disk may be damaged'],
      ]),
      absent: 'As the lock manager decides',
      isAdvanced: true,
      help: 'Only on hosts with a lock manager.',
    },
    suspendToMemory: {
      label: 'Guest may sleep',
      type: flag,
      absent: 'Hypervisor default',
      isAdvanced: true,
      help: 'A sleeping guest looks hung until it is woken.',
      whyNotLive: 'The guest is told by its firmware when it is switched on.',
    },
    suspendToDisk: {
      label: 'Guest may hibernate',
      type: flag,
      absent: 'Hypervisor default',
      isAdvanced: true,
      whyNotLive: 'The guest is told by its firmware when it is switched on.',
    },
  },
  groups: [
    { title: '', fields: ['onPoweroff', 'onReboot', 'onCrash', 'onLockFailure'] },
    { title: 'Sleep', fields: ['suspendToMemory', 'suspendToDisk'] },
  ],
  title: () => 'Events',
  summary: ({ onReboot: chosen }) =>
    chosen === undefined || chosen === 'restart' ? undefined : `On restart: ${inWords(onReboot, chosen)}`,
  check: (values, context) => {
    if (!isQemu(context)) return []
    const problems: Problem[] = []
    // https://libvirt.org/formatdomain.html#events-configuration, qemuValidateLifecycleAction
    for (const field of ['onPoweroff', 'onReboot', 'onCrash']) {
      if (values[field] !== 'rename-restart') continue
      problems.push({
        severity: 'error',
        field,
        message: 'QEMU cannot start a VM again under another name',
        fix: {
          label: 'Start it again',
          changes: [{ kind: 'set', item: page, values: { [field]: 'restart' } }],
        },
      })
    }
    if (values['onPoweroff'] === 'restart' && values['onReboot'] === 'destroy') {
      problems.push({
        severity: 'error',
        field: 'onPoweroff',
        message: 'QEMU cannot start again at power-off and switch off at a restart',
        fix: {
          label: 'Start again at both',
          changes: [{ kind: 'set', item: page, values: { onReboot: 'restart' } }],
        },
      })
    }
    return problems
  },
  whyNotOffered: (context) =>
    isQemu(context) || isXen(context) || context.virtType === 'lxc' || context.virtType === 'test'
      ? undefined
      : 'This hypervisor decides by itself',
})

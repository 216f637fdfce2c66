import { choice, flag, integer, text, type Field, type Values } from '../field'

/** Passing through turns on what the host can do; single ones then cannot be said. */
const isChosenSingly = ({ hypervMode }: Values): boolean => hypervMode !== 'passthrough'

function single(label: string, help?: string, isAdvanced = true): Field {
  return {
    label,
    type: flag,
    absent: 'Hypervisor default',
    when: isChosenSingly,
    ...(isAdvanced ? { isAdvanced } : {}),
    ...(help === undefined ? {} : { help }),
    whyNotLive: 'Windows looks for these when it starts.',
  }
}

/** https://www.qemu.org/docs/master/system/i386/hyperv.html */
export const hypervFields = {
  hypervMode: {
    label: 'Hyper-V features are',
    type: choice([
      ['custom', 'Chosen one by one'],
      ['passthrough', 'All the host has', 'cannot move to other hosts'],
    ]),
    absent: 'Chosen one by one',
  },
  hypervRelaxed: single('Relaxed timing', 'Keeps Windows from a blue screen on a busy host.', false),
  hypervVapic: single('Virtual APIC', 'Fewer exits for interrupts.', false),
  hypervSpinlocks: single('Spinlock hints', undefined, false),
  hypervSpinlockRetries: {
    label: 'Spinlock retries',
    type: integer(4095, 2 ** 32 - 1),
    when: (values: Values) => isChosenSingly(values) && values['hypervSpinlocks'] === true,
    absent: '8191',
    isAdvanced: true,
    help: 'Windows tries so often before it tells the host; 8191 is usual.',
  },
  hypervVpindex: single('Virtual processor index', 'Others build on it.'),
  hypervRuntime: single('Run time of virtual processors'),
  hypervSynic: single('Synthetic interrupts', 'Needs the virtual processor index.'),
  hypervStimer: single(
    'Synthetic timers',
    'Needs synthetic interrupts and the Hyper-V clock; saves much time when idle.',
  ),
  hypervStimerDirect: {
    ...single('Timers as plain interrupts'),
    when: (values: Values) => isChosenSingly(values) && values['hypervStimer'] === true,
  },
  hypervReset: single('Restart by Hyper-V'),
  hypervVendorId: {
    label: 'Hypervisor’s name',
    type: text({ isMono: true, maxLength: 12 }),
    absent: 'Microsoft Hv',
    when: isChosenSingly,
    isAdvanced: true,
    help: 'Up to twelve characters. A name of your own hides Hyper-V from drivers that refuse to work in a VM.',
  },
  hypervFrequencies: single('Timer frequencies'),
  hypervReenlightenment: single('Notice of migration', 'For hypervisors inside Windows.'),
  hypervTlbFlush: single('Flushing caches of other CPUs', 'Needs the virtual processor index.'),
  hypervIpi: single('Interrupts between CPUs', 'Needs the virtual processor index.'),
  hypervEvmcs: single(
    'Nested virtualization on Intel',
    'Needs the virtual APIC; keeps the VM from starting on AMD processors.',
  ),
  hypervAvic: single('Hardware interrupts (APICv, AVIC)', 'Only with the virtual APIC.'),
} satisfies Record<string, Field>

export const hypervMore = [
  'hypervSpinlockRetries',
  'hypervVpindex',
  'hypervRuntime',
  'hypervSynic',
  'hypervStimer',
  'hypervStimerDirect',
  'hypervReset',
  'hypervVendorId',
  'hypervFrequencies',
  'hypervReenlightenment',
  'hypervTlbFlush',
  'hypervIpi',
  'hypervEvmcs',
  'hypervAvic',
] as const

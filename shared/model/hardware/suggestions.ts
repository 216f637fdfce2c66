/** Changes that would do a VM good, ready to be taken over: what its guest works best with and does not have. */
import type { Values } from './field'
import {
  isContainer,
  isQemu,
  isWindows,
  isX86,
  isXen,
  itemsOf,
  offers,
  valuesOf,
  type Fix,
  type HardwareContext,
} from './kind'
import { hasSharedMemory } from './shared-memory'

export interface Suggestion {
  readonly label: string
  readonly why: string
  readonly fixes: readonly Fix[]
}

export function suggestedFor(context: HardwareContext): Suggestion[] {
  if (isContainer(context)) return []
  return [
    hyperv(context),
    windowsClock(context),
    steadyTimers(context),
    oneSocket(context),
    hiddenHypervisor(context),
    mitigations(context),
    randomNumbers(context),
    sharedMemory(context),
    reportedMemory(context),
  ].filter((one) => one !== undefined)
}

function page(kind: string, values: Values): Fix {
  return { kind: 'set', item: { kind, key: '' }, values }
}

/** What of it the VM does not say otherwise; undefined when it has all. */
function missing(context: HardwareContext, kind: string, wanted: Values): Values | undefined {
  const has = valuesOf(context, kind)
  const rest = Object.entries(wanted).filter(([id]) => has[id] === undefined)
  return rest.length === 0 ? undefined : Object.fromEntries(rest)
}

const enlightenments = {
  hypervRelaxed: true,
  hypervVapic: true,
  hypervSpinlocks: true,
  hypervSpinlockRetries: 8191,
  hypervVpindex: true,
  hypervRuntime: true,
  hypervSynic: true,
  hypervStimer: true,
  hypervFrequencies: true,
}
const hostNames: Record<string, string> = {
  hypervRelaxed: 'relaxed',
  hypervVapic: 'vapic',
  hypervSpinlocks: 'spinlocks',
  hypervSpinlockRetries: 'spinlocks',
  hypervVpindex: 'vpindex',
  hypervRuntime: 'runtime',
  hypervSynic: 'synic',
  hypervStimer: 'stimer',
  hypervFrequencies: 'frequencies',
}

function hyperv(context: HardwareContext): Suggestion | undefined {
  if (!isWindows(context) || !isQemu(context) || !isX86(context)) return undefined
  if (valuesOf(context, 'features')['hypervMode'] === 'passthrough') return undefined
  // emulation has them from QEMU 8 on; there the host says what it knows
  const known = Object.fromEntries(
    Object.entries(enlightenments).filter(([id]) => {
      const said = offers(context.capabilities, 'hyperv', 'features', hostNames[id] ?? '')
      return said ?? context.virtType === 'kvm'
    }),
  )
  const features = missing(context, 'features', known)
  if (!features) return undefined
  const clock = missing(context, 'clock', { hypervClockPresent: true })
  return {
    label: 'Hyper-V enlightenments',
    why: 'Windows runs faster and idles with less of the host’s time when it knows that it is a guest.',
    fixes: [page('features', features), ...(clock ? [page('clock', clock)] : [])],
  }
}

function windowsClock(context: HardwareContext): Suggestion | undefined {
  if (!isWindows(context)) return undefined
  const { offset, kvmClockPresent } = valuesOf(context, 'clock')
  const isRight = offset !== undefined && offset !== 'utc'
  if (isRight && kvmClockPresent !== true) return undefined
  return {
    label: 'Clock for Windows',
    why: 'Windows takes the clock for local time, and keeps it right with its own time service rather than with KVM’s clock.',
    fixes: [
      {
        kind: 'set',
        item: { kind: 'clock', key: '' },
        values: isRight ? {} : { offset: 'localtime' },
        ...(kvmClockPresent === true ? { unset: ['kvmClockPresent'] } : {}),
      },
    ],
  }
}

/** As virt-manager makes new ones: https://github.com/virt-manager/virt-manager and libvirt's time-keeping page. */
function steadyTimers(context: HardwareContext): Suggestion | undefined {
  if (!isQemu(context) || !isX86(context)) return undefined
  const values = missing(context, 'clock', {
    rtcTickPolicy: 'catchup',
    pitTickPolicy: 'delay',
    hpetPresent: false,
  })
  return values && Object.keys(values).length === 3
    ? {
        label: 'Steady timers',
        why: 'Missed ticks are made up for, and the costly event timer is left out.',
        fixes: [page('clock', values)],
      }
    : undefined
}

const isWindowsServer = (context: HardwareContext): boolean => /\/win\/(2k|20)/i.test(context.osId ?? '')

function oneSocket(context: HardwareContext): Suggestion | undefined {
  if (!isWindows(context) || isWindowsServer(context)) return undefined
  const { maximum, sockets, cores, threads, clusters } = valuesOf(context, 'cpu')
  if (typeof maximum !== 'number' || maximum <= 2 || (typeof clusters === 'number' && clusters > 1))
    return undefined
  const count =
    typeof sockets === 'number' ? sockets : cores === undefined && threads === undefined ? maximum : 1
  if (count <= 2) return undefined
  return {
    label: 'One socket with many cores',
    why: `Desktop Windows uses at most two sockets, and this VM shows it ${count}.`,
    fixes: [
      {
        kind: 'set',
        item: { kind: 'cpu', key: '' },
        values: { sockets: 1, cores: maximum, threads: 1 },
        unset: ['dies'],
      },
    ],
  }
}

function hiddenHypervisor(context: HardwareContext): Suggestion | undefined {
  const hasCard = itemsOf(context, 'pci-device').length > 0
  if (!isWindows(context) || !isQemu(context) || !isX86(context) || !hasCard) return undefined
  const values = missing(context, 'features', { kvmHidden: true, hypervVendorId: 'innkeeper' })
  return values
    ? {
        label: 'Hide the hypervisor',
        why: 'Older NVIDIA drivers for Windows refuse a card in a VM (code 43) unless they do not see that it is one.',
        fixes: [page('features', values)],
      }
    : undefined
}

const guarding = new Set(['spec-ctrl', 'stibp', 'ssbd', 'amd-ssbd', 'virt-ssbd', 'ibpb', 'md-clear'])

function mitigations(context: HardwareContext): Suggestion | undefined {
  const { mode, model, features } = valuesOf(context, 'cpu')
  if (model === undefined || (mode !== undefined && mode !== 'custom')) return undefined
  const rows = Array.isArray(features) ? (features as readonly Record<string, string>[]) : []
  const wanted = (context.capabilities?.hostModel?.features ?? [])
    .filter(({ name, policy }) => policy === 'require' && guarding.has(name))
    .filter(({ name }) => !rows.some((row) => row['name'] === name))
  if (wanted.length === 0) return undefined
  return {
    label: 'Guards against processor flaws',
    why: 'The host’s processor has features the guest needs to protect itself (Spectre and its relatives), which this model leaves out.',
    fixes: [page('cpu', { features: [...rows, ...wanted.map(({ name }) => ({ name, policy: 'require' }))] })],
  }
}

function randomNumbers(context: HardwareContext): Suggestion | undefined {
  if (
    !isQemu(context) ||
    isWindows(context) ||
    context.osId === undefined ||
    itemsOf(context, 'rng').length > 0
  )
    return undefined
  return {
    label: 'Random numbers from the host',
    why: 'A new guest has little entropy of its own and may wait for it while it starts.',
    fixes: [
      { kind: 'add', device: 'rng', values: { model: 'virtio', backend: 'random', device: '/dev/urandom' } },
    ],
  }
}

function sharedMemory(context: HardwareContext): Suggestion | undefined {
  const isNeeded = itemsOf(context, 'filesystem').some(({ values }) =>
    Object.values(values).includes('virtiofs'),
  )
  const { backingSource, hugepages } = valuesOf(context, 'memory')
  if (!isNeeded || isXen(context) || hasSharedMemory(context)) return undefined
  return {
    label: 'Memory shared with the host',
    why: 'virtiofs works only with memory that its helper on the host can see too.',
    fixes: [
      page('memory', {
        backingAccess: 'shared',
        ...(hugepages === true || backingSource === 'file' ? {} : { backingSource: 'memfd' }),
      }),
    ],
  }
}

function reportedMemory(context: HardwareContext): Suggestion | undefined {
  const [balloon] = itemsOf(context, 'balloon')
  if (!balloon || balloon.values['statsPeriodS'] !== undefined) return undefined
  if (typeof balloon.values['model'] !== 'string' || !balloon.values['model'].startsWith('virtio'))
    return undefined
  return {
    label: 'Memory as the guest sees it',
    why: 'The guest reports what it uses every five seconds; without it the host knows only what it has given.',
    fixes: [{ kind: 'set', item: balloon.ref, values: { statsPeriodS: 5 } }],
  }
}

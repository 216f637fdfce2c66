/** The demo host's own page: a server with enough on it to show over-commitment and careless consoles. */
import { AppError } from '../../../shared/errors'
import {
  listenScope,
  type ConsoleDisplay,
  type ConsoleSecurity,
} from '../../../shared/model/console-security'
import type {
  GuestCapabilities,
  GuestCapabilitiesQuery,
  GuestKind,
  HostDetails,
} from '../../../shared/model/host-details'
import type { HostInfo } from '../../../shared/model/host'
import type { VmId } from '../../../shared/model/ids'
import { isActive } from '../../../shared/model/vm'
import { gib } from './build'
import type { FakeHost } from './fake-host'
import { cpuModelsOf, guestKinds } from './host-details-catalogue'
import type { FakeVm } from './model'
import { countersOf } from './stats'

const day = 86_400_000
/** The demo host was started before the oldest of its guests. */
const bootedBeforeMs = 640 * day
const daemonStartedBeforeMs = 12 * day

const bootedAt = new WeakMap<FakeHost, number>()

export function detailsOf(host: FakeHost, info: HostInfo): HostDetails {
  const nowMs = host.clock.now()
  const firstMs = bootedAt.get(host) ?? nowMs
  bootedAt.set(host, firstMs)
  const uptimeMs = bootedBeforeMs + nowMs - firstMs
  const counters = [...host.vms.values()].flatMap((vm) => countersOf(vm) ?? [])
  const guestNs = counters.reduce((sum, one) => sum + (one.cpuTimeNs ?? 0), 0)
  const totalNs = uptimeMs * 1e6 * info.cpuCount
  // the host itself: a little of every CPU, and 3 GiB
  const busyNs = Math.min(totalNs, guestNs + totalNs * 0.02)
  const used = counters.reduce((sum, one) => sum + (one.residentBytes ?? 0), 3 * gib)
  const free = Math.max(gib, info.memoryBytes - used)
  const cached = Math.floor(free * 0.3)
  return {
    product: 'Supermicro AS-1114S-WTRT',
    firmware: 'American Megatrends Inc. 2.4 04/13/2022',
    os: 'Debian GNU/Linux 12 (bookworm)',
    kernel: '6.1.0-28-amd64',
    uptimeMs,
    cpu: {
      vendor: 'AMD',
      model: info.cpuModel,
      marketingName: 'AMD EPYC 7282 16-Core Processor',
      mhz: 2800,
      sockets: 1,
      dies: 1,
      cores: 16,
      threads: info.cpuCount,
      time: { busyNs, totalNs },
    },
    memory: {
      totalBytes: info.memoryBytes,
      freeBytes: free - cached,
      cachedBytes: cached,
      merging: {
        isOn: true,
        keptPages: 61_204,
        savedPages: 498_310,
        savedBytes: 498_310 * 4096,
        differingPages: 1_904_771,
        fullScans: 212,
        pagesPerScan: 100,
        pauseMs: 20,
        isAcrossNodes: true,
      },
      transparentHugePages: 'madvise',
    },
    cells: [0, 1].map((id) => ({
      id,
      memoryBytes: info.memoryBytes / 2,
      freeBytes: Math.floor((free - cached) * (id === 0 ? 0.4 : 0.6)),
      cpuCount: info.cpuCount / 2,
      cpus: id === 0 ? '0-7,16-23' : '8-15,24-31',
      cores: Array.from({ length: 8 }, (_, core) => ({
        socket: 0,
        cpus: [id * 8 + core, 16 + id * 8 + core],
      })),
      hugePages: id === 0 ? [{ sizeBytes: 1024 ** 3, count: 4 }] : [],
    })),
    services: {
      network: ['systemd-networkd'],
      bridgeHelper: { isInstalled: true, isSetuid: true, bridges: ['br0'] },
      loopDevices: { inUse: 2, limit: 8 },
    },
    daemon: {
      libraryVersion: '10.10.0',
      daemonVersion: '10.10.0',
      hypervisorVersion: info.hypervisorVersion ?? '1.0.0',
      uptimeMs: daemonStartedBeforeMs + nowMs - firstMs,
      answerMs: 1.4,
    },
    connection: { reach: 'local', isSecure: true, isEncrypted: false },
    hardening: {
      securityModels: ['apparmor', 'dac'],
      ksm: 'on',
      smt: 'on',
      nested: 'off',
      seccomp: 'on',
      smep: 'on',
      smap: 'on',
      hap: 'on',
      openFlaws: [],
    },
  }
}

export function guestCapabilitiesOf(
  guests: readonly GuestKind[],
  query: GuestCapabilitiesQuery,
): GuestCapabilities {
  if (guests !== guestKinds)
    throw new AppError('unsupported', 'This hypervisor does not tell what guests can have')
  const kind = guestKinds.find((one) => one.architecture === query.architecture)
  const virtType = kind?.virtTypes.find((one) => one.name === query.virtType)
  const machine = kind?.machines.find((one) => one.name === (query.machine ?? kind.machines[0]?.name))
  if (!kind || !virtType || !machine) {
    throw new AppError('invalid', 'The host does not accept this value', {
      detail: `invalid argument: the demo host has no ${query.virtType} guests of ${query.architecture} with machine '${query.machine ?? ''}'`,
    })
  }
  const isPc = kind.architecture === 'x86_64' || kind.architecture === 'i686'
  const isKvm = virtType.name === 'kvm'
  const hasEfi = kind.architecture === 'x86_64' || kind.architecture === 'aarch64'
  return {
    ...(virtType.emulator === undefined ? {} : { emulator: virtType.emulator }),
    virtType: virtType.name,
    architecture: kind.architecture,
    machine: machine.canonical ?? machine.name,
    ...(machine.maxCpus === undefined ? {} : { maxVcpus: machine.maxCpus }),
    firmware: {
      kinds: [...(isPc ? ['bios'] : []), ...(hasEfi ? ['efi'] : [])],
      loaders: kind.architecture === 'x86_64' ? ovmf : hasEfi ? ['/usr/share/AAVMF/AAVMF_CODE.fd'] : [],
      secureBoot: kind.architecture === 'x86_64' ? 'yes' : 'no',
    },
    cpuModes: [
      { name: 'host-passthrough', isSupported: isKvm },
      { name: 'maximum', isSupported: true },
      { name: 'host-model', isSupported: isPc },
      { name: 'custom', isSupported: true },
    ],
    ...(isPc ? { hostModel } : {}),
    cpuModels: cpuModelsOf(kind.architecture),
    devices: devices(isPc),
    features: [
      { name: 'gic', isSupported: kind.architecture === 'aarch64', values: [] },
      { name: 'vmcoreinfo', isSupported: true, values: [] },
      { name: 'genid', isSupported: isPc, values: [] },
      { name: 'backup', isSupported: true, values: [] },
      { name: 'sev', isSupported: false, values: [] },
      { name: 'sgx', isSupported: false, values: [] },
      {
        name: 'hyperv',
        isSupported: isPc,
        values: [
          {
            name: 'features',
            values: ['relaxed', 'vapic', 'spinlocks', 'vpindex', 'stimer', 'reset', 'tlbflush'],
          },
        ],
      },
      { name: 'launchSecurity', isSupported: false, values: [] },
    ],
  }
}

const ovmf = [
  '/usr/share/OVMF/OVMF_CODE_4M.fd',
  '/usr/share/OVMF/OVMF_CODE_4M.ms.fd',
  '/usr/share/OVMF/OVMF_CODE_4M.secboot.fd',
]

const hostModel = {
  model: 'EPYC-Rome',
  vendor: 'AMD',
  features: [
    'x2apic',
    'tsc-deadline',
    'hypervisor',
    'tsc_adjust',
    'spec-ctrl',
    'stibp',
    'arch-capabilities',
    'ssbd',
  ]
    .map((name) => ({ name, policy: 'require' }))
    .concat([{ name: 'xsaves', policy: 'disable' }]),
}

function devices(isPc: boolean): GuestCapabilities['devices'] {
  const group = (name: string, values: Record<string, readonly string[]>, isSupported = true) => ({
    name,
    isSupported,
    values: Object.entries(values).map(([key, list]) => ({ name: key, values: list })),
  })
  return [
    group('disk', {
      diskDevice: ['disk', 'cdrom', 'floppy', 'lun'],
      bus: [...(isPc ? ['fdc'] : []), 'scsi', 'virtio', 'usb', 'sata'],
      model: ['virtio', 'virtio-transitional', 'virtio-non-transitional'],
    }),
    group('graphics', { type: ['sdl', 'vnc', 'spice', 'egl-headless', 'dbus'] }),
    group('video', {
      modelType: [...(isPc ? ['vga', 'cirrus', 'qxl'] : []), 'virtio', 'none', 'bochs', 'ramfb'],
    }),
    group('hostdev', {
      mode: ['subsystem'],
      startupPolicy: ['default', 'mandatory', 'requisite', 'optional'],
      subsysType: ['usb', 'pci', 'scsi'],
    }),
    group('rng', { model: ['virtio', 'virtio-transitional'], backendModel: ['random', 'egd', 'builtin'] }),
    group('filesystem', { driverType: ['path', 'handle', 'virtiofs'] }),
    group('tpm', {
      model: isPc ? ['tpm-tis', 'tpm-crb'] : ['tpm-tis'],
      backendModel: ['passthrough', 'emulator', 'external'],
      backendVersion: ['1.2', '2.0'],
    }),
    group('redirdev', { bus: ['usb'] }),
    group('channel', { type: ['pty', 'unix', 'spicevmc', 'qemu-vdagent'] }),
    group('crypto', { model: ['virtio'], backendModel: ['builtin', 'lkcf'] }),
    group('panic', { model: isPc ? ['isa', 'hyperv', 'pvpanic'] : ['pvpanic'] }),
    group('memoryBacking', { sourceType: ['file', 'anonymous', 'memfd'] }),
    group('iothreads', {}),
  ]
}

export function consoleSecurityOf(host: FakeHost, id?: VmId): ConsoleSecurity {
  const vms = id === undefined ? [...host.vms.values()] : [host.get(id)]
  return {
    reach: 'local',
    isXen: false,
    defaults: {
      kind: 'known',
      path: '/etc/libvirt/qemu.conf',
      vncListen: '127.0.0.1',
      vncTls: false,
      vncVerifiesClients: false,
      vncSasl: false,
      vncPasswordSet: false,
      spiceListen: '127.0.0.1',
      spiceTls: true,
      spiceSasl: false,
      spicePasswordSet: false,
    },
    vms: vms.map((vm) => ({
      id: vm.definition.id,
      name: vm.definition.name,
      isRunning: isActive(vm.state),
      displays: displaysOf(vm, host.displayPort(vm)),
      pending: [],
      emulated: emulatedOf(vm),
      isPinned: vm.definition.cpuModel !== 'host-passthrough',
      isUnconfined: false,
    })),
  }
}

function displaysOf(vm: FakeVm, port: number): ConsoleDisplay[] {
  const { display } = vm.definition
  if (display.kind === 'none') return []
  const address = display.listen ?? '127.0.0.1'
  const isTls = display.kind === 'spice' && display.hasTls === true
  const password = display.kind === 'vnc' ? display.password : undefined
  return [
    {
      type: display.kind,
      listen: { kind: 'address', address, scope: listenScope(address) },
      ...(isActive(vm.state) ? { [isTls ? 'tlsPort' : 'port']: port } : {}),
      password: password === undefined && !isTls ? 'no' : 'yes',
      isPasswordTooLong: (password?.length ?? 0) > 8,
      encrypted: isTls ? 'yes' : 'no',
      verifiesClients: 'no',
      sasl: 'no',
    },
  ]
}

function emulatedOf({ definition }: FakeVm): string[] {
  return [
    ...definition.disks.flatMap(({ device, bus = 'virtio', target }) =>
      device === 'disk' && bus !== 'virtio' && bus !== 'scsi' ? [`disk ${target} (${bus})`] : [],
    ),
    ...definition.nics.flatMap(({ model }) => (model.startsWith('virtio') ? [] : [`network card ${model}`])),
  ]
}

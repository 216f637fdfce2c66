/** What a QEMU can give its guests, in the words that libvirt has for it (https://libvirt.org/formatdomaincaps.html). */
import { z } from 'zod'
import type {
  CapabilityGroup,
  CpuModel,
  GuestCapabilities,
  GuestCapabilitiesQuery,
} from '../../../../shared/model/host-details'
import { own } from '../../../../shared/model/hardware/own'
import type { Firmware } from '../argv/plan'
import type { Question } from './ask-qemu'

export const questions = [
  { execute: 'query-machines' },
  { execute: 'query-cpu-definitions' },
  // what each model means is told of x86, ARM and mainframes only
  { execute: 'query-cpu-model-expansion', arguments: { type: 'static', model: { name: 'max' } } },
  { execute: 'query-cpu-model-expansion', arguments: { type: 'static', model: { name: 'host' } } },
  { execute: 'qom-list-types', arguments: { implements: 'device', abstract: false } },
  { execute: 'qom-list-types', arguments: { implements: 'rng-backend', abstract: false } },
  { execute: 'qom-list-types', arguments: { implements: 'chardev', abstract: false } },
  { execute: 'query-tpm-types' },
  { execute: 'query-commands' },
] as const satisfies readonly Question[]

const named = z.array(z.object({ name: z.string() }))
const machines = z.array(
  z.object({ name: z.string(), alias: z.string().optional(), 'cpu-max': z.number().optional() }),
)
const cpus = z.array(
  z.object({
    name: z.string(),
    'alias-of': z.string().optional(),
    deprecated: z.boolean().optional(),
    'unavailable-features': z.array(z.string()).optional(),
  }),
)
const expansion = z.object({ model: z.object({ props: z.record(z.string(), z.unknown()).default({}) }) })

export interface Surroundings {
  readonly emulator: string
  readonly query: GuestCapabilitiesQuery
  readonly firmwares: readonly Firmware[]
  /** The program that is an emulated TPM. */
  readonly hasSwtpm: boolean
  /** Kinds of screens that QEMU was built with, as -display names them. */
  readonly displays: readonly string[]
}

export function guestCapabilities(
  answers: readonly unknown[],
  { emulator, query, firmwares, hasSwtpm, displays }: Surroundings,
): GuestCapabilities {
  const [machineList, cpuList, max, host, deviceList, rngList, chardevList, tpmList, commandList] = answers
  const names = (answer: unknown): Set<string> =>
    new Set(named.safeParse(answer).data?.map(({ name }) => name) ?? [])
  const found = machines.safeParse(machineList).data ?? []
  const machine = found.find(({ name, alias }) => name === query.machine || alias === query.machine)
  const types: Types = {
    devices: names(deviceList),
    random: names(rngList),
    chardevs: names(chardevList),
    tpm: new Set(
      (z.array(z.string()).safeParse(tpmList).data ?? []).filter((one) => one !== 'emulator' || hasSwtpm),
    ),
    commands: names(commandList),
    displays: new Set(displays),
  }
  const isAccelerated = query.virtType !== 'qemu'
  const model = expansion.safeParse(isAccelerated ? host : max).data?.model
  const features = Object.entries(model?.props ?? {}).flatMap(([name, value]) =>
    value === true && !/^(vmx-|kvm)/.test(name) ? [name] : [],
  )
  return {
    emulator,
    virtType: query.virtType,
    architecture: query.architecture,
    ...(query.machine === undefined ? {} : { machine: machine?.name ?? query.machine }),
    ...(machine?.['cpu-max'] === undefined ? {} : { maxVcpus: machine['cpu-max'] }),
    firmware: firmwareOf(firmwares, query.architecture),
    cpuModes: [
      { name: 'host-passthrough', isSupported: isAccelerated },
      { name: 'maximum', isSupported: true },
      { name: 'host-model', isSupported: true },
      { name: 'custom', isSupported: cpus.safeParse(cpuList).success },
    ],
    ...(features.length === 0
      ? {}
      : {
          hostModel: {
            model: isAccelerated ? 'host' : 'max',
            features: features.toSorted().map((name) => ({ name, policy: 'require' })),
          },
        }),
    cpuModels: modelsOf(cpuList),
    devices: deviceGroups(types, query.architecture),
    features: featureGroups(types, query.architecture),
  }
}

function modelsOf(list: unknown): CpuModel[] {
  const all = cpus.safeParse(list).data ?? []
  // a name and the version that it stands for are one model
  const versions = new Set(all.flatMap((one) => one['alias-of'] ?? []))
  return all
    .filter(({ name }) => !['host', 'max', 'base'].includes(name) && !versions.has(name))
    .map((one) => {
      const missing = one['unavailable-features']
      return {
        name: one.name,
        usable:
          missing === undefined
            ? ('unknown' as const)
            : missing.length === 0
              ? ('yes' as const)
              : ('no' as const),
        isDeprecated: one.deprecated === true,
        blockers: [...new Set(missing)],
      }
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function firmwareOf(firmwares: readonly Firmware[], architecture: string): GuestCapabilities['firmware'] {
  const fitting = firmwares.filter(({ architectures }) => architectures.includes(architecture))
  const isX86 = architecture === 'x86_64' || architecture === 'i686'
  return {
    kinds: [...(isX86 ? ['bios'] : []), ...(fitting.length > 0 ? ['efi'] : [])],
    loaders: [...new Set(fitting.map(({ code }) => code))],
    secureBoot: fitting.some(({ features }) => features.includes('secure-boot')) ? 'yes' : 'no',
  }
}

interface Types {
  readonly devices: ReadonlySet<string>
  readonly random: ReadonlySet<string>
  readonly chardevs: ReadonlySet<string>
  readonly tpm: ReadonlySet<string>
  readonly commands: ReadonlySet<string>
  readonly displays: ReadonlySet<string>
}

/** Any of these types of QEMU is what the value needs. */
type Needs = Readonly<Record<string, readonly string[]>>

const virtio = (name: string): readonly string[] => [`${name}-pci`, `${name}-device`, `${name}-ccw`]

const buses: Needs = {
  ide: ['ide-hd'],
  fdc: ['floppy'],
  scsi: ['scsi-hd'],
  virtio: virtio('virtio-blk'),
  usb: ['usb-storage'],
  sata: ['ich9-ahci', 'ahci'],
  nvme: ['nvme'],
  sd: ['sd-card'],
}
const videos: Needs = {
  vga: ['VGA'],
  cirrus: ['cirrus-vga'],
  vmvga: ['vmware-svga'],
  qxl: ['qxl-vga', 'qxl'],
  virtio: ['virtio-vga', ...virtio('virtio-gpu')],
  bochs: ['bochs-display'],
  ramfb: ['ramfb'],
}
const watchdogs: Needs = {
  i6300esb: ['i6300esb'],
  ib700: ['ib700'],
  itco: ['ICH9-LPC'],
  diag288: ['diag288'],
}
const panics: Needs = { isa: ['pvpanic'], pvpanic: ['pvpanic-pci'] }
/** Versions of virtio that a card can be of. */
const randoms: Needs = {
  virtio: virtio('virtio-rng'),
  'virtio-transitional': ['virtio-rng-pci-transitional'],
  'virtio-non-transitional': ['virtio-rng-pci-non-transitional'],
}
const hostDevices: Needs = { usb: ['usb-host'], pci: ['vfio-pci'], scsi: ['scsi-generic'] }
const folders: Needs = {
  path: virtio('virtio-9p'),
  virtiofs: virtio('vhost-user-fs'),
}

function offered(needs: Needs, types: ReadonlySet<string>): string[] {
  return Object.entries(needs).flatMap(([value, any]) => (any.some((one) => types.has(one)) ? [value] : []))
}

function deviceGroups(
  { devices, random, chardevs, tpm, commands, displays }: Types,
  architecture: string,
): CapabilityGroup[] {
  const has = (...any: readonly string[]): boolean => any.some((one) => devices.has(one))
  const group = (
    name: string,
    values: Readonly<Record<string, readonly string[]>>,
    isSupported = Object.values(values).every((list) => list.length > 0),
  ): CapabilityGroup => ({
    name,
    isSupported,
    values: isSupported ? Object.entries(values).map(([one, list]) => ({ name: one, values: list })) : [],
  })
  const screens = { vnc: 'query-vnc', spice: 'query-spice' }
  const models = ['tpm-tis', 'tpm-crb', 'tpm-spapr', 'spapr-tpm-proxy'].filter((name) =>
    has(name, `${name}-device`),
  )
  return [
    group('disk', {
      diskDevice: [
        'disk',
        'cdrom',
        ...(has('floppy') ? ['floppy'] : []),
        ...(has('scsi-block') ? ['lun'] : []),
      ],
      bus: offered(buses, devices),
    }),
    group('graphics', {
      type: [
        ...Object.entries(screens).flatMap(([type, command]) => (commands.has(command) ? [type] : [])),
        ...['sdl', 'egl-headless', 'dbus'].filter((type) => displays.has(type)),
      ],
    }),
    group('video', { modelType: [...offered(videos, devices), 'none'] }),
    group('hostdev', { subsysType: offered(hostDevices, devices) }),
    group('rng', {
      model: offered(randoms, devices),
      backendModel: [...random].map((name) => name.replace(/^rng-/, '')).toSorted(),
    }),
    group('filesystem', { driverType: offered(folders, devices) }),
    group('tpm', {
      model: models,
      // what somebody else starts is spoken to in the same way
      backendModel: [...tpm, ...(tpm.has('emulator') ? ['external'] : [])].toSorted(),
    }),
    group('redirdev', { bus: has('usb-redir') ? ['usb'] : [] }),
    group('channel', { type: ['pty', 'unix', ...(chardevs.has('chardev-spicevmc') ? ['spicevmc'] : [])] }),
    group('crypto', { model: has('virtio-crypto-pci') ? ['virtio'] : [], backendModel: ['builtin'] }),
    group('watchdog', { model: offered(watchdogs, devices) }),
    group('panic', { model: [...offered(panics, devices), ...builtInPanics(architecture)] }),
    // no command is planned of it
    group('pstore', {}, false),
  ]
}

/** Parts of the processor or the firmware, which are no devices of their own. */
function builtInPanics(architecture: string): string[] {
  return (
    own(
      { x86_64: ['hyperv'], i686: ['hyperv'], ppc64: ['pseries'], ppc64le: ['pseries'], s390x: ['s390'] },
      architecture,
    ) ?? []
  )
}

function featureGroups({ devices }: Types, architecture: string): CapabilityGroup[] {
  const flag = (name: string, isSupported: boolean): CapabilityGroup => ({ name, isSupported, values: [] })
  return [
    flag('vmcoreinfo', devices.has('vmcoreinfo')),
    flag('genid', devices.has('vmgenid')),
    flag('gic', own({ aarch64: true, armv7l: true }, architecture) === true),
    flag('sev', false),
    flag('sgx', false),
  ]
}

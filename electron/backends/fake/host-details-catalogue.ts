/** What the demo host's hypervisor can give its guests: lists as long and as varied as those of a current QEMU. */
import type { CpuModel, GuestKind, MachineType } from '../../../shared/model/host-details'

const versions = [
  '10.0',
  '9.2',
  '9.1',
  '9.0',
  '8.2',
  '8.1',
  '8.0',
  '7.2',
  '7.1',
  '7.0',
  '6.2',
  '6.1',
  '6.0',
  '5.2',
  '5.1',
  '5.0',
  '4.2',
  '4.1',
  '4.0',
  '3.1',
  '3.0',
]

function machines(alias: string, stem: string, maxCpus: number): MachineType[] {
  const [newest = ''] = versions
  return [
    { name: alias, canonical: `${stem}-${newest}`, maxCpus, isDeprecated: false },
    ...versions.map((version) => ({
      name: `${stem}-${version}`,
      maxCpus,
      // QEMU deprecates machine types after three years (docs/about/deprecated)
      isDeprecated: Number.parseInt(version, 10) < 6,
    })),
  ]
}

const pc = [...machines('q35', 'pc-q35', 4096), ...machines('pc', 'pc-i440fx', 255)]
const microvm = { name: 'microvm', maxCpus: 288, isDeprecated: false }
const isapc = { name: 'isapc', maxCpus: 1, isDeprecated: true }

export const guestKinds: readonly GuestKind[] = [
  {
    architecture: 'x86_64',
    osType: 'hvm',
    wordSize: 64,
    virtTypes: ['qemu', 'kvm'].map((name) => ({ name, emulator: '/usr/bin/qemu-system-x86_64' })),
    machines: [...pc, microvm, isapc],
    features: ['acpi', 'apic', 'cpuselection', 'deviceboot', 'disksnapshot', 'externalSnapshot'],
  },
  {
    architecture: 'i686',
    osType: 'hvm',
    wordSize: 32,
    virtTypes: ['qemu', 'kvm'].map((name) => ({ name, emulator: '/usr/bin/qemu-system-i386' })),
    machines: [...pc, isapc],
    features: ['pae', 'nonpae', 'acpi', 'apic', 'cpuselection', 'deviceboot', 'disksnapshot'],
  },
  {
    architecture: 'aarch64',
    osType: 'hvm',
    wordSize: 64,
    virtTypes: [{ name: 'qemu', emulator: '/usr/bin/qemu-system-aarch64' }],
    machines: [
      ...machines('virt', 'virt', 512),
      { name: 'sbsa-ref', maxCpus: 512, isDeprecated: false },
      { name: 'raspi4b', maxCpus: 4, isDeprecated: false },
      { name: 'raspi3b', maxCpus: 4, isDeprecated: false },
    ],
    features: ['acpi', 'cpuselection', 'deviceboot', 'disksnapshot'],
  },
  {
    architecture: 'riscv64',
    osType: 'hvm',
    wordSize: 64,
    virtTypes: [{ name: 'qemu', emulator: '/usr/bin/qemu-system-riscv64' }],
    machines: [
      { name: 'virt', maxCpus: 512, isDeprecated: false },
      { name: 'sifive_u', maxCpus: 5, isDeprecated: false },
      { name: 'spike', maxCpus: 512, isDeprecated: false },
    ],
    features: ['cpuselection', 'deviceboot', 'disksnapshot'],
  },
]

const amd = [
  'EPYC',
  'EPYC-IBPB',
  'EPYC-Rome',
  'EPYC-Milan',
  'Opteron_G1',
  'Opteron_G2',
  'Opteron_G3',
  'phenom',
  'athlon',
]
const newerAmd = {
  'EPYC-Genoa': ['avx512f', 'avx512bw', 'avx512vnni', 'gfni'],
  'EPYC-Turin': ['avx512f', 'movdiri', 'prefetchi'],
}
const neutral = ['qemu64', 'qemu32', 'kvm64', 'kvm32', 'max', '486', 'pentium', 'pentium2', 'pentium3']
const olderIntel = [
  'core2duo',
  'coreduo',
  'n270',
  'Conroe',
  'Penryn',
  'Nehalem',
  'Nehalem-IBRS',
  'Westmere',
  'SandyBridge',
  'SandyBridge-IBRS',
  'IvyBridge',
]
const newerIntel: Record<string, readonly string[]> = {
  Haswell: ['hle', 'rtm'],
  'Haswell-noTSX': ['tsc-deadline'],
  Broadwell: ['hle', 'rtm'],
  'Broadwell-noTSX': ['tsc-deadline'],
  'Skylake-Client': ['hle', 'rtm', 'mpx'],
  'Skylake-Server': ['avx512f', 'avx512dq', 'avx512bw', 'hle', 'rtm'],
  'Cascadelake-Server': ['avx512f', 'avx512vnni', 'hle', 'rtm'],
  Cooperlake: ['avx512f', 'avx512-bf16', 'taa-no'],
  'Icelake-Server': ['avx512f', 'avx512vbmi2', 'gfni', 'la57'],
  SapphireRapids: ['amx-tile', 'amx-int8', 'avx512-fp16', 'bus-lock-detect'],
  GraniteRapids: ['amx-tile', 'amx-fp16', 'prefetchiti'],
  SierraForest: ['avx-ifma', 'cmpccxadd', 'avx-ne-convert'],
}

function model(name: string, vendor: string | undefined, blockers: readonly string[] = []): CpuModel {
  return {
    name,
    ...(vendor === undefined ? {} : { vendor }),
    usable: blockers.length > 0 ? 'no' : 'yes',
    isDeprecated: name.endsWith('-IBRS') || name.endsWith('-IBPB'),
    blockers,
  }
}

export function cpuModelsOf(architecture: string): CpuModel[] {
  if (architecture === 'aarch64') {
    return [
      'cortex-a53',
      'cortex-a57',
      'cortex-a72',
      'cortex-a76',
      'neoverse-n1',
      'neoverse-v1',
      'a64fx',
      'max',
    ].map((name) => ({ ...model(name, undefined), usable: 'unknown' }))
  }
  if (architecture === 'riscv64') {
    return ['rv64', 'sifive-u54', 'veyron-v1', 'max'].map((name) => ({
      ...model(name, undefined),
      usable: 'unknown',
    }))
  }
  return [
    ...amd.map((name) => model(name, 'AMD')),
    ...Object.entries(newerAmd).map(([name, blockers]) => model(name, 'AMD', blockers)),
    ...neutral.map((name) => model(name, undefined)),
    ...olderIntel.map((name) => model(name, 'Intel')),
    ...Object.entries(newerIntel).map(([name, blockers]) => model(name, 'Intel', blockers)),
  ]
}

/** Machine, accelerator, and what libvirt calls features: https://libvirt.org/formatdomain.html#hypervisor-features */
import { add, type Build } from './build'
import { firmwareMachineOptions } from './firmware'
import { memoryMachineOptions } from './memory'
import { flag, number, options, type Options } from './options'
import type { Accelerator } from './plan'
import type { Reading } from './reading'

/** Of `<domain type>`. */
const accelerators: Readonly<Record<string, Accelerator>> = {
  kvm: 'kvm',
  hvf: 'hvf',
  qemu: 'tcg',
  whpx: 'whpx',
}

const accelerates: Readonly<Record<Accelerator, string>> = {
  kvm: "the processor runs the guest itself, by Linux's KVM",
  hvf: "the processor runs the guest itself, by macOS's Hypervisor.framework",
  whpx: "the processor runs the guest itself, by Windows's hypervisor",
  tcg: 'QEMU translates the guest’s instructions, which works everywhere and is slow',
}

export function acceleratorOf(
  domain: Reading,
  known: readonly Accelerator[],
): { readonly accelerator: Accelerator; readonly note?: string } {
  const wanted = accelerators[domain.attr('type') ?? 'qemu'] ?? 'tcg'
  if (wanted === 'tcg' || known.includes(wanted)) return { accelerator: wanted }
  return {
    accelerator: 'tcg',
    note: `The definition wants ${wanted.toUpperCase()}, which does not work on this host: the guest is emulated, which is slow.`,
  }
}

export function planMachine(build: Build, accelerator: Accelerator): void {
  const { machine, domain, host } = build
  const features = domain.child('features')
  if (host.machines.length > 0 && !host.machines.includes(machine.type))
    build.notes.push(`This QEMU has no machine type "${machine.type}": it will refuse to start.`)
  const all: Options = {
    usb: machine.chipset === 'q35' || machine.chipset === 'pc' ? false : undefined,
    ...featureOptions(build, features),
    ...firmwareMachineOptions(build),
    ...memoryMachineOptions(build),
    ...clockOptions(build),
  }
  add(build, 'machine', `The board: ${describeMachine(build)}.`, '-machine', options(machine.type, all))
  const extras: Options = {
    'dirty-ring-size': build.isKvm ? number(features?.at('kvm', 'dirty-ring')?.attr('size')) : undefined,
    'tb-size': accelerator === 'tcg' ? mebibytes(features?.at('tcg', 'tb-cache')) : undefined,
  }
  features?.at('kvm', 'dirty-ring')?.attr('state')
  add(
    build,
    'accelerator',
    `How the guest runs: ${accelerates[accelerator]}.`,
    '-accel',
    options(accelerator, extras),
  )
  planSleep(build)
  planVmcoreinfo(build, features)
}

function describeMachine({ machine }: Build): string {
  const names: Readonly<Record<string, string>> = {
    q35: 'a PC with PCI Express',
    pc: 'an older PC with PCI',
    virt: 'a virtual board of its architecture',
    microvm: 'a PC without PCI that starts fast',
    s390: 'a mainframe',
    pseries: 'a POWER server',
    other: 'the type that the definition names',
  }
  return `${names[machine.chipset] ?? machine.type} (${machine.architecture})`
}

function mebibytes(element: Reading | undefined): number | undefined {
  element?.attr('unit')
  return number(element?.text())
}

function featureOptions(build: Build, features: Reading | undefined): Options {
  const { machine } = build
  const state = (...path: readonly string[]): boolean | undefined => {
    const found = features?.at(...path)
    return found ? (flag(found.attr('state')) ?? true) : undefined
  }
  const hasAcpi = features?.child('acpi') !== undefined
  const apicEoi = flag(features?.child('apic')?.attr('eoi'))
  if (apicEoi !== undefined) build.cpuFlags.push(options(undefined, { 'kvm-pv-eoi': apicEoi }))
  // a guest with 64 bits has PAE, and QEMU uses what the processor has for page tables
  features?.child('pae')
  features?.child('hap')?.attr('state')
  features?.child('privnet')
  features?.child('viridian')
  kvmFlags(build, features)
  hypervFlags(build, features?.child('hyperv'))
  const pmu = state('pmu')
  if (pmu !== undefined) build.cpuFlags.push(options(undefined, { pmu }))
  const spinlock = state('pvspinlock')
  if (spinlock !== undefined) build.cpuFlags.push(options(undefined, { 'kvm-pv-unhalt': spinlock }))
  const tseg = features?.at('smm', 'tseg')
  if (tseg) {
    const unit = tseg.attr('unit') ?? 'MiB'
    const size = number(tseg.text())
    if (size !== undefined)
      add(
        build,
        'features',
        'Memory that the firmware keeps for system management mode.',
        '-global',
        `mch.extended-tseg-mbytes=${unit.toLowerCase().startsWith('g') ? size * 1024 : size}`,
      )
  }
  const ioapic = features?.child('ioapic')?.attr('driver')
  const gic = features?.child('gic')
  return {
    vmport: machine.chipset === 'q35' || machine.chipset === 'pc' ? state('vmport') : undefined,
    smm: state('smm'),
    kernel_irqchip: ioapic === undefined ? undefined : ioapic === 'qemu' ? 'split' : 'on',
    'gic-version': gic ? (gic.attr('version') ?? (build.isKvm ? 'host' : undefined)) : undefined,
    acpi: hasAcpi || !['q35', 'pc', 'virt', 'microvm'].includes(machine.chipset) ? undefined : false,
    ras: state('ras'),
    'cap-htm': state('htm'),
    'cap-nested-hv': state('nested-hv'),
  }
}

function kvmFlags(build: Build, features: Reading | undefined): void {
  const kvm = features?.child('kvm')
  const named: Readonly<Record<string, string>> = {
    'hint-dedicated': 'kvm-hint-dedicated',
    'poll-control': 'kvm-poll-control',
    'pv-ipi': 'kvm-pv-ipi',
  }
  for (const [name, property] of Object.entries(named)) {
    const value = flag(kvm?.child(name)?.attr('state'))
    if (value !== undefined) build.cpuFlags.push(options(undefined, { [property]: value }))
  }
  if (flag(kvm?.child('hidden')?.attr('state')) === true) build.cpuFlags.push('kvm=off')
}

/** https://www.qemu.org/docs/master/system/i386/hyperv.html */
function hypervFlags(build: Build, hyperv: Reading | undefined): void {
  if (!hyperv) return
  if (!build.isKvm) {
    hyperv.whole()
    build.notes.push('What makes Windows faster (Hyper-V’s extensions) is left out: it needs KVM.')
    return
  }
  if (hyperv.attr('mode') === 'passthrough') build.cpuFlags.push('hv-passthrough=on')
  for (const feature of hyperv.all()) {
    const state = flag(feature.attr('state'))
    if (state === undefined) continue
    if (feature.name === 'spinlocks') {
      const retries = number(feature.attr('retries'))
      if (state) build.cpuFlags.push(`hv-spinlocks=0x${(retries ?? 4095).toString(16)}`)
    } else if (feature.name === 'vendor_id') {
      const value = feature.attr('value')
      if (state && value !== undefined) build.cpuFlags.push(options(undefined, { 'hv-vendor-id': value }))
    } else {
      const direct = feature.name === 'stimer' ? flag(feature.child('direct')?.attr('state')) : undefined
      build.cpuFlags.push(options(undefined, { [`hv-${feature.name}`]: state }))
      if (direct !== undefined) build.cpuFlags.push(options(undefined, { 'hv-stimer-direct': direct }))
    }
  }
}

/** A timer that is a device of the board. */
function clockOptions({ domain, machine }: Build): Options {
  const hpet = domain
    .child('clock')
    ?.children('timer')
    .find((timer) => timer.attr('name') === 'hpet')
  return { hpet: machine.isX86 && machine.chipset !== 'microvm' ? flag(hpet?.attr('present')) : undefined }
}

function planSleep(build: Build): void {
  const pm = build.domain.child('pm')
  const device = { q35: 'ICH9-LPC', pc: 'PIIX4_PM' }[build.machine.chipset as 'q35' | 'pc']
  const words = [
    ['suspend-to-mem', 'disable_s3'],
    ['suspend-to-disk', 'disable_s4'],
  ].flatMap(([name, property]) => {
    const enabled = flag(pm?.child(name ?? '')?.attr('enabled'))
    return enabled === undefined || device === undefined
      ? []
      : ['-global', `${device}.${property}=${enabled ? 0 : 1}`]
  })
  if (words.length > 0) add(build, 'power management', 'Which kinds of sleep the guest is offered.', ...words)
}

function planVmcoreinfo(build: Build, features: Reading | undefined): void {
  const vmcoreinfo = features?.child('vmcoreinfo')
  if (vmcoreinfo && (flag(vmcoreinfo.attr('state')) ?? true))
    add(
      build,
      'features',
      'Lets the guest say where its kernel’s notes for crash dumps are.',
      '-device',
      'vmcoreinfo',
    )
}

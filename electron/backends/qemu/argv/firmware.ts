/** Firmware and what starts: https://libvirt.org/formatdomain.html#operating-system-booting */
import { add, type Build, refuse } from './build'
import { flag, number, options, type Options } from './options'
import type { Firmware } from './plan'
import type { Reading } from './reading'

interface Flash {
  readonly code: string
  readonly codeFormat: string
  readonly isCodeReadOnly: boolean
  readonly variables?: string
  readonly variablesFormat: string
  readonly template?: string
  readonly isSecure: boolean
}

/** The two flash chips are parts of the machine. */
export function firmwareMachineOptions(build: Build): Options {
  const flash = flashOf(build)
  return {
    pflash0: flash ? 'flash-code' : undefined,
    pflash1: flash?.variables === undefined ? undefined : 'flash-variables',
    // the firmware's secure variables are safe from the guest's kernel only with it
    smm: flash?.isSecure === true ? true : undefined,
  }
}

export function planFirmware(build: Build): void {
  const os = build.domain.child('os')
  const flash = flashOf(build)
  const loader = os?.child('loader')
  if (flash) {
    const chip = (name: string, file: string, format: string, isReadOnly: boolean): string =>
      JSON.stringify({
        driver: format,
        'node-name': name,
        'read-only': isReadOnly,
        file: {
          driver: 'file',
          filename: file,
          'node-name': `${name}-file`,
          ...(isReadOnly ? {} : { discard: 'unmap' }),
        },
      })
    add(
      build,
      'firmware',
      'The UEFI firmware, which is the same for all VMs and stays as it is.',
      '-blockdev',
      chip('flash-code', flash.code, flash.codeFormat, flash.isCodeReadOnly),
    )
    if (flash.variables !== undefined) {
      add(
        build,
        'firmware',
        'What the firmware keeps for this VM alone, such as the order of starting and keys.',
        '-blockdev',
        chip('flash-variables', flash.variables, flash.variablesFormat, false),
      )
      if (flash.template !== undefined)
        build.copies.push({
          from: flash.template,
          to: flash.variables,
          why: 'The variables of the firmware begin as a copy of those that come with it.',
        })
    }
    if (flash.isSecure)
      add(
        build,
        'firmware',
        'Only the firmware itself may write its variables.',
        '-global',
        'driver=cfi.pflash01,property=secure,value=on',
      )
  } else if (loader?.text() !== undefined)
    add(build, 'firmware', 'The firmware as a ROM.', '-bios', loader.text() ?? '')
  planBoot(build, os)
  planKernel(build, os)
}

const known = new WeakMap<Build, Flash | undefined>()

function flashOf(build: Build): Flash | undefined {
  if (!known.has(build)) known.set(build, findFlash(build))
  return known.get(build)
}

function findFlash(build: Build): Flash | undefined {
  const os = build.domain.child('os')
  const loader = os?.child('loader')
  const nvram = os?.child('nvram')
  const code = loader?.text()
  const isSecure = flag(loader?.attr('secure')) ?? false
  const type = loader?.attr('type')
  const own = nvram?.text() ?? nvram?.child('source')?.attr('file')
  nvram?.attr('type')
  const variables = own ?? `${build.host.vmFolder}/nvram.fd`
  const template = nvram?.attr('template')
  const codeFormat = loader?.attr('format') ?? 'raw'
  if (type === 'pflash' && code !== undefined) {
    const isReadOnly = flag(loader?.attr('readonly')) ?? true
    const hasVariables = nvram !== undefined
    // a firmware that is known brings the template with it
    const found = (build.host.firmwares ?? []).find((one) => one.code === code)?.variables
    const from = template ?? found
    return {
      code,
      codeFormat,
      isCodeReadOnly: isReadOnly,
      variablesFormat: nvram?.attr('format') ?? 'raw',
      isSecure,
      ...(hasVariables || from !== undefined ? { variables } : {}),
      ...(from === undefined ? {} : { template: from }),
    }
  }
  loader?.attr('readonly')
  // "bios" is what QEMU has without being told
  if (os?.attr('firmware') !== 'efi') return undefined
  const wanted = (os.child('firmware')?.children('feature') ?? []).flatMap((feature) => {
    const name = feature.attr('name')
    return name === undefined ? [] : [{ name, isOn: flag(feature.attr('enabled')) ?? true }]
  })
  const firmware = (build.host.firmwares ?? []).find((one) => suits(build, one, wanted, isSecure))
  if (!firmware)
    refuse(
      wanted.some(({ name, isOn }) => name === 'secure-boot' && isOn)
        ? 'This host has no UEFI firmware with Secure Boot for this machine'
        : 'This host has no UEFI firmware for this machine',
      'Install the package with it on the host (ovmf on Debian, edk2-ovmf on Fedora, qemu-ovmf on openSUSE), or choose BIOS as the firmware.',
    )
  const from = template ?? firmware.variables
  return {
    code: firmware.code,
    codeFormat: firmware.codeFormat,
    isCodeReadOnly: true,
    variablesFormat: firmware.variablesFormat ?? 'raw',
    isSecure: firmware.features.includes('requires-smm'),
    ...(from === undefined ? {} : { variables, template: from }),
  }
}

function suits(
  { machine }: Build,
  firmware: Firmware,
  wanted: readonly { readonly name: string; readonly isOn: boolean }[],
  isSecure: boolean,
): boolean {
  const types: Readonly<Record<string, string>> = { q35: 'pc-q35-', pc: 'pc-i440fx-', virt: 'virt-' }
  const type = types[machine.chipset]
  const isOfMachine =
    firmware.machines.length === 0 ||
    firmware.machines.some((pattern) => {
      const start = pattern.replace(/\*$/, '')
      return [machine.type, type].some((name) => name?.startsWith(start) ?? false)
    })
  if (!isOfMachine || !firmware.architectures.includes(machine.architecture)) return false
  const has = (name: string): boolean => firmware.features.includes(name)
  if (isSecure && !has('requires-smm')) return false
  return wanted.every(({ name, isOn }) => has(name) === isOn)
}

/** Devices in the order in which the firmware tries them. */
export function bootIndexesOf(domain: Reading, devices: readonly Reading[]): Map<Reading, number> {
  const indexes = new Map<Reading, number>()
  for (const device of devices) {
    const order = number(device.child('boot')?.attr('order'))
    if (order !== undefined) indexes.set(device, order)
  }
  if (indexes.size > 0) return indexes
  const kinds = (domain.child('os')?.children('boot') ?? []).map((boot) => boot.attr('dev') ?? '')
  const first = (kind: string): Reading | undefined =>
    devices.find((device) => {
      if (kind === 'network') return device.name === 'interface'
      if (device.name !== 'disk') return false
      const type = device.attr('device') ?? 'disk'
      return (
        { hd: type === 'disk' || type === 'lun', cdrom: type === 'cdrom', fd: type === 'floppy' }[kind] ===
        true
      )
    })
  let next = 1
  for (const kind of kinds) {
    const device = first(kind)
    if (device && !indexes.has(device)) indexes.set(device, next++)
  }
  return indexes
}

function planBoot(build: Build, os: Reading | undefined): void {
  const menu = os?.child('bootmenu')
  const isMenu = flag(menu?.attr('enable'))
  const bios = os?.child('bios')
  const splash = number(menu?.attr('timeout'))
  const values: Options = {
    menu: isMenu,
    'splash-time': isMenu === true ? splash : undefined,
    'reboot-timeout': bios?.attr('rebootTimeout'),
    strict: build.bootIndexes.size > 0 || isMenu !== undefined ? true : undefined,
  }
  const text = options(undefined, values)
  if (text !== '')
    add(build, 'boot order', 'Only what has a place in the order of starting is tried.', '-boot', text)
  if (flag(bios?.attr('useserial')) === true)
    add(build, 'firmware', 'The BIOS shows itself on the serial port.', '-machine', 'graphics=off')
  const slic = os?.at('acpi', 'table')
  const table = slic?.text()
  if (table !== undefined) {
    slic?.attr('type')
    add(
      build,
      'firmware',
      'A table of the firmware, which some licences are bound to.',
      '-acpitable',
      options('sig=SLIC', { file: table }),
    )
  }
}

function planKernel(build: Build, os: Reading | undefined): void {
  const files = { kernel: '-kernel', initrd: '-initrd', cmdline: '-append', dtb: '-dtb' }
  const words = Object.entries(files).flatMap(([name, option]) => {
    const value = os?.textAt(name)
    return value === undefined ? [] : [option, value]
  })
  if (words.length > 0)
    add(build, 'kernel', 'A kernel from the host is started directly, without a boot loader.', ...words)
}

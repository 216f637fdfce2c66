/** What a VMX file of VMware says about its VM: lines `key = "value"`, where "|22" stands for a sign by its number. */
import type { ForeignBus, ForeignDisk, ForeignNic, ForeignVm } from '../../../../shared/model/new-vm/foreign'
import { badFile } from '../foreign-error'
import { bytesOfMebibytes, cpuCountOf, macOf } from '../numbers'

type Settings = ReadonlyMap<string, string>

const maxLines = 20_000
const maxDevices = 16

const models: Readonly<Record<string, string>> = {
  e1000: 'e1000',
  e1000e: 'e1000e',
  vlance: 'pcnet',
  vmxnet3: 'vmxnet3',
}

export function readVmx(text: string): ForeignVm {
  const settings = settingsOf(text)
  const notes: string[] = []
  const memoryBytes = checked(settings, 'memsize', bytesOfMebibytes)
  const vcpuCount = checked(settings, 'numvcpus', cpuCountOf)
  if (!settings.has('virtualhw.version') && memoryBytes === undefined)
    throw badFile('This is no configuration of a VM: it has neither a hardware version nor memory')
  const disks = disksOf(settings, notes)
  const nics = nicsOf(settings, notes)
  const name = settings.get('displayname')
  const osHint = settings.get('guestos')
  const isEfi = settings.get('firmware')?.toLowerCase() === 'efi'
  const isSecure = isEfi && isTrue(settings, 'uefi.secureboot.enabled')
  if (settings.has('encryption.keysafe'))
    throw badFile('This VM is encrypted: decrypt it in VMware first, as its disks cannot be read otherwise')
  for (const [key, what] of lostDevices)
    if (isTrue(settings, `${key}.present`)) notes.push(`Not taken along: ${what}.`)
  return {
    format: 'vmx',
    ...(name === undefined || name === '' ? {} : { name }),
    // what VMware gives where nothing is said
    memoryBytes: memoryBytes ?? 32 * 1024 * 1024,
    vcpuCount: vcpuCount ?? 1,
    firmware: isSecure ? 'efi-secure' : isEfi ? 'efi' : 'bios',
    isParavirtual: false,
    ...(osHint === undefined || osHint === '' ? {} : { osHint }),
    disks,
    nics,
    notes,
  }
}

const lostDevices = [
  ['vtpm', 'the TPM and the keys in it: unlock what it protects, such as BitLocker, before the VM moves'],
  ['serial0', 'the serial port'],
  ['parallel0', 'the parallel port'],
  ['pcipassthru0', 'the device of the host that was passed through'],
  ['floppy0', 'the floppy drive'],
] as const

function settingsOf(text: string): Settings {
  const settings = new Map<string, string>()
  const lines = text.split(/\r?\n/)
  if (lines.length > maxLines) throw badFile('There are too many lines for a VMX file')
  for (const [at, line] of lines.entries()) {
    const trimmed = line.trim().replace(/^\uFEFF/, '')
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const [, key, value] = /^([A-Za-z0-9_.:-]+)\s*=\s*"([^"]*)"$/.exec(trimmed) ?? []
    if (key === undefined || value === undefined)
      throw badFile('A line such as key = "value" is expected here', at + 1)
    settings.set(
      key.toLowerCase(),
      value.replaceAll(/\|([0-9A-Fa-f]{2})/g, (_, code: string) =>
        String.fromCodePoint(Number.parseInt(code, 16)),
      ),
    )
  }
  return settings
}

/** In the order VMware starts them: by controller and place. */
function disksOf(settings: Settings, notes: string[]): ForeignDisk[] {
  const places = [...settings.keys()].flatMap((key) => {
    const [, bus, controller, unit] = /^(ide|sata|scsi|nvme)(\d{1,2}):(\d{1,2})\.present$/.exec(key) ?? []
    return bus === undefined ? [] : [{ bus, controller: Number(controller), unit: Number(unit) }]
  })
  const order = ['scsi', 'nvme', 'sata', 'ide']
  places.sort(
    (a, b) => order.indexOf(a.bus) - order.indexOf(b.bus) || a.controller - b.controller || a.unit - b.unit,
  )
  const disks = places.flatMap(({ bus, controller, unit }): ForeignDisk[] => {
    const at = `${bus}${controller}:${unit}`
    if (!isTrue(settings, `${at}.present`)) return []
    const type = (settings.get(`${at}.devicetype`) ?? 'disk').toLowerCase()
    const device = type.includes('cdrom') || type.includes('atapi') ? 'disc' : 'disk'
    const named = settings.get(`${at}.filename`)
    // drives of the other computer, and "auto detect"
    const file = named === undefined || named === '' || type.includes('raw') ? undefined : named
    if (device === 'disk' && file === undefined) notes.push(`The disk at ${at} names no file.`)
    if (device === 'disk' && file?.toLowerCase().endsWith('.vmdk') === false)
      notes.push(`The disk at ${at} is no VMDK file.`)
    if (/-\d{6}\.vmdk$/i.test(file ?? ''))
      notes.push(`${file} holds only what was written since a snapshot: merge the snapshots in VMware first.`)
    if (bus === 'nvme') notes.push(`The disk at ${at} was on NVMe, and comes on another bus.`)
    return [
      {
        ...(file === undefined ? {} : { file }),
        ...(device === 'disk' ? { format: 'vmdk' } : {}),
        bus: (bus === 'nvme' ? 'sata' : bus) as ForeignBus,
        device,
        isReadOnly: device === 'disc',
      },
    ]
  })
  if (disks.length > maxDevices) notes.push(`Of the disks only the first ${maxDevices} are taken.`)
  return disks.slice(0, maxDevices)
}

function nicsOf(settings: Settings, notes: string[]): ForeignNic[] {
  return Array.from({ length: 10 }, (_, at) => `ethernet${at}`)
    .filter((card) => isTrue(settings, `${card}.present`))
    .map((card) => {
      const type = settings.get(`${card}.virtualdev`)?.toLowerCase() ?? 'vlance'
      const model = models[type]
      if (model === undefined) notes.push(`The model ${type} of ${card} is not known here.`)
      const mac = macOf(settings.get(`${card}.address`) ?? settings.get(`${card}.generatedaddress`))
      const network = settings.get(`${card}.networkname`) ?? settings.get(`${card}.connectiontype`)
      return {
        ...(mac === undefined ? {} : { mac }),
        ...(model === undefined ? {} : { model }),
        ...(network === undefined || network === '' ? {} : { network }),
      }
    })
}

function isTrue(settings: Settings, key: string): boolean {
  return settings.get(key)?.toLowerCase() === 'true'
}

function checked(
  settings: Settings,
  key: string,
  read: (value: unknown) => number | undefined,
): number | undefined {
  const text = settings.get(key)
  if (text === undefined) return undefined
  const value = read(text)
  if (value === undefined) throw badFile(`"${key}" is not usable: ${text}`)
  return value
}

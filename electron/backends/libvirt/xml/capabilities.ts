/** Host facts and kinds of guests from the capabilities document (https://libvirt.org/formatcaps.html). */
import type {
  GuestKind,
  HostCapabilities,
  HostCore,
  MachineType,
  NumaCell,
} from '../../../../shared/model/host-details'
import { given } from '../../../../shared/given'
import type { XmlElement } from '../../../domain-xml/document'
import { countOf, sizeOf, unitBytes } from '../../../domain-xml/sizes'

/** Test and LXC drivers give less. */
export function readHostCpu(capabilities: XmlElement): {
  architecture?: string
  model?: string
  vendor?: string
} {
  const cpu = capabilities.find('host', 'cpu')
  const architecture = cpu?.textOf('arch')
  const model = cpu?.textOf('model')
  const vendor = cpu?.textOf('vendor')
  return { ...(architecture && { architecture }), ...(model && { model }), ...(vendor && { vendor }) }
}

/** Names of CPU features; undefined where the driver lists none, so that none is not taken for absent. */
export function readCpuFeatures(capabilities: XmlElement): ReadonlySet<string> | undefined {
  const features = capabilities.find('host', 'cpu')?.children('feature') ?? []
  if (features.length === 0) return undefined
  return new Set(features.flatMap((feature) => feature.attribute('name') ?? []))
}

/** "none" and drivers without a name say nothing about confinement. */
export function readSecurityModels(capabilities: XmlElement): string[] {
  const models = (capabilities.find('host')?.children('secmodel') ?? []).map((model) => model.textOf('model'))
  return [...new Set(models.flatMap((model) => (model && model !== 'none' ? model : [])))]
}

/** Of the host's ordinary pages: the smallest of those it lists. */
export function readPageBytes(capabilities: XmlElement): number | undefined {
  const sizes = (capabilities.find('host', 'cpu')?.children('pages') ?? []).flatMap((pages) => {
    const [size, unit] = [countOf(pages.attribute('size')), unitBytes(pages.attribute('unit') ?? 'KiB')]
    return size === undefined || unit === undefined ? [] : [size * unit]
  })
  return sizes.length === 0 ? undefined : Math.min(...sizes)
}

export interface CpuCounts {
  readonly sockets: number
  readonly dies: number
  readonly cores: number
  readonly threads: number
}

/** Hosts are not trusted; no computer has more. */
const maxCells = 1024
const maxCpus = 16_384

/** From where each CPU sits; undefined where the document does not list them. */
export function readCpuCounts(capabilities: XmlElement): CpuCounts | undefined {
  const cpus = cellsOf(capabilities)
    .flatMap((cell) => cell.find('cpus')?.children('cpu') ?? [])
    .slice(0, maxCpus)
  const places = cpus.map((cpu) => ['socket_id', 'die_id', 'core_id'].map((id) => cpu.attribute(id)))
  if (places.length === 0 || places.some(([socket, , core]) => socket === undefined || core === undefined)) {
    return undefined
  }
  const distinct = (parts: number): number =>
    new Set(places.map((place) => JSON.stringify(place.slice(0, parts)))).size
  return { sockets: distinct(1), dies: distinct(2), cores: distinct(3), threads: places.length }
}

export function readCells(capabilities: XmlElement): NumaCell[] {
  return cellsOf(capabilities).flatMap((cell) => {
    const id = countOf(cell.attribute('id'))
    if (id === undefined) return []
    const listed = (cell.find('cpus')?.children('cpu') ?? []).slice(0, maxCpus)
    const cpus = listed.flatMap((cpu) => countOf(cpu.attribute('id')) ?? [])
    return [
      {
        id,
        ...given('memoryBytes', sizeOf(cell.find('memory'), 'KiB')),
        cpuCount: cpus.length,
        cpus: rangesOf(cpus),
        ...given('cores', readCores(listed)),
        hugePages: cell.children('pages').flatMap((pages) => {
          const sizeKiB = countOf(pages.attribute('size'))
          const count = countOf(pages.text())
          // the smallest are the ordinary ones
          return sizeKiB === undefined || sizeKiB <= 64 || !count
            ? []
            : [{ sizeBytes: sizeKiB * 1024, count }]
        }),
      },
    ]
  })
}

/** Undefined where a CPU does not say where it sits: half a picture would be a wrong one. */
function readCores(listed: readonly XmlElement[]): HostCore[] | undefined {
  const cores = new Map<string, { socket: number; die: number; cpus: number[] }>()
  for (const cpu of listed) {
    const [id, socket, core] = ['id', 'socket_id', 'core_id'].map((name) => countOf(cpu.attribute(name)))
    if (id === undefined || socket === undefined || core === undefined) return undefined
    const die = countOf(cpu.attribute('die_id')) ?? 0
    const key = `${socket} ${die} ${core}`
    const found = cores.get(key)
    if (found) found.cpus.push(id)
    else cores.set(key, { socket, die, cpus: [id] })
  }
  if (cores.size === 0) return undefined
  return [...cores.values()]
    .map(({ socket, die, cpus }) => ({ socket, die, cpus: [...new Set(cpus)].sort((a, b) => a - b) }))
    .sort((a, b) => a.socket - b.socket || a.die - b.die || (a.cpus[0] ?? 0) - (b.cpus[0] ?? 0))
    .map(({ socket, cpus }) => ({ socket, cpus }))
}

function cellsOf(capabilities: XmlElement): XmlElement[] {
  return (capabilities.find('host', 'topology', 'cells')?.children('cell') ?? []).slice(0, maxCells)
}

export function rangesOf(numbers: readonly number[]): string {
  const sorted = [...new Set(numbers)].sort((a, b) => a - b)
  const ranges: { from: number; to: number }[] = []
  for (const number of sorted) {
    const last = ranges.at(-1)
    if (last && last.to === number - 1) last.to = number
    else ranges.push({ from: number, to: number })
  }
  return ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`)).join(',')
}

export function readHostCapabilities(capabilities: XmlElement): HostCapabilities {
  return { guests: capabilities.children('guest').flatMap(guestKind) }
}

function guestKind(guest: XmlElement): GuestKind[] {
  const arch = guest.find('arch')
  const architecture = arch?.attribute('name')
  if (!arch || architecture === undefined) return []
  const emulator = arch.textOf('emulator')
  const domains = arch.children('domain')
  // a domain type may have machines and an emulator of its own, which then stand beside those of the architecture
  const machines = [arch, ...domains].flatMap((element) => element.children('machine')).flatMap(machineOf)
  return [
    {
      architecture,
      osType: guest.textOf('os_type') ?? 'unknown',
      ...given('wordSize', countOf(arch.textOf('wordsize'))),
      virtTypes: domains.flatMap((domain) => {
        const name = domain.attribute('type')
        return name === undefined
          ? []
          : [{ name, ...given('emulator', domain.textOf('emulator') ?? emulator) }]
      }),
      machines: [...new Map(machines.map((machine) => [machine.name, machine])).values()],
      features: guest.find('features')?.children().map(featureName) ?? [],
    },
  ]
}

function featureName(feature: XmlElement): string {
  return feature.attribute('default') === 'off' ? `${feature.name} (off by default)` : feature.name
}

function machineOf(machine: XmlElement): MachineType[] {
  const name = machine.text()
  if (name === undefined) return []
  return [
    {
      name,
      ...given('canonical', machine.attribute('canonical')),
      ...given('maxCpus', countOf(machine.attribute('maxCpus'))),
      isDeprecated: machine.attribute('deprecated') === 'yes',
    },
  ]
}

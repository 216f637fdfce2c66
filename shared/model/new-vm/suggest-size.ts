/** How large a new VM is where the user did not say. */
import type { OsKnowledge, OsResources } from '../os/os'

const gib = 1024 ** 3

export interface Size {
  readonly vcpuCount: number
  readonly memoryBytes: number
  readonly storageBytes: number
}

export interface SizeFacts {
  readonly os: OsKnowledge | undefined
  readonly architecture: string
  /** Installers that load everything over the network need more memory. */
  readonly isOverNetwork: boolean
  readonly host: { readonly cpuCount: number; readonly memoryBytes: number }
}

const usual: Size = { vcpuCount: 2, memoryBytes: 2 * gib, storageBytes: 20 * gib }

/** What the system's maker recommends, but not more than the host has. */
export function sizeFor({ os, architecture, isOverNetwork, host }: SizeFacts): Size {
  const recommended = resourcesOf(os, architecture, 'recommended')
  const minimum = resourcesOf(os, architecture, 'minimum')
  const network = isOverNetwork ? resourcesOf(os, architecture, 'networkInstall') : {}
  const atLeast = (key: keyof OsResources, otherwise: number): number =>
    Math.max(recommended[key] ?? Math.max(otherwise, minimum[key] ?? 0), network[key] ?? 0)
  const vcpuCount = Math.max(atLeast('cpuCount', usual.vcpuCount), os ? (recommended.cpuCount ?? 2) : 2)
  const memoryBytes = atLeast('memoryBytes', usual.memoryBytes)
  return {
    vcpuCount: capped(vcpuCount, host.cpuCount),
    // the host itself needs some
    memoryBytes: roundedDown(capped(memoryBytes, host.memoryBytes * 0.75)),
    storageBytes: atLeast('storageBytes', usual.storageBytes),
  }
}

function capped(value: number, most: number): number {
  return most > 0 ? Math.max(1, Math.min(value, most)) : value
}

/** To whole 64 MiB, which hypervisors take as they are. */
function roundedDown(bytes: number): number {
  const step = 64 * 1024 ** 2
  return Math.max(step, Math.floor(bytes / step) * step)
}

/** What is told of one architecture counts more than what is told of all. */
export function resourcesOf(
  os: OsKnowledge | undefined,
  architecture: string,
  which: 'minimum' | 'recommended' | 'networkInstall',
): OsResources {
  const told = (arch: string): OsResources => os?.resources.find((one) => one.arch === arch)?.[which] ?? {}
  return { ...told('all'), ...told(architecture) }
}

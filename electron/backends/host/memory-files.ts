/**
 * How a Linux host keeps the memory of its guests, by the kernel's own files.
 * https://www.kernel.org/doc/html/latest/admin-guide/mm/ksm.html and …/transhuge.html
 */
import type { HostMemory, MemoryMerging } from '../../../shared/model/host-details'
import { given } from '../../../shared/given'

const ksmFolder = '/sys/kernel/mm/ksm'
const hugePagesFile = '/sys/kernel/mm/transparent_hugepage/enabled'
const ksmFiles = [
  'run',
  'pages_shared',
  'pages_sharing',
  'pages_unshared',
  'full_scans',
  'pages_to_scan',
  'sleep_millisecs',
  'merge_across_nodes',
] as const

export const memoryFiles: readonly string[] = [
  ...ksmFiles.map((name) => `${ksmFolder}/${name}`),
  hugePagesFile,
]

export type KeptMemory = Pick<HostMemory, 'merging' | 'transparentHugePages'>

/** `first`: the first line of a file, undefined where it cannot be read. */
export function memoryFrom(first: (path: string) => string | undefined): KeptMemory {
  const chosen = /\[(always|madvise|never)\]/.exec(first(hugePagesFile) ?? '')?.[1]
  return {
    ...given('merging', mergingFrom(first)),
    ...given('transparentHugePages', chosen as KeptMemory['transparentHugePages']),
  }
}

function mergingFrom(first: (path: string) => string | undefined): MemoryMerging | undefined {
  const count = (name: (typeof ksmFiles)[number]): number | undefined => {
    const text = first(`${ksmFolder}/${name}`)
    return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined
  }
  const run = count('run')
  if (run === undefined) return undefined
  const nodes = count('merge_across_nodes')
  return {
    isOn: run === 1,
    ...given('keptPages', count('pages_shared')),
    ...given('savedPages', count('pages_sharing')),
    ...given('differingPages', count('pages_unshared')),
    ...given('fullScans', count('full_scans')),
    ...given('pagesPerScan', count('pages_to_scan')),
    ...given('pauseMs', count('sleep_millisecs')),
    ...given('isAcrossNodes', nodes === undefined ? undefined : nodes === 1),
  }
}

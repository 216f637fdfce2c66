import { z } from 'zod'
import { vmRef } from '../ids'
import { savedPath } from './saved-state'

/**
 * A picture of a guest's memory for debuggers; nothing to restore a VM from.
 * https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainCoreDumpWithFormat
 */
export const dumpFormats = ['raw', 'kdump-zlib', 'kdump-lzo', 'kdump-snappy', 'win-dmp'] as const
export type DumpFormat = (typeof dumpFormats)[number]

/** What becomes of the guest. Frozen: for as long as it takes, then it goes on. */
export const dumpEndings = ['frozen', 'live', 'reset', 'off'] as const
export type DumpEnding = (typeof dumpEndings)[number]

export const dumpMemoryInput = vmRef.extend({
  path: savedPath,
  /** Without it the file is QEMU's own, with all devices, and `raw` alone. */
  isMemoryOnly: z.boolean(),
  format: z.enum(dumpFormats),
  ending: z.enum(dumpEndings),
  /** Past the page cache of the host. */
  bypassCache: z.boolean(),
})
export type DumpMemoryInput = z.infer<typeof dumpMemoryInput>

/** What virsh is told for the same. */
export function dumpWords(input: Omit<DumpMemoryInput, 'host' | 'vm' | 'path'>): readonly string[] {
  const endings: Record<DumpEnding, readonly string[]> = {
    frozen: [],
    live: ['--live'],
    reset: ['--reset'],
    off: ['--crash'],
  }
  return [
    ...endings[input.ending],
    ...(input.bypassCache ? ['--bypass-cache'] : []),
    ...(input.isMemoryOnly ? ['--memory-only'] : []),
    ...(input.isMemoryOnly && input.format !== 'raw' ? ['--format', input.format] : []),
  ]
}

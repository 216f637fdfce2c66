/** Sizes under a name, chosen with one click: ours, and those a user kept. */
import { z } from 'zod'

const mib = 1024 ** 2
const sizeBytes = z
  .number()
  .int()
  .min(mib)
  .max(2 ** 53 - 1)

export const maxSizePresets = 50

export const sizePreset = z.object({
  id: z.string().min(1).max(64),
  label: z.string().trim().min(1, 'Enter a name').max(40, 'Use at most 40 characters'),
  vcpuCount: z.number().int().min(1).max(4096),
  memoryBytes: sizeBytes,
  /** Of the disk that the system is installed to. */
  storageBytes: sizeBytes,
})
export type SizePreset = z.output<typeof sizePreset>

/** Without an id it is a new one; with one, that one is replaced. */
export const saveSizePresetInput = sizePreset.extend({ id: sizePreset.shape.id.optional() })
export type SaveSizePreset = z.output<typeof saveSizePresetInput>

const gib = 1024 ** 3

export const usualSizePresets: readonly SizePreset[] = [
  { id: 'small', label: 'Small', vcpuCount: 1, memoryBytes: gib, storageBytes: 10 * gib },
  { id: 'medium', label: 'Medium', vcpuCount: 2, memoryBytes: 4 * gib, storageBytes: 25 * gib },
  { id: 'large', label: 'Large', vcpuCount: 4, memoryBytes: 8 * gib, storageBytes: 50 * gib },
  { id: 'huge', label: 'Very large', vcpuCount: 8, memoryBytes: 16 * gib, storageBytes: 100 * gib },
]

export interface HostSize {
  readonly cpuCount: number
  readonly memoryBytes: number
}

/** Why the host could not run it. */
export function whyTooLarge(preset: SizePreset, host: HostSize): string | undefined {
  if (host.cpuCount > 0 && preset.vcpuCount > host.cpuCount)
    return `The host has only ${host.cpuCount} ${host.cpuCount === 1 ? 'CPU' : 'CPUs'}`
  if (host.memoryBytes > 0 && preset.memoryBytes > host.memoryBytes) return 'The host has less memory'
  return undefined
}

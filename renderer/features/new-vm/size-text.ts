import { formatBytes } from '../../../shared/units'

/** "2 vCPUs, 4 GiB". */
export function sizeText({
  vcpuCount,
  memoryBytes,
}: {
  readonly vcpuCount: number | string
  readonly memoryBytes: number | string
}): string {
  const memory = typeof memoryBytes === 'number' ? formatBytes(memoryBytes) : '?'
  return `${vcpuCount} ${vcpuCount === 1 ? 'vCPU' : 'vCPUs'}, ${memory}`
}

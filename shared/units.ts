/** Byte sizes and durations as people read them. Binary prefixes, because memory and disks are sized in them. */
const steps = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const

export function formatBytes(bytes: number, digits = 1): string {
  let value = Math.max(0, bytes)
  let step = 0
  // as it will be written: 1023.99 GiB are 1 TiB, not 1024 GiB
  while (Number(value.toFixed(step === 0 ? 0 : digits)) >= 1024 && step < steps.length - 1) {
    value /= 1024
    step += 1
  }
  const text = step === 0 || Number.isInteger(value) ? String(Math.round(value)) : value.toFixed(digits)
  return `${text.replace(/\.0+$/, '')} ${steps[step]}`
}

export function formatBytesPerSecond(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`
}

/** "3 d 4 h", "12 min", "8 s": the two biggest units that matter. */
export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000))
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return `${hours} h ${minutes % 60} min`
  return `${Math.floor(hours / 24)} d ${hours % 24} h`
}

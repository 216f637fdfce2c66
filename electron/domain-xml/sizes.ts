import type { XmlElement } from './document'

/** libvirt's unit names (https://libvirt.org/formatdomain.html#memory-allocation): "KB" is decimal, "K" and "KiB" binary. */
const powers: Record<string, number> = { k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 }

/** A size element in bytes; libvirt takes KiB for memory when no unit is given, bytes for storage. */
export function sizeOf(element: XmlElement | undefined, defaultUnit: 'KiB' | 'bytes'): number | undefined {
  const value = Number(element?.text() ?? Number.NaN)
  if (!element || !Number.isFinite(value) || value < 0) return undefined
  const bytes = unitBytes(element.attribute('unit') ?? defaultUnit)
  return bytes === undefined ? undefined : value * bytes
}

export function unitBytes(name: string): number | undefined {
  const unit = name.toLowerCase()
  if (unit === 'b' || unit === 'bytes') return 1
  const match = /^([kmgtpe])(i?b)?$/.exec(unit)
  const power = powers[match?.[1] ?? '']
  return power === undefined ? undefined : (match?.[2] === 'b' ? 1000 : 1024) ** power
}

export function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

import type { XmlElement } from './document'

/** libvirt's unit names (https://libvirt.org/formatdomain.html#memory-allocation): "KB" is decimal, "K" and "KiB" binary. */
const powers: Record<string, number> = { k: 1, m: 2, g: 3, t: 4, p: 5, e: 6 }

/** A size element in bytes; libvirt takes KiB for memory when no unit is given, bytes for storage. */
export function sizeOf(element: XmlElement | undefined, defaultUnit: 'KiB' | 'bytes'): number | undefined {
  const value = Number(element?.text() ?? Number.NaN)
  if (!element || !Number.isFinite(value) || value < 0) return undefined
  const unit = (element.attribute('unit') ?? defaultUnit).toLowerCase()
  if (unit === 'b' || unit === 'bytes') return value
  const match = /^([kmgtpe])(i?b)?$/.exec(unit)
  const power = powers[match?.[1] ?? '']
  if (power === undefined) return undefined
  return value * (match?.[2] === 'b' ? 1000 : 1024) ** power
}

export function countOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

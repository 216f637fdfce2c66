/** Sizes as they are typed: a number, with a unit chosen or typed behind it. Nothing is rounded. */
export const sizeUnits = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'] as const
export type SizeUnit = (typeof sizeUnits)[number]

const factor = (unit: SizeUnit): number => 1024 ** sizeUnits.indexOf(unit)

/** The biggest unit in which the size is a whole number. */
export function unitFor(bytes: number): SizeUnit {
  return sizeUnits.findLast((unit) => bytes >= factor(unit) && bytes % factor(unit) === 0) ?? 'bytes'
}

/** The number in front of the unit; exact, so a size that is no round number gets its decimals. */
export function numberText(bytes: number, unit: SizeUnit): string {
  return String(bytes / factor(unit))
}

/** "1.5" with GiB, or "1.5 g" with any; undefined for what is no size or no whole number of bytes. */
export function readSize(text: string, unit: SizeUnit): { bytes: number; unit: SizeUnit } | undefined {
  const match = /^(\d{1,15}(?:[.,]\d{1,12})?)\s*(?:(b|bytes)|([kmgt])(?:i?b)?)?$/i.exec(text.trim())
  const number = match?.[1]
  if (!match || number === undefined) return undefined
  const typed = match[2] ? 'bytes' : sizeUnits['kmgt'.indexOf(match[3]?.toLowerCase() ?? '?') + 1]
  const used = match[2] || match[3] ? (typed ?? unit) : unit
  const bytes = Number(number.replace(',', '.')) * factor(used)
  return Number.isSafeInteger(bytes) ? { bytes, unit: used } : undefined
}

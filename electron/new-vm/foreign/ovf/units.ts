/** Amounts of an OVF: "byte * 2^20" as the standard has it, or the words of older products. */

const words: Readonly<Record<string, number>> = {
  byte: 1,
  bytes: 1,
  kb: 2 ** 10,
  kilobytes: 2 ** 10,
  mb: 2 ** 20,
  megabytes: 2 ** 20,
  gb: 2 ** 30,
  gigabytes: 2 ** 30,
  tb: 2 ** 40,
  terabytes: 2 ** 40,
}

/** Undefined for units that nobody knows: an amount that is wrong by a thousand is worse than none. */
export function unitBytes(unit: string | undefined): number | undefined {
  if (unit === undefined) return 1
  const plain = unit.trim().toLowerCase()
  const word = Object.hasOwn(words, plain) ? words[plain] : undefined
  if (word !== undefined) return word
  const [, base, exponent] = /^bytes?\s*\*\s*(2|10)\s*\^\s*(\d{1,2})$/.exec(plain) ?? []
  return base === undefined ? undefined : Number(base) ** Number(exponent)
}

export function amountBytes(amount: string | undefined, unit: string | undefined): number | undefined {
  const factor = unitBytes(unit)
  if (factor === undefined || amount === undefined || !/^\s*\d{1,16}\s*$/.test(amount)) return undefined
  const bytes = Number(amount) * factor
  return Number.isSafeInteger(bytes) && bytes >= 1 ? bytes : undefined
}

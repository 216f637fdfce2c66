import { badFile } from '../foreign-error'

/** A number of a tar header: octal digits, or from 8 GiB on binary, with the first bit set. */
export function numberIn(field: Buffer): number {
  const number =
    ((field[0] ?? 0) & 0x80) === 0
      ? Number.parseInt(upToZero(field.toString('latin1')).trim() || '0', 8)
      : field.subarray(1).reduce((sum, byte) => sum * 256 + byte, 0)
  if (!Number.isSafeInteger(number) || number < 0)
    throw badFile('The package is damaged: a file in it has no size')
  return number
}

export function upToZero(text: string): string {
  const end = text.indexOf('\0')
  return end < 0 ? text : text.slice(0, end)
}

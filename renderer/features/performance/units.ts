import { formatBytes, formatBytesPerSecond } from '../../../shared/units'

/** How figures of a chart are written, and where its scale ends. */
export interface Unit {
  readonly format: (value: number) => string
  /** For the head of a column in a file. */
  readonly name: string
  /** The end of the scale: a round number that is not below the biggest. */
  readonly scale: (biggest: number) => number
}

export const percent: Unit = {
  format: (value) => `${value < 9.95 && value > 0 ? value.toFixed(1) : Math.round(value)} %`,
  name: '%',
  scale: (biggest) => (biggest <= 100 ? 100 : roundUp(biggest, 10)),
}

/** As `percent`, for what is small as a rule. */
export const bytes: Unit = {
  format: (value) => formatBytes(value),
  name: 'bytes',
  scale: (biggest) => roundUp(biggest, 2),
}

export const bytesPerSecond: Unit = {
  format: (value) => formatBytesPerSecond(value),
  name: 'bytes/s',
  scale: (biggest) => Math.max(16 * 1024, roundUp(biggest, 2)),
}

export const requestsPerSecond: Unit = {
  format: (value) => `${few(value)}/s`,
  name: 'requests/s',
  scale: (biggest) => Math.max(10, roundUp(biggest, 10)),
}

export const milliseconds: Unit = {
  format: (value) => `${few(value)} ms`,
  name: 'ms',
  scale: (biggest) => Math.max(1, roundUp(biggest, 10)),
}

/** Three digits at most before thousands are counted. */
function few(value: number): string {
  if (value >= 99.5) return Math.round(value).toLocaleString('en')
  return value === 0 ? '0' : value.toFixed(value < 9.95 ? 2 : 1).replace(/\.?0+$/, '')
}

/** By doubling for what people count in powers of two, by 1, 2, 5 for the rest: the scale does not move with each sample. */
export function roundUp(value: number, base: 2 | 10): number {
  if (value <= 0) return 1
  if (base === 2) return 2 ** Math.ceil(Math.log2(value))
  const power = 10 ** Math.floor(Math.log10(value))
  const digit = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10
  return digit * power
}

import { formatBytes, formatBytesPerSecond } from '../../../shared/units'

/** A figure in its column; a dash where it is not told. */
export function Figure({ text }: { text: string | undefined }) {
  return <span className="top-figure">{text ?? <span className="secondary">–</span>}</span>
}

export function percentText(value: number | undefined): string | undefined {
  if (value === undefined) return undefined
  return `${value > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} %`
}

export function rateText(bytesPerSecond: number | undefined): string | undefined {
  if (bytesPerSecond === undefined) return undefined
  // a quiet column is easier to read past
  return bytesPerSecond < 0.5 ? '0' : formatBytesPerSecond(bytesPerSecond)
}

export function bytesText(bytes: number | undefined): string | undefined {
  return bytes === undefined ? undefined : formatBytes(bytes)
}

export function countText(perSecond: number | undefined): string | undefined {
  if (perSecond === undefined) return undefined
  return perSecond.toLocaleString('en', { maximumFractionDigits: perSecond < 10 ? 1 : 0 })
}

export function latencyText(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms`
}

/** As top writes it: minutes and seconds, hours where there are any. */
export function cpuTimeText(seconds: number | undefined): string | undefined {
  if (seconds === undefined) return undefined
  const whole = Math.floor(seconds)
  const two = (value: number): string => String(value).padStart(2, '0')
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  if (hours > 0) return `${hours.toLocaleString('en')}:${two(minutes)}:${two(rest)}`
  return `${minutes}:${two(rest)}.${Math.floor((seconds - whole) * 10)}`
}

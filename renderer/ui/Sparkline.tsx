import { memo } from 'react'

interface Props {
  /** Newest last; NaN leaves a gap. */
  readonly values: readonly number[]
  /** How many samples the whole width stands for; fewer are drawn from the right. */
  readonly capacity: number
  readonly max: number
  readonly width: number
  readonly height: number
}

/** A plain SVG path: 1,000 rows of charting components would cost 40 times as much. */
export const Sparkline = memo(function Sparkline({ values, capacity, max, width, height }: Props) {
  const line = sparklinePath(values, capacity, max, width, height)
  return (
    <svg
      aria-hidden="true"
      className="sparkline"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
    >
      <path className="sparkline-base" d={`M0 ${height - 0.5}H${width}`} />
      {line === '' ? null : <path className="sparkline-line" d={line} />}
    </svg>
  )
})

export function sparklinePath(
  values: readonly number[],
  capacity: number,
  max: number,
  width: number,
  height: number,
): string {
  const step = width / Math.max(1, capacity - 1)
  const start = width - (values.length - 1) * step
  let path = ''
  let isPenDown = false
  values.forEach((value, index) => {
    if (Number.isNaN(value)) {
      isPenDown = false
      return
    }
    const x = Math.round((start + index * step) * 10) / 10
    const share = Math.min(1, Math.max(0, value / max))
    const y = Math.round((height - 1 - share * (height - 2)) * 10) / 10
    path += `${isPenDown ? 'L' : 'M'}${x} ${y}`
    isPenDown = true
  })
  return path
}

import { windowMs, type LoadPoint } from './load-history'
import { ratePath } from './rate-path'

interface Props {
  readonly points: readonly LoadPoint[]
  readonly max: number
  readonly valuesOf: readonly ((point: LoadPoint) => number | undefined)[]
}

const width = 240
const height = 44

/** Two lines in one small picture; the figures beside it say the same in words. */
export function RateChart({ points, max, valuesOf }: Props) {
  return (
    <svg
      aria-hidden="true"
      className="rate-chart"
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
    >
      <path className="rate-base" d={`M0 ${height - 0.5}H${width}`} />
      {valuesOf.map((valueOf, index) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines have a fixed order
          key={index}
          className={`rate-line rate-line-${index}`}
          d={ratePath(points, valueOf, { windowMs, max, width, height })}
        />
      ))}
    </svg>
  )
}

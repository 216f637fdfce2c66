import { Slider, SliderThumb, SliderTrack } from 'react-aria-components'
import { formatBytes } from '../../../shared/units'

const gib = 1024 ** 3
const stops = [5, 8, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200, 300, 400, 500, 750, 1000].map(
  (size) => size * gib,
)

interface Props {
  readonly label: string
  /** A text is what was typed and is no size. */
  readonly value: number | string
  readonly minBytes: number
  readonly onChange: (bytes: number) => void
}

/** Usual sizes at a pull; the field beside it takes any. */
export function SizeSlider({ label, value, minBytes, onChange }: Props) {
  const sizes = [...(minBytes > 0 ? [minBytes] : []), ...stops.filter((size) => size > minBytes)]
  const wanted = typeof value === 'number' ? value : 0
  const next = sizes.findIndex((size) => size >= wanted)
  return (
    <Slider
      className="nv-slider"
      aria-label={label}
      minValue={0}
      maxValue={sizes.length - 1}
      step={1}
      value={next < 0 ? sizes.length - 1 : next}
      onChange={(at) => {
        const size = sizes[at]
        if (size !== undefined) onChange(size)
      }}
    >
      <SliderTrack className="nv-slider-track">
        <SliderThumb className="nv-slider-thumb" />
      </SliderTrack>
      <div className="nv-slider-ends">
        <span>{formatBytes(sizes[0] ?? 0)}</span>
        <span>{formatBytes(sizes.at(-1) ?? 0)}</span>
      </div>
    </Slider>
  )
}

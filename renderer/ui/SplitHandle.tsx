import { useRef, type KeyboardEvent, type PointerEvent } from 'react'
import './split.css'

/** Which edge the sized panel lies at. */
export type SplitEdge = 'left' | 'right' | 'bottom'

interface Props {
  /** What it sizes, for screen readers. */
  readonly label: string
  readonly edge: SplitEdge
  readonly sizePx: number
  readonly minPx: number
  readonly maxPx: number
  readonly onResize: (sizePx: number) => void
}

const growKeys = { left: 'ArrowRight', right: 'ArrowLeft', bottom: 'ArrowUp' } as const
const shrinkKeys = { left: 'ArrowLeft', right: 'ArrowRight', bottom: 'ArrowDown' } as const

/** A separator for mouse and arrow keys. */
export function SplitHandle({ label, edge, sizePx, minPx, maxPx, onResize }: Props) {
  const drag = useRef<{ from: number; sizePx: number } | undefined>(undefined)
  const size = clamp(sizePx, minPx, maxPx)
  const isUpright = edge !== 'bottom'
  const position = ({ clientX, clientY }: PointerEvent): number =>
    edge === 'left' ? clientX : edge === 'right' ? -clientX : -clientY

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === growKeys[edge] ? 16 : event.key === shrinkKeys[edge] ? -16 : undefined
    const next = event.key === 'Home' ? minPx : event.key === 'End' ? maxPx : step && size + step
    if (next === undefined) return
    event.preventDefault()
    onResize(clamp(next, minPx, maxPx))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a window splitter (WAI-ARIA APG)
    <div
      className={`split-handle split-handle-${isUpright ? 'upright' : 'flat'}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={isUpright ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { from: position(event), sizePx: size }
      }}
      onPointerMove={(event) => {
        if (drag.current)
          onResize(clamp(drag.current.sizePx + position(event) - drag.current.from, minPx, maxPx))
      }}
      onPointerUp={() => {
        drag.current = undefined
      }}
    />
  )
}

export function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}

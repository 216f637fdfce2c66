import { useRef, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { classNames } from './class-names'
import './split.css'

interface Props {
  /** What the separator sizes, for screen readers. */
  readonly label: string
  /** Which edge the sized panel lies at. */
  readonly side: 'left' | 'bottom'
  readonly sizePx: number
  readonly minPx: number
  readonly maxPx: number
  readonly onResize: (sizePx: number) => void
  /** Undefined = folded away; the main area stays mounted either way. */
  readonly panel: ReactNode | undefined
  readonly children: ReactNode
}

/** A main area and a panel beside it, with a separator for mouse and arrow keys. */
export function SplitPane(props: Props) {
  const { label, side, sizePx, minPx, maxPx, onResize, panel, children } = props
  const drag = useRef<{ from: number; sizePx: number } | undefined>(undefined)
  const size = clamp(sizePx, minPx, maxPx)
  const isLeft = side === 'left'
  const position = (event: PointerEvent): number => (isLeft ? event.clientX : -event.clientY)

  const onKeyDown = (event: KeyboardEvent): void => {
    const grow = isLeft ? 'ArrowRight' : 'ArrowUp'
    const shrink = isLeft ? 'ArrowLeft' : 'ArrowDown'
    const step = event.key === grow ? 16 : event.key === shrink ? -16 : undefined
    const next = event.key === 'Home' ? minPx : event.key === 'End' ? maxPx : step && size + step
    if (next === undefined) return
    event.preventDefault()
    onResize(clamp(next, minPx, maxPx))
  }
  const separator = (
    // biome-ignore lint/a11y/useSemanticElements: a focusable separator is a window splitter (WAI-ARIA APG)
    <div
      className="split-handle"
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={isLeft ? 'vertical' : 'horizontal'}
      aria-valuenow={Math.round(size)}
      aria-valuemin={minPx}
      aria-valuemax={maxPx}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { from: position(event), sizePx: size }
      }}
      onPointerMove={(event) => {
        if (drag.current) {
          onResize(clamp(drag.current.sizePx + position(event) - drag.current.from, minPx, maxPx))
        }
      }}
      onPointerUp={() => {
        drag.current = undefined
      }}
    />
  )
  const sized = (
    <div className="split-panel" style={isLeft ? { width: size } : { height: size }}>
      {panel}
    </div>
  )
  return (
    <div className={classNames('split', `split-${side}`)}>
      {isLeft && panel !== undefined ? sized : null}
      {isLeft && panel !== undefined ? separator : null}
      <div className="split-main">{children}</div>
      {!isLeft && panel !== undefined ? separator : null}
      {!isLeft && panel !== undefined ? sized : null}
    </div>
  )
}

function clamp(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, value))
}

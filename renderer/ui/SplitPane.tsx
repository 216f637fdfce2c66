import type { ReactNode } from 'react'
import { classNames } from './class-names'
import { clamp, SplitHandle } from './SplitHandle'
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
  const size = clamp(sizePx, minPx, maxPx)
  const isLeft = side === 'left'
  const separator = (
    <SplitHandle label={label} edge={side} sizePx={size} minPx={minPx} maxPx={maxPx} onResize={onResize} />
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

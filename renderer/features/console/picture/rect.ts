export interface Rect {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function contains(outer: Rect, inner: Rect): boolean {
  return (
    inner.x >= outer.x &&
    inner.y >= outer.y &&
    inner.x + inner.width <= outer.x + outer.width &&
    inner.y + inner.height <= outer.y + outer.height
  )
}

export function overlaps(one: Rect, other: Rect): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  )
}

/** The part of a rectangle that lies on a screen of this size; undefined when nothing does. */
export function clipped(
  rect: Rect,
  size: { readonly width: number; readonly height: number },
): Rect | undefined {
  const x = Math.max(0, rect.x)
  const y = Math.max(0, rect.y)
  const width = Math.min(rect.x + rect.width, size.width) - x
  const height = Math.min(rect.y + rect.height, size.height) - y
  return width > 0 && height > 0 ? { x, y, width, height } : undefined
}

/** Two that lie side by side, or one on the other, without a gap, as one. */
export function joined(one: Rect, other: Rect): Rect | undefined {
  if (one.y === other.y && one.height === other.height && one.x + one.width === other.x)
    return { ...one, width: one.width + other.width }
  if (one.x === other.x && one.width === other.width && one.y + one.height === other.y)
    return { ...one, height: one.height + other.height }
  return contains(one, other) ? one : undefined
}

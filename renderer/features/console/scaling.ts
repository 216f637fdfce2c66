/**
 * Where and how big the guest's screen is drawn. All sizes are CSS pixels except where "device" is said; positions are
 * put on whole device pixels, because a screen half a pixel off is blurred everywhere.
 */
export type ScaleMode = 'fit' | 'actual' | 'guest'

export interface Size {
  readonly width: number
  readonly height: number
}

export interface Placement {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
  /** Each guest pixel covers a whole number of device pixels, so that hard edges stay hard. */
  readonly isExact: boolean
  /** Shown size against one device pixel per guest pixel, in percent. */
  readonly percent: number
}

/** A whole multiple that uses this much of the space is preferred to a blurred one that uses all of it. */
const goodEnough = 0.75

/**
 * `fit` shows all of it, as big as fits; `actual` draws one device pixel per guest pixel and may be bigger than the view,
 * which then scrolls; `guest` is `fit` for a guest that was asked to be as big as the view.
 */
export function place(guest: Size, view: Size, mode: ScaleMode, devicePixelRatio: number): Placement {
  const dpr = devicePixelRatio > 0 ? devicePixelRatio : 1
  const deviceScale = mode === 'actual' ? 1 : fitScale(guest, view, dpr)
  const scale = deviceScale / dpr
  const width = guest.width * scale
  const height = guest.height * scale
  const snap = (value: number): number => Math.floor(Math.max(0, value) * dpr) / dpr
  return {
    left: snap((view.width - width) / 2),
    top: snap((view.height - height) / 2),
    width,
    height,
    isExact: Number.isInteger(deviceScale),
    percent: Math.round(deviceScale * 100),
  }
}

function fitScale(guest: Size, view: Size, dpr: number): number {
  if (guest.width <= 0 || guest.height <= 0) return 1
  const full = Math.min(view.width / guest.width, view.height / guest.height) * dpr
  if (full <= 0) return 1
  const whole = Math.floor(full)
  return whole >= 1 && whole / full >= goodEnough ? whole : full
}

import { useEffect, useState, type RefObject } from 'react'
import type { Size } from './scaling'

/** The inner size of an element and the display's pixel ratio, which changes with zoom and when moved to another display. */
export function useViewSize(
  view: RefObject<HTMLElement | null>,
): Size & { readonly devicePixelRatio: number } {
  const [size, setSize] = useState({ width: 0, height: 0, devicePixelRatio: 1 })
  useEffect(() => {
    const element = view.current
    if (!element) return
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = element
      // A hidden tab has no size; the last one is right when it is shown again.
      if (width === 0 || height === 0) return
      const { devicePixelRatio } = window
      setSize((before) =>
        before.width === width && before.height === height && before.devicePixelRatio === devicePixelRatio
          ? before
          : { width, height, devicePixelRatio },
      )
    }
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    window.addEventListener('resize', measure)
    measure()
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [view])
  return size
}

import { useCallback, useEffect, useState } from 'react'

interface KeyboardLock {
  lock?(keys: readonly string[]): Promise<void>
  unlock?(): void
}

/**
 * The whole page goes full screen and the console covers it: menus and tooltips live beside the console in the page, and
 * would not be seen if the console's element alone were shown.
 */
export function useFullScreen(isVisible: boolean): {
  readonly isFullScreen: boolean
  readonly toggle: () => void
} {
  const [isFullScreen, setFullScreen] = useState(false)

  useEffect(() => {
    const onChange = (): void => {
      if (!document.fullscreenElement) setFullScreen(false)
    }
    document.addEventListener('fullscreenchange', onChange)
    return () => document.removeEventListener('fullscreenchange', onChange)
  }, [])

  const leave = useCallback((): void => {
    setFullScreen(false)
    if (document.fullscreenElement) document.exitFullscreen().catch(() => {})
  }, [])

  useEffect(() => {
    if (!isFullScreen) return
    if (!isVisible) return leave()
    // Escape belongs to the guest too. Where the browser refuses, Escape leaves full screen, as the hint says.
    const { keyboard } = navigator as { keyboard?: KeyboardLock }
    keyboard?.lock?.(['Escape']).catch(() => {})
    return () => keyboard?.unlock?.()
  }, [isFullScreen, isVisible, leave])

  // A console that is taken off the page must not leave an empty full screen behind.
  useEffect(() => leave, [leave])

  const toggle = useCallback((): void => {
    if (isFullScreen) return leave()
    document.documentElement.requestFullscreen().then(
      () => setFullScreen(true),
      () => {},
    )
  }, [isFullScreen, leave])

  // F11 works wherever the focus is on the page; while the guest has the keyboard, noVNC keeps the key to itself.
  useEffect(() => {
    if (!isVisible) return
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'F11' || event.repeat) return
      event.preventDefault()
      toggle()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [isVisible, toggle])

  return { isFullScreen, toggle }
}

import { useEffect, useState, type RefObject } from 'react'
import { figuresOf, type ScreenReading } from './screen-figures'
import type { VncScreen } from './vnc-screen'

const everyMs = 1000

/** How the stream of a screen does, in a corner of it, once a second. */
export function ScreenFigures({ screen }: { screen: RefObject<VncScreen | null> }) {
  const [figures, setFigures] = useState<ReturnType<typeof figuresOf>>([])
  useEffect(() => {
    let before: ScreenReading | undefined
    let answerMs: number | undefined
    let isAsked = false
    const look = (): void => {
      const now = screen.current?.reading()
      if (!now) return
      setFigures(figuresOf(before ?? now, now, answerMs))
      before = now
      if (isAsked) return
      isAsked = true
      void screen.current?.askForAnswer().then((ms) => {
        answerMs = ms
        isAsked = false
      })
    }
    look()
    const timer = setInterval(look, everyMs)
    return () => clearInterval(timer)
  }, [screen])
  return (
    <dl className="console-figures" aria-label="Figures of the screen">
      {figures.map(({ label, text }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

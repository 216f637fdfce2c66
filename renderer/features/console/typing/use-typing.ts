import { useCallback, useEffect, useRef, useState } from 'react'
import type { Stroke } from './layout'
import { strokeMsOf, type Pace } from './pace'
import { typeStrokes, type SendKey } from './typist'

export interface Typing {
  /** Undefined while nothing is typed. */
  readonly progress: { readonly count: number; readonly total: number } | undefined
  start(characters: readonly (readonly Stroke[])[], pace: Pace): void
  cancel(): void
}

/** Types into the screen, one text at a time; it stops when the screen goes away. */
export function useTyping(options: {
  readonly isConnected: boolean
  readonly send: SendKey
  readonly onEnd: (isComplete: boolean) => void
}): Typing {
  const { isConnected } = options
  const latest = useRef(options)
  latest.current = options
  const running = useRef<AbortController | undefined>(undefined)
  const [progress, setProgress] = useState<Typing['progress']>()

  const cancel = useCallback(() => running.current?.abort(), [])
  useEffect(() => {
    if (!isConnected) cancel()
  }, [isConnected, cancel])
  useEffect(() => cancel, [cancel])

  const start = useCallback(
    (characters: readonly (readonly Stroke[])[], pace: Pace): void => {
      cancel()
      const abort = new AbortController()
      running.current = abort
      const total = characters.length
      setProgress({ count: 0, total })
      void typeStrokes(characters, (keysym, code, isDown) => latest.current.send(keysym, code, isDown), {
        strokeMs: strokeMsOf(pace),
        signal: abort.signal,
        onProgress: (count) => setProgress({ count, total }),
      }).then((isComplete) => {
        if (running.current !== abort) return
        running.current = undefined
        setProgress(undefined)
        latest.current.onEnd(isComplete)
      })
    },
    [cancel],
  )
  return { progress, start, cancel }
}

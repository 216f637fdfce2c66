import { useCallback, useEffect, useRef, useState, type RefObject } from 'react'
import { showToast } from '../../stores/toasts'
import { downloadBlob, pictureName } from '../../ui/download'
import { maxFilmBytes, startRecording, type Recording } from './recording'

export interface ScreenRecording {
  /** Undefined while nothing is recorded. */
  readonly sizeBytes: number | undefined
  start(): void
  /** Asks where to put the film. */
  stop(): void
}

/** Records the screen until it is stopped, or goes: what there is by then is saved. */
export function useRecording(options: {
  readonly target: RefObject<HTMLElement | null>
  readonly name: string
  readonly isConnected: boolean
}): ScreenRecording {
  const { target, name, isConnected } = options
  const running = useRef<Recording | undefined>(undefined)
  const [sizeBytes, setSizeBytes] = useState<number>()

  const stop = useCallback((): void => {
    const recording = running.current
    running.current = undefined
    setSizeBytes(undefined)
    if (recording) void recording.stop().then((film) => downloadBlob(film, pictureName(name, 'webm')))
  }, [name])

  const start = (): void => {
    const canvas = target.current?.querySelector('canvas')
    if (!canvas || running.current) return
    try {
      running.current = startRecording(canvas, (size) => {
        if (running.current) setSizeBytes(size)
        if (size > maxFilmBytes) stop()
      })
      setSizeBytes(0)
    } catch (error) {
      showToast({
        tone: 'error',
        title: `The screen of ${name} cannot be recorded`,
        error: { kind: 'unsupported', message: error instanceof Error ? error.message : String(error) },
      })
    }
  }

  useEffect(() => {
    if (!isConnected) stop()
  }, [isConnected, stop])
  useEffect(() => stop, [stop])
  return { sizeBytes, start, stop }
}

import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'

interface Kept<T> {
  readonly key: string
  readonly value?: T
  readonly error?: ErrorData
}

export interface HostAnswer<T> {
  readonly value?: T
  readonly error?: ErrorData
  readonly again: () => void
}

/** What a host says to a question that `key` names, asked anew when that is another one. Without a key nothing is asked. */
export function useHostAnswer<T>(key: string | undefined, ask: () => Promise<T>): HostAnswer<T> {
  const [kept, setKept] = useState<Kept<T>>()
  const [times, setTimes] = useState(0)
  useEffect(() => {
    if (key === undefined) return
    let isCurrent = true
    ask().then(
      (value) => isCurrent && setKept({ key, value }),
      (reason: unknown) => isCurrent && setKept({ key, error: errorData(reason) }),
    )
    return () => {
      isCurrent = false
    }
    // `ask` is made anew at each drawing; `key` says what it asks
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, times])
  const again = (): void => {
    setKept(undefined)
    setTimes((before) => before + 1)
  }
  if (kept === undefined || kept.key !== key) return { again }
  return {
    again,
    ...(kept.value === undefined ? {} : { value: kept.value }),
    ...(kept.error === undefined ? {} : { error: kept.error }),
  }
}

import { useEffect, useRef, useState } from 'react'
import { errorData, type ErrorData } from '../../shared/errors'

export interface Asked<T> {
  /** Of the last question that was answered: what is shown stays until there is something newer. */
  readonly value?: T
  readonly error?: ErrorData
  /** The answer is about what is entered now. */
  readonly isCurrent: boolean
}

/** Asking looks at the host, so it waits until the user rests. */
const calmMs = 250

/** What the host says about an input. Answers that come after a newer question do not count. */
export function useAsked<Input, T>(
  input: Input | undefined,
  ask: (input: Input) => Promise<T>,
): Asked<T> & { readonly again: () => void } {
  const [told, setTold] = useState<{ readonly key: string; readonly value?: T; readonly error?: ErrorData }>()
  const [times, setTimes] = useState(0)
  const latest = useRef(ask)
  latest.current = ask
  const key = input === undefined ? undefined : `${times} ${JSON.stringify(input)}`
  useEffect(() => {
    if (key === undefined || input === undefined) return
    let isLatest = true
    const timer = setTimeout(() => {
      latest.current(input).then(
        (value) => isLatest && setTold({ key, value }),
        (reason: unknown) => isLatest && setTold({ key, error: errorData(reason) }),
      )
    }, calmMs)
    return () => {
      isLatest = false
      clearTimeout(timer)
    }
    // `key` says all that `input` does
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key])
  return {
    ...(told?.value === undefined ? {} : { value: told.value }),
    ...(told?.error === undefined ? {} : { error: told.error }),
    isCurrent: key !== undefined && told?.key === key,
    again: () => setTimes((before) => before + 1),
  }
}

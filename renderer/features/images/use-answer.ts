import { useCallback, useEffect, useRef, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'

export interface Answer<T> {
  readonly value?: T
  readonly error?: ErrorData
  readonly isLoading: boolean
}

/** Asks when it is first drawn and whenever told to; what was known stays meanwhile. Only the newest answer counts. */
export function useAnswer<T>(ask: () => Promise<T>): Answer<T> & { readonly again: () => void } {
  const [answer, setAnswer] = useState<Answer<T>>({ isLoading: true })
  const asked = useRef(0)
  const asking = useRef(ask)
  useEffect(() => {
    asking.current = ask
  })
  const again = useCallback(() => {
    asked.current += 1
    const mine = asked.current
    const isNewest = (): boolean => mine === asked.current
    setAnswer((before) => ({ ...before, isLoading: true }))
    asking.current().then(
      (value) => isNewest() && setAnswer({ value, isLoading: false }),
      (reason: unknown) => isNewest() && setAnswer({ error: errorData(reason), isLoading: false }),
    )
  }, [])
  useEffect(() => {
    again()
    return () => {
      asked.current += 1
    }
  }, [again])
  return { ...answer, again }
}

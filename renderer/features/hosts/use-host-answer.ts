import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'

export interface HostAnswer<T> {
  /** The last one, also while the host is away or does not answer. */
  readonly value?: T
  /** The one before, to see what moved. */
  readonly before?: T
  readonly error?: ErrorData
  readonly isLoading: boolean
  readonly reload: () => void
}

interface Kept {
  readonly value?: unknown
  readonly before?: unknown
}

/** What hosts said in this window, so that a page shows it again at once, and greyed while the host is away. */
const kept = new Map<string, Kept>()

/** Asks when shown, again when `key` changes, and every `everyMs` if given. `key` names host and question. */
export function useHostAnswer<T>(
  key: string,
  isWanted: boolean,
  ask: () => Promise<T>,
  everyMs?: number,
): HostAnswer<T> {
  const [state, setState] = useState<{ key: string; error?: ErrorData; count: number }>({ key, count: 0 })
  const [tries, setTries] = useState(0)
  const [isLoading, setLoading] = useState(false)

  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async (): Promise<void> => {
      setLoading(true)
      try {
        const value = await ask()
        kept.set(key, { value, before: kept.get(key)?.value })
        if (isCurrent) setState(({ count }) => ({ key, count: count + 1 }))
      } catch (error) {
        if (isCurrent) setState(({ count }) => ({ key, error: errorData(error), count: count + 1 }))
      }
      if (!isCurrent) return
      setLoading(false)
      // after the answer, so that a slow host is not asked twice at once
      if (everyMs !== undefined) timer = setTimeout(() => void load(), everyMs)
    }
    void load()
    return () => {
      isCurrent = false
      clearTimeout(timer)
    }
    // `ask` is made anew at each drawing; `key` says what it asks.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isWanted, everyMs, tries])

  const { value, before } = (kept.get(key) ?? {}) as { value?: T; before?: T }
  const error = state.key === key ? state.error : undefined
  return {
    ...(value === undefined ? {} : { value }),
    ...(before === undefined ? {} : { before }),
    ...(error === undefined ? {} : { error }),
    isLoading,
    reload: () => setTries((many) => many + 1),
  }
}

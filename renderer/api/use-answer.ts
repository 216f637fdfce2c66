import { useCallback, useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../shared/errors'

export interface Answer<T> {
  /** The last one, also while it is asked anew and when that failed. */
  readonly value?: T
  /** The one before, to see what moved. */
  readonly before?: T
  /** Why the last question was not answered. */
  readonly error?: ErrorData
  readonly isLoading: boolean
  readonly reload: () => void
}

export interface AskOptions {
  /** False: nothing is asked, and what is known is shown. */
  readonly isWanted?: boolean
  /** Asks again so long after each answer. */
  readonly everyMs?: number
  /** Keeps the answer for whoever asks the same later in this window: it is shown at once, and while the host is away. */
  readonly isKept?: boolean
}

interface Known {
  readonly value: unknown
  readonly before: unknown
  /** Questions have numbers, so that a slow answer does not hide that to a later question. */
  readonly question: number
}

const kept = new Map<string, Known>()
let questions = 0

/**
 * Asks main when shown, again when `key` changes, and on `reload`. `key` names all of the question: which host, what,
 * about what. An answer to one question is never shown for another. Without a key nothing is asked.
 */
export function useAnswer<T>(
  key: string | undefined,
  ask: () => Promise<T>,
  { isWanted = true, everyMs, isKept = false }: AskOptions = {},
): Answer<T> {
  const [own] = useState(() => new Map<string, Known>())
  const known = isKept ? kept : own
  const [last, setLast] = useState<{ readonly key: string | undefined; readonly error?: ErrorData }>({ key })
  const [loading, setLoading] = useState<string>()
  const [tries, setTries] = useState(0)
  const reload = useCallback(() => setTries((many) => many + 1), [])

  useEffect(() => {
    if (key === undefined || !isWanted) return
    let isCurrent = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const load = async (): Promise<void> => {
      const question = ++questions
      setLoading(key)
      try {
        const value = await ask()
        const before = known.get(key)
        // one that nobody waits for any more is still news to those who ask the same later
        if ((isCurrent || isKept) && question > (before?.question ?? 0))
          known.set(key, { value, before: before?.value, question })
        if (isCurrent) setLast({ key })
      } catch (reason) {
        if (isCurrent) setLast({ key, error: errorData(reason) })
      }
      if (!isCurrent) return
      setLoading(undefined)
      // after the answer, so that a slow host is not asked twice at once
      if (everyMs !== undefined) timer = setTimeout(() => void load(), everyMs)
    }
    void load()
    return () => {
      isCurrent = false
      clearTimeout(timer)
      setLoading(undefined)
    }
    // `ask` is made anew at each drawing; `key` says what it asks
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [key, isWanted, everyMs, isKept, tries])

  const { value, before } = ((key !== undefined && known.get(key)) || {}) as { value?: T; before?: T }
  const error = last.key === key ? last.error : undefined
  return {
    ...(value === undefined ? {} : { value }),
    ...(before === undefined ? {} : { before }),
    ...(error === undefined ? {} : { error }),
    isLoading: key !== undefined && loading === key,
    reload,
  }
}

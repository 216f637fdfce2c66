import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../../shared/errors'

export interface Answer<T> {
  readonly value?: T
  readonly error?: ErrorData
  readonly again: () => void
}

/** What a dialog asks when it opens; made anew with the dialog, so it is never from before. */
export function useAnswer<T>(ask: () => Promise<T>): Answer<T> {
  const [state, setState] = useState<Omit<Answer<T>, 'again'>>({})
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let isCurrent = true
    ask().then(
      (value) => isCurrent && setState({ value }),
      (error: unknown) => isCurrent && setState({ error: errorData(error) }),
    )
    return () => {
      isCurrent = false
    }
    // a dialog asks one thing; `ask` is made anew at each drawing
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [tries])
  return {
    ...state,
    again: () => {
      setState({})
      setTries((many) => many + 1)
    },
  }
}

import { useEffect, useState } from 'react'
import { subjectKey, type HistoryAnswer, type HistorySubject } from '../../../shared/model/stats-history'
import { api } from '../../api/client'
import { useAnswer } from '../../api/use-answer'
import { useIsVisible } from '../../api/use-is-visible'
import type { ErrorData } from '../../../shared/errors'
import { isLive, maxPoints, refreshMs, spanOf, type Span, type TimeView } from './time-view'

export interface ShownHistory {
  readonly span: Span
  /** In the order of the subjects. */
  readonly answer: HistoryAnswer | undefined
  readonly error: ErrorData | undefined
}

/** What main remembers of the subjects, asked for anew while it changes and somebody sees it. */
export function useHistory(subjects: readonly HistorySubject[], view: TimeView): ShownHistory {
  const isVisible = useIsVisible()
  // one that stands still is asked for once
  const still = isLive(view) ? undefined : spanOf(view, 0)
  const key = [...subjects.map(subjectKey), view.range, still?.fromMs, still?.toMs].join(' ')
  const { value, error } = useAnswer(
    key,
    async () => {
      const span = spanOf(view, Date.now())
      return { key, span, answer: await api.stats.history({ subjects: [...subjects], ...span, maxPoints }) }
    },
    {
      isWanted: isVisible,
      ...(still ? {} : { everyMs: refreshMs(spanOf(view, 0)) }),
    },
  )
  // a disk that was plugged in changes the question: until its answer is there the charts stay as they are
  const [last, setLast] = useState(value)
  useEffect(() => {
    if (value) setLast(value)
  }, [value])
  const [begunMs] = useState(Date.now)
  const shown = value ?? (last && sameView(last.key, key) ? last : undefined)
  return { span: shown?.span ?? spanOf(view, begunMs), answer: shown?.answer, error }
}

/** Of the same VM or host: the first subject says so. */
function sameView(one: string, other: string): boolean {
  const first = (text: string): string => text.split(' ').slice(0, 2).join(' ')
  return first(one) === first(other)
}

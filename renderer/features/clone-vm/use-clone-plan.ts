import { useEffect, useState } from 'react'
import type { CloneInput, ClonePlan } from '../../../shared/model/clone'
import { api } from '../../api/client'
import { useAnswer, type Answer } from '../../api/use-answer'

/** Asking looks at the host, so it waits until the user rests. */
const calmMs = 250

export interface PlannedClone {
  /** Of the last input that was answered: what is shown stays until there is something newer. */
  readonly plan: ClonePlan | undefined
  readonly error: Answer<ClonePlan>['error']
  /** The plan is of what is entered now. */
  readonly isCurrent: boolean
  readonly reload: () => void
}

/** `state`: of the original, whose change changes the answer. */
export function useClonePlan(input: CloneInput | undefined, state: string | undefined): PlannedClone {
  const wanted = input === undefined ? undefined : JSON.stringify([input, state])
  const [asked, setAsked] = useState<{ readonly key: string; readonly input: CloneInput }>()
  useEffect(() => {
    if (wanted === undefined || input === undefined) return
    const timer = setTimeout(() => setAsked({ key: wanted, input }), calmMs)
    return () => clearTimeout(timer)
    // `wanted` says all that `input` does
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [wanted])
  const answer = useAnswer(asked?.key, async () => {
    if (!asked) throw new Error('Nothing was asked')
    return api.vms.clonePlan(asked.input)
  })
  const [shown, setShown] = useState<ClonePlan>()
  if (answer.value !== undefined && answer.value !== shown) setShown(answer.value)
  return {
    plan: answer.value ?? shown,
    error: answer.error,
    isCurrent:
      wanted !== undefined && asked?.key === wanted && answer.value !== undefined && !answer.isLoading,
    reload: answer.reload,
  }
}

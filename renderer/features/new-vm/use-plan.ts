import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { NewVmInput, NewVmPlan } from '../../../shared/model/new-vm/new-vm'
import { api } from '../../api/client'

export interface Planned {
  /** Of the last input that was answered: what is shown stays until there is something newer. */
  readonly plan?: NewVmPlan
  readonly error?: ErrorData
  /** The plan is of what is entered now. */
  readonly isCurrent: boolean
}

/** Asking looks at the host, so it waits until the user rests. */
const calmMs = 250

/** What the host would make of the input. Answers that come after a newer question do not count. */
export function usePlan(input: NewVmInput | undefined): Planned & { readonly again: () => void } {
  const [told, setTold] = useState<{
    readonly key: string
    readonly plan?: NewVmPlan
    readonly error?: ErrorData
  }>()
  const [times, setTimes] = useState(0)
  const key = input === undefined ? undefined : `${times} ${JSON.stringify(input)}`
  useEffect(() => {
    if (key === undefined || input === undefined) return
    let isLatest = true
    const timer = setTimeout(() => {
      api.newVm.plan(input).then(
        (plan) => isLatest && setTold({ key, plan }),
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
    ...(told?.plan === undefined ? {} : { plan: told.plan }),
    ...(told?.error === undefined ? {} : { error: told.error }),
    isCurrent: key !== undefined && told?.key === key,
    again: () => setTimes((before) => before + 1),
  }
}

import { useEffect, useState } from 'react'
import { errorData, type ErrorData } from '../../../shared/errors'
import type { DeletePlan } from '../../../shared/model/delete-plan'
import { vmKey } from '../../../shared/model/ids'
import type { Vm } from '../../../shared/model/vm'
import { api } from '../../api/client'
import { keyOf, refOf } from '../../stores/vms'

export interface PlanAnswer {
  readonly plan?: DeletePlan
  readonly error?: ErrorData
}

/** A host looks at all of its storage for each. */
const width = 4

/**
 * Asked again when a VM's state changes, as a running VM blocks its own deletion, when others go along, and in each round.
 * Answers stay until new ones come, and when the VM is gone: what could not be deleted is read beside them.
 */
export function useDeletePlans(
  vms: readonly Vm[],
  goes: (vm: Vm) => boolean,
  round: number,
): ReadonlyMap<string, PlanAnswer> {
  const [answers, setAnswers] = useState<ReadonlyMap<string, PlanAnswer>>(new Map())
  const question = JSON.stringify([round, vms.map((vm) => [keyOf(vm), vm.state, goes(vm)])])
  useEffect(() => {
    let isCurrent = true
    const waiting = [...vms]
    const going = vms.filter(goes)
    const ask = async (): Promise<void> => {
      for (let vm = waiting.shift(); vm !== undefined; vm = waiting.shift()) {
        if (!isCurrent) return
        const { host, id } = vm
        const alongWith = going.filter((one) => one.host === host && one.id !== id).map((one) => one.id)
        const answer = await api.vms.deletePlan({ ...refOf(vm), alongWith }).then(
          (plan): PlanAnswer => ({ plan }),
          (reason: unknown): PlanAnswer => ({ error: errorData(reason) }),
        )
        if (isCurrent) setAnswers((known) => new Map(known).set(vmKey({ host, vm: id }), answer))
      }
    }
    for (let worker = 0; worker < width; worker += 1) void ask()
    return () => {
      isCurrent = false
    }
    // the question says all that matters of the others
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [question])
  return answers
}

import type { ErrorData } from '../../../shared/errors'
import type { NewVmInput, NewVmPlan } from '../../../shared/model/new-vm/new-vm'
import { api } from '../../api/client'
import { useAsked } from '../../api/use-asked'

export interface Planned {
  /** Of the last input that was answered: what is shown stays until there is something newer. */
  readonly plan?: NewVmPlan
  readonly error?: ErrorData
  /** The plan is of what is entered now. */
  readonly isCurrent: boolean
}

/** What the host would make of the input. */
export function usePlan(input: NewVmInput | undefined): Planned & { readonly again: () => void } {
  const { value, ...rest } = useAsked(input, (wanted): Promise<NewVmPlan> => api.newVm.plan(wanted))
  return { ...(value === undefined ? {} : { plan: value }), ...rest }
}

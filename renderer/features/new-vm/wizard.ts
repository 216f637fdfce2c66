import { createContext, useContext } from 'react'
import type { HostId } from '../../../shared/model/ids'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import type { Shown } from '../../../shared/model/new-vm/suggest'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import type { KnownOffer } from './use-offer'
import type { StepId } from './steps'

/** What the steps show and change. */
export interface Wizard {
  readonly host: HostId
  readonly wishes: Wishes
  readonly shown: Shown
  readonly known: KnownOffer
  /** Those to be told at their fields: what is missing only once the user wanted to go on. */
  readonly problems: readonly PlanProblem[]
  readonly set: (change: Partial<Wishes>) => void
  /** Back to what is suggested. */
  readonly clear: (...keys: (keyof Wishes)[]) => void
  readonly goTo: (step: StepId) => void
}

export const WizardContext = createContext<Wizard | undefined>(undefined)

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext)
  if (!wizard) throw new Error('A step is drawn outside of the wizard')
  return wizard
}

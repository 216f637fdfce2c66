import { createContext, useContext, type ComponentType } from 'react'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import type { ChangePreview, HardwareView } from '../../../shared/model/hardware/view'
import type { HostId } from '../../../shared/model/ids'
import type { PlanProblem } from '../../../shared/model/new-vm/new-vm'
import type { Shown } from '../../../shared/model/new-vm/suggest'
import type { Wishes } from '../../../shared/model/new-vm/wishes'
import type { KnownOffer } from './use-offer'
import type { StepId } from './steps'

/** The hardware editor, which is a feature of its own and handed in. */
export type DraftEditor = ComponentType<{
  readonly host: HostId
  readonly view: HardwareView
  readonly changes: readonly HardwareChange[]
  /** What the host has against them. */
  readonly problem: string | undefined
  readonly onChange: (changes: readonly HardwareChange[]) => void
  readonly preview: (changes: readonly HardwareChange[]) => Promise<ChangePreview>
  readonly onClose: () => void
}>

/** What the steps show and change. */
export interface Wizard {
  readonly host: HostId
  readonly DraftEditor: DraftEditor
  readonly wishes: Wishes
  readonly shown: Shown
  readonly known: KnownOffer
  /** Those to be told at their fields: what is missing only once the user wanted to go on. */
  readonly problems: readonly PlanProblem[]
  readonly set: (change: Partial<Wishes>) => void
  /** Back to what is suggested. */
  readonly clear: (...keys: (keyof Wishes)[]) => void
  /** Typed on the XML page and not taken over. */
  readonly typedXml: string | undefined
  readonly typeXml: (text: string | undefined) => void
  readonly goTo: (step: StepId) => void
  /** Asks the host anew what it would make of it. */
  readonly planAgain: () => void
}

export const WizardContext = createContext<Wizard | undefined>(undefined)

export function useWizard(): Wizard {
  const wizard = useContext(WizardContext)
  if (!wizard) throw new Error('A step is drawn outside of the wizard')
  return wizard
}

import { createContext, useContext } from 'react'
import type { FieldValue, Values } from '../../../../shared/model/hardware/field'
import type { Fix, HardwareContext, Kind, Problem } from '../../../../shared/model/hardware/kind'
import type { ItemRef } from '../../../../shared/model/hardware/view'
import type { VmRef } from '../../../../shared/model/ids'

/** What the fields of one form read and write: an item of the VM, or a device that is about to be added. */
export interface FormScope {
  readonly target: VmRef
  readonly kind: Kind
  /** Absent for a device that is not added yet. */
  readonly item?: ItemRef
  readonly values: Values
  readonly context: HardwareContext
  /** Sets several fields at once; undefined unsets. */
  readonly set: (values: Values) => void
  /** Why nothing can be changed. */
  readonly disabledReason?: string
  /** What is wrong with what stands in a field: its own rule, or what the host said. */
  readonly problemAt: (field: string) => string | undefined
  /** What the kind's rules say about the whole. */
  readonly problems: readonly Problem[]
  readonly fix: (fixes: readonly Fix[]) => void
  /** Adds devices of a kind besides, or instead of, the one of this form: what goes to a VM only together. */
  readonly addDevices?: (kind: string, devices: readonly Values[]) => void
  readonly isChanged: (field: string) => boolean
  /** Absent where nothing is stored to go back to. */
  readonly undo?: (field: string) => void
  /** Why a changed field waits for the next start; undefined when it does not. */
  readonly waitingAt: (field: string) => string | undefined
  /** What the running guest has instead of what is stored. */
  readonly runningAt: (field: string) => { readonly value: FieldValue | undefined } | undefined
}

export const ScopeContext = createContext<FormScope | undefined>(undefined)

export function useScope(): FormScope {
  const scope = useContext(ScopeContext)
  if (!scope) throw new Error('A field is drawn outside of a form')
  return scope
}

import { createContext, useContext, type ComponentType, type ReactNode } from 'react'
import type { FieldValue, Values } from '../../shared/model/hardware/field'
import type { Fix, Group, HardwareContext, Kind, Problem } from '../../shared/model/hardware/kind'
import type { ItemRef } from '../../shared/model/hardware/view'
import type { HostId, VmId } from '../../shared/model/ids'

/** What a form needs to know of a kind; those of hardware tell more. */
export type FormKind = Pick<Kind, 'id' | 'label' | 'fields' | 'groups'>

/** What draws a group instead of plain fields; all but the group it gets by `useScope()`. */
export type Panel = ComponentType<{ readonly group: Group }>

/**
 * What the fields of one form read and write: an item of a VM, a device that is about to be added, or anything else of
 * a host that has fields.
 */
export interface FormScope {
  /** Where the fields look for what they offer; the VM too, when they are about one. */
  readonly target: { readonly host: HostId; readonly vm?: VmId }
  readonly kind: FormKind
  /** Absent for a device that is not added yet. */
  readonly item?: ItemRef
  readonly values: Values
  /** What is known of the VM; absent where there is none. */
  readonly context?: HardwareContext
  /** Sets several fields at once; undefined unsets. */
  readonly set: (values: Values) => void
  /** Why nothing can be changed. */
  readonly disabledReason?: string
  /** What is wrong with what stands in a field: its own rule, or what the host said. */
  readonly problemAt: (field: string) => string | undefined
  /** What the kind's rules say about the whole. */
  readonly problems: readonly Problem[]
  /** Absent where no rule offers a way out. */
  readonly fix?: (fixes: readonly Fix[]) => void
  /** By `Group.panel`. A group whose panel is not here is drawn as plain fields. */
  readonly panels?: { readonly [panel: string]: Panel | undefined }
  /** Stands above the fields of the first group. */
  readonly lead?: ReactNode
  /** Absent where nothing is stored that could differ, as are the next three. */
  readonly isChanged?: (field: string) => boolean
  readonly undo?: (field: string) => void
  /** Why a changed field waits for the next start; undefined when it does not. */
  readonly waitingAt?: (field: string) => string | undefined
  /** What the running guest has instead of what is stored. */
  readonly runningAt?: (field: string) => { readonly value: FieldValue | undefined } | undefined
}

/** Of these a form need not speak; who reads them always gets an answer. */
const usual = {
  isChanged: () => false,
  waitingAt: () => undefined,
  runningAt: () => undefined,
} satisfies Partial<FormScope>

export type FullScope = FormScope & Required<Pick<FormScope, keyof typeof usual>>

export const ScopeContext = createContext<FormScope | undefined>(undefined)

export function useScope(): FullScope {
  const scope = useContext(ScopeContext)
  if (!scope) throw new Error('A field is drawn outside of a form')
  return { ...usual, ...scope }
}

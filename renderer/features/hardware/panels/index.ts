import type { ComponentType } from 'react'
import { BootOrderPanel } from './BootOrderPanel'
import { CpuFeaturesPanel } from './CpuFeaturesPanel'
import { CpuPinningPanel } from './CpuPinningPanel'
import { CpuTopologyPanel } from './CpuTopologyPanel'
import type { PanelProps } from './panel'

/**
 * Groups that plain fields cannot draw well, by `Group.panel`. A panel reads and writes by `useScope()` of form/scope and
 * may draw any of its fields as usual with form/FieldLine. A name that is not here falls back to plain fields.
 */
export const panels: { readonly [panel: string]: ComponentType<PanelProps> | undefined } = {
  'boot-order': BootOrderPanel,
  'cpu-features': CpuFeaturesPanel,
  'cpu-pinning': CpuPinningPanel,
  'cpu-topology': CpuTopologyPanel,
}

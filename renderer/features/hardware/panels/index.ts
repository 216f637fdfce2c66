import type { Panel } from '../../../form/scope'
import { BootOrderPanel } from './BootOrderPanel'
import { CpuFeaturesPanel } from './CpuFeaturesPanel'
import { CpuPinningPanel } from './CpuPinningPanel'
import { CpuTopologyPanel } from './CpuTopologyPanel'

/**
 * Groups that plain fields cannot draw well, by `Group.panel`. A panel reads and writes by `useHardwareScope()` and may
 * draw any of its fields as usual with form/FieldLine. A panel of a page (not of a device that can be added) may also use
 * `useSession()`, for changes that are no fields, such as `setBootOrder` of draft.ts with `putChanges` of store.ts.
 */
export const panels: { readonly [panel: string]: Panel | undefined } = {
  'boot-order': BootOrderPanel,
  'cpu-features': CpuFeaturesPanel,
  'cpu-pinning': CpuPinningPanel,
  'cpu-topology': CpuTopologyPanel,
}

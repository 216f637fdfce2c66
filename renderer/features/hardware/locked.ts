import type { Host } from '../../../shared/model/host'
import type { HardwareView } from '../../../shared/model/hardware/view'
import { foreignReason, templateReason, type Vm } from '../../../shared/model/vm'

/** Why the hardware can only be looked at now. */
export function whyLocked(
  host: Host | undefined,
  view: HardwareView | undefined,
  isThere: boolean,
  vm: Pick<Vm, 'isTemplate' | 'isForeign'> | undefined,
): string | undefined {
  if (!isThere) return 'This VM no longer exists'
  if (host?.status.kind !== 'connected') return 'The host is not connected'
  if (host.status.info.isReadOnly)
    return 'This connection is read-only. To change anything, edit the host and untick “Only look: connect read-only”'
  if (vm?.isForeign === true) return foreignReason
  if (vm?.isTemplate === true) return templateReason
  if (view && !view.isPersistent && !view.isRunning) return 'A transient VM that is off has no hardware'
  return undefined
}

import type { HardwareContext, Kind } from '../../../shared/model/hardware/kind'
import type { Values } from '../../../shared/model/hardware/field'
import type { VmRef } from '../../../shared/model/ids'
import { useScope, type FormScope, type FullScope } from '../../form/scope'

/** A form about a VM's hardware knows the VM; other forms do not. */
export interface HardwareScope extends FormScope {
  readonly target: VmRef
  readonly kind: Kind
  readonly context: HardwareContext
  /** Adds devices of a kind besides, or instead of, the one of this form: what goes to a VM only together. */
  readonly addDevices?: (kind: string, devices: readonly Values[]) => void
}

export function useHardwareScope(): FullScope & HardwareScope {
  const scope = useScope()
  if (!isOfHardware(scope)) throw new Error('A part of the hardware pages is drawn in another form')
  return scope
}

function isOfHardware(scope: FullScope): scope is FullScope & HardwareScope {
  return scope.target.vm !== undefined && scope.context !== undefined && 'role' in scope.kind
}

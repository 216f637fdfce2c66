import type { ErrorData } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { plain, type Values } from '../../../shared/model/hardware/field'
import { identityFields } from '../../../shared/model/hardware/host-device-rows'
import type { ItemRef } from '../../../shared/model/hardware/view'
import { isSameRef, type ShownItem } from './draft'

interface Refusal {
  readonly error: ErrorData
  readonly item?: ItemRef
}

/** Where a refusal belongs: at the field it names, or at the device of the host that the host's words are about. */
export function placeOfRefusal(
  changes: readonly HardwareChange[],
  items: readonly ShownItem[],
  error: ErrorData,
): Refusal {
  const { field } = error
  for (const change of changes) {
    const ref = refOf(change)
    if (!ref) continue
    if (field !== undefined) {
      if (touches(change, field)) return { error, item: ref }
      continue
    }
    const values = items.find((item) => isSameRef(item.ref, ref))?.values ?? {}
    const named = identityFields(ref.kind, values).find((id) => isNamedIn(error, values, id))
    if (named !== undefined) return { error: atDevice(error, named), item: ref }
  }
  return { error }
}

/** Its own words say more than the kind of error: which VM has the device, which other one is missing. */
function atDevice(error: ErrorData, field: string): ErrorData {
  const { message, detail } = error
  return { ...error, field, message: detail === undefined ? message : `${message}: ${detail}` }
}

function refOf(change: HardwareChange): ItemRef | undefined {
  if (change.kind === 'set') return change.item
  return change.kind === 'add' ? { kind: change.device, key: change.key } : undefined
}

function touches(change: HardwareChange, field: string): boolean {
  if (change.kind === 'set') return field in change.values || (change.unset?.includes(field) ?? false)
  return change.kind === 'add' && field in change.values
}

/** "PCI device 0000:01:00.0 is in use…": short words could be anything. */
function isNamedIn({ message, detail = '' }: ErrorData, values: Values, id: string): boolean {
  const name = plain(values[id]).toLowerCase()
  return name.length >= 7 && `${message} ${detail}`.toLowerCase().includes(name)
}

import { effectOf } from '../../../../shared/model/hardware/effects'
import type { ItemRef } from '../../../../shared/model/hardware/view'
import { canBoot, setBootOrder, undoBootOrder, isSameRef, shownItems, type ShownItem } from '../draft'
import { useSession } from '../session'
import { hardwareOf, putChanges } from '../store'
import { bootOrderOf, isSameOrder } from './boot-list'

export interface BootPanel {
  /** Those that are tried come first, in their order. */
  readonly devices: readonly ShownItem[]
  readonly order: readonly ItemRef[]
  readonly isByKind: boolean
  readonly isChanged: boolean
  /** Why a change waits for the next start. */
  readonly waiting?: string
  /** What the running guest was started from, where that differs. */
  readonly running?: readonly ItemRef[]
  readonly put: (order: readonly ItemRef[]) => void
  readonly undo: () => void
}

export function useBootOrder(): BootPanel {
  const session = useSession()
  const { key, view, context, state } = session
  const items = context.items as readonly ShownItem[]
  const { order, isByKind } = bootOrderOf(items)
  const stored = bootOrderOf(view.items)
  const isChanged = isByKind !== stored.isByKind || !isSameOrder(order, stored.order)
  const placeOf = ({ ref }: ShownItem): number => {
    const at = order.findIndex((one) => isSameRef(one, ref))
    return at === -1 ? order.length : at
  }
  const effect = effectOf({ kind: 'boot-order', order: [] }, session.storedContext, state.when)
  const waits = view.pending.some(
    ({ what }) => what.kind === 'changed' && (what.field === 'bootOrder' || what.field === 'legacyBoot'),
  )
  const alive = view.items.flatMap(({ ref, live }) => (live ? [{ ref, values: live }] : []))
  return {
    devices: items.filter(canBoot).toSorted((a, b) => placeOf(a) - placeOf(b)),
    order,
    isByKind,
    isChanged,
    ...(isChanged && view.isRunning && effect.why !== undefined ? { waiting: effect.why } : {}),
    ...(!isChanged && waits ? { running: bootOrderOf(alive).order } : {}),
    put: (next) => {
      const without = undoBootOrder(hardwareOf(key).changes)
      const before = bootOrderOf(shownItems(view, without).filter(({ mark }) => mark !== 'removed'))
      putChanges(key, isSameOrder(before.order, next) ? without : setBootOrder(without, next))
    },
    undo: () => putChanges(key, undoBootOrder(hardwareOf(key).changes)),
  }
}

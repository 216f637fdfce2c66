/** What a VM starts from, whichever of libvirt's two ways its definition says it in. Pure. */
import { plain, type Row, type Values } from '../../../../shared/model/hardware/field'
import type { ItemRef } from '../../../../shared/model/hardware/view'
import { canBoot, isSameRef } from '../draft'

export interface BootItem {
  readonly ref: ItemRef
  readonly values: Values
}

export interface BootOrder {
  /** Devices that are tried, the first one first. */
  readonly order: readonly ItemRef[]
  /** It follows from kinds of devices. */
  readonly isByKind: boolean
}

export function bootOrderOf(items: readonly BootItem[]): BootOrder {
  const devices = items.filter(canBoot)
  const placed = devices
    .filter(({ values }) => typeof values['bootOrder'] === 'number')
    .toSorted((a, b) => Number(a.values['bootOrder']) - Number(b.values['bootOrder']))
  if (placed.length > 0) return { order: placed.map(({ ref }) => ref), isByKind: false }
  const kinds = kindsOf(items.find(({ ref }) => ref.kind === 'boot')?.values ?? {})
  // as QEMU is told: of each kind the first one
  const order = kinds.flatMap((kind) => devices.find((one) => bootKindOf(one) === kind)?.ref ?? [])
  return { order, isByKind: kinds.length > 0 }
}

function kindsOf({ legacyBoot }: Values): unknown[] {
  const rows = Array.isArray(legacyBoot) ? (legacyBoot as readonly Row[]) : []
  return [...new Set(rows.map(({ device }) => device))]
}

function bootKindOf({ ref, values }: BootItem): string | undefined {
  if (ref.kind === 'nic') return 'network'
  if (ref.kind !== 'disk') return undefined
  return { cdrom: 'cdrom', floppy: 'fd' }[plain(values['device'])] ?? 'hd'
}

export function isSameOrder(a: readonly ItemRef[], b: readonly ItemRef[]): boolean {
  return a.length === b.length && a.every((ref, at) => isSameRef(ref, b[at] ?? { kind: '', key: '' }))
}

/** A device to another place, counted without it. */
export function moved(order: readonly ItemRef[], ref: ItemRef, to: number): ItemRef[] {
  const rest = order.filter((one) => !isSameRef(one, ref))
  return rest.toSpliced(Math.max(0, Math.min(to, rest.length)), 0, ref)
}

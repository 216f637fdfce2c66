/** Drives of a VM with discs in them, as its stored definition has them. */
import { plain } from '../../../shared/model/hardware/field'
import { hasMedium, isRemovable } from '../../../shared/model/hardware/kinds/disk-when'
import type { HardwareItem, HardwareView } from '../../../shared/model/hardware/view'

export interface FullDrive {
  readonly item: HardwareItem
  readonly place: string
}

export function fullDrives({ items }: Pick<HardwareView, 'items'>): FullDrive[] {
  return items.flatMap((item) => {
    const { ref, values } = item
    if (ref.kind !== 'disk' || !isRemovable(values) || !hasMedium(values)) return []
    const place =
      plain(values['file']) ||
      plain(values['blockDevice']) ||
      (plain(values['volume']) === '' ? '' : `${plain(values['pool'])}/${plain(values['volume'])}`)
    return place === '' ? [] : [{ item, place }]
  })
}

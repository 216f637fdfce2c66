import { plain } from '../../shared/model/hardware/field'
import { itemsOf, type HardwareContext } from '../../shared/model/hardware/kind'

/** The VM's own disks by the path of their image: "vda of this VM". */
export function diskUsers(context: HardwareContext | undefined): ReadonlyMap<string, string> {
  return new Map(
    (context ? itemsOf(context, 'disk') : []).flatMap(({ values }): [string, string][] => {
      const path = plain(values.file) || plain(values.blockDevice)
      return path === '' ? [] : [[path, `this VM, ${plain(values.target)}`]]
    }),
  )
}

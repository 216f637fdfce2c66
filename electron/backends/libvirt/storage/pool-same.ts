/** Whether two forms are about the same thing on the host or the server. */
import type { Values } from '../../../../shared/model/hardware/field'

/** What names a source among those of its type; the rest is how it is used. */
const names = [
  'server',
  'exportPath',
  'target',
  'volumeGroup',
  'glusterVolume',
  'device',
  'adapterName',
] as const

export function isSameSource(type: string, found: Values, pool: Values): boolean {
  return (
    pool['type'] === type &&
    names.some((name) => found[name] !== undefined) &&
    names.every((name) => found[name] === undefined || found[name] === pool[name])
  )
}

/** What the devices of a running guest read and write: found by the names that the devices have. */
import { parseXml } from '../../../domain-xml/document'
import { objectsIn, isObject, type Json } from '../../../qmp/index'
import { idsOf } from '../argv/ids'
import { machineFacts } from '../argv/machine-facts'
import { Reading } from '../argv/reading'
import type { Guest } from '../guest'

/** The uppermost node of each disk that has anything in it: snapshots put one above another. */
export async function topNodes(guest: Guest, definition: string): Promise<Map<string, string>> {
  const domain = new Reading(parseXml(definition, 'the definition that runs').root)
  const devices = domain.child('devices')?.all() ?? []
  const ids = idsOf(devices, machineFacts(domain))
  const blocks = objectsIn(await guest.execute('query-block'))
  return new Map(
    devices.flatMap((device) => {
      const target = device.name === 'disk' ? device.child('target')?.attr('dev') : undefined
      const id = ids.get(device)
      const inserted = blocks.find(({ qdev }) => isOf(qdev, id))?.['inserted']
      const node = isObject(inserted) ? inserted['node-name'] : undefined
      return target === undefined || typeof node !== 'string' ? [] : [[target, node] as const]
    }),
  )
}

/** "virtio-disk0" is told as "/machine/peripheral/virtio-disk0/virtio-backend". */
function isOf(qdev: Json | undefined, id: string | undefined): boolean {
  return typeof qdev === 'string' && id !== undefined && qdev.split('/').includes(id)
}

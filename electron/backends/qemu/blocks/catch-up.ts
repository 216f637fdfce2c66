/**
 * Whoever has QEMU switch a disk writes down afterwards where it is. When they are lost in between, the definition names an
 * image that the guest has left, and the next start would go on with that one.
 */
import { readDisks } from '../../../domain-xml/disks'
import { parseXml } from '../../../domain-xml/document'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { moveDisks, type DiskMove } from './definitions'
import { openNodes } from './nodes'
import { topNodes } from './top-nodes'

/** Of all guests that run. */
export async function catchUp(host: QemuHost): Promise<void> {
  for (const entry of host.inventory.known()) {
    const moves = await movesOf(entry)
    if (moves.length === 0) continue
    host.log(
      `${entry.record.name} has other images than was written down: ${moves.map(({ to }) => to).join(', ')}`,
    )
    await moveDisks(host, entry.id, moves)
  }
}

async function movesOf({ guest, running }: VmEntry): Promise<DiskMove[]> {
  if (!guest || running === undefined) return []
  const [tops, nodes] = await Promise.all([topNodes(guest, running), openNodes(guest)])
  return readDisks(parseXml(running).root).flatMap(({ target, device, source }): DiskMove[] => {
    const top = nodes.find(({ name }) => name === tops.get(target))
    if (device !== 'disk' || source?.kind !== 'path' || !top) return []
    const { path: to, format } = top
    return to === source.path || !to.startsWith('/') ? [] : [{ target, from: source.path, to, format }]
  })
}

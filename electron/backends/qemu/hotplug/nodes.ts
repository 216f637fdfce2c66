/** Nodes of the block layer of one disk: each is named after the target of the disk (argv/disks.ts). */
import { isObject, QmpError, type Json } from '../../../qmp/index'
import { isNodeOf } from '../blocks/node-names'
import type { Guest } from '../guest'

/** Names of all nodes that belong to a disk, layers below it and filters above it included. */
export async function nodesOf(guest: Guest, target: string): Promise<string[]> {
  const answer = await guest.execute('query-named-block-nodes')
  const list: readonly Json[] = Array.isArray(answer) ? answer : []
  const names = list.flatMap((one) => {
    const name = isObject(one) ? one['node-name'] : undefined
    return typeof name === 'string' ? [name] : []
  })
  return names.filter((name) => isNodeOf(target, name))
}

/**
 * Those that nothing uses. A layer goes with the one above it, or once that is gone: so it is tried until nothing more
 * goes. What stays is in use, by a copy that is under way, say.
 */
export async function removeNodes(
  guest: Guest,
  target: string,
  isWanted: (name: string) => boolean = () => true,
): Promise<void> {
  for (let left = -1; ; ) {
    const names = (await nodesOf(guest, target)).filter(isWanted)
    if (names.length === 0 || names.length === left) return
    left = names.length
    for (const name of names) {
      try {
        await guest.execute('blockdev-del', { 'node-name': name })
      } catch (error) {
        if (!(error instanceof QmpError)) throw error
      }
    }
  }
}

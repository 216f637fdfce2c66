/** A disk's node of the block layer as the command for a definition would make it, so that what runs is what is stored. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import { isObject, type JsonObject } from '../../../qmp/index'
import type { ArgvPlan } from '../argv/plan'
import { planOf, type Starting } from '../start'

export interface NodeWish {
  readonly id: VmId
  readonly definition: string
  readonly folder: string
  readonly target: string
  /** Names in QEMU have at most 31 bytes. */
  readonly nodeName: string
}

/** Without what lies below it, which the caller says. */
export async function plannedNode(starting: Starting, wish: NodeWish): Promise<JsonObject> {
  const { nodeName, target } = wish
  const node = nodeIn(await planOf(starting, wish), `drive-${target}`)
  if (!node) throw new AppError('invalid', `The VM has no disk ${target} that QEMU reads from a file`)
  const { file } = node
  const { 'node-name': _, ...named } = isObject(file) ? file : {}
  const { backing: __, ...own } = node
  return { ...own, 'node-name': nodeName, file: named }
}

function nodeIn({ parts }: ArgvPlan, name: string): JsonObject | undefined {
  for (const { words } of parts)
    for (const [at, word] of words.entries()) {
      const text = words[at + 1]
      if (word !== '-blockdev' || text?.startsWith('{') !== true) continue
      const node: unknown = JSON.parse(text)
      if (isNode(node) && node['node-name'] === name) return node
    }
  return undefined
}

function isNode(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

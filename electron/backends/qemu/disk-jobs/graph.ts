/**
 * Which nodes a job has. Only x-debug-query-block-graph tells (QEMU 4.0 and newer), which may change: what it does not tell is
 * left out.
 */
import { objectsIn, isObject, QmpError, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'

export interface BlockGraph {
  /** The disk that it works on. */
  targetOf(job: string): string | undefined
  /** The node that it writes to, for copies and merges of the top layer. */
  writtenBy(job: string): string | undefined
}

interface Edge {
  readonly parent: number
  readonly child: number
  readonly name: string
}

export async function readGraph(guest: Guest): Promise<BlockGraph | undefined> {
  try {
    const answer = await guest.execute('x-debug-query-block-graph')
    return isObject(answer) ? graphOf(answer) : undefined
  } catch (error) {
    if (error instanceof QmpError) return undefined
    throw error
  }
}

function graphOf({ nodes = [], edges = [] }: JsonObject): BlockGraph {
  const all = objectsIn(nodes).flatMap(({ id, type, name }) =>
    typeof id === 'number' && typeof type === 'string' && typeof name === 'string'
      ? [{ id, type, name }]
      : [],
  )
  const between = objectsIn(edges).flatMap(({ parent, child, name }): Edge[] =>
    typeof parent === 'number' && typeof child === 'number' && typeof name === 'string'
      ? [{ parent, child, name }]
      : [],
  )
  const nameOf = (id: number): string => all.find((one) => one.id === id)?.name ?? ''
  const below = (id: number): Edge[] => between.filter(({ parent }) => parent === id)
  const jobOf = (job: string): number | undefined =>
    all.find(({ type, name }) => type === 'block-job' && name === job)?.id
  /** Down through what stands before the disk meanwhile. */
  const targetBelow = (id: number, depth = 0): string | undefined => {
    const target = /^drive-([^-]+)(?:-|$)/.exec(nameOf(id))?.[1]
    if (target !== undefined || depth > 8) return target
    for (const { child } of below(id)) {
      const found = targetBelow(child, depth + 1)
      if (found !== undefined) return found
    }
    return undefined
  }
  return {
    targetOf(job) {
      const id = jobOf(job)
      const main = id === undefined ? undefined : below(id).find(({ name }) => name === 'main node')
      return main && targetBelow(main.child)
    },
    writtenBy(job) {
      const id = jobOf(job)
      const to = id === undefined ? undefined : below(id).find(({ name }) => name === 'target')
      return to && nameOf(to.child)
    },
  }
}

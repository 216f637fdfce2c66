/** Jobs on the disks of a running guest, whoever began them. */
import { objectsIn } from '../../../qmp/index'
import type { DiskJob, DiskJobKind } from '../../../../shared/model/disk-jobs/disk-job'
import type { Guest } from '../guest'
import { nodeNameOf, readJobId } from '../blocks/job-ids'
import { openNodes } from '../blocks/nodes'
import { readGraph, type BlockGraph } from './graph'

/** qapi/block-core.json, JobType. */
const kinds: Readonly<Record<string, DiskJobKind>> = {
  stream: 'flatten',
  mirror: 'copy',
  commit: 'merge',
  backup: 'backup',
}

export interface RunningJob extends DiskJob {
  readonly id: string
}

export async function readJobs(guest: Guest): Promise<RunningJob[]> {
  const jobs = objectsIn(await guest.execute('query-block-jobs'))
  if (jobs.length === 0) return []
  const [graph, nodes] = await Promise.all([readGraph(guest), openNodes(guest)])
  const pathOf = (name: string | undefined): string | undefined =>
    nodes.find((node) => node.name === name)?.path
  return jobs.flatMap((job): RunningJob[] => {
    const { device: id, type, len, offset, speed, ready } = job
    // one that has ended stays until it is dismissed
    if (typeof id !== 'string' || job['status'] === 'concluded') return []
    const name = readJobId(id)
    const target = name?.of ?? graph?.targetOf(id)
    if (target === undefined) return []
    const kind = name === undefined ? kindOf(type, id, graph) : wordKind(name.word)
    const to =
      kind === 'copy' || kind === 'merge-top'
        ? (pathOf(graph?.writtenBy(id)) ?? (name && pathOf(nodeNameOf(name.of, name.tail))))
        : undefined
    return [
      {
        id,
        target,
        kind,
        doneBytes: typeof offset === 'number' ? offset : 0,
        totalBytes: typeof len === 'number' ? len : 0,
        ...(typeof speed === 'number' && speed > 0 ? { limitBytesPerSecond: speed } : {}),
        isReady: ready === true,
        ...(to === undefined ? {} : { to }),
      },
    ]
  })
}

function wordKind(word: string): DiskJobKind {
  return word === 'snapshot' ? 'other' : (word as DiskJobKind)
}

/** Of the top layer into the one below it is one that ends in a switch: it has a node that it writes to. */
function kindOf(type: unknown, id: string, graph: BlockGraph | undefined): DiskJobKind {
  const kind = kinds[String(type)] ?? 'other'
  return kind === 'merge' && graph?.writtenBy(id) !== undefined ? 'merge-top' : kind
}

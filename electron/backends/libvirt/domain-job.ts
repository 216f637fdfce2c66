/**
 * Work of a domain that takes long, such as writing its memory to the host's disk. It has a connection of its own, as it
 * may take minutes and several may run at once; progress and cancelling go through the control connection meanwhile.
 */
import {
  RpcError,
  paramMap,
  virDomainJobType as jobType,
  virErrorNumber as codes,
  type DomainHandle,
  type LibvirtSession,
} from '../../libvirt-rpc/index'
import type { ActionContext } from '../backend'
import { numberIn } from './domain-stats'
import { cancelled } from './errors'
import type { LibvirtHost } from './host'

const pollMs = 500
export const domainJobLimitMs = 6 * 3_600_000

export async function runDomainJob(
  host: LibvirtHost,
  dom: DomainHandle,
  context: ActionContext,
  work: (session: LibvirtSession) => Promise<unknown>,
): Promise<void> {
  const { signal } = context
  const session = await host.openAnother()
  let isOver = false
  let isAsked = false
  const poll = async (): Promise<void> => {
    if (signal.aborted) isAsked = (await abortJob(host, dom)) || isAsked
    else await reportProgress(host, dom, context)
  }
  let timer: NodeJS.Timeout | undefined
  const beat = (): void => {
    clearTimeout(timer)
    if (isOver) return
    void poll()
      // progress that cannot be read is only not shown; the save itself tells how it ended
      .catch(() => undefined)
      .then(() => {
        if (!isOver) timer = setTimeout(beat, pollMs)
      })
  }
  signal.addEventListener('abort', beat)
  timer = setTimeout(beat, pollMs)
  try {
    await work(session)
    context.onProgress(1)
  } catch (error) {
    if (signal.aborted && isAsked && wasStopped(error)) throw cancelled()
    throw error
  } finally {
    isOver = true
    clearTimeout(timer)
    signal.removeEventListener('abort', beat)
    void session.close()
  }
}

/** False while the job has not begun yet; it is tried again then. */
async function abortJob(host: LibvirtHost, dom: DomainHandle): Promise<boolean> {
  try {
    await host.rpc.call('DOMAIN_ABORT_JOB', { dom }, { timeoutMs: 10_000 })
    return true
  } catch (error) {
    if (error instanceof RpcError) return false
    throw error
  }
}

function wasStopped(error: unknown): boolean {
  return (
    error instanceof RpcError &&
    (error.code === codes.VIR_ERR_OPERATION_ABORTED || error.code === codes.VIR_ERR_OPERATION_FAILED)
  )
}

async function reportProgress(host: LibvirtHost, dom: DomainHandle, context: ActionContext): Promise<void> {
  const { type, params } = await host.rpc.call(
    'DOMAIN_GET_JOB_STATS',
    { dom, flags: 0 },
    { priority: 'poll', timeoutMs: 5000 },
  )
  if (type !== jobType.VIR_DOMAIN_JOB_BOUNDED && type !== jobType.VIR_DOMAIN_JOB_UNBOUNDED) return
  const values = paramMap(params)
  // a dump of the memory counts that alone
  const total = numberIn(values, 'data_total') ?? numberIn(values, 'memory_total') ?? 0
  const done = numberIn(values, 'data_processed') ?? numberIn(values, 'memory_processed') ?? 0
  if (total > 0) context.onProgress(Math.min(1, done / total))
}

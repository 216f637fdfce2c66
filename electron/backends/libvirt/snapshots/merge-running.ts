/** An overlay of a running guest goes into the file below it, by QEMU itself (virDomainBlockCommit). */
import { setTimeout as delay } from 'node:timers/promises'
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import {
  hyperNumber,
  virDomainBlockCommitFlags as commitFlags,
  virDomainBlockJobAbortFlags as abortFlags,
  type DomainHandle,
} from '../../../libvirt-rpc/index'
import type { ActionContext } from '../../backend'
import type { MergeOrder } from '../../snapshots/driver'
import { domainOf } from '../domain-handle'
import { cancelled } from '../errors'
import { changeTimeoutMs, domainDocument, readTimeoutMs, type LibvirtHost } from '../host'
import { readDisks } from '../../../domain-xml/disks'

const pollMs = 300

export async function mergeRunning(
  host: LibvirtHost,
  id: VmId,
  { target, overlay, base, above }: MergeOrder,
  { signal, onProgress }: ActionContext,
): Promise<void> {
  const dom = domainOf(id, host.inventory.nameOf(id))
  const isActiveLayer = above === undefined
  const flags =
    commitFlags.VIR_DOMAIN_BLOCK_COMMIT_DELETE |
    (isActiveLayer ? commitFlags.VIR_DOMAIN_BLOCK_COMMIT_ACTIVE : 0)
  await host.rpc.callJob(
    'DOMAIN_BLOCK_COMMIT',
    { dom, disk: target, base, top: overlay, bandwidth: 0, flags },
    { timeoutMs: changeTimeoutMs },
  )
  for (;;) {
    if (signal.aborted) {
      await end(host, dom, target, 0)
      throw cancelled()
    }
    const job = await host.rpc.call(
      'DOMAIN_GET_BLOCK_JOB_INFO',
      { dom, path: target, flags: 0 },
      { timeoutMs: readTimeoutMs },
    )
    if (job.found === 0) break
    const [done, total] = [hyperNumber(job.cur), hyperNumber(job.end)]
    if (total > 0) onProgress(done / total)
    // libvirt tells less than all until the mirror is ready to be turned to (qemuDomainGetBlockJobInfo)
    if (isActiveLayer && total > 0 && done === total) {
      await end(host, dom, target, abortFlags.VIR_DOMAIN_BLOCK_JOB_ABORT_PIVOT)
      break
    }
    await delay(pollMs)
  }
  await refuseUnlessGone(host, id, target, overlay)
}

async function end(host: LibvirtHost, dom: DomainHandle, path: string, flags: number): Promise<void> {
  await host.rpc.callJob('DOMAIN_BLOCK_JOB_ABORT', { dom, path, flags }, { timeoutMs: changeTimeoutMs })
}

/** A job that fails ends as quietly as one that is done; what the disk is made of tells. */
async function refuseUnlessGone(host: LibvirtHost, id: VmId, target: string, overlay: string): Promise<void> {
  const disk = readDisks(await domainDocument(host, id)).find((one) => one.target === target)
  const sources = [disk?.source, ...(disk?.backing ?? [])]
  if (!sources.some((source) => source?.kind === 'path' && source.path === overlay)) return
  throw new AppError('internal', `${overlay} could not be merged into the file below it`, {
    cure: 'All disks are whole, and nothing is lost. See the log of the VM on the host for the reason, for example a full disk.',
  })
}

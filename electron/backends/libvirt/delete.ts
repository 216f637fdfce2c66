/** Deleting a VM: the definition first (disks without a VM are better than a VM without disks), then the chosen files. */
import { AppError, errorData } from '../../../shared/errors'
import type {
  DeleteOutcome,
  DeletePlan,
  DeletePlanFile,
  FileOutcome,
} from '../../../shared/model/delete-plan'
import type { VmId } from '../../../shared/model/ids'
import { RpcError, isNoStorageVol } from '../../libvirt-rpc/index'
import type { ActionContext, DeleteRequest } from '../backend'
import { inDeletionOrder, refuseChosen } from '../delete-choice'
import { workOutDeletePlan, type DeleteTools } from './delete-plan'
import { domainOf } from './domain-handle'
import { cancelled, toAppError } from './errors'
import { given } from '../../../shared/given'
import type { LibvirtHost } from './host'
import { undefine } from './undefine'
import type { Volume } from './volumes'

/** Large images on slow storage. */
const fileTimeoutMs = 600_000

export async function deleteVm(
  host: LibvirtHost,
  tools: DeleteTools,
  id: VmId,
  request: DeleteRequest,
  context: ActionContext,
): Promise<DeleteOutcome> {
  if (context.signal.aborted) throw cancelled()
  const { plan, record, volumes } = await workOutDeletePlan(host, tools, id)
  if (plan.blockedBy !== undefined) {
    throw new AppError('invalid', plan.blockedBy, { cure: 'Shut it down or force it off, then delete it.' })
  }
  refuseChosen(plan, request)
  if (context.signal.aborted) throw cancelled()

  const { keepParts = [] } = request
  await undefine(host, domainOf(id, record.name), plan.parts, keepParts)
  await host.inventory.settle(id).catch(() => undefined)

  const ends = await deleteFiles(host, plan, new Set(request.files), volumes, context)
  context.onProgress(1)
  return {
    vm: id,
    name: record.name,
    isDeleted: true,
    keptParts: plan.parts.flatMap(({ kind, text, fixed }) =>
      fixed?.to === 'stays' || keepParts.includes(kind) ? [text] : [],
    ),
    files: plan.files.map((file) => ends.get(file.path) ?? notChosen(file)),
  }
}

function notChosen({ path, keep, usedBy, sharedWith, volume }: DeletePlanFile): FileOutcome {
  const users = [...usedBy, ...sharedWith]
  const why = keep ?? (users.length > 0 ? `Also used by ${users.join(', ')}` : 'It was not chosen')
  return { path, result: 'kept', why, ...given('volume', volume) }
}

/** A file that cannot be deleted keeps only those that it is built on. */
async function deleteFiles(
  host: LibvirtHost,
  plan: DeletePlan,
  chosen: ReadonlySet<string>,
  volumes: ReadonlyMap<string, Volume>,
  context: ActionContext,
): Promise<Map<string, FileOutcome>> {
  const ends = new Map<string, FileOutcome>()
  const files = inDeletionOrder(plan.files.filter(({ path }) => chosen.has(path)))
  /** Why nothing more can be tried. */
  let whyOver: unknown
  for (const [index, file] of files.entries()) {
    const { path } = file
    const stays = (result: 'kept' | 'failed', why: string): void =>
      void ends.set(path, { path, result, why, ...given('volume', file.volume) })
    context.onProgress(index / files.length)
    const volume = volumes.get(path)
    const above = file.neededBy.find((overlay) => ends.get(overlay)?.result !== 'deleted')
    if (context.signal.aborted) whyOver ??= cancelled()
    if (whyOver !== undefined) stays('failed', inWords(whyOver))
    else if (above !== undefined) stays('failed', `${above} is built on it and is still there`)
    else if (!volume) stays('failed', 'Its storage pool no longer has it')
    else {
      const error = await deleteVolume(host, volume)
      if (error === undefined) ends.set(path, { path, result: 'deleted' })
      else {
        stays('failed', inWords(error))
        // without an answer of the host the others would not be deleted either
        if (!(error instanceof RpcError)) whyOver = error
      }
    }
  }
  return ends
}

/** What it failed with; gone already, by whoever, is what was wanted. */
async function deleteVolume(host: LibvirtHost, { handle }: Volume): Promise<unknown> {
  try {
    const args = { vol: handle, flags: 0 }
    await host.rpc.callJob('STORAGE_VOL_DELETE', args, { timeoutMs: fileTimeoutMs })
    return undefined
  } catch (error) {
    return isNoStorageVol(error) ? undefined : error
  }
}

function inWords(reason: unknown): string {
  const { message, detail } = errorData(toAppError(reason))
  return detail === undefined ? message : `${message} (${detail})`
}

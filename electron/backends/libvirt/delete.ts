/** Deleting a VM: the definition first (disks without a VM are better than a VM without disks), then the chosen files. */
import { AppError } from '../../../shared/errors'
import type { VmId } from '../../../shared/model/ids'
import {
  RpcError,
  isNoStorageVol,
  isRpcError,
  isUnsupported,
  virDomainUndefineFlagsValues as flag,
  type DomainHandle,
} from '../../libvirt-rpc/index'
import type { ActionContext } from '../backend'
import { refuseChosenFiles } from '../delete-choice'
import { workOutDeletePlan } from './delete-plan'
import { domainOf } from './domain-handle'
import { cancelled, toAppError } from './errors'
import { changeTimeoutMs, type LibvirtHost } from './host'

/** Large images on slow storage. */
const fileTimeoutMs = 600_000

export async function deleteVm(
  host: LibvirtHost,
  id: VmId,
  deleteFiles: readonly string[],
  context: ActionContext,
): Promise<void> {
  if (context.signal.aborted) throw cancelled()
  const { plan, record, volumes } = await workOutDeletePlan(host, id)
  if (plan.blockedBy !== undefined) {
    throw new AppError('invalid', plan.blockedBy, { cure: 'Shut it down or force it off, then delete it.' })
  }
  const paths = [...new Set(deleteFiles)]
  refuseChosenFiles(plan, paths)
  if (context.signal.aborted) throw cancelled()

  await undefine(host, domainOf(id, record.name))
  await host.inventory.settle(id).catch(() => undefined)

  const failed = new Map<string, unknown>()
  for (const [index, path] of paths.entries()) {
    context.onProgress(index / paths.length)
    if (context.signal.aborted) throw someRemain(failed, paths.slice(index), cancelled())
    const volume = volumes.get(path)
    if (!volume) continue
    try {
      await host.rpc.callJob(
        'STORAGE_VOL_DELETE',
        { vol: volume.handle, flags: 0 },
        { timeoutMs: fileTimeoutMs },
      )
    } catch (error) {
      // gone already, by whoever: that is what was wanted
      if (isNoStorageVol(error)) continue
      // without an answer of the host the others would not be deleted either
      if (!(error instanceof RpcError)) throw someRemain(failed, paths.slice(index), error)
      failed.set(path, error)
    }
  }
  const [first] = failed.values()
  if (failed.size > 0) throw someRemain(failed, [], first)
  context.onProgress(1)
}

/** `untried` are those that nothing was done to, because of `cause`. */
function someRemain(
  failed: ReadonlyMap<string, unknown>,
  untried: readonly string[],
  cause: unknown,
): AppError {
  const error = toAppError(cause)
  return new AppError(
    error instanceof AppError ? error.kind : 'internal',
    'The VM was deleted, but not all of its files',
    {
      cure: 'Delete them in their storage pool.',
      detail: [
        `Still there: ${[...failed.keys(), ...untried].join(', ')}`,
        ...[...failed].map(([path, reason]) => `${path}: ${inWords(reason)}`),
        ...(untried.length > 0 ? [inWords(cause)] : []),
      ].join('\n'),
      cause,
    },
  )
}

function inWords(reason: unknown): string {
  const error = toAppError(reason)
  if (!(error instanceof AppError)) return String(reason)
  return error.detail === undefined ? error.message : `${error.message} (${error.detail})`
}

/**
 * With all that hangs on the definition. Older hosts and other drivers refuse flags they do not know ("unsupported
 * flags", VIR_ERR_INVALID_ARG), so each try asks for less; what is then still in the way, libvirt itself says.
 */
const attempts: readonly number[] = [
  // TPM since libvirt 8.9, checkpoints since 5.6; the test driver knows the first two only
  flag.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
    flag.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
    flag.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA |
    flag.VIR_DOMAIN_UNDEFINE_NVRAM |
    flag.VIR_DOMAIN_UNDEFINE_TPM,
  flag.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
    flag.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
    flag.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA |
    flag.VIR_DOMAIN_UNDEFINE_NVRAM,
  flag.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE |
    flag.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA |
    flag.VIR_DOMAIN_UNDEFINE_NVRAM,
  flag.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE | flag.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA,
  flag.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE,
]

async function undefine(host: LibvirtHost, dom: DomainHandle): Promise<void> {
  const options = { timeoutMs: changeTimeoutMs }
  for (const flags of attempts) {
    try {
      return await host.rpc.callJob('DOMAIN_UNDEFINE_FLAGS', { dom, flags }, options)
    } catch (error) {
      if (isUnsupported(error)) break
      if (!isRpcError(error, 'VIR_ERR_INVALID_ARG')) throw error
    }
  }
  return host.rpc.callJob('DOMAIN_UNDEFINE', { dom }, options)
}

/** Removing a definition, with what hangs on it or without (virDomainUndefineFlagsValues). */
import { AppError } from '../../../shared/errors'
import type { DeletePlanPart, PartKind } from '../../../shared/model/delete-plan'
import {
  isRpcError,
  isUnsupported,
  virDomainUndefineFlagsValues as flag,
  type DomainHandle,
} from '../../libvirt-rpc/index'
import { changeTimeoutMs, type LibvirtHost } from './host'

/**
 * Older hosts and other drivers refuse flags they do not know ("unsupported flags", VIR_ERR_INVALID_ARG), so each try asks
 * for less, the newest first; what is then still in the way, libvirt itself says. Without the flag the state of a TPM
 * would go (see delete-parts.ts), so that wish is never given up; without the one for variables libvirt refuses.
 */
export function undefineTries(parts: readonly DeletePlanPart[], kept: readonly PartKind[]): number[] {
  const isKept = (kind: PartKind): boolean =>
    kept.includes(kind) || parts.some((part) => part.kind === kind && part.fixed?.to === 'stays')
  const tpm = parts.find(({ kind }) => kind === 'tpm')
  const must = tpm && tpm.fixed === undefined && isKept('tpm') ? flag.VIR_DOMAIN_UNDEFINE_KEEP_TPM : 0
  const wishes = [
    flag.VIR_DOMAIN_UNDEFINE_MANAGED_SAVE,
    flag.VIR_DOMAIN_UNDEFINE_SNAPSHOTS_METADATA,
    isKept('nvram') ? flag.VIR_DOMAIN_UNDEFINE_KEEP_NVRAM : flag.VIR_DOMAIN_UNDEFINE_NVRAM,
    flag.VIR_DOMAIN_UNDEFINE_CHECKPOINTS_METADATA,
    // of 8.9: without it only what the definition calls persistent stays
    ...(isKept('tpm') ? [] : [flag.VIR_DOMAIN_UNDEFINE_TPM]),
  ]
  const tries = wishes.map((_, at) =>
    wishes.slice(0, wishes.length - at).reduce((all, one) => all | one, must),
  )
  return must === 0 ? [...tries, 0] : tries
}

export async function undefine(
  host: LibvirtHost,
  dom: DomainHandle,
  parts: readonly DeletePlanPart[],
  kept: readonly PartKind[],
): Promise<void> {
  const options = { timeoutMs: changeTimeoutMs }
  const tries = undefineTries(parts, kept)
  for (const flags of tries) {
    if (flags === 0) break
    try {
      return await host.rpc.callJob('DOMAIN_UNDEFINE_FLAGS', { dom, flags }, options)
    } catch (error) {
      if (isUnsupported(error)) break
      if (!isRpcError(error, 'VIR_ERR_INVALID_ARG')) throw error
    }
  }
  if (!tries.includes(0)) {
    throw new AppError('unsupported', 'This host cannot keep the state of the TPM', {
      cure: 'Nothing was deleted. Let the state go with the VM, or keep the VM.',
    })
  }
  return host.rpc.callJob('DOMAIN_UNDEFINE', { dom }, options)
}

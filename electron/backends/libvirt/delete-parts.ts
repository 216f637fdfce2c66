/** What hangs on a definition: what libvirt removes with it in any case, and what may stay. */
import type { DeletePlanPart } from '../../../shared/model/delete-plan'
import type { VmRecord } from '../../../shared/model/vm'
import type { XmlElement } from '../../domain-xml/document'
import { RpcError, isNoDomain, type CallRet } from '../../libvirt-rpc/index'
import { counted } from '../counted'
import { domainOf } from './domain-handle'
import { given } from '../../../shared/given'
import { readTimeoutMs, type LibvirtHost } from './host'

/** VIR_DOMAIN_UNDEFINE_KEEP_TPM and _TPM are of libvirt 8.9. */
const tpmChoiceSince = 8_009_000

export async function goesAlongWith(host: LibvirtHost, record: VmRecord): Promise<string[]> {
  const dom = domainOf(record.id, record.name)
  const args = { dom, need_results: 1, flags: 0 }
  const options = { timeoutMs: readTimeoutMs }
  const [snapshots, checkpoints] = await Promise.all([
    unlessUnknown(host.rpc.call('DOMAIN_LIST_ALL_SNAPSHOTS', args, options)),
    unlessUnknown(host.rpc.call('DOMAIN_LIST_ALL_CHECKPOINTS', args, options)),
  ])
  const parts: string[] = []
  if (record.hasSavedState) parts.push('saved state')
  parts.push(...counted('snapshot', snapshots?.snapshots), ...counted('checkpoint', checkpoints?.checkpoints))
  return parts
}

/** `usersOf` tells which other VMs have this file for their own variables. */
export function partsOf(
  domain: XmlElement,
  libVersion: number,
  usersOf: (path: string) => readonly string[],
): DeletePlanPart[] {
  return [...variablesOf(domain, usersOf), ...tpmOf(domain, libVersion)]
}

function variablesOf(domain: XmlElement, usersOf: (path: string) => readonly string[]): DeletePlanPart[] {
  const os = domain.find('os')
  const nvram = os?.find('nvram')
  if (!nvram && os?.attribute('firmware') !== 'efi') return []
  const path = (nvram?.find('source')?.attribute('file') ?? nvram?.text() ?? '').trim()
  const users = path === '' ? [] : usersOf(path)
  const why = `They are also used by ${users.join(', ')}`
  return [
    {
      kind: 'nvram',
      text: path === '' ? 'UEFI variables' : `UEFI variables (${path})`,
      ...given('fixed', users.length === 0 ? undefined : ({ to: 'stays', why } as const)),
    },
  ]
}

/** What older hosts do, qemuTPMEmulatorCleanupHost has always done: the state goes unless it is called persistent. */
function tpmOf(domain: XmlElement, libVersion: number): DeletePlanPart[] {
  const backend = domain.find('devices', 'tpm', 'backend')
  if (backend?.attribute('type') !== 'emulator') return []
  const canChoose = libVersion >= tpmChoiceSince
  const isPersistent = backend.attribute('persistent_state') === 'yes'
  const fixed = canChoose
    ? undefined
    : isPersistent
      ? ({
          to: 'stays',
          why: 'It is kept by its definition, and this libvirt is too old to remove it',
        } as const)
      : ({ to: 'goes', why: 'libvirt older than 8.9 always removes it' } as const)
  return [{ kind: 'tpm', text: 'TPM state', ...given('fixed', fixed) }]
}

/** Drivers without snapshots or checkpoints have none of them. */
async function unlessUnknown<T extends CallRet<'DOMAIN_LIST_ALL_SNAPSHOTS' | 'DOMAIN_LIST_ALL_CHECKPOINTS'>>(
  listing: Promise<T>,
): Promise<T | undefined> {
  try {
    return await listing
  } catch (error) {
    if (error instanceof RpcError && !isNoDomain(error)) return undefined
    throw error
  }
}

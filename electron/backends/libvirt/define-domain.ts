import { AppError } from '../../../shared/errors'
import type { DomainHandle } from '../../libvirt-rpc/index'
import { toAppError } from './errors'
import { changeTimeoutMs, type LibvirtHost } from './host'

/** Much of what a driver finds wrong with a definition it calls an internal error, though the user can mend it. */
export async function defineDomain(
  { rpc }: Pick<LibvirtHost, 'rpc'>,
  xml: string,
  flags: number,
): Promise<DomainHandle> {
  try {
    const { dom } = await rpc.callJob(
      'DOMAIN_DEFINE_XML_FLAGS',
      { xml, flags },
      { timeoutMs: changeTimeoutMs },
    )
    return dom
  } catch (error) {
    const known = toAppError(error)
    if (!(known instanceof AppError) || known.kind !== 'internal') throw error
    throw new AppError('invalid', 'The host does not accept this', {
      cure: 'See what the host says about it. Nothing was changed.',
      ...(known.detail === undefined ? {} : { detail: known.detail }),
      cause: error,
    })
  }
}

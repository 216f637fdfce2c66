import type { VmId } from '../../../shared/model/ids'
import type { Screenshot } from '../backend'
import { domainOf } from './domain-handle'
import type { LibvirtHost } from './host'

/** A 4K screen as a bitmap, with some room. */
const maxBytes = 40_000_000
const openingMs = 15_000

/**
 * Of the first screen. Which format it has is up to the daemon: a bitmap (PPM) from older QEMU, PNG from newer; see
 * virDomainScreenshot in libvirt-domain.
 */
export async function screenshot(host: LibvirtHost, id: VmId): Promise<Screenshot> {
  const { ret, stream } = await host.rpc.openStream(
    'DOMAIN_SCREENSHOT',
    { dom: domainOf(id), screen: 0, flags: 0 },
    { timeoutMs: openingMs },
  )
  return { mime: ret.mime ?? '', bytes: await stream.collect(maxBytes) }
}

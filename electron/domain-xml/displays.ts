import type { XmlElement } from './document'
import { countOf } from './sizes'

/**
 * A way to look at a VM, from the LIVE definition: an automatic port is -1 in the stored one
 * (https://libvirt.org/formatdomain.html#graphical-framebuffers).
 */
export interface DomainDisplay {
  readonly type: string
  readonly endpoint:
    | { readonly kind: 'tcp'; readonly address: string; readonly port: number }
    | { readonly kind: 'socket'; readonly path: string }
    /** `<listen type='none'/>`: only a descriptor handed over by libvirt reaches it. */
    | { readonly kind: 'no-listener' }
    /** Not known (yet): the VM is off, or the port is still being chosen. */
    | { readonly kind: 'unknown' }
  /** Present only in XML fetched with the SECURE flag. */
  readonly password: string | undefined
}

export function readDisplays(domain: XmlElement): DomainDisplay[] {
  return (domain.find('devices')?.children('graphics') ?? []).map((graphics) => ({
    type: graphics.attribute('type') ?? 'unknown',
    endpoint: endpointOf(graphics),
    password: graphics.attribute('passwd'),
  }))
}

function endpointOf(graphics: XmlElement): DomainDisplay['endpoint'] {
  const listen = graphics.find('listen')
  const socket = listen?.attribute('socket') ?? graphics.attribute('socket')
  if (socket !== undefined) return { kind: 'socket', path: socket }
  if (listen?.attribute('type') === 'none') return { kind: 'no-listener' }
  const port = countOf(graphics.attribute('port')) ?? countOf(graphics.attribute('tlsPort'))
  if (port === undefined || port === 0 || port > 65_535) return { kind: 'unknown' }
  // libvirt's default when nothing is said is the loopback address (vnc_listen in qemu.conf)
  return {
    kind: 'tcp',
    address: listen?.attribute('address') ?? graphics.attribute('listen') ?? '127.0.0.1',
    port,
  }
}

/** A host and port as people write them. */
export function displayAddress(display: DomainDisplay): string | undefined {
  const { endpoint } = display
  if (endpoint.kind === 'socket') return endpoint.path
  if (endpoint.kind !== 'tcp') return undefined
  return endpoint.address.includes(':')
    ? `[${endpoint.address}]:${endpoint.port}`
    : `${endpoint.address}:${endpoint.port}`
}

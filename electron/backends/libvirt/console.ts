/**
 * The graphical console: what a VM offers, and the way to its VNC server. The server is reached from the host itself
 * through the link, so a display that listens on the host's loopback address only, the default, works too.
 */
import type { Duplex } from 'node:stream'
import { AppError, errorData } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type { VmId } from '../../../shared/model/ids'
import { isDenied, virDomainXMLFlags as xmlFlags } from '../../libvirt-rpc/index'
import { chooseDisplay, noDisplayFor, type Obstacle, type Reachable } from '../choose-display'
import { cancelled } from './errors'
import { currentRecord, domainDocument, type LibvirtHost } from './host'
import type { XmlElement } from '../../domain-xml/document'

export async function consoleOffer(host: LibvirtHost, id: VmId): Promise<ConsoleOffer> {
  const found = await findDisplay(host, id)
  if ('why' in found) return { kind: 'none', why: found.why, error: errorData(found.error) }
  return {
    kind: 'vnc',
    needsPassword: found.password !== undefined,
    ...(host.link.entersHost === false ? { isExposed: true } : {}),
  }
}

export async function openConsole(host: LibvirtHost, id: VmId, signal: AbortSignal): Promise<Duplex> {
  if (signal.aborted) throw cancelled()
  const found = await findDisplay(host, id)
  if ('why' in found) throw found.error
  if (signal.aborted) throw cancelled()
  const { endpoint } = found
  if (endpoint.kind === 'socket') return host.link.openUnix(endpoint.path, signal)
  const address = host.link.entersHost === false ? endpoint.address : fromTheHost(endpoint.address)
  return host.link.openTcp(address, endpoint.port, signal)
}

export async function consolePassword(host: LibvirtHost, id: VmId): Promise<string | undefined> {
  const found = await findDisplay(host, id)
  return 'why' in found ? undefined : found.password
}

async function findDisplay(host: LibvirtHost, id: VmId): Promise<Reachable | Obstacle> {
  const record = await currentRecord(host, id)
  if (!host.features.hasGraphicalConsole) {
    return noDisplayFor(
      'no-display',
      new AppError('unsupported', 'This hypervisor offers no graphical console'),
    )
  }
  const domain = await domainWithSecrets(host, id)
  return chooseDisplay(domain, record, { isInside: host.link.entersHost !== false })
}

/** Passwords are shown to connections that may manage VMs only. */
async function domainWithSecrets(host: LibvirtHost, id: VmId): Promise<XmlElement> {
  try {
    return await domainDocument(host, id, xmlFlags.VIR_DOMAIN_XML_SECURE)
  } catch (error) {
    if (isDenied(error)) return domainDocument(host, id)
    throw error
  }
}

/** "All addresses" cannot be connected to; the loopback address is one of them. */
function fromTheHost(address: string): string {
  if (address === '0.0.0.0' || address === '') return '127.0.0.1'
  return address === '::' ? '::1' : address
}

/**
 * The graphical console: what a VM offers, and the way to its VNC server. The server is reached from the host itself
 * through the link, so a display that listens on the host's loopback address only, the default, works too.
 */
import type { Duplex } from 'node:stream'
import { AppError, errorData } from '../../../shared/errors'
import type { ConsoleOffer } from '../../../shared/model/console'
import type { VmId } from '../../../shared/model/ids'
import { isActive, type VmRecord } from '../../../shared/model/vm'
import { isDenied, virDomainXMLFlags as xmlFlags } from '../../libvirt-rpc/index'
import { isLoopback } from '../../link/direct'
import { cancelled } from './errors'
import { currentRecord, domainDocument, type LibvirtHost } from './host'
import { displayAddress, readDisplays, type DomainDisplay } from './xml/displays'
import type { XmlElement } from '../../domain-xml/document'

type Why = Extract<ConsoleOffer, { kind: 'none' }>['why']
type Obstacle = { readonly why: Why; readonly error: AppError }
type Reachable = DomainDisplay & { readonly endpoint: { readonly kind: 'tcp' | 'socket' } }

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
    return none('no-display', new AppError('unsupported', 'This hypervisor offers no graphical console'))
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

/** The VNC display to show, or why there is none. Exported for tests: the choice is pure. */
export function chooseDisplay(
  domain: XmlElement,
  vm: Pick<VmRecord, 'name' | 'state'>,
  /** Whether the link leads into the host, or to what it shows the network only. */
  link: { readonly isInside: boolean } = { isInside: true },
): Reachable | Obstacle {
  const displays = readDisplays(domain).filter((display) => display.type !== 'egl-headless')
  const vnc = displays.filter((display) => display.type === 'vnc')
  if (displays.length === 0) return noDisplay(domain, vm.name)
  if (vnc.length === 0) {
    const isSpice = displays.some((display) => display.type === 'spice')
    return none(
      isSpice ? 'spice-only' : 'no-display',
      new AppError(
        'unsupported',
        isSpice
          ? `${vm.name} has a SPICE display only`
          : `${vm.name} has a display on the host's own screen only`,
        { cure: 'Add a VNC display to it.' },
      ),
    )
  }
  if (!isActive(vm.state)) {
    return none(
      'shut-off',
      new AppError('invalid', `${vm.name} is shut off`, { cure: 'Start it to see its screen.' }),
    )
  }
  const reachable = vnc.filter(isReachable)
  const chosen = reachable.find((display) => link.isInside || isOnNetwork(display))
  if (chosen) return chosen
  if (reachable.length > 0) {
    return none(
      'not-reachable',
      new AppError('denied', `The screen of ${vm.name} can be reached only from inside its host`, {
        cure:
          'Connect to the host by ssh instead of TLS or TCP, or let the display listen on an address of the host, ' +
          'with a password.',
        detail: reachable.map(displayAddress).join(', '),
      }),
    )
  }
  const isHidden = vnc.some((display) => display.endpoint.kind === 'no-listener')
  return none(
    'not-reachable',
    isHidden
      ? new AppError('unsupported', `The VNC display of ${vm.name} has no address to connect to`, {
          cure: 'Change its listen type from "none" to "address" or "socket", then restart the VM.',
        })
      : new AppError('busy', `The VNC display of ${vm.name} is not ready`, {
          cure: 'Try again in a moment.',
        }),
  )
}

function noDisplay(domain: XmlElement, name: string): Obstacle {
  const devices = domain.find('devices')
  const hasText = devices?.find('serial') !== undefined || devices?.find('console') !== undefined
  return none(
    hasText ? 'serial-only' : 'no-display',
    new AppError('unsupported', hasText ? `${name} has only a text console` : `${name} has no display`, {
      cure: 'Add a VNC display to it.',
    }),
  )
}

function none(why: Why, error: AppError): Obstacle {
  return { why, error }
}

function isReachable(display: DomainDisplay): display is Reachable {
  return display.endpoint.kind === 'tcp' || display.endpoint.kind === 'socket'
}

function isOnNetwork({ endpoint }: Reachable): boolean {
  return endpoint.kind === 'tcp' && !isLoopback(endpoint.address)
}

/** "All addresses" cannot be connected to; the loopback address is one of them. */
function fromTheHost(address: string): string {
  if (address === '0.0.0.0' || address === '') return '127.0.0.1'
  return address === '::' ? '::1' : address
}

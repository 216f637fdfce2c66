/** Which display of a VM is shown, or why none can be: worked out of its definition alone. */
import { AppError } from '../../shared/errors'
import type { ConsoleOffer } from '../../shared/model/console'
import { isActive, type VmRecord } from '../../shared/model/vm'
import { displayAddress, readDisplays, type DomainDisplay } from '../domain-xml/displays'
import type { XmlElement } from '../domain-xml/document'
import { isLoopback } from '../link/direct'

type Why = Extract<ConsoleOffer, { kind: 'none' }>['why']
export type Obstacle = { readonly why: Why; readonly error: AppError }
export type Reachable = DomainDisplay & { readonly endpoint: { readonly kind: 'tcp' | 'socket' } }

/** The VNC display to show, or why there is none. */
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
    return noDisplayFor(
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
    return noDisplayFor(
      'shut-off',
      new AppError('invalid', `${vm.name} is shut off`, { cure: 'Start it to see its screen.' }),
    )
  }
  const reachable = vnc.filter(isReachable)
  const chosen = reachable.find((display) => link.isInside || isOnNetwork(display))
  if (chosen) return chosen
  if (reachable.length > 0) {
    return noDisplayFor(
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
  return noDisplayFor(
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
  return noDisplayFor(
    hasText ? 'serial-only' : 'no-display',
    new AppError('unsupported', hasText ? `${name} has only a text console` : `${name} has no display`, {
      cure: 'Add a VNC display to it.',
    }),
  )
}

export function noDisplayFor(why: Why, error: AppError): Obstacle {
  return { why, error }
}

function isReachable(display: DomainDisplay): display is Reachable {
  return display.endpoint.kind === 'tcp' || display.endpoint.kind === 'socket'
}

function isOnNetwork({ endpoint }: Reachable): boolean {
  return endpoint.kind === 'tcp' && !isLoopback(endpoint.address)
}

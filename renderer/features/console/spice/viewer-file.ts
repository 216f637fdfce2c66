import type { HardwareView } from '../../../../shared/model/hardware/view'

/** How a program beside this one reaches a display. */
export interface DisplayAddress {
  readonly type: 'spice' | 'vnc'
  readonly host: string
  readonly port?: number
  readonly tlsPort?: number
}

export type Reach =
  | { readonly kind: 'address'; readonly address: DisplayAddress }
  /** Only from the host itself: a viewer has to go there by ssh. */
  | { readonly kind: 'on-host'; readonly type: 'spice' | 'vnc' }

const everywhere = ['0.0.0.0', '::', '']
const isLoopback = (address: string): boolean => address === '::1' || /^(127\.|localhost$)/.test(address)

/** The displays of a VM that runs, as seen from this computer. `hostName` is what this computer knows the host by. */
export function reachableDisplays({ items }: HardwareView, hostName: string): readonly Reach[] {
  return items.flatMap(({ ref, live }): Reach[] => {
    const type = live?.['type']
    if (ref.kind !== 'graphics' || (type !== 'spice' && type !== 'vnc')) return []
    const [port, tlsPort] = [numberOf(live?.['port']), numberOf(live?.['tlsPort'])]
    const listen = live?.['listenAddress']
    const address = typeof listen === 'string' ? listen : '127.0.0.1'
    const isServed = port !== undefined || tlsPort !== undefined
    if (!isServed || isLoopback(address) || live?.['listenType'] === 'socket')
      return [{ kind: 'on-host', type }]
    return [
      {
        kind: 'address',
        address: {
          type,
          host: everywhere.includes(address) ? hostName : address,
          ...(port === undefined ? {} : { port }),
          ...(tlsPort === undefined ? {} : { tlsPort }),
        },
      },
    ]
  })
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && value > 0 ? value : undefined
}

/** The file that virt-viewer and other viewers open (remote-viewer(1), "Connection file"). It has no password. */
export function viewerFile({ type, host, port, tlsPort }: DisplayAddress, title: string): string {
  return [
    '[virt-viewer]',
    `type=${type}`,
    `host=${host}`,
    ...(port === undefined ? [] : [`port=${port}`]),
    ...(tlsPort === undefined ? [] : [`tls-port=${tlsPort}`]),
    // a name with a line break would be another entry
    `title=${title.replace(/\p{C}/gu, ' ')}`,
    'delete-this-file=0',
    '',
  ].join('\n')
}

/** For viewers that are given an address: TigerVNC, TightVNC, Remmina, macOS. */
export function displayUrl({ type, host, port, tlsPort }: DisplayAddress): string {
  const at = host.includes(':') ? `[${host}]` : host
  if (type === 'vnc') return `vnc://${at}:${port ?? 5900}`
  return port === undefined ? `spice://${at}?tls-port=${tlsPort ?? 0}` : `spice://${at}:${port}`
}

/** virt-viewer finds the display by itself, through ssh too. */
export function virtViewerCommand(uri: string, vmId: string, takesUsb = true): string {
  const usb = takesUsb ? '' : ' --spice-disable-auto-usbredir'
  return `virt-viewer --connect '${uri.replaceAll("'", "'\\''")}' --wait${usb} ${vmId}`
}

/** Where a network card is plugged in: the `type` of the interface and its `<source>`, which means another thing for each. */
import type { FieldValue } from '../../../../shared/model/hardware/field'
import { readAt, writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import type { FieldBinding } from '../binding'
import { portForwards } from './nic-port-forwards'

/** Attributes and elements of `<source>` that are known, each with the types it belongs to. */
const sockets = ['mcast', 'server', 'client', 'udp']
const attributesOf: { readonly [attribute: string]: readonly string[] } = {
  network: ['network'],
  portgroup: ['network'],
  portid: ['network'],
  bridge: ['bridge'],
  macTableManager: ['bridge'],
  dev: [],
  mode: [],
  type: ['vhostuser'],
  path: ['vhostuser'],
  address: sockets,
  port: sockets,
  name: ['internal'],
  missing: ['hostdev'],
}
const elementsOf: { readonly [element: string]: readonly string[] } = {
  local: ['udp'],
  address: ['hostdev'],
  vendor: ['hostdev'],
  product: ['hostdev'],
  reconnect: ['vhostuser'],
  ip: ['ethernet'],
  route: ['ethernet'],
}

/** A running card of a network is told as what the network made of it, a bridge or a macvtap device. */
function typeOf(item: EditElement): string | undefined {
  const type = item.attribute('type')
  const isOfNetwork = item.find('source')?.attribute('network') !== undefined
  return isOfNetwork && (type === 'bridge' || type === 'direct') ? 'network' : type
}

function writeType(item: EditElement, value: FieldValue | undefined): void {
  if (typeof value !== 'string' || typeOf(item) === value) return
  item.setAttribute('type', value)
  const source = item.find('source')
  if (!source) return
  for (const [name, types] of Object.entries(attributesOf))
    if (!types.includes(value)) source.setAttribute(name, undefined)
  for (const child of source.children()) if (elementsOf[child.name]?.includes(value) === false) child.remove()
}

/** A place that is meant only for some types. */
function only(
  types: readonly string[],
  at: string,
  convert: (text: string) => FieldValue = (text) => text,
): FieldBinding {
  const isMeant = (item: EditElement): boolean => types.includes(typeOf(item) ?? '')
  return {
    read: (item) => {
      const found = isMeant(item) ? readAt(item, at) : undefined
      return found === undefined ? undefined : convert(found)
    },
    write: (item, value) => {
      if (isMeant(item))
        writeAt(item, at, value === undefined || typeof value === 'object' ? undefined : String(value))
    },
  }
}

const pciPattern = /^(?:([0-9a-f]{4}):)?([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i

const pciFunction: FieldBinding = {
  read: (item) => {
    const address = typeOf(item) === 'hostdev' ? item.find('source', 'address') : undefined
    if (!address || (address.attribute('type') ?? 'pci') !== 'pci') return undefined
    const part = (name: string, digits: number): string =>
      Number(address.attribute(name) ?? 0)
        .toString(16)
        .padStart(digits, '0')
    return `${part('domain', 4)}:${part('bus', 2)}:${part('slot', 2)}.${part('function', 1)}`
  },
  write: (item, value) => {
    if (typeOf(item) !== 'hostdev') return
    const [, domain = '0000', bus, slot, fn] = pciPattern.exec(typeof value === 'string' ? value : '') ?? []
    if (bus === undefined || slot === undefined || fn === undefined) {
      item.find('source', 'address')?.remove()
      return
    }
    const parts = {
      type: 'pci',
      domain: `0x${domain}`,
      bus: `0x${bus}`,
      slot: `0x${slot}`,
      function: `0x${fn}`,
    }
    for (const [name, text] of Object.entries(parts)) writeAt(item, `source/address/@${name}`, text)
  },
}

const socketPath: FieldBinding = {
  read: (item) => (typeOf(item) === 'vhostuser' ? readAt(item, 'source/@path') : undefined),
  write: (item, value) => {
    if (typeOf(item) !== 'vhostuser') return
    writeAt(item, 'source/@type', typeof value === 'string' ? 'unix' : undefined)
    writeAt(item, 'source/@path', typeof value === 'string' ? value : undefined)
  },
}

export const nicSourcePlaces = {
  type: { read: typeOf, write: writeType },
  network: only(['network'], 'source/@network'),
  portgroup: only(['network'], 'source/@portgroup'),
  portId: only(['network'], 'source/@portid'),
  bridge: only(['bridge'], 'source/@bridge'),
  macTableManager: only(['bridge'], 'source/@macTableManager'),
  device: only(['direct'], 'source/@dev'),
  mode: only(['direct'], 'source/@mode'),
  backend: 'backend/@type',
  passtDevice: only(['user'], 'source/@dev'),
  backendLog: 'backend/@logFile',
  portForwards,
  hostdev: pciFunction,
  managed: { at: '@managed', as: 'yes-no' },
  socketPath,
  socketMode: only(['vhostuser'], 'source/@mode'),
  reconnect: { at: 'source/reconnect/@enabled', as: 'yes-no' },
  reconnectSeconds: 'source/reconnect/@timeout',
  vdpaDevice: only(['vdpa'], 'source/@dev'),
  address: only(sockets, 'source/@address'),
  port: only(sockets, 'source/@port', Number),
  localAddress: 'source/local/@address',
  localPort: 'source/local/@port',
  internalName: only(['internal'], 'source/@name'),
} satisfies { [field: string]: FieldBinding }

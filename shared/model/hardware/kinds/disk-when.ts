/** When which settings of a disk make sense, as libvirt and QEMU allow them. */
import { plain, type Values } from '../field'
import { busOf } from '../targets'

type When = (values: Values) => boolean

export const deviceOf = (values: Values): string => plain(values.device) || 'disk'
export const sourceTypeOf = (values: Values): string => plain(values.sourceType) || 'file'

export const deviceIs =
  (...devices: readonly string[]): When =>
  (values) =>
    devices.includes(deviceOf(values))

export const sourceIs =
  (...types: readonly string[]): When =>
  (values) =>
    types.includes(sourceTypeOf(values))

export const onBus =
  (...buses: readonly string[]): When =>
  (values) =>
    buses.includes(busOf(values))

export const protocolIs =
  (...protocols: readonly string[]): When =>
  (values) =>
    sourceTypeOf(values) === 'network' && protocols.includes(plain(values.protocol))

export const all =
  (...rules: readonly When[]): When =>
  (values) =>
    rules.every((rule) => rule(values))

export const not =
  (rule: When): When =>
  (values) =>
    !rule(values)

/** A vhost-user server does all by itself: libvirt refuses nearly every other setting of such a disk. */
export const isOurs = not(sourceIs('vhostuser'))
export const isRemovable = deviceIs('cdrom', 'floppy')

export function hasMedium(values: Values): boolean {
  switch (sourceTypeOf(values)) {
    case 'file':
      return plain(values.file) !== ''
    case 'block':
      return plain(values.blockDevice) !== ''
    case 'dir':
      return plain(values.directory) !== ''
    case 'volume':
      return plain(values.pool) !== '' && plain(values.volume) !== ''
    case 'network':
      return plain(values.protocol) !== ''
    case 'nvme':
      return plain(values.nvmeAddress) !== ''
    case 'vhostuser':
      return plain(values.socket) !== ''
    default:
      return true
  }
}

/** A medium in few words: a path, "pool/volume", "rbd://monitor/pool/image"; undefined for an empty drive. */
export function sourceText(values: Values): string | undefined {
  if (!hasMedium(values)) return undefined
  switch (sourceTypeOf(values)) {
    case 'file':
      return plain(values.file)
    case 'block':
      return plain(values.blockDevice)
    case 'dir':
      return plain(values.directory)
    case 'volume':
      return `${plain(values.pool)}/${plain(values.volume)}`
    case 'nvme':
      return `NVMe ${plain(values.nvmeAddress)}, namespace ${plain(values.nvmeNamespace) || '1'}`
    case 'vhostuser':
      return plain(values.socket)
    case 'network': {
      const hosts = Array.isArray(values.hosts) ? values.hosts : []
      const [first] = hosts as readonly { readonly name?: string; readonly socket?: string }[]
      const name = plain(values.sourceName).replace(/^\//, '')
      return `${plain(values.protocol)}://${first?.name ?? first?.socket ?? ''}${name === '' ? '' : `/${name}`}`
    }
    default:
      return undefined
  }
}

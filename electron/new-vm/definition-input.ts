/** What a definition would have been as choices of the wizard, so that the rules for those hold for it as well. */
import type { FromDefinitionInput } from '../../shared/model/new-vm/from-definition'
import type { NewNic, PlaceOnHost } from '../../shared/model/new-vm/new-vm'
import { readAt } from '../domain-xml/edit/path'
import type { EditDocument, EditElement } from '../domain-xml/edit/tree'
import { findItems, readValues } from '../domain-xml/hardware/items'
import { guestFacts } from '../domain-xml/hardware/view'

/** For the schema to check, as the text may say anything. */
export function inputOfDefinition(
  { root }: EditDocument,
  { host, startsNow }: Pick<FromDefinitionInput, 'host' | 'startsNow'>,
  name: string | undefined,
): unknown {
  const { virtType, osType, architecture, machine } = guestFacts(root)
  const page = (kind: string): ReturnType<typeof readValues> => {
    const [item] = findItems(root, kind)
    return item ? readValues(item) : {}
  }
  const devices = (element: string): EditElement[] => root.find('devices')?.children(element) ?? []
  const disks = devices('disk').map((disk) => ({
    isDisc: ['cdrom', 'floppy'].includes(disk.attribute('device') ?? 'disk'),
    place: placeOf(disk),
  }))
  const places = (isDisc: boolean): PlaceOnHost[] =>
    disks.flatMap((one) => (one.isDisc === isDisc && one.place ? [one.place] : []))
  const [disc, ...second] = places(true)
  const screen = devices('graphics')
    .map((one) => one.attribute('type'))
    .find((type) => type === 'vnc' || type === 'spice')
  return {
    host,
    name: name ?? '',
    guest: {
      virtType,
      // as libvirt writes what it calls "xen" where it tells what a host has
      osType: virtType === 'xen' && osType === 'linux' ? 'xen' : osType,
      architecture,
      ...(machine === '' ? {} : { machine }),
    },
    source: disc ? { kind: 'iso', disc, second: second.slice(0, 3) } : { kind: 'none' },
    vcpuCount: page('cpu')['maximum'],
    memoryBytes: page('memory')['maximum'],
    hasTpm: devices('tpm').length > 0,
    disks: places(false)
      .slice(0, 16)
      .map((image) => ({ kind: 'existing', image })),
    nics: devices('interface')
      .flatMap((nic) => sourceOf(nic) ?? [])
      .slice(0, 16)
      .map((source) => ({ source })),
    graphics: screen ?? 'none',
    hasAutostart: false,
    startsNow,
    changes: [],
  }
}

function placeOf(disk: EditElement): PlaceOnHost | undefined {
  const pool = readAt(disk, 'source/@pool')
  const volume = readAt(disk, 'source/@volume')
  if (pool !== undefined && volume !== undefined) return { kind: 'volume', pool, volume }
  const path = readAt(disk, 'source/@file') ?? readAt(disk, 'source/@dev')
  return path?.startsWith('/') === true ? { kind: 'path', path } : undefined
}

function sourceOf(nic: EditElement): NewNic['source'] | undefined {
  const at = (name: string): string => readAt(nic, `source/@${name}`) ?? ''
  switch (nic.attribute('type')) {
    case 'network':
      return { kind: 'network', name: at('network') }
    case 'bridge':
      return { kind: 'bridge', name: at('bridge') }
    case 'direct':
      return { kind: 'direct', interface: at('dev') }
    default:
      return undefined
  }
}

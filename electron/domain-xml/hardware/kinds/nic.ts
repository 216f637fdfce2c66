import { nic } from '../../../../shared/model/hardware/kinds/nic'
import { readAt, writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { bind, type FieldBinding } from '../binding'
import { nicSourcePlaces } from './nic-source'
import { virtioOptionPlaces } from './virtio-options'

const kibps = (at: string) => ({ at: `bandwidth/${at}`, unit: 'KiB', bare: true }) as const
const onOff = (at: string) => ({ at, as: 'on-off' }) as const

/** `<driver name>` is the mover of packets, or for a passed-through card what passes it through. */
function driverOf(isHostdev: boolean): FieldBinding {
  const isMeant = (item: EditElement): boolean => (item.attribute('type') === 'hostdev') === isHostdev
  return {
    read: (item) => (isMeant(item) ? readAt(item, 'driver/@name') : undefined),
    write: (item, value) => {
      // what the other kind left behind is no name for this one
      if (isMeant(item) || value === undefined)
        writeAt(item, 'driver/@name', typeof value === 'string' ? value : undefined)
    },
  }
}

/** A word that stands for yes; "no" is its absence, or the other word. */
const words = (at: string, yes: string, no?: string): FieldBinding => ({
  read: (item) => {
    const found = readAt(item, at)
    return found === yes ? true : no !== undefined && found === no ? false : undefined
  },
  write: (item, value) => writeAt(item, at, value === true ? yes : value === false ? no : undefined),
})

const ipColumns = { address: '@address', family: '@family', prefix: '@prefix', peer: '@peer' }
const routeColumns = {
  address: '@address',
  family: '@family',
  prefix: '@prefix',
  netmask: '@netmask',
  gateway: '@gateway',
  metric: '@metric',
}

/** https://libvirt.org/formatdomain.html#network-interfaces */
export const nicBinding = bind(nic, {
  element: 'interface',
  fields: {
    ...nicSourcePlaces,
    mac: 'mac/@address',
    macType: 'mac/@type',
    model: 'model/@type',
    linkUp: words('link/@state', 'up', 'down'),
    inAverage: kibps('inbound/@average'),
    inPeak: kibps('inbound/@peak'),
    inBurst: kibps('inbound/@burst'),
    inFloor: kibps('inbound/@floor'),
    outAverage: kibps('outbound/@average'),
    outPeak: kibps('outbound/@peak'),
    outBurst: kibps('outbound/@burst'),
    filter: 'filterref/@filter',
    filterParameters: { rows: 'filterref/parameter', columns: { name: '@name', value: '@value' } },
    vlanTags: { rows: 'vlan/tag', columns: { id: '@id', native: '@nativeMode' } },
    vlanTrunk: words('vlan/@trunk', 'yes'),
    isolated: { at: 'port/@isolated', as: 'yes-no' },
    trustRxFilters: { at: '@trustGuestRxFilters', as: 'yes-no' },
    portProfile: 'virtualport/@type',
    profileId: 'virtualport/parameters/@profileid',
    interfaceId: 'virtualport/parameters/@interfaceid',
    managerId: 'virtualport/parameters/@managerid',
    typeId: 'virtualport/parameters/@typeid',
    typeIdVersion: 'virtualport/parameters/@typeidversion',
    instanceId: 'virtualport/parameters/@instanceid',
    driver: driverOf(false),
    hostdevDriver: driverOf(true),
    queues: 'driver/@queues',
    rxQueueSize: 'driver/@rx_queue_size',
    txQueueSize: 'driver/@tx_queue_size',
    txMode: 'driver/@txmode',
    ioeventfd: onOff('driver/@ioeventfd'),
    eventIdx: onOff('driver/@event_idx'),
    ...virtioOptionPlaces,
    mtu: 'mtu/@size',
    coalesceFrames: 'coalesce/rx/frames/@max',
    sendBuffer: 'tune/sndbuf',
    romEnabled: { at: 'rom/@enabled', as: 'yes-no' },
    romBar: onOff('rom/@bar'),
    romFile: 'rom/@file',
    hostCsum: onOff('driver/host/@csum'),
    hostGso: onOff('driver/host/@gso'),
    hostTso4: onOff('driver/host/@tso4'),
    hostTso6: onOff('driver/host/@tso6'),
    hostEcn: onOff('driver/host/@ecn'),
    hostUfo: onOff('driver/host/@ufo'),
    hostMrgRxbuf: onOff('driver/host/@mrg_rxbuf'),
    guestCsum: onOff('driver/guest/@csum'),
    guestTso4: onOff('driver/guest/@tso4'),
    guestTso6: onOff('driver/guest/@tso6'),
    guestEcn: onOff('driver/guest/@ecn'),
    guestUfo: onOff('driver/guest/@ufo'),
    rss: onOff('driver/@rss'),
    rssReport: onOff('driver/@rss_hash_report'),
    guestIps: { rows: 'ip', columns: ipColumns },
    guestRoutes: { rows: 'route', columns: routeColumns },
    hostIps: { rows: 'source/ip', columns: ipColumns },
    hostRoutes: { rows: 'source/route', columns: routeColumns },
    targetDev: 'target/@dev',
    targetManaged: 'target/@managed',
    script: 'script/@path',
    downScript: 'downscript/@path',
    tapPath: 'backend/@tap',
    vhostPath: 'backend/@vhost',
    backendDomain: 'backenddomain/@name',
    guestDev: 'guest/@dev',
    teaming: 'teaming/@type',
    teamPartner: 'teaming/@persistent',
    bootOrder: 'boot/@order',
    acpiIndex: 'acpi/@index',
  },
  template: () => `<interface type='network'/>`,
  key: (element) => element.find('mac')?.attribute('address')?.toLowerCase(),
  // a running card's source tells more than the stored one; all that can be set in it has a field
  known: ['source'],
  finish: (element) => {
    const source = element.find('source')
    if (source?.isEmpty()) source.remove()
    const vlan = element.find('vlan')
    // libvirt takes no VLAN without a tag
    if (vlan && vlan.children('tag').length === 0) vlan.remove()
  },
})

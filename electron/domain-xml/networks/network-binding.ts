/** Where the fields of a network live in libvirt's XML (https://libvirt.org/formatnetwork.html). */
import type { FieldValue } from '../../../shared/model/hardware/field'
import { networkKind } from '../../../shared/model/networks/network-kind'
import { readAt, writeAt } from '../edit/path'
import { EditElement } from '../edit/tree'
import { bind, type FieldBinding } from '../hardware/binding'
import { addressPlaces } from './addresses'
import { forwardDevice, macvtapDevices, macvtapMode, virtualFunctions } from './devices'
import { hostBridge, inModes, modeBinding, modeOf, ownModes } from './mode'

type Closures = Extract<FieldBinding, { read: unknown }>

const kibps = (at: string) => ({ at: `bandwidth/${at}`, unit: 'KiB', bare: true }) as const
const yesNo = (at: string) => ({ at, as: 'yes-no' }) as const

/** A word that stands for yes, where "no" is not known. */
const onlyYes = (at: string): FieldBinding => ({
  read: (item) => (readAt(item, at) === 'yes' ? true : undefined),
  write: (item, value) => writeAt(item, at, value === true ? 'yes' : undefined),
})

/** "a, b" for children that each hold one of them. */
function listed(name: string, attribute?: string): Closures {
  const textOf = (one: EditElement): string =>
    (attribute === undefined ? one.text() : one.attribute(attribute)) ?? ''
  return {
    read: (item) => {
      const found = item.children(name).map(textOf)
      return found.length === 0 ? undefined : found.join(', ')
    },
    write: (item, value) => {
      const wanted = typeof value === 'string' ? value.split(',').map((one) => one.trim()) : []
      const known = item.children(name)
      for (const one of known) if (!wanted.includes(textOf(one))) one.remove()
      for (const text of wanted) {
        if (item.children(name).some((one) => textOf(one) === text)) continue
        const element = new EditElement(name)
        if (attribute === undefined) element.setText(text)
        else element.setAttribute(attribute, text)
        item.insert(element, item.children(name).at(-1))
      }
    },
  }
}

const tagList = listed('tag', 'id')

/** Tags of a port group, whose `<vlan>` goes with the last of them. */
const groupTags: FieldBinding = {
  read: (group) => {
    const vlan = group.find('vlan')
    return vlan && tagList.read(vlan)
  },
  write: (group, value) => {
    if (value === undefined) {
      group.find('vlan')?.remove()
      return
    }
    const vlan = group.find('vlan') ?? group.insert(new EditElement('vlan'))
    tagList.write(vlan, value)
  },
}

/** Open vSwitch is a mode of its own in the form. */
const portProfile: FieldBinding = {
  read: (network) => {
    const type = readAt(network, 'virtualport/@type')
    return type === 'openvswitch' ? undefined : type
  },
  write: (network, value) => {
    if (modeOf(network) !== 'openvswitch') writeAt(network, 'virtualport/@type', text(value))
  },
}

const text = (value: FieldValue | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined

export const networkBinding = bind(networkKind, {
  fields: {
    name: 'name',
    mode: modeBinding,
    forwardDevice,
    hostBridge,
    macvtapMode,
    devices: macvtapDevices,
    pfDevice: 'forward/pf/@dev',
    functions: virtualFunctions,
    managed: yesNo('forward/@managed'),
    hostdevDriver: 'forward/driver/@name',
    bridgeName: inModes(ownModes, 'bridge/@name'),
    natStart: 'forward/nat/address/@start',
    natEnd: 'forward/nat/address/@end',
    natPortStart: 'forward/nat/port/@start',
    natPortEnd: 'forward/nat/port/@end',
    natIpv6: yesNo('forward/nat/@ipv6'),
    stp: { at: 'bridge/@stp', as: 'on-off' },
    bridgeDelay: 'bridge/@delay',
    zone: 'bridge/@zone',
    macTableManager: 'bridge/@macTableManager',
    bridgeMac: 'mac/@address',
    mtu: 'mtu/@size',
    ...addressPlaces,
    domain: 'domain/@name',
    domainLocalOnly: yesNo('domain/@localOnly'),
    domainRegister: 'domain/@register',
    dns: yesNo('dns/@enable'),
    forwardPlainNames: yesNo('dns/@forwardPlainNames'),
    dnsHosts: { rows: 'dns/host', columns: { ip: '@ip', names: listed('hostname') } },
    forwarders: { rows: 'dns/forwarder', columns: { address: '@addr', domain: '@domain' } },
    srv: {
      rows: 'dns/srv',
      columns: {
        service: '@service',
        protocol: '@protocol',
        domain: '@domain',
        target: '@target',
        port: '@port',
        priority: '@priority',
        weight: '@weight',
      },
    },
    txt: { rows: 'dns/txt', columns: { name: '@name', value: '@value' } },
    inAverage: kibps('inbound/@average'),
    inPeak: kibps('inbound/@peak'),
    inBurst: kibps('inbound/@burst'),
    outAverage: kibps('outbound/@average'),
    outPeak: kibps('outbound/@peak'),
    outBurst: kibps('outbound/@burst'),
    vlanTags: { rows: 'vlan/tag', columns: { id: '@id', native: '@nativeMode' } },
    vlanTrunk: onlyYes('vlan/@trunk'),
    portGroups: {
      rows: 'portgroup',
      columns: {
        name: '@name',
        default: yesNo('@default'),
        trustRxFilters: yesNo('@trustGuestRxFilters'),
        vlans: groupTags,
        trunk: onlyYes('vlan/@trunk'),
        inAverage: kibps('inbound/@average'),
        inPeak: kibps('inbound/@peak'),
        inBurst: kibps('inbound/@burst'),
        outAverage: kibps('outbound/@average'),
        outPeak: kibps('outbound/@peak'),
        outBurst: kibps('outbound/@burst'),
        profileId: 'virtualport/parameters/@profileid',
      },
    },
    portProfile,
    profileId: 'virtualport/parameters/@profileid',
    interfaceId: 'virtualport/parameters/@interfaceid',
    managerId: 'virtualport/parameters/@managerid',
    typeId: 'virtualport/parameters/@typeid',
    typeIdVersion: 'virtualport/parameters/@typeidversion',
    instanceId: 'virtualport/parameters/@instanceid',
    isolatedPorts: yesNo('port/@isolated'),
    trustRxFilters: yesNo('@trustGuestRxFilters'),
  },
})

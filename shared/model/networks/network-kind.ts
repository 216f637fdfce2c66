/** A virtual network as its form shows it. Where each field lives in libvirt's XML: electron/domain-xml/network. */
import { plain } from '../hardware/field'
import { defineKind } from '../hardware/kind'
import { addressFields } from './address-fields'
import { forwardFields } from './forward-fields'
import { networkModes } from './modes'
import { nameFields } from './name-fields'
import { portFields } from './port-fields'

export const networkKind = defineKind({
  id: 'network',
  label: 'Network',
  role: 'page',
  fields: { ...forwardFields, ...addressFields, ...nameFields, ...portFields },
  groups: [
    {
      title: '',
      fields: [
        'name',
        'mode',
        'forwardDevice',
        'hostBridge',
        'macvtapMode',
        'devices',
        'pfDevice',
        'functions',
        'managed',
        'hostdevDriver',
      ],
    },
    {
      title: 'IPv4',
      fields: [
        'ipv4Address',
        'ipv4Prefix',
        'dhcp4',
        'ranges4',
        'reservations4',
        'bootFile',
        'bootServer',
        'tftpRoot',
        'ptr4',
      ],
    },
    {
      title: 'IPv6',
      fields: ['ipv6Address', 'ipv6Prefix', 'dhcp6', 'ranges6', 'reservations6', 'ptr6', 'ipv6BetweenGuests'],
    },
    {
      title: 'Names',
      fields: [
        'domain',
        'domainLocalOnly',
        'domainRegister',
        'dns',
        'dnsHosts',
        'forwarders',
        'forwardPlainNames',
        'srv',
        'txt',
      ],
    },
    {
      title: 'NAT and routes',
      fields: ['natStart', 'natEnd', 'natPortStart', 'natPortEnd', 'natIpv6', 'routes'],
    },
    {
      title: 'Bridge',
      fields: ['bridgeName', 'bridgeMac', 'mtu', 'stp', 'bridgeDelay', 'zone', 'macTableManager'],
    },
    { title: 'VLAN and port groups', fields: ['vlanTags', 'vlanTrunk', 'portGroups'] },
    {
      title: 'Limits',
      fields: ['inAverage', 'inPeak', 'inBurst', 'outAverage', 'outPeak', 'outBurst'],
    },
    {
      title: 'Ports',
      fields: [
        'isolatedPorts',
        'trustRxFilters',
        'portProfile',
        'profileId',
        'interfaceId',
        'managerId',
        'typeId',
        'typeIdVersion',
        'instanceId',
      ],
    },
  ],
  title: ({ name }) => `Network ${plain(name)}`,
  summary: ({ mode }) => networkModes.find(([id]) => id === mode)?.[1],
})

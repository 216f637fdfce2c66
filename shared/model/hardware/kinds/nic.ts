import { choice, flag, has, integer, mac, plain, text, type Values } from '../field'
import {
  defineKind,
  isContainer,
  isQemu,
  isWindows,
  isX86,
  isXen,
  itemsOf,
  type HardwareContext,
} from '../kind'
import { freshMac } from '../mac'
import { nicAddresses } from './nic-addresses'
import { checkNic, macsInUse } from './nic-check'
import { nicSource } from './nic-source'
import { nicTraffic, nicTuning } from './nic-options'

const models = [
  ['virtio', 'VirtIO', 'fast; the guest needs drivers, which Linux has and Windows does not'],
  ['e1000e', 'Intel e1000e', 'works without drivers in Windows 8 and newer'],
  ['e1000', 'Intel e1000', 'works without drivers in older systems'],
  ['rtl8139', 'Realtek RTL8139', '100 Mbit/s, for very old systems'],
  ['virtio-transitional', 'VirtIO, transitional'],
  ['virtio-non-transitional', 'VirtIO, modern only'],
  ['pcnet', 'AMD PCnet'],
  ['ne2k_pci', 'NE2000 (PCI)'],
  ['ne2k_isa', 'NE2000 (ISA)'],
  ['i82551', 'Intel 82551'],
  ['e1000-82544gc', 'Intel 82544GC'],
  ['e1000-82545em', 'Intel 82545EM'],
  ['vmxnet3', 'VMware VMXNET 3'],
  ['usb-net', 'USB network card'],
  ['spapr-vlan', 'POWER virtual LAN'],
  ['lan9118', 'SMSC LAN9118'],
  ['netfront', 'Xen paravirtual'],
] as const

const teamed =
  'Two cards of the guest that stand in for each other: a VirtIO card that stays and a passed-through one that goes for a migration.'

const { type: sourceType, ...source } = nicSource

export const nic = defineKind({
  id: 'nic',
  label: 'Network card',
  role: 'device',
  fields: {
    type: sourceType,
    mac: {
      label: 'MAC address',
      type: mac,
      absent: 'Made up when the VM is stored',
      help: 'Unique in its network. Some environments hand out addresses or check them: ask their administrator.',
      whyNotLive: 'The guest knows the card by it: remove this card and add another.',
    },
    ...source,
    model: {
      label: 'Model',
      type: choice(models, { allowsOther: true }),
      when: ({ type }) => type !== 'hostdev',
      absent: 'Hypervisor default',
      whyNotLive: 'The model is a different card: remove this one and add another.',
    },
    linkUp: { label: 'Cable plugged in', type: flag, absent: 'Yes', isLive: true },
    ...nicTraffic,
    ...nicTuning,
    ...nicAddresses,
    teaming: {
      label: 'Part of a team',
      type: choice([
        ['persistent', 'The card that stays'],
        ['transient', 'The card that goes for a migration'],
      ]),
      absent: 'No',
      help: teamed,
      isAdvanced: true,
    },
    teamPartner: {
      label: 'Alias of the card that stays',
      type: text({ maxLength: 128, isMono: true }),
      when: has('teaming', 'transient'),
      isRequired: true,
      help: 'Such as ua-net0; the other card has to have that alias.',
      isAdvanced: true,
    },
    bootOrder: {
      label: 'Place in the boot order',
      type: integer(1, 2_147_483_647),
      absent: 'Not tried',
      isReadOnly: true,
      help: 'Set with the other devices on the boot page.',
    },
    acpiIndex: {
      label: 'ACPI index',
      type: integer(1, 16_383),
      absent: 'None',
      help: 'Linux guests make it part of the name of the card: 1 is eno1.',
      isAdvanced: true,
      whyNotLive: 'The guest learns it when the card appears.',
    },
  },
  groups: [
    {
      title: '',
      fields: [
        'type',
        'network',
        'portgroup',
        'bridge',
        'device',
        'mode',
        'backend',
        'passtDevice',
        'hostdev',
        'managed',
        'socketPath',
        'socketMode',
        'vdpaDevice',
        'address',
        'port',
        'localAddress',
        'localPort',
        'internalName',
        'model',
        'mac',
        'linkUp',
        'portForwards',
        'bootOrder',
      ],
    },
    {
      title: 'Limits',
      fields: ['inAverage', 'inPeak', 'inBurst', 'inFloor', 'outAverage', 'outPeak', 'outBurst'],
    },
    {
      title: 'VLAN and switch',
      fields: [
        'vlanTags',
        'vlanTrunk',
        'portProfile',
        'profileId',
        'interfaceId',
        'managerId',
        'typeId',
        'typeIdVersion',
        'instanceId',
        'isolated',
        'portId',
      ],
    },
    { title: 'Filter', fields: ['filter', 'filterParameters', 'trustRxFilters', 'macTableManager'] },
    {
      title: 'Performance',
      fields: [
        'queues',
        'mtu',
        'driver',
        'hostdevDriver',
        'rxQueueSize',
        'txQueueSize',
        'txMode',
        'coalesceFrames',
        'sendBuffer',
        'ioeventfd',
        'eventIdx',
        'iommu',
        'ats',
        'packed',
        'pagePerVq',
      ],
    },
    {
      title: 'Offloads',
      fields: [
        'hostCsum',
        'hostGso',
        'hostTso4',
        'hostTso6',
        'hostEcn',
        'hostUfo',
        'hostMrgRxbuf',
        'guestCsum',
        'guestTso4',
        'guestTso6',
        'guestEcn',
        'guestUfo',
        'rss',
        'rssReport',
      ],
    },
    {
      title: 'Host side',
      fields: [
        'targetDev',
        'targetManaged',
        'script',
        'downScript',
        'tapPath',
        'vhostPath',
        'backendLog',
        'reconnect',
        'reconnectSeconds',
        'backendDomain',
      ],
    },
    {
      title: 'Addresses',
      fields: ['guestIps', 'guestRoutes', 'hostIps', 'hostRoutes', 'guestDev', 'acpiIndex', 'macType'],
    },
    { title: 'Boot ROM and teaming', fields: ['romEnabled', 'romBar', 'romFile', 'teaming', 'teamPartner'] },
  ],
  title: ({ model, mac: address }) =>
    ['Network card', plain(address) || models.find(([id]) => id === model)?.[1]].filter(Boolean).join(' '),
  summary: (values) => [sourceWords(values), plain(values['model'])].filter(Boolean).join(', '),
  defaults: (context) => ({
    type: isContainer(context) || isQemu(context) || isXen(context) ? 'network' : 'bridge',
    ...(isContainer(context) ? {} : { model: bestModel(context) }),
    mac: freshMac(context.virtType, macsInUse(context)),
    network: context.usualNetwork ?? 'default',
  }),
  hotplug: ({ type, model }) => {
    if (['mcast', 'server', 'client', 'udp', 'internal', 'null'].includes(plain(type))) {
      return 'A card that is connected like this can only be there from power-on'
    }
    return ['ne2k_isa', 'spapr-vlan', 'lan9118'].includes(plain(model))
      ? 'This model cannot be plugged in while the guest runs'
      : true
  },
  whatGoes: ({ mac: address, portForwards }) => [
    `The guest loses this network connection${address === undefined ? '' : `, and the address reserved for ${plain(address)} is no longer asked for`}.`,
    ...(portForwards === undefined ? [] : ['Its port forwards go with it.']),
  ],
  check: checkNic,
})

function bestModel(context: HardwareContext): string {
  if (isXen(context)) return 'netfront'
  if (isX86(context) && isWindows(context)) {
    // what another card of the guest uses has a driver there
    const used = itemsOf(context, 'nic')[0]?.values['model']
    return typeof used === 'string' ? used : 'e1000e'
  }
  return 'virtio'
}

function sourceWords(values: Values): string {
  const of = (field: string): string => plain(values[field])
  switch (values['type']) {
    case 'network':
      return `Network ${of('network')}${of('portgroup') && `, port group ${of('portgroup')}`}`
    case 'bridge':
      return `Bridge ${of('bridge')}`
    case 'direct':
      return `${of('device')} (macvtap)`
    case 'user':
      return values['backend'] === 'passt' ? 'User mode (passt)' : 'User mode'
    case 'hostdev':
      return `PCI ${of('hostdev')}`
    case 'vhostuser':
      return of('socketPath')
    case 'vdpa':
      return of('vdpaDevice')
    case 'ethernet':
      return `Tap device ${of('targetDev')}`.trim()
    case 'mcast':
    case 'server':
    case 'client':
    case 'udp':
      return `${of('type')} ${[of('address'), of('port')].filter(Boolean).join(':')}`
    default:
      return of('type')
  }
}

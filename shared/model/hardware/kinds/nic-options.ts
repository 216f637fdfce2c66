import {
  choice,
  flag,
  has,
  hostChoice,
  integer,
  path,
  plain,
  rows,
  size,
  text,
  uuid,
  type Field,
  type Values,
} from '../field'
import { virtioOptions } from './virtio-options'

export const isVirtioNic = ({ model, type }: Values): boolean =>
  type !== 'hostdev' && plain(model).startsWith('virtio')
const isVirtual = ({ type }: Values): boolean => type !== 'hostdev'
const canShape = has('type', 'network', 'bridge', 'direct', 'ethernet')
const atPowerOn = 'It is part of the card the guest sees: remove this card and add another.'
const noLimit = 'Unlimited'

const inKiBps = (label: string, more: Partial<Field> = {}): Field => ({
  label,
  type: size(1024, 4_294_967_295 * 1024),
  when: canShape,
  absent: noLimit,
  isLive: true,
  ...more,
})

function offload(label: string): Field {
  return { label, type: flag, absent: 'On', when: isVirtioNic, isAdvanced: true, whyNotLive: atPowerOn }
}

/** How traffic is limited, filtered and tagged. */
export const nicTraffic = {
  inAverage: inKiBps('Into the guest, each second', { help: 'In the long run. Other limits need this one.' }),
  inPeak: inKiBps('Into the guest, peak each second', { isAdvanced: true }),
  inBurst: inKiBps('Into the guest, burst', { isAdvanced: true, help: 'How much may pass at peak speed.' }),
  inFloor: inKiBps('Into the guest, guaranteed each second', {
    isAdvanced: true,
    absent: 'Nothing',
    when: has('type', 'network'),
    help: 'Only in a network that has a limit itself.',
  }),
  outAverage: inKiBps('Out of the guest, each second'),
  outPeak: inKiBps('Out of the guest, peak each second', { isAdvanced: true }),
  outBurst: inKiBps('Out of the guest, burst', { isAdvanced: true }),
  filter: {
    label: 'Network filter',
    type: hostChoice('filter'),
    absent: 'None',
    isLive: true,
    when: has('type', 'network', 'bridge', 'ethernet'),
    help: '“clean-traffic” keeps the guest from using addresses of others.',
  },
  filterParameters: {
    label: 'Values for the filter',
    type: rows('value', {
      name: { label: 'Name', type: text({ maxLength: 128, isMono: true }), isRequired: true },
      value: { label: 'Value', type: text({ maxLength: 256, isMono: true }), isRequired: true },
    }),
    when: ({ filter }) => filter !== undefined,
    absent: 'None',
    isLive: true,
    help: 'Such as IP with the address the guest may use.',
  },
  vlanTags: {
    label: 'VLAN tags',
    type: rows('tag', {
      id: { label: 'Tag', type: integer(0, 4095), isRequired: true },
      native: {
        label: 'Native',
        type: choice([
          ['tagged', 'Native, sent tagged'],
          ['untagged', 'Native, sent untagged'],
        ]),
        absent: 'No',
      },
    }),
    when: has('type', 'network', 'bridge', 'direct', 'hostdev'),
    absent: 'No VLAN',
    isLive: true,
    help: 'Works with Open vSwitch and SR-IOV. A Linux bridge ignores it: there use a bridge on the VLAN.',
  },
  vlanTrunk: {
    label: 'The guest handles the tags itself (trunk)',
    type: flag,
    when: ({ vlanTags }) => vlanTags !== undefined,
    absent: 'Only with several tags',
    isLive: true,
  },
  isolated: {
    label: 'Keep apart from other isolated guests of the bridge',
    type: flag,
    when: has('type', 'network', 'bridge'),
    absent: 'No',
    isLive: true,
    isAdvanced: true,
  },
  trustRxFilters: {
    label: 'Let the guest change its address and multicast filters',
    type: flag,
    when: has('type', 'network', 'bridge', 'direct', 'hostdev', 'ethernet'),
    absent: 'No',
    isAdvanced: true,
    help: 'For guests that use other MAC addresses, such as bridges and clusters behind macvtap.',
  },
  portProfile: {
    label: 'Switch',
    type: choice([
      ['openvswitch', 'Open vSwitch'],
      ['802.1Qbg', '802.1Qbg (VEPA)'],
      ['802.1Qbh', '802.1Qbh (VN-Link)'],
      ['midonet', 'MidoNet'],
    ]),
    when: has('type', 'network', 'bridge', 'direct', 'hostdev'),
    absent: 'None',
  },
  profileId: {
    label: 'Port profile',
    type: text({ maxLength: 39 }),
    when: has('portProfile', 'openvswitch', '802.1Qbh'),
    absent: 'None',
    isAdvanced: true,
  },
  interfaceId: {
    label: 'Interface ID',
    type: uuid,
    when: has('portProfile', 'openvswitch', 'midonet'),
    absent: 'Made up',
    isFilledIn: true,
    isAdvanced: true,
  },
  managerId: qbg('Manager ID', integer(0, 255)),
  typeId: qbg('Type ID', integer(0, 16_777_215)),
  typeIdVersion: qbg('Version of the type ID', integer(0, 255)),
  instanceId: qbg('Instance ID', uuid),
} satisfies { [field: string]: Field }

function qbg(label: string, type: Field['type']): Field {
  return { label, type, when: has('portProfile', '802.1Qbg'), absent: 'Not set', isAdvanced: true }
}

/** How the device is emulated. */
export const nicTuning = {
  driver: {
    label: 'Packets are moved by',
    type: choice([
      ['vhost', 'The host’s kernel (vhost)', 'fast'],
      ['qemu', 'The emulator', 'slower; for hosts without vhost'],
    ]),
    when: isVirtioNic,
    absent: 'The host’s kernel where it can',
    isAdvanced: true,
    whyNotLive: atPowerOn,
  },
  hostdevDriver: {
    label: 'Passed through by',
    type: choice([
      ['vfio', 'VFIO'],
      ['kvm', 'KVM (old)'],
      ['xen', 'Xen'],
    ]),
    when: has('type', 'hostdev'),
    absent: 'VFIO',
    isAdvanced: true,
  },
  queues: {
    label: 'Queues',
    type: integer(1, 256),
    when: isVirtioNic,
    absent: '1',
    help: 'Several let several CPUs handle packets, at the price of CPU time; as many as the guest has CPUs are enough. A Linux guest may need “ethtool -L eth0 combined N”.',
    whyNotLive: atPowerOn,
  },
  rxQueueSize: {
    label: 'Receive ring',
    type: integer(256, 1024, 'entries'),
    when: isVirtioNic,
    absent: '256',
    isAdvanced: true,
    whyNotLive: atPowerOn,
  },
  txQueueSize: {
    label: 'Send ring',
    type: integer(256, 1024, 'entries'),
    when: isVirtioNic,
    absent: '256',
    help: 'More than 256 only with vhost-user and vDPA.',
    isAdvanced: true,
    whyNotLive: atPowerOn,
  },
  txMode: {
    label: 'Sending',
    type: choice([
      ['iothread', 'In a thread of its own'],
      ['timer', 'By a timer'],
    ]),
    when: isVirtioNic,
    absent: 'Hypervisor default',
    isAdvanced: true,
  },
  ioeventfd: {
    label: 'Asynchronous I/O (ioeventfd)',
    type: flag,
    when: isVirtioNic,
    absent: 'Hypervisor default',
    isAdvanced: true,
  },
  eventIdx: {
    label: 'Fewer interrupts (event_idx)',
    type: flag,
    when: isVirtioNic,
    absent: 'Hypervisor default',
    isAdvanced: true,
  },
  ...virtioOptions(isVirtioNic),
  mtu: {
    label: 'MTU',
    type: integer(68, 65_535, 'bytes'),
    when: isVirtual,
    absent: 'That of the bridge or network',
    whyNotLive: 'The guest learns it when the card appears: remove this card and add another.',
  },
  coalesceFrames: {
    label: 'Frames collected before the host is woken',
    type: integer(0, 4_294_967_295),
    when: isVirtual,
    absent: 'Hypervisor default',
    isLive: true,
    isAdvanced: true,
  },
  sendBuffer: {
    label: 'Send buffer of the tap device',
    type: integer(0, 4_294_967_295, 'bytes'),
    when: isVirtual,
    absent: 'Unlimited',
    isAdvanced: true,
  },
  romEnabled: {
    label: 'Network boot ROM',
    type: flag,
    absent: 'On',
    isAdvanced: true,
    help: 'Off: the card cannot start the guest from the network.',
    whyNotLive: atPowerOn,
  },
  romBar: {
    label: 'ROM visible to the guest (BAR)',
    type: flag,
    absent: 'On',
    isAdvanced: true,
    whyNotLive: atPowerOn,
  },
  romFile: {
    label: 'ROM file',
    type: path,
    absent: 'That of the hypervisor',
    isAdvanced: true,
    whyNotLive: atPowerOn,
  },
  hostCsum: offload('Host: checksums'),
  hostGso: offload('Host: generic segmentation'),
  hostTso4: offload('Host: TCP segmentation, IPv4'),
  hostTso6: offload('Host: TCP segmentation, IPv6'),
  hostEcn: offload('Host: TCP segmentation with ECN'),
  hostUfo: offload('Host: UDP fragmentation'),
  hostMrgRxbuf: offload('Host: merged receive buffers'),
  guestCsum: offload('Guest: checksums'),
  guestTso4: offload('Guest: TCP segmentation, IPv4'),
  guestTso6: offload('Guest: TCP segmentation, IPv6'),
  guestEcn: offload('Guest: TCP segmentation with ECN'),
  guestUfo: offload('Guest: UDP fragmentation'),
  rss: { ...offload('Spread over queues by the host (RSS)'), absent: 'Off' },
  rssReport: { ...offload('Tell the guest the hash of RSS'), absent: 'Off' },
} satisfies { [field: string]: Field }

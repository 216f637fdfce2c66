/**
 * Networks of every mode as values and as the definition they come to. The first ones are the examples of the guide whose
 * rows are named, as libvirt takes them: netmasks are prefixes, and addresses have four octets.
 */
import type { Values } from '../../../../shared/model/hardware/field'

interface Golden {
  readonly name: string
  readonly values: Values
  readonly xml: string
}

export const golden: readonly Golden[] = [
  {
    name: 'NAT with DHCP (S1-081)',
    values: {
      name: 'nat-lab',
      mode: 'nat',
      bridgeName: 'virbr7',
      ipv4Address: '192.168.177.1',
      ipv4Prefix: 24,
      dhcp4: true,
      ranges4: [{ start: '192.168.177.2', end: '192.168.177.254' }],
    },
    xml: `<network>
  <name>nat-lab</name>
  <forward mode='nat'/>
  <bridge name='virbr7'/>
  <ip address='192.168.177.1' prefix='24'>
    <dhcp>
      <range start='192.168.177.2' end='192.168.177.254'/>
    </dhcp>
  </ip>
</network>
`,
  },
  {
    name: 'reserved addresses of both families (S1-082)',
    values: {
      name: 'reserved',
      mode: 'nat',
      ipv4Address: '192.168.178.1',
      ipv4Prefix: 24,
      dhcp4: true,
      ranges4: [
        { start: '192.168.178.100', end: '192.168.178.200', lease: 2, leaseUnit: 'hours' },
        { start: '192.168.178.210', end: '192.168.178.220', lease: 0 },
      ],
      reservations4: [{ mac: '52:54:00:12:34:99', name: 'vm1', ip: '192.168.178.10' }],
      ipv6Address: 'fd00:178::1',
      ipv6Prefix: 64,
      dhcp6: true,
      ranges6: [{ start: 'fd00:178::100', end: 'fd00:178::1ff' }],
      reservations6: [{ id: '0:3:0:1:52:54:0:12:34:99', name: 'vm1-six', ip: 'fd00:178::10' }],
    },
    xml: `<network>
  <name>reserved</name>
  <forward mode='nat'/>
  <ip address='192.168.178.1' prefix='24'>
    <dhcp>
      <range start='192.168.178.100' end='192.168.178.200'>
        <lease expiry='2' unit='hours'/>
      </range>
      <range start='192.168.178.210' end='192.168.178.220'>
        <lease expiry='0'/>
      </range>
      <host mac='52:54:00:12:34:99' name='vm1' ip='192.168.178.10'/>
    </dhcp>
  </ip>
  <ip family='ipv6' address='fd00:178::1' prefix='64'>
    <dhcp>
      <range start='fd00:178::100' end='fd00:178::1ff'/>
      <host id='0:3:0:1:52:54:0:12:34:99' name='vm1-six' ip='fd00:178::10'/>
    </dhcp>
  </ip>
</network>
`,
  },
  {
    name: 'routed through one card (S1-083)',
    values: {
      name: 'routed-lab',
      mode: 'route',
      forwardDevice: 'eth1',
      ipv4Address: '192.168.179.1',
      ipv4Prefix: 24,
      routes: [{ address: '10.20.0.0', prefix: 16, gateway: '192.168.179.2', metric: 2 }],
    },
    xml: `<network>
  <name>routed-lab</name>
  <forward mode='route' dev='eth1'/>
  <ip address='192.168.179.1' prefix='24'/>
  <route address='10.20.0.0' prefix='16' gateway='192.168.179.2' metric='2'/>
</network>
`,
  },
  {
    name: 'isolated (S1-084)',
    values: {
      name: 'isolated-lab',
      mode: 'isolated',
      ipv4Address: '192.168.180.1',
      ipv4Prefix: 24,
      dhcp4: true,
      ranges4: [{ start: '192.168.180.2', end: '192.168.180.254' }],
      isolatedPorts: true,
    },
    xml: `<network>
  <name>isolated-lab</name>
  <port isolated='yes'/>
  <ip address='192.168.180.1' prefix='24'>
    <dhcp>
      <range start='192.168.180.2' end='192.168.180.254'/>
    </dhcp>
  </ip>
</network>
`,
  },
  {
    name: 'a bridge of the host (S1-085)',
    values: {
      name: 'lan',
      mode: 'bridge',
      hostBridge: 'br0',
      portGroups: [{ name: 'staff', default: true }],
    },
    xml: `<network>
  <name>lan</name>
  <forward mode='bridge'/>
  <bridge name='br0'/>
  <portgroup name='staff' default='yes'/>
</network>
`,
  },
  {
    name: 'an SR-IOV pool by its card (S1-086)',
    values: {
      name: 'passthrough',
      mode: 'hostdev',
      pfDevice: 'eth0',
      managed: true,
      hostdevDriver: 'vfio',
      vlanTags: [{ id: 42 }],
    },
    xml: `<network>
  <name>passthrough</name>
  <forward managed='yes' mode='hostdev'>
    <pf dev='eth0'/>
    <driver name='vfio'/>
  </forward>
  <vlan>
    <tag id='42'/>
  </vlan>
</network>
`.replace("managed='yes' mode='hostdev'", "mode='hostdev' managed='yes'"),
  },
  {
    name: 'an SR-IOV pool by its functions',
    values: {
      name: 'functions',
      mode: 'hostdev',
      functions: [{ address: '0000:41:01.0' }, { address: '0000:41:01.1' }],
      portProfile: '802.1Qbh',
      profileId: 'finance',
    },
    xml: `<network>
  <name>functions</name>
  <forward mode='hostdev'>
    <address type='pci' domain='0x0000' bus='0x41' slot='0x01' function='0x0'/>
    <address type='pci' domain='0x0000' bus='0x41' slot='0x01' function='0x1'/>
  </forward>
  <virtualport type='802.1Qbh'>
    <parameters profileid='finance'/>
  </virtualport>
</network>
`,
  },
  {
    name: 'open',
    values: {
      name: 'open-lab',
      mode: 'open',
      bridgeName: 'virbr9',
      stp: false,
      bridgeDelay: 2,
      bridgeMac: '52:54:00:aa:bb:cc',
      mtu: 9000,
      ipv4Address: '192.168.181.1',
      ipv4Prefix: 24,
      ipv6Address: 'fd00:181::1',
      ipv6Prefix: 64,
    },
    xml: `<network>
  <name>open-lab</name>
  <forward mode='open'/>
  <bridge name='virbr9' stp='off' delay='2'/>
  <mtu size='9000'/>
  <mac address='52:54:00:aa:bb:cc'/>
  <ip address='192.168.181.1' prefix='24'/>
  <ip family='ipv6' address='fd00:181::1' prefix='64'/>
</network>
`,
  },
  {
    name: 'macvtap over two cards',
    values: {
      name: 'macvtap-lab',
      mode: 'macvtap',
      macvtapMode: 'vepa',
      devices: [{ device: 'eth0' }, { device: 'eth1' }],
      portProfile: '802.1Qbg',
      managerId: 11,
      typeId: 1_193_047,
      typeIdVersion: 2,
      instanceId: '09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f',
    },
    xml: `<network>
  <name>macvtap-lab</name>
  <forward mode='vepa'>
    <interface dev='eth0'/>
    <interface dev='eth1'/>
  </forward>
  <virtualport type='802.1Qbg'>
    <parameters managerid='11' typeid='1193047' typeidversion='2' instanceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/>
  </virtualport>
</network>
`,
  },
  {
    name: 'Open vSwitch with tags and port groups',
    values: {
      name: 'ovs-lab',
      mode: 'openvswitch',
      hostBridge: 'ovsbr0',
      vlanTags: [{ id: 10, native: 'untagged' }, { id: 20 }],
      vlanTrunk: true,
      portGroups: [
        { name: 'trunk', vlans: '30, 40', trunk: true },
        { name: 'staff', default: true, vlans: '50', profileId: 'gold', trustRxFilters: true },
      ],
      interfaceId: '09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f',
      trustRxFilters: true,
    },
    xml: `<network trustGuestRxFilters='yes'>
  <name>ovs-lab</name>
  <forward mode='bridge'/>
  <bridge name='ovsbr0'/>
  <vlan trunk='yes'>
    <tag id='10' nativeMode='untagged'/>
    <tag id='20'/>
  </vlan>
  <virtualport type='openvswitch'>
    <parameters interfaceid='09b11c53-8b5c-4eeb-8f00-d84eaa0aaa4f'/>
  </virtualport>
  <portgroup name='trunk'>
    <vlan trunk='yes'>
      <tag id='30'/>
      <tag id='40'/>
    </vlan>
  </portgroup>
  <portgroup name='staff' default='yes' trustGuestRxFilters='yes'>
    <vlan>
      <tag id='50'/>
    </vlan>
    <virtualport type='openvswitch'>
      <parameters profileid='gold'/>
    </virtualport>
  </portgroup>
</network>
`,
  },
  {
    name: 'names and network boot',
    values: {
      name: 'names-lab',
      mode: 'nat',
      natStart: '203.0.113.10',
      natEnd: '203.0.113.20',
      natPortStart: 2000,
      natPortEnd: 3000,
      natIpv6: true,
      ipv4Address: '192.168.182.1',
      ipv4Prefix: 24,
      dhcp4: true,
      ranges4: [{ start: '192.168.182.2', end: '192.168.182.99' }],
      bootFile: 'pxelinux.0',
      bootServer: '192.168.182.5',
      tftpRoot: '/var/lib/libvirt/images',
      ptr4: true,
      ipv6Address: 'fd00:182::1',
      ipv6Prefix: 64,
      domain: 'lab.example',
      domainLocalOnly: true,
      forwardPlainNames: false,
      dnsHosts: [{ ip: '192.168.182.10', names: 'web, www' }],
      forwarders: [{ address: '192.0.2.53' }, { domain: 'corp.example', address: '192.0.2.54' }],
      srv: [
        {
          service: 'ldap',
          protocol: 'tcp',
          domain: 'lab.example',
          target: 'ldap.lab.example',
          port: 389,
          priority: 1,
          weight: 10,
        },
      ],
      txt: [{ name: 'about', value: 'made & kept by hand' }],
    },
    xml: `<network>
  <name>names-lab</name>
  <forward mode='nat'>
    <nat ipv6='yes'>
      <address start='203.0.113.10' end='203.0.113.20'/>
      <port start='2000' end='3000'/>
    </nat>
  </forward>
  <domain name='lab.example' localOnly='yes'/>
  <dns forwardPlainNames='no'>
    <forwarder addr='192.0.2.53'/>
    <forwarder addr='192.0.2.54' domain='corp.example'/>
    <txt name='about' value='made &amp; kept by hand'/>
    <srv service='ldap' protocol='tcp' domain='lab.example' target='ldap.lab.example' port='389' priority='1' weight='10'/>
    <host ip='192.168.182.10'>
      <hostname>web</hostname>
      <hostname>www</hostname>
    </host>
  </dns>
  <ip address='192.168.182.1' prefix='24' localPtr='yes'>
    <dhcp>
      <range start='192.168.182.2' end='192.168.182.99'/>
      <bootp file='pxelinux.0' server='192.168.182.5'/>
    </dhcp>
    <tftp root='/var/lib/libvirt/images'/>
  </ip>
  <ip family='ipv6' address='fd00:182::1' prefix='64'/>
</network>
`,
  },
  {
    name: 'limits',
    values: {
      name: 'limits-lab',
      mode: 'isolated',
      inAverage: 1_024_000,
      inPeak: 2_048_000,
      inBurst: 1_048_576,
      outAverage: 512_000,
    },
    xml: `<network>
  <name>limits-lab</name>
  <bandwidth>
    <inbound average='1000' peak='2000' burst='1024'/>
    <outbound average='500'/>
  </bandwidth>
</network>
`,
  },
]

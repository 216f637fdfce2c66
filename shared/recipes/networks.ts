import type { Distribution, Recipe, RecipeStep } from './recipe'
import { hostFile, lines, onHost, packageCommand, quoted } from './words'

const cuts =
  'A card that becomes part of a bridge loses its address for a moment: an ssh connection through it may end for good if a word is wrong. Sit at the host’s own console, or let it go back by itself.'

const goBackByItself = onHost(
  'If you are not at the host’s own console: let it boot again in five minutes, and take that back when the bridge works.',
  lines('sudo shutdown -r +5', '# later, when all is well:  sudo shutdown -c'),
)

const whoManages = onHost(
  'See which service sets the host’s network up, and follow the steps for that one.',
  'systemctl is-active NetworkManager wicked systemd-networkd networking',
)

/** A bridge with a card, by the service that a distribution has besides NetworkManager. */
const bridgeWithoutNetworkManager: Record<Distribution, readonly RecipeStep[]> = {
  debian: [
    onHost('With ifupdown: install what it needs for bridges.', `${packageCommand.debian} bridge-utils`),
    hostFile(
      'With ifupdown: the bridge takes over the address; the card has none of its own. For a fixed address write "static", with address and gateway lines.',
      '/etc/network/interfaces.d/br0',
      lines(
        'auto eth0',
        'iface eth0 inet manual',
        '',
        'auto br0',
        'iface br0 inet dhcp',
        '    bridge_ports eth0',
        '    bridge_stp on',
        '    bridge_fd 15',
        '',
      ),
    ),
    onHost(
      'With ifupdown: remove the card’s lines from /etc/network/interfaces, then bring it up.',
      'sudo ifup br0',
    ),
  ],
  redhat: [],
  suse: [
    hostFile(
      'With wicked: the bridge. For a fixed address write BOOTPROTO=static and an IPADDR line.',
      '/etc/sysconfig/network/ifcfg-br0',
      lines(
        "STARTMODE='auto'",
        "BOOTPROTO='dhcp'",
        "BRIDGE='yes'",
        "BRIDGE_PORTS='eth0'",
        "BRIDGE_STP='on'",
        "BRIDGE_FORWARDDELAY='15'",
        '',
      ),
    ),
    hostFile(
      'With wicked: the card, without an address of its own.',
      '/etc/sysconfig/network/ifcfg-eth0',
      lines("STARTMODE='auto'", "BOOTPROTO='none'", ''),
    ),
    onHost('With wicked: bring it up.', 'sudo wicked ifreload all'),
  ],
}

export const hostBridge: Recipe = {
  id: 'host-bridge',
  topic: 'Networks',
  title: 'Bridge guests to the host’s network',
  summary:
    'Guests appear in the network like computers of their own, with addresses from its DHCP server. The usual choice for servers.',
  keywords: [
    'br0',
    'bridge',
    'nmcli',
    'wicked',
    'ifupdown',
    'ip link',
    'layer 2',
    'stp',
    'slave',
    'delete bridge',
  ],
  build: ({ distribution }) => ({
    steps: [
      whoManages,
      goBackByItself,
      onHost(
        'With NetworkManager: make the bridge, put the card into it, and change over. Write the name of your card for eth0.',
        lines(
          'NIC=eth0 BRIDGE=br0',
          'OLD=$(nmcli -g GENERAL.CONNECTION device show "$NIC")',
          'sudo nmcli connection add type bridge ifname "$BRIDGE" con-name "$BRIDGE" bridge.stp yes',
          'sudo nmcli connection add type bridge-slave ifname "$NIC" con-name "$BRIDGE-$NIC" master "$BRIDGE"',
          '# only for a fixed address:',
          '# sudo nmcli connection modify "$BRIDGE" ipv4.method manual ipv4.addresses 192.0.2.10/24 ipv4.gateway 192.0.2.1',
          'sudo nmcli connection modify "$OLD" connection.autoconnect no',
          'sudo nmcli connection down "$OLD"; sudo nmcli connection up "$BRIDGE"',
        ),
      ),
      ...bridgeWithoutNetworkManager[distribution],
      onHost(
        'Only to try it, until the next boot and without any service: a bridge, and a card that is not used otherwise.',
        lines(
          'NIC=eth1 BRIDGE=br1',
          'sudo ip link add name "$BRIDGE" type bridge stp_state 1',
          'sudo ip link set dev "$NIC" master "$BRIDGE"',
          'sudo ip link set dev "$NIC" up; sudo ip link set dev "$BRIDGE" up',
        ),
      ),
      onHost(
        'In Innkeeper: make a network of the kind "Bridge of the host", or choose the bridge at a network card.',
      ),
    ],
    changes: [
      'The host gets a bridge, which has the address that the card had',
      'Guests on it are seen by the whole network behind the card',
    ],
    dangers: [
      cuts,
      'A card can be part of one bridge only.',
      'Many wireless networks and cloud providers let only one MAC address through a port: guests on a bridge then get no answer.',
      'Switches that learn a loop block the port: keep STP on where bridges of several hosts meet.',
    ],
    verify: [
      onHost(
        'The card belongs to the bridge, and the bridge has the address. (NetworkManager tells all settings of a bridge: nmcli -f bridge connection show br0)',
        'bridge link show; ip -brief address show type bridge',
      ),
    ],
    undo: [
      onHost(
        'With NetworkManager: remove the bridge and bring the old connection back.',
        lines(
          'NIC=eth0 BRIDGE=br0',
          'sudo nmcli connection delete "$BRIDGE-$NIC" "$BRIDGE"',
          'sudo nmcli device connect "$NIC"',
        ),
      ),
      onHost(
        'By hand: take the card out, then the bridge can go.',
        lines('sudo ip link set dev eth1 nomaster', 'sudo ip link delete dev br1 type bridge'),
      ),
    ],
  }),
}

export const privateBridge: Recipe = {
  id: 'private-bridge',
  topic: 'Networks',
  title: 'Bridge for guests only',
  summary:
    'A bridge without a card: guests reach each other and, if it has an address, the host. Nothing leaves the host.',
  keywords: ['isolated', 'host-only', 'private', '192.168', '172.16', '10.0.0.0', 'bridge without nic'],
  build: ({ distribution }) => ({
    steps: [
      onHost(
        'Most people need no bridge of their own for this: in Innkeeper, make a network of the kind "Isolated". libvirt then makes the bridge, with DHCP and names if wanted.',
      ),
      onHost(
        'With NetworkManager: a bridge with an address for the host, from a range nobody else uses (192.168.0.0/16, 172.16.0.0/12 or 10.0.0.0/8).',
        'sudo nmcli connection add type bridge ifname brpriv con-name brpriv ipv4.method manual ipv4.addresses 192.168.200.1/24 ipv6.method disabled',
      ),
      onHost(
        'With NetworkManager: the same for guests only, without an address of the host.',
        'sudo nmcli connection add type bridge ifname brguests con-name brguests ipv4.method disabled ipv6.method disabled',
      ),
      ...(distribution === 'suse'
        ? [
            hostFile(
              'With wicked: without a card, and with 0.0.0.0 the host itself stays out.',
              '/etc/sysconfig/network/ifcfg-brguests',
              lines(
                "STARTMODE='auto'",
                "BOOTPROTO='static'",
                "IPADDR='0.0.0.0/32'",
                "BRIDGE='yes'",
                "BRIDGE_PORTS=''",
                "BRIDGE_STP='off'",
                '',
              ),
            ),
          ]
        : []),
      onHost(
        'To let guests on two hosts meet, put a VLAN of a card into it: see "VLAN on a card of the host".',
      ),
    ],
    changes: ['The host gets a bridge that leads nowhere else'],
    dangers: [
      'No DHCP server and no names: guests need fixed addresses, unless one of them serves the others.',
    ],
    verify: [
      onHost(
        'The bridge is up; the address is only there for the first kind.',
        'ip -brief address show brpriv',
      ),
    ],
    undo: [
      onHost('With NetworkManager.', 'sudo nmcli connection delete brpriv'),
      onHost('By hand.', 'sudo ip link delete dev brpriv type bridge'),
    ],
  }),
}

export const hostVlan: Recipe = {
  id: 'host-vlan',
  topic: 'Networks',
  title: 'VLAN on a card of the host',
  summary:
    'A numbered network within the network, alone or as part of a bridge: private links between hosts that guests keep when they move.',
  keywords: ['802.1q', 'tag', 'trunk', 'vlan id', 'private link', 'live migration'],
  build: ({ distribution }) => ({
    steps: [
      onHost(
        'With NetworkManager: a VLAN without an address, as part of a bridge for guests.',
        lines(
          'NIC=eth0 ID=100',
          'sudo nmcli connection add type bridge ifname "br$ID" con-name "br$ID" ipv4.method disabled ipv6.method disabled',
          'sudo nmcli connection add type vlan ifname "$NIC.$ID" con-name "$NIC.$ID" dev "$NIC" id "$ID" master "br$ID" slave-type bridge',
          'sudo nmcli connection up "br$ID"; sudo nmcli connection up "$NIC.$ID"',
        ),
      ),
      ...(distribution === 'suse'
        ? [
            hostFile(
              'With wicked: the VLAN, which a bridge then names as its port.',
              '/etc/sysconfig/network/ifcfg-eth0.100',
              lines("STARTMODE='auto'", "BOOTPROTO='none'", "ETHERDEVICE='eth0'", "VLAN_ID='100'", ''),
            ),
          ]
        : []),
      onHost(
        'Only to try it, until the next boot.',
        lines(
          'NIC=eth0 ID=100',
          'sudo ip link add link "$NIC" name "$NIC.$ID" type vlan id "$ID"',
          'sudo ip link set dev "$NIC.$ID" up',
        ),
      ),
      onHost(
        'Do the same on each host whose guests shall meet, with the same bridge name: then VMs can move between them.',
      ),
    ],
    changes: ['The host sends and takes frames with this number on the card'],
    dangers: [
      'The port of the switch has to let this number through (a trunk port); otherwise nothing arrives and nothing complains.',
      'An Open vSwitch bridge tags by itself: set the VLAN at the network card or the port group instead.',
    ],
    verify: [onHost('The number is shown behind "vlan protocol".', 'ip -details link show dev eth0.100')],
    undo: [
      onHost('With NetworkManager.', 'sudo nmcli connection delete eth0.100 br100'),
      onHost('By hand.', 'sudo ip link delete dev eth0.100'),
    ],
  }),
}

export const routedGuest: Recipe = {
  id: 'routed-guest',
  topic: 'Networks',
  title: 'Route to guests without a bridge',
  summary:
    'The host forwards packets to each guest’s own address, for providers that allow one MAC address only, or for a fixed set of guests.',
  keywords: [
    'proxy_arp',
    'ip_forward',
    'firewalld',
    'forward-port',
    'vif-route',
    'xen',
    'masquerade',
    'port forwarding',
  ],
  build: () => ({
    steps: [
      onHost(
        'With libvirt: in Innkeeper, make a network of the kind "Routed". The steps below are for a guest’s interface that you set up yourself, as on Xen hosts.',
      ),
      hostFile(
        'Let the host forward, and answer for the guests’ addresses.',
        '/etc/sysctl.d/90-routed-guests.conf',
        lines(
          'net.ipv4.ip_forward = 1',
          'net.ipv4.conf.default.proxy_arp = 1',
          'net.ipv4.conf.all.proxy_arp = 1',
          '',
        ),
      ),
      onHost('Make it so.', 'sudo systemctl restart systemd-sysctl'),
      onHost(
        'The way to the guest’s address is its interface. Write the names of yours.',
        lines('GUEST=192.0.2.50 INTERFACE=vifdemo.0', 'sudo ip route add "$GUEST" dev "$INTERFACE"'),
      ),
      onHost(
        'With firewalld: let the interface in, and send a port of the host to the guest.',
        lines(
          'GUEST=192.0.2.50 INTERFACE=vifdemo.0',
          'sudo firewall-cmd --zone=public --add-interface="$INTERFACE"',
          'sudo firewall-cmd --zone=public --add-forward-port=port=80:proto=tcp:toport=80:toaddr="$GUEST"',
          'sudo firewall-cmd --runtime-to-permanent',
        ),
      ),
      onHost(
        'In the guest: a fixed address, and the host’s address as gateway. There is no DHCP on this way.',
        'ip route add 192.0.2.1 dev eth0 && ip route add default via 192.0.2.1',
      ),
      onHost(
        'In xl’s file of a Xen guest: no bridge, but a script that sets the route. For an HVM guest the name of the emulated card ends in "-emu".',
        lines(
          "cat <<'VIF'",
          "vif = [ 'mac=00:16:3e:00:00:01, ip=192.0.2.50, script=vif-route, vifname=vifdemo.0' ]",
          'VIF',
        ),
      ),
    ],
    changes: [
      'The host forwards packets between its networks',
      'The host answers ARP questions for addresses it has routes to',
    ],
    dangers: [
      'Forwarding makes the host a router: without firewall rules it forwards between all its networks.',
      'Restarting the host’s network service can switch forwarding off again.',
      'The router of your network has to know the way to the guests’ addresses, unless the host answers for them.',
    ],
    verify: [
      onHost(
        'Forwarding is on and the route is there.',
        'sysctl net.ipv4.ip_forward; ip route get 192.0.2.50',
      ),
      onHost('The rules that count.', 'sudo nft list ruleset; sudo iptables -S'),
    ],
    undo: [
      onHost(
        'Remove the settings and the route.',
        lines(
          'sudo rm /etc/sysctl.d/90-routed-guests.conf',
          'sudo sysctl -w net.ipv4.conf.all.proxy_arp=0 net.ipv4.conf.default.proxy_arp=0',
          'sudo ip route del 192.0.2.50',
        ),
      ),
    ],
  }),
}

export const bridgeHelper: Recipe = {
  id: 'bridge-helper',
  topic: 'Networks',
  title: 'Let ordinary users plug guests into a bridge',
  summary:
    'qemu-bridge-helper connects guests of a user’s own session to bridges that the administrator allows.',
  keywords: ['qemu-bridge-helper', 'bridge.conf', 'session', 'rootless', 'allow', 'kvm group', 'tap'],
  build: (values) => {
    const { user } = quoted(values)
    const helper =
      values.distribution === 'debian'
        ? '/usr/lib/qemu/qemu-bridge-helper'
        : '/usr/libexec/qemu-bridge-helper'
    return {
      steps: [
        hostFile('Name the bridges that may be used.', '/etc/qemu/bridge.conf', lines('allow br0', '')),
        onHost(
          'The helper needs root’s rights to make the interface; let only members of one group start it.',
          lines(
            'sudo chown root:root /etc/qemu/bridge.conf; sudo chmod 0644 /etc/qemu/bridge.conf',
            `sudo chown root:kvm ${helper}; sudo chmod 4750 ${helper}`,
            `sudo usermod --append --groups kvm ${user}`,
          ),
        ),
      ],
      changes: [
        'Members of the group kvm can connect guests to the allowed bridges',
        'The helper runs with root’s rights for them',
      ],
      dangers: [
        'A guest on a bridge can send anything into the network behind it, in the name of any address.',
      ],
      verify: [onHost('Its rights begin with "-rws".', `ls -l ${helper}; cat /etc/qemu/bridge.conf`)],
      undo: [onHost('Take the right away.', `sudo chmod u-s ${helper}`)],
    }
  },
}

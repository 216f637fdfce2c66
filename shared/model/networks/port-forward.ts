/**
 * How a port of the host is led to a guest of a NAT network, as commands for the host's administrator: libvirt has no
 * setting for it.
 */
import { isIpv4 } from '../hardware/ip'

export interface PortForward {
  /** Name of the network and its bridge: "default", "virbr0". */
  readonly network: string
  readonly bridge: string
  /** "192.168.122.0/24". */
  readonly subnet: string
  /** Of the guest; it should be reserved for it. */
  readonly address: string
  readonly protocol: 'tcp' | 'udp'
  readonly hostPort: number
  readonly guestPort: number
}

export interface PortForwardWay {
  readonly title: string
  readonly note: string
  readonly commands: readonly string[]
}

/** Empty for what cannot be forwarded. */
export function portForwardWays(forward: PortForward): PortForwardWay[] {
  const { address, hostPort, guestPort } = forward
  const isPort = (port: number): boolean => Number.isSafeInteger(port) && port > 0 && port < 65_536
  // all of it becomes part of commands
  const isPlain = [forward.bridge, forward.network, forward.subnet].every((word) => /^[\w.:/-]+$/.test(word))
  if (!isIpv4(address) || !isPort(hostPort) || !isPort(guestPort) || !isPlain) return []
  return [firewalld(forward), nft(forward), iptables(forward), hook(forward)]
}

function firewalld({ protocol, hostPort, guestPort, address }: PortForward): PortForwardWay {
  const rule = `port=${hostPort}:proto=${protocol}:toport=${guestPort}:toaddr=${address}`
  return {
    title: 'firewalld',
    note: 'In the zone of the card that others come by: firewall-cmd --get-active-zones tells which. The last command makes it stay.',
    commands: [
      `firewall-cmd --zone=public --add-forward-port=${rule}`,
      'firewall-cmd --zone=public --add-masquerade',
      'firewall-cmd --runtime-to-permanent',
    ],
  }
}

function nft({ protocol, hostPort, guestPort, address, bridge }: PortForward): PortForwardWay {
  return {
    title: 'nftables',
    note: 'Gone after a restart of the host unless it is also in /etc/nftables.conf. Rules of libvirt that reject what comes from outside have to be passed first.',
    commands: [
      'nft add table ip innkeeper',
      "nft 'add chain ip innkeeper prerouting { type nat hook prerouting priority dstnat; }'",
      `nft add rule ip innkeeper prerouting iifname != ${bridge} fib daddr type local ${protocol} dport ${hostPort} dnat to ${address}:${guestPort}`,
      ...accept({ protocol, guestPort, address, bridge }),
    ],
  }
}

function iptables({ protocol, hostPort, guestPort, address, bridge }: PortForward): PortForwardWay {
  return {
    title: 'iptables',
    note: 'Gone after a restart of the host, and behind libvirt’s own rules after the network was restarted: see the hook.',
    commands: [
      `iptables -t nat -I PREROUTING ! -i ${bridge} -m addrtype --dst-type LOCAL -p ${protocol} --dport ${hostPort} -j DNAT --to-destination ${address}:${guestPort}`,
      ...accept({ protocol, guestPort, address, bridge }),
    ],
  }
}

/** libvirt rejects new connections into a NAT network; a rule before its own lets this one pass. */
function accept({
  protocol,
  guestPort,
  address,
  bridge,
}: Pick<PortForward, 'protocol' | 'guestPort' | 'address' | 'bridge'>): string[] {
  return [`iptables -I FORWARD -o ${bridge} -p ${protocol} -d ${address} --dport ${guestPort} -j ACCEPT`]
}

function hook(forward: PortForward): PortForwardWay {
  const { network } = forward
  const [nat = '', pass = ''] = iptables(forward).commands
  const remove = (command: string): string => command.replace(/ -I (\S+)/, ' -D $1')
  return {
    title: 'Each time the network starts',
    note: 'As /etc/libvirt/hooks/network (executable; restart libvirtd once so that it is seen). It runs after libvirt has made its own rules.',
    commands: [
      [
        '#!/bin/sh',
        `[ "$1" = '${network}' ] || exit 0`,
        'case "$2" in',
        'started)',
        `  ${nat}`,
        `  ${pass}`,
        '  ;;',
        'stopped)',
        `  ${remove(nat)}`,
        `  ${remove(pass)}`,
        '  ;;',
        'esac',
      ].join('\n'),
    ],
  }
}

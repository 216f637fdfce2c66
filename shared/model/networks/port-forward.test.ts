import { expect, test } from 'vitest'
import { portForwardWays, type PortForward } from './port-forward'

const web: PortForward = {
  network: 'default',
  bridge: 'virbr0',
  subnet: '192.168.122.0/24',
  address: '192.168.122.10',
  protocol: 'tcp',
  hostPort: 8080,
  guestPort: 80,
}

test('a port is led to a guest by each firewall, and by a hook that undoes it', () => {
  const ways = portForwardWays(web)
  expect(ways.map(({ title }) => title)).toEqual([
    'firewalld',
    'nftables',
    'iptables',
    'Each time the network starts',
  ])
  const text = (at: number): string => ways[at]?.commands.join('\n') ?? ''
  expect(text(0)).toContain('--add-forward-port=port=8080:proto=tcp:toport=80:toaddr=192.168.122.10')
  expect(text(0)).toContain('--runtime-to-permanent')
  expect(text(1)).toContain('tcp dport 8080 dnat to 192.168.122.10:80')
  expect(text(2)).toContain('--dport 8080 -j DNAT --to-destination 192.168.122.10:80')
  expect(text(2)).toContain('iptables -I FORWARD -o virbr0 -p tcp -d 192.168.122.10 --dport 80 -j ACCEPT')
  expect(text(3)).toMatch(/^#!\/bin\/sh\n\[ "\$1" = 'default' \]/)
  expect(text(3).match(/ -I /g)?.length).toBe(2)
  expect(text(3).match(/ -D /g)?.length).toBe(2)
})

test('nothing that is no address, port or plain name becomes part of a command', () => {
  expect(portForwardWays({ ...web, address: '$(reboot)' })).toEqual([])
  expect(portForwardWays({ ...web, hostPort: 70_000 })).toEqual([])
  expect(portForwardWays({ ...web, guestPort: 1.5 })).toEqual([])
  expect(portForwardWays({ ...web, network: "x'; reboot; '" })).toEqual([])
  expect(portForwardWays({ ...web, bridge: 'virbr0;reboot' })).toEqual([])
})

/** Networks of a real host with a guest in them, held against what the guest itself sees. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { inGuest } from '../../../../e2e/lab/guest-agent'
import { startLab, type Lab, type LabHost } from '../../../../e2e/lab/lab'
import { plain, type Values } from '../../../../shared/model/hardware/field'
import type { Lease } from '../../../../shared/model/networks/network'
import { golden } from '../../../domain-xml/networks/testing/golden'
import type { HypervisorSession } from '../../backend'
import { expectKind, pollUntil } from '../../suite/expect-kind'
import { openSession } from '../testing/suite-host'

const step = { timeout: 240_000 }
const guest = 'net-guest'
const cards = { nat: '52:54:00:4e:00:01', alone: '52:54:00:4e:00:02' }
const range = (third: number): Values => ({
  ipv4Address: `10.214.${third}.1`,
  ipv4Prefix: 24,
  dhcp4: true,
  ranges4: [{ start: `10.214.${third}.100`, end: `10.214.${third}.200` }],
})
const nat: Values = { name: 'live-nat', mode: 'nat', ...range(1), domain: 'live.example' }
const alone: Values = { name: 'live-alone', mode: 'isolated', ...range(2) }
/** A host beside this one, which the guest reaches by NAT only. */
const outside = '10.77.0.1'

describe('networks of a lab host', () => {
  let lab: Lab
  let host: LabHost
  let session: HypervisorSession

  const attach = (network: string, mac: string): Promise<string> =>
    host.virsh(['attach-interface', guest, 'network', network, '--model', 'virtio', '--mac', mac, '--config'])
  const lease = (network: string, wanted: (one: Lease) => boolean): Promise<Lease> =>
    pollUntil(`a lease in ${network}`, 60_000, async () =>
      (await session.networks.leases(network)).find(wanted),
    )
  const see = (script: string): Promise<string> => inGuest(host, guest, script)
  const drop = async (name: string): Promise<void> => {
    const { items } = await session.networks.networks()
    if (items.some((one) => one.name === name)) await session.networks.deleteNetwork(name)
  }
  const device = (mac: string): string => `$(basename $(dirname $(grep -l ${mac} /sys/class/net/*/address)))`

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    session = await openSession(host.uri())
    await host.removeGuest(guest)
    for (const values of [nat, alone]) {
      await drop(plain(values['name']))
      await session.networks.createNetwork({ values, start: true, autostart: true })
    }
    await host.defineGuest({ name: guest, graphics: 'none' })
    await attach('live-nat', cards.nat)
    await attach('live-alone', cards.alone)
    await host.virsh(['start', guest])
    await host.waitReady(guest)
    // waiting for the lab is part of it
  }, 900_000)

  afterAll(async () => {
    await host?.removeGuest(guest)
    for (const name of ['live-nat', 'live-alone']) await drop(name)
    await session?.close()
    await lab?.stop()
  }, 120_000)

  it('gives a guest an address from its range, told with the name of the VM', step, async () => {
    const found = await lease('live-nat', ({ mac }) => mac === cards.nat)
    expect(found).toMatchObject({ prefix: 24, hostname: guest, vmName: guest, isReserved: false })
    expect(found.address).toMatch(/^10\.214\.1\.(1\d\d|200)$/)
    expect(found.expiresAtMs).toBeGreaterThan(Date.now())
    expect(await see(`ip -o -4 addr show dev ${device(cards.nat)}`)).toContain(`${found.address}/24`)
    const id = (await session.listVms()).find((vm) => vm.name === guest)?.id
    if (id === undefined) throw new Error('The guest is gone')
    // its agent says it as well, with the name that the card has there
    const told = (await session.guestAddresses(id)).find(({ mac }) => mac === cards.nat)
    expect(told?.name).toMatch(/^eth\d$/)
    expect(told?.addresses).toContainEqual({ address: found.address, prefix: 24, from: 'agent' })
    expect((await session.networks.networks()).items.find(({ name }) => name === 'live-nat')).toMatchObject({
      isActive: true,
      isAutostart: true,
      connections: 1,
      subnets: ['10.214.1.0/24'],
      domain: 'live.example',
    })
  })

  it('leads outside by NAT, and an isolated one does not', step, async () => {
    await lease('live-alone', ({ mac }) => mac === cards.alone)
    expect(await see(`ping -c 1 -W 5 ${outside} >/dev/null && echo reached`)).toBe('reached')
    const [own] = (await host.exec(['ip', '-o', '-4', 'addr', 'show', 'to', '10.214.2.1'])).split('\n')
    expect(own).toContain('10.214.2.1')
    // even when the guest insists on this way
    expect(
      await see(
        `ip route add ${outside} via 10.214.2.1; ping -c 1 -W 3 ${outside} >/dev/null && echo reached; ip route del ${outside}; ping -c 1 -W 5 10.214.2.1 >/dev/null && echo host`,
      ),
    ).toBe('host')
  })

  it('honours an address that is reserved while it runs, at the next renewal', step, async () => {
    const view = await session.networks.network('live-nat')
    const outcome = await session.networks.editNetwork('live-nat', {
      base: view.base,
      values: {
        ...view.values,
        reservations4: [{ mac: cards.nat, name: 'net-guest', ip: '10.214.1.42' }],
        dnsHosts: [{ ip: '10.214.1.50', names: 'printer' }],
      },
    })
    expect(outcome).toEqual({
      now: ['DHCP reservation of net-guest (10.214.1.42)', 'Names of 10.214.1.50'],
      afterRestart: [],
      refused: [],
    })
    await see(`udhcpc -n -q -t 10 -T 1 -i ${device(cards.nat)} -s /etc/udhcpc/script >/dev/null 2>&1`)
    const found = await lease('live-nat', ({ address }) => address === '10.214.1.42')
    expect(found).toMatchObject({ mac: cards.nat, vmName: guest, isReserved: true })
    expect(await see(`ip -o -4 addr show dev ${device(cards.nat)}`)).toContain('10.214.1.42/24')
    expect(await see('nslookup printer 10.214.1.1')).toContain('10.214.1.50')
    // stored as well: the next start knows it
    expect((await session.networks.network('live-nat')).values['reservations4']).toEqual([
      { mac: cards.nat, name: 'net-guest', ip: '10.214.1.42' },
    ])
  })

  it(
    'is told with who is plugged into it, on the map too, and not deleted from under them',
    step,
    async () => {
      const [user] = await session.networks.networkUsers('live-nat')
      expect(user).toMatchObject({ vmName: guest, isRunning: true, mac: cards.nat })
      expect(user?.interface).toMatch(/^vnet\d+$/)
      const map = await session.networks.networkMap()
      const label = (id: string): string | undefined => map.nodes.find((node) => node.id === id)?.label
      const links = map.links.map(({ from, to }) => `${label(from)} > ${label(to)}`)
      expect(links).toEqual(expect.arrayContaining([`live-nat > ${cards.nat}`, `${cards.nat} > ${guest}`]))
      const error = await expectKind(session.networks.deleteNetwork('live-nat'), 'busy')
      expect(error.message).toContain(guest)
      expect((await session.networks.networks()).items.map(({ name }) => name)).toContain('live-nat')
    },
  )

  it(
    'says which network of the host is in the way, and leaves nothing behind that does not start',
    step,
    async () => {
      const { conflicts } = await session.networks.previewNetwork(undefined, {
        values: { name: 'live-other', mode: 'isolated', ipv4Address: '10.214.1.129', ipv4Prefix: 25 },
      })
      expect(conflicts).toEqual(['Network live-nat has 10.214.1.0/24 already.'])
      await expectKind(
        session.networks.createNetwork({
          values: { ...range(1), name: 'live-other', mode: 'nat' },
          start: true,
          autostart: false,
        }),
        'invalid',
      )
      // what does not start is not left behind
      expect((await session.networks.networks()).items.map(({ name }) => name)).not.toContain('live-other')
    },
  )

  it('gives its cards a filter, which is then kept', step, async () => {
    const xml = "<filter name='live-filter' chain='root'><filterref filter='no-mac-spoofing'/></filter>"
    const names = (await session.networks.filters()).items.map(({ name }) => name)
    if (names.includes('live-filter')) await session.networks.deleteFilter('live-filter')
    await session.networks.defineFilter({ xml })
    const id = (await session.listVms()).find((vm) => vm.name === guest)?.id
    if (id === undefined) throw new Error('The guest is gone')
    const { base, items } = await session.hardware(id)
    const nic = items.find(({ ref }) => ref.kind === 'nic' && ref.key === cards.alone)
    if (!nic) throw new Error('The guest has no such card')
    await session.changeHardware(
      id,
      {
        base,
        changes: [{ kind: 'set', item: nic.ref, values: { filter: 'live-filter' } }],
        when: 'next-start',
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    )
    const filter = (await session.networks.filters()).items.find(({ name }) => name === 'live-filter')
    expect(filter).toMatchObject({ includes: ['no-mac-spoofing'], usedBy: [`VM ${guest}`] })
    const error = await expectKind(session.networks.deleteFilter('live-filter'), 'busy')
    expect(error.message).toContain(guest)
    const again = await session.hardware(id)
    await session.changeHardware(
      id,
      {
        base: again.base,
        changes: [{ kind: 'set', item: nic.ref, values: {}, unset: ['filter'] }],
        when: 'next-start',
      },
      { signal: new AbortController().signal, onProgress: () => undefined },
    )
    await session.networks.deleteFilter('live-filter')
  })
})

describe('every kind of network', () => {
  let lab: Lab
  let host: LabHost
  let session: HypervisorSession

  beforeAll(async () => {
    lab = await startLab({ hosts: ['labA'] })
    host = lab.host('labA')
    session = await openSession(host.uri())
    await host.exec(['sh', '-c', 'ip link show br0 || ip link add br0 type bridge; ip link set br0 up'])
    await host.exec(['sh', '-c', 'ip link show eth1 || ip link add eth1 type veth peer name eth1p'])
  }, 900_000)

  afterAll(async () => {
    await host?.exec(['sh', '-c', 'ip link del br0; ip link del eth1; true'])
    await session?.close()
    await lab?.stop()
  })

  /** A lab host has neither such hardware nor, for limits, the queues in its kernel: these are stored, and no more. */
  const cannotRun = ['passthrough', 'ovs-lab', 'limits-lab']

  for (const { name, values } of golden) {
    it(`is taken by libvirt as it is made: ${name}`, step, async () => {
      const network = plain(values['name'])
      const { items } = await session.networks.networks()
      if (items.some((one) => one.name === network)) await session.networks.deleteNetwork(network)
      if (network === 'functions') {
        // the daemon looks for the functions themselves
        const error = await expectKind(
          session.networks.createNetwork({ values, start: false, autostart: false }),
          'invalid',
          'unsupported',
        )
        expect(error.detail).toMatch(/41:01\.0/)
        return
      }
      await session.networks.createNetwork({ values, start: false, autostart: false })
      const view = await session.networks.network(network)
      expect(view.values).toMatchObject(withoutOrder(values))
      if (!cannotRun.includes(network)) {
        await session.networks.networkAction(network, 'start')
        const { network: told } = await session.networks.network(network)
        expect(told.isActive).toBe(true)
      }
      await session.networks.deleteNetwork(network)
    })
  }
})

/** libvirt writes some lists in an order of its own. */
function withoutOrder(values: Values): Values {
  const { forwarders: _, ...rest } = values
  return rest
}

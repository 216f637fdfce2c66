/** Network cards of a real guest that QEMU runs without libvirt: forwards to it, a TAP interface, and a closed bridge. */
import { execFile } from 'node:child_process'
import { createServer } from 'node:net'
import { promisify } from 'node:util'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PlainGuest, plainVm } from '../../../../e2e/lab/plain-guest'
import type { HardwareChange } from '../../../../shared/model/hardware/change'
import type { VmId } from '../../../../shared/model/ids'
import type { ChangeResult } from '../../../../shared/model/hardware/view'
import type { HypervisorSession } from '../../backend'
import { calm } from '../../suite/expect-kind'
import { openSession } from '../testing/open-session'

const run = promisify(execFile)
const { mac } = plainVm
const id = plainVm.id as VmId
const tapMac = '52:54:00:40:b1:08'
const tap = 'iktap0'
const bridge = 'ikbr0'

describe('network cards without libvirt', { timeout: 180_000 }, () => {
  let vm: PlainGuest
  let session: HypervisorSession

  beforeAll(async () => {
    vm = await PlainGuest.make()
    session = await openSession({ uri: vm.uri })
    await session.power(id, 'start', calm())
    await vm.booted()
    await run('ip', ['tuntap', 'add', 'dev', tap, 'mode', 'tap'])
    await run('ip', ['addr', 'add', '192.0.2.1/24', 'dev', tap])
    await run('ip', ['link', 'set', tap, 'up'])
    await run('ip', ['link', 'add', bridge, 'type', 'bridge'])
    await vm.shell(
      'mkdir -p /run/www && echo from-inside >/run/www/index.html && httpd -p 8000 -h /run/www; modprobe virtio_net',
    )
    await eventually(async () => JSON.stringify(await session.guestAddresses(id)), /10\.0\.2\.15/)
  }, 240_000)

  afterAll(async () => {
    await session?.close()
    await vm?.tearDown()
    await run('ip', ['link', 'del', tap])
    await run('ip', ['link', 'del', bridge])
  }, 60_000)

  async function eventually(look: () => Promise<string>, expected: RegExp): Promise<void> {
    let last = ''
    for (const deadline = Date.now() + 60_000; Date.now() < deadline; await delay(250)) {
      last = await look().catch(String)
      if (expected.test(last)) return
    }
    expect(last).toMatch(expected)
  }

  const results = async (...changes: HardwareChange[]): Promise<readonly ChangeResult[]> => {
    const { base } = await session.hardware(id)
    const outcome = await session.changeHardware(id, { base, changes, when: 'now' }, calm())
    if (outcome.kind !== 'applied') throw new Error(`The outcome was ${outcome.kind}`)
    return outcome.results
  }
  const forward = (...ports: readonly number[]): HardwareChange => ({
    kind: 'set',
    item: { kind: 'nic', key: mac },
    values: {
      portForwards: ports.map((start) => ({ proto: 'tcp', start, to: 8000, address: '127.0.0.1' })),
    },
  })
  const read = async (port: number): Promise<string> => (await fetch(`http://127.0.0.1:${port}/`)).text()

  it('are reached by a port of the host as soon as it is forwarded, and no longer afterwards', async () => {
    const [port] = await freePorts(1)
    expect(await results(forward(port ?? 0))).toEqual([{ when: 'now' }])
    await eventually(() => read(port ?? 0), /from-inside/)
    expect(await results({ ...forward(), values: {}, unset: ['portForwards'] } as HardwareChange)).toEqual([
      { when: 'now' },
    ])
    await expect(read(port ?? 0)).rejects.toThrow('fetch failed')
  })

  it('keep the forwards they have when another program has the port of a new one', async () => {
    const [port = 0, taken = 0] = await freePorts(2)
    await results(forward(port))
    const other = createServer().listen(taken, '127.0.0.1')
    await new Promise((resolve) => other.once('listening', resolve))
    try {
      const [result] = await results(forward(taken, port))
      expect(result).toMatchObject({
        when: 'next-start',
        whyNotNow: `Port ${taken} of the host cannot be forwarded to the guest`,
      })
      expect(await read(port)).toContain('from-inside')
    } finally {
      other.close()
    }
    await results({ kind: 'as-running' })
    expect((await session.hardware(id)).pending).toEqual([])
  })

  it('in QEMU’s own network have no counters, and are not said to have carried nothing', async () => {
    expect((await session.stats.vmCounters(id)).nics).toEqual([])
    const [counters] = await session.readCounters()
    expect(counters).not.toHaveProperty('netSendBytes')
  })

  it('on a TAP interface carry packets, which the host counts', async () => {
    const card = { type: 'ethernet', mac: tapMac, model: 'virtio', targetDev: tap, targetManaged: 'no' }
    expect(await results({ kind: 'add', device: 'nic', key: 'new', values: card })).toEqual([{ when: 'now' }])
    await eventually(
      () =>
        vm.shell(
          `cd $(dirname $(grep -l ${tapMac} /sys/class/net/*/address)) && ip addr add 192.0.2.2/24 dev $(basename $PWD); ip link set $(basename $PWD) up; cat carrier`,
        ),
      /1$/,
    )
    await eventually(async () => (await fetch('http://192.0.2.2:8000/')).text(), /from-inside/)
    const { nics } = await session.stats.vmCounters(id)
    expect(nics.map((nic) => nic.name)).toEqual([tap])
    expect(nics[0]?.sendPackets).toBeGreaterThan(0)
    expect(nics[0]?.receiveBytes).toBeGreaterThan(0)
    const [counters] = await session.readCounters()
    expect(counters?.netSendBytes).toBeGreaterThan(0)
    const cards = await session.guestAddresses(id)
    expect(cards.find((one) => one.mac === tapMac)?.addresses[0]?.address).toBe('192.0.2.2')
    expect(await results({ kind: 'remove', item: { kind: 'nic', key: tapMac } })).toEqual([{ when: 'now' }])
  })

  it('are offered the bridges of the host, and are not plugged into one that QEMU may not use', async () => {
    const { interfaces } = await session.hostChoices()
    expect(interfaces.items).toContainEqual(expect.objectContaining({ name: bridge, kind: 'bridge' }))
    expect(interfaces.items.map((one) => one.name)).not.toContain('lo')
    const card = { type: 'bridge', mac: tapMac, model: 'virtio', bridge }
    const [result] = await results({ kind: 'add', device: 'nic', key: 'new', values: card })
    expect(result).toMatchObject({
      when: 'next-start',
      whyNotNow: `QEMU may not plug cards into the bridge ${bridge}`,
    })
    const [none] = await results({
      kind: 'add',
      device: 'nic',
      key: 'new',
      values: { ...card, bridge: 'ikno0' },
    })
    expect(none).toMatchObject({ whyNotNow: 'The host has no bridge ikno0' })
    await results({ kind: 'as-running' })
  })
})

/** They were free a moment ago, and nobody else is in this network. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))
      return server
    }),
  )
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address()
      await new Promise((resolve) => server.close(resolve))
      return typeof address === 'object' && address ? address.port : 0
    }),
  )
}

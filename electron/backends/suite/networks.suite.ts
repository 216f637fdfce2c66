import { describe, expect, it } from 'vitest'
import type { Values } from '../../../shared/model/hardware/field'
import type { HypervisorSession } from '../backend'
import type { Suite } from '../backend.suite'
import { expectKind } from './expect-kind'

const name = 'suite-net'
const values: Values = {
  name,
  mode: 'isolated',
  ipv4Address: '10.213.7.1',
  ipv4Prefix: 24,
  dhcp4: true,
  ranges4: [{ start: '10.213.7.100', end: '10.213.7.200' }],
}
const reservation = { mac: '52:54:00:13:07:01', name: 'suite-one', ip: '10.213.7.10' }

export function describeNetworks(suite: Suite): void {
  const { testMs } = suite

  /** A fresh one, whatever an earlier test left. */
  const prepare = async (session: HypervisorSession, start: boolean): Promise<void> => {
    await drop(session)
    await session.networks.createNetwork({ values, start, autostart: false })
  }
  const drop = async (session: HypervisorSession): Promise<void> => {
    const { items } = await session.networks.networks()
    if (items.some((one) => one.name === name)) await session.networks.deleteNetwork(name)
  }
  const find = async (session: HypervisorSession) =>
    (await session.networks.networks()).items.find((one) => one.name === name)

  if (suite.host.hasNoNetworks) {
    describe('networks', () => {
      it('are none, which is said', { timeout: testMs }, async () => {
        const { session } = await suite.open()
        await expectKind(session.networks.networks(), 'unsupported')
        const wish = { values, start: false, autostart: false }
        await expectKind(session.networks.createNetwork(wish), 'unsupported')
        await expectKind(session.networks.network(name), 'unsupported')
        await expectKind(session.networks.networkMap(), 'unsupported')
      })
    })
  } else
    describe('networks', () => {
      it('are made from a form, told with what they are, and gone when deleted', {
        timeout: testMs,
      }, async () => {
        const { session, watch } = await suite.open()
        await prepare(session, true)
        await watch.until(
          'the network is told',
          (event) => event.kind === 'resource-changed' && event.resource === 'network' && event.name === name,
        )
        expect(await find(session)).toMatchObject({
          isActive: true,
          isPersistent: true,
          isAutostart: false,
          forward: 'isolated',
          subnets: ['10.213.7.0/24'],
          hasDhcp: true,
          interfaces: [],
        })
        const view = await session.networks.network(name)
        expect(view.values).toMatchObject(values)
        expect(view.xml).toContain("address='10.213.7.1'")
        expect(await session.networks.networkUsers(name)).toEqual([])
        if (suite.host.hasSimpleNetworks) await expectKind(session.networks.leases(name), 'unsupported')
        else expect(await session.networks.leases(name)).toEqual([])
        await session.networks.deleteNetwork(name)
        expect(await find(session)).toBeUndefined()
        await expectKind(session.networks.network(name), 'not-found')
      })

      it('are started, stopped, restarted and set to start with the host', { timeout: testMs }, async () => {
        const { session } = await suite.open()
        await prepare(session, false)
        expect(await find(session)).toMatchObject({ isActive: false })
        for (const [action, is] of [
          ['start', { isActive: true }],
          ['restart', { isActive: true }],
          ['autostart-on', { isAutostart: true }],
          ['autostart-off', { isAutostart: false }],
          ['stop', { isActive: false }],
        ] as const) {
          await session.networks.networkAction(name, action)
          expect(await find(session)).toMatchObject(is)
        }
        await expectKind(session.networks.networkAction(name, 'stop'), 'invalid')
        await drop(session)
      })

      it('tell what a change would do, and change nothing by it', { timeout: testMs }, async () => {
        const { session } = await suite.open()
        await prepare(session, true)
        const before = await session.networks.network(name)
        const preview = await session.networks.previewNetwork(name, {
          values: { ...before.values, reservations4: [reservation] },
        })
        expect(preview).toMatchObject({
          before: before.xml,
          now: ['DHCP reservation of suite-one (10.213.7.10)'],
          afterRestart: [],
        })
        expect(preview.after).toContain(reservation.mac)
        expect(preview.commands[0]).toMatch(/^virsh .*net-update suite-net add-last ip-dhcp-host /)
        expect(preview.commands.at(-1)).toMatch(/net-define \/dev\/stdin <<'EOF'\n<network/)
        expect((await session.networks.network(name)).base).toBe(before.base)
        await drop(session)
      })

      it('keep their identity when they change, and say who else changed them', {
        timeout: testMs,
      }, async () => {
        const { session } = await suite.open()
        await prepare(session, false)
        const before = await session.networks.network(name)
        const change = { ...before.values, domain: 'suite.example' }
        const outcome = await session.networks.editNetwork(name, { base: before.base, values: change })
        expect(outcome).toEqual({ now: [], afterRestart: [], refused: [] })
        const after = await session.networks.network(name)
        expect(after.values).toMatchObject({ domain: 'suite.example' })
        expect(after.network.uuid).toBe(before.network.uuid)
        // the same base again: somebody was faster
        await expectKind(session.networks.editNetwork(name, { base: before.base, values: change }), 'busy')
        const renamed = { ...change, name: 'suite-other' }
        const error = await expectKind(
          session.networks.editNetwork(name, { base: after.base, values: renamed }),
          'invalid',
        )
        expect(error.field).toBe('name')
        await drop(session)
      })

      it('take reservations while they run; the rest waits for a restart', { timeout: testMs }, async () => {
        const { session } = await suite.open()
        await prepare(session, true)
        const view = await session.networks.network(name)
        const outcome = await session.networks.editNetwork(name, {
          base: view.base,
          values: { ...view.values, reservations4: [reservation] },
        })
        expect(outcome).toEqual({
          now: ['DHCP reservation of suite-one (10.213.7.10)'],
          afterRestart: [],
          refused: [],
        })
        const reserved = await session.networks.network(name)
        expect(reserved.runningXml ?? reserved.xml).toContain(reservation.ip)
        const waiting = await session.networks.editNetwork(name, {
          base: reserved.base,
          values: { ...reserved.values, domain: 'suite.example' },
        })
        expect(waiting).toEqual({ now: [], afterRestart: ['Domain'], refused: [] })
        const waits = await session.networks.network(name)
        expect(waits.runningXml ?? waits.xml).not.toContain('suite.example')
        await session.networks.networkAction(name, 'restart')
        const restarted = await session.networks.network(name)
        const isTaken = (restarted.runningXml ?? restarted.xml).includes('suite.example')
        expect(isTaken).toBe(suite.host.hasSimpleNetworks !== true)
        await drop(session)
      })

      it('are written by hand as well, where they are networks', { timeout: testMs }, async () => {
        const { session } = await suite.open()
        await drop(session)
        const xml = `<network><name>${name}</name><!-- mine --><ip address='10.213.8.1' prefix='24'/></network>`
        await session.networks.createNetwork({ xml, start: false, autostart: false })
        const view = await session.networks.network(name)
        expect(view.values).toMatchObject({ mode: 'isolated', ipv4Address: '10.213.8.1', ipv4Prefix: 24 })
        for (const bad of ['<network>', '<domain/>', '<network><name/></network>'])
          await expectKind(
            session.networks.createNetwork({ xml: bad, start: false, autostart: false }),
            'invalid',
          )
        await drop(session)
      })

      it('are refused when their values cannot be, with the field, and when the name is taken', {
        timeout: testMs,
      }, async () => {
        const { session } = await suite.open()
        await prepare(session, false)
        const create = (change: Values) =>
          session.networks.createNetwork({
            values: { ...values, name: 'suite-none', ...change },
            start: false,
            autostart: false,
          })
        for (const [change, field] of [
          [{ mode: 'warp' }, 'mode'],
          [{ ranges4: [{ start: '10.9.9.2', end: '10.9.9.3' }] }, 'ranges4'],
          [{ ipv4Address: '10.213.7.1.1' }, 'ipv4Address'],
          [{ mode: 'bridge' }, 'hostBridge'],
        ] as const)
          expect((await expectKind(create(change), 'invalid')).field).toBe(field)
        await expectKind(create({ name }), 'already-exists')
        expect((await session.networks.networks()).items.map((one) => one.name)).not.toContain('suite-none')
        for (const call of [
          () => session.networks.networkUsers('suite-none'),
          () => session.networks.leases('suite-none'),
          () => session.networks.deleteNetwork('suite-none'),
          () => session.networks.networkAction('suite-none', 'start'),
        ])
          await expectKind(call(), 'not-found')
        await drop(session)
      })

      it('tell which other network has the same addresses', { timeout: testMs }, async () => {
        const { session } = await suite.open()
        await prepare(session, false)
        const other = await session.networks.previewNetwork(undefined, {
          values: { ...values, name: 'suite-other', ipv4Prefix: 16 },
        })
        expect(other.conflicts).toContain(`Network ${name} has 10.213.7.0/24 already.`)
        const own = await session.networks.previewNetwork(name, { values })
        expect(own.conflicts).toEqual([])
        await drop(session)
      })

      it('know the cards of VMs, which the map draws too', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('stopped')
        const { session } = await suite.open()
        const { items } = await session.networks.networks()
        const lists = await Promise.all(items.map((one) => session.networks.networkUsers(one.name)))
        const users = lists.flat().filter((one) => one.vm === vm.id)
        const map = await session.networks.networkMap()
        const ids = new Set(map.nodes.map(({ id }) => id))
        expect(ids.size).toBe(map.nodes.length)
        for (const { from, to } of map.links) expect([ids.has(from), ids.has(to)]).toEqual([true, true])
        expect(map.nodes.filter((node) => node.kind === 'vm' && node.vm === vm.id)).toMatchObject([
          { label: vm.name, isUp: false },
        ])
        const cards = map.nodes.filter((node) => node.kind === 'card' && node.vm === vm.id)
        expect(cards.map(({ label }) => label).toSorted()).toEqual([...vm.macs].toSorted())
        for (const user of users) expect(vm.macs).toContain(user.mac)
        for (const one of items)
          expect(map.nodes).toContainEqual(
            expect.objectContaining({ kind: 'network', label: one.name, isUp: one.isActive }),
          )
      })
    })

  describe('network filters', () => {
    const filter = 'suite-filter'
    const xml = `<filter name='${filter}' chain='root'><rule action='accept' direction='inout' priority='500'><all/></rule></filter>`

    it('are stored, changed and deleted, each told to whoever shows them', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      const { items, error } = await session.networks.filters()
      if (error) {
        // a driver without filters says so, and no more
        expect(error.kind).toBe('unsupported')
        await expectKind(session.networks.defineFilter({ xml }), 'unsupported')
        return
      }
      if (items.some((one) => one.name === filter)) await session.networks.deleteFilter(filter)
      await session.networks.defineFilter({ xml })
      const read = async () => (await session.networks.filters()).items.find((one) => one.name === filter)
      const made = await read()
      expect(made).toMatchObject({ chain: 'root', ruleCount: 1, includes: [], usedBy: [] })
      await expectKind(session.networks.defineFilter({ xml }), 'already-exists')
      const changed = made?.xml.replace("action='accept'", "action='drop'") ?? ''
      await session.networks.defineFilter({ xml: changed, base: made?.base ?? '' })
      expect((await read())?.xml).toContain("action='drop'")
      await expectKind(session.networks.defineFilter({ xml: changed, base: made?.base ?? '' }), 'busy')
      await expectKind(session.networks.defineFilter({ xml: '<filter>' }), 'invalid')
      const outer = xml
        .replace(filter, 'suite-outer')
        .replace('<rule', `<filterref filter='${filter}'/><rule`)
      await session.networks.defineFilter({ xml: outer })
      expect((await read())?.usedBy).toEqual(['Filter suite-outer'])
      const refused = await expectKind(session.networks.deleteFilter(filter), 'busy')
      expect(refused.message).toContain('suite-outer')
      await session.networks.deleteFilter('suite-outer')
      await session.networks.deleteFilter(filter)
      await expectKind(session.networks.deleteFilter(filter), 'not-found')
    })
  })
}

import { describe, expect, it } from 'vitest'
import { assessVm } from '../../../shared/model/console-security'
import { iommuGroups, whyNotAssignable } from '../../../shared/model/assignable'
import { setOf } from '../../../shared/model/hardware/cpu-set'
import type { VmId } from '../../../shared/model/ids'
import { bindActions, pciText } from '../../../shared/model/node-device'
import type { Suite } from '../backend.suite'
import { expectKind } from './expect-kind'

export function describeHost(suite: Suite): void {
  const { testMs } = suite

  describe('host', () => {
    it('tells what the host is made of', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      const { cpu, memory, cells, daemon, connection, services } = await session.hostDetails()
      expect(cpu.sockets).toBeGreaterThanOrEqual(1)
      expect(cpu.dies).toBeGreaterThanOrEqual(cpu.sockets)
      expect(cpu.cores).toBeGreaterThanOrEqual(cpu.dies)
      expect(cpu.threads).toBeGreaterThanOrEqual(cpu.cores)
      expect(memory.totalBytes).toBeGreaterThan(0)
      expect(memory.freeBytes ?? 0).toBeLessThanOrEqual(memory.totalBytes)
      for (const cell of cells) expect(cell.cpus).toMatch(/^(\d+(-\d+)?(,\d+(-\d+)?)*)?$/)
      expect(cells.reduce((sum, cell) => sum + cell.cpuCount, 0)).toBeLessThanOrEqual(cpu.threads)
      for (const cell of cells.filter(({ cores }) => cores !== undefined))
        expect(setOf(cell.cores?.flatMap(({ cpus }) => cpus) ?? [])).toBe(cell.cpus)
      expect(daemon.answerMs).toBeGreaterThanOrEqual(0)
      expect(['local', 'ssh', 'network']).toContain(connection.reach)
      expect(services.network ?? []).toEqual([...new Set(services.network)])
      expect(services.loopDevices?.inUse ?? 0).toBeGreaterThanOrEqual(0)
    })

    it('tells the rules of its firewall, or why not', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      if (suite.host.runsNoCommands) {
        await expectKind(session.firewall(), 'unsupported')
        return
      }
      for (const { command, text } of (await session.firewall()).lists) {
        expect(command).toMatch(/^(nft list ruleset|ip6?tables-save)$/)
        expect(text.trim()).not.toBe('')
      }
    })

    it('counts the work of its CPUs, which never runs backwards', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      const first = (await session.hostDetails()).cpu.time
      const second = (await session.hostDetails()).cpu.time
      if (first === undefined || second === undefined) expect(second).toBe(first)
      else {
        expect(second.totalNs).toBeGreaterThanOrEqual(first.totalNs)
        expect(second.busyNs).toBeLessThanOrEqual(second.totalNs)
      }
    })

    it('names the guests it can run, and what each can have', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      const { guests } = await session.capabilities()
      const guest = guests.find((one) => one.virtTypes.some(({ name }) => name === 'qemu')) ?? guests[0]
      const virtType = guest?.virtTypes.find(({ name }) => name === 'qemu') ?? guest?.virtTypes[0]
      if (!guest || !virtType) throw new Error('It names none')
      const query = { architecture: guest.architecture, virtType: virtType.name }
      if (!suite.host.tellsGuestCapabilities) {
        await expectKind(session.guestCapabilities(query), 'unsupported')
        return
      }
      const found = await session.guestCapabilities(query)
      expect(found).toMatchObject({ architecture: guest.architecture, virtType: virtType.name })
      expect(found.devices.map(({ name }) => name)).toContain('disk')
      expect(found.cpuModes.length).toBeGreaterThan(0)
    })

    it('refuses a kind of guest it does not have', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      await expectKind(
        session.guestCapabilities({ architecture: 'vax', virtType: 'qemu' }),
        'invalid',
        'unsupported',
      )
    })
  })

  describe('what a host offers its VMs', () => {
    it('lists networks, interfaces, pools and addresses, each with its own failure', {
      timeout: testMs,
    }, async () => {
      const running = await suite.lab().prepare('running')
      const stopped = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const choices = await session.hostChoices()
      for (const { items, error } of Object.values(choices)) {
        // a driver that does not have something says so, and no more
        if (error) expect({ items, kind: error.kind }).toEqual({ items: [], kind: 'unsupported' })
      }
      for (const vm of [running, stopped]) {
        const macs = choices.macs.items.filter(({ vmName }) => vmName === vm.name).map(({ mac }) => mac)
        expect(macs.toSorted()).toEqual(vm.macs.toSorted())
      }
      const names = [choices.networks, choices.interfaces, choices.pools].map(({ items }) =>
        items.map(({ name }) => name),
      )
      for (const list of names) expect(list).toEqual([...new Set(list)].sort())
      expect(choices.interfaces.items.map(({ name }) => name)).not.toContain('lo')
      for (const secret of [...running.secrets, ...stopped.secrets]) {
        expect(JSON.stringify(choices)).not.toContain(secret)
      }
    })

    it('tells the volumes of each running pool, and refuses the others', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      for (const { name, state } of (await session.hostChoices()).pools.items) {
        if (state !== 'running') {
          await expectKind(session.volumes(name), 'invalid')
          continue
        }
        const { volumes, isTruncated } = await session.volumes(name)
        expect(isTruncated).toBe(false)
        for (const volume of volumes) {
          expect(volume.path).not.toBe('')
          expect(volume.allocationBytes ?? 0).toBeGreaterThanOrEqual(0)
          expect(volume.capacityBytes).toBeGreaterThanOrEqual(0)
        }
      }
      await expectKind(session.volumes('no-such-pool'), 'not-found')
    })

    it('finds the disk of a VM among the volumes of its pool', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      if (vm.removableFiles.length === 0) return
      const { session } = await suite.open()
      const pools = (await session.hostChoices()).pools.items.filter(({ state }) => state === 'running')
      const lists = await Promise.all(pools.map(({ name }) => session.volumes(name)))
      const paths = lists.flatMap(({ volumes }) => volumes.map(({ path }) => path))
      expect(paths).toEqual(expect.arrayContaining([...vm.removableFiles]))
    })

    it('knows its hardware, and which devices the IOMMU cannot tell apart', {
      timeout: testMs,
    }, async () => {
      const { session } = await suite.open()
      if (suite.host.hasNoNodeDevices) {
        await expectKind(session.nodeDevices(), 'unsupported')
        return
      }
      const devices = await session.nodeDevices()
      expect(new Set(devices.map(({ name }) => name)).size).toBe(devices.length)
      for (const device of devices) {
        expect(device.isHostCritical).toBe(device.whyCritical !== undefined)
        if (device.kind !== 'pci') continue
        expect(device.addressText).toBe(pciText(device.address))
        if (device.iommuGroup) expect(device.iommuGroup.members).toContain(device.addressText)
        if (device.isBridge) expect(whyNotAssignable(device, devices)).toBeDefined()
      }
      const grouped = devices.filter((device) => device.kind === 'pci' && device.iommuGroup !== undefined)
      const members = iommuGroups(devices).flatMap(({ together, bridges }) => [...together, ...bridges])
      expect(members.toSorted()).toEqual(grouped.map(({ name }) => name).toSorted())
    })

    it('moves no device it does not have', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      for (const action of bindActions) {
        // libvirt's test driver moves none at all
        await expectKind(session.bindDevice('pci_ffff_00_00_0', action), 'not-found', 'unsupported')
      }
    })
  })

  describe('console security', () => {
    it('tells where a display listens and that it has a password, but not which', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const security = await session.consoleSecurity(vm.id)
      expect(security.vms.map(({ id, name, isRunning }) => ({ id, name, isRunning }))).toEqual([
        { id: vm.id, name: vm.name, isRunning: true },
      ])
      const displays = security.vms[0]?.displays ?? []
      expect(displays.map(({ type }) => type)).toEqual(vm.displayTypes)
      for (const display of displays) {
        expect(display).toMatchObject({
          password: vm.secrets.length > 0 ? 'yes' : 'no',
          isPasswordTooLong: false,
        })
      }
      for (const secret of vm.secrets) expect(JSON.stringify(security)).not.toContain(secret)
      // a driver without settings of its own may leave open where a display listens
      const isTold = displays.every(({ listen }) => listen.kind !== 'address' || listen.scope !== 'unknown')
      const verdict = !isTold ? 'unknown' : suite.host.hasDisplaysOnNetwork ? 'password' : 'tunnelled'
      expect(assessVm(displays, { ...security, nowMs: 0 }).verdict).toBe(verdict)
    })

    it('tells of all VMs at once, also of one without a display', { timeout: testMs }, async () => {
      const headless = await suite.lab().prepare('headless')
      const stopped = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const { vms } = await session.consoleSecurity()
      const find = (id: VmId) => vms.find((one) => one.id === id)
      expect(find(headless.id)).toMatchObject({ isRunning: true, displays: [] })
      expect(find(stopped.id)).toMatchObject({ name: stopped.name, isRunning: false, pending: [] })
      expect(find(stopped.id)?.unread).toBeUndefined()
    })

    it('says that a VM is gone', { timeout: testMs }, async () => {
      const { session } = await suite.open()
      await expectKind(session.consoleSecurity('00000000-0000-4000-8000-00000000dead' as VmId), 'not-found')
    })
  })
}

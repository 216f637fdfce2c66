import { describe, expect, it } from 'vitest'
import type { Suite } from '../backend.suite'
import { calm, expectKind, recordOf } from './expect-kind'

export function describeConfiguration(suite: Suite): void {
  const { host, testMs } = suite
  const { features } = host

  describe('name and autostart', () => {
    if (features.canRename) {
      it('renames a stopped VM, which keeps its identity', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('stopped')
        const { session, watch } = await suite.open()
        await session.rename(vm.id, 'suite-renamed')
        await watch.untilVm(vm.id, 'renamed', (one) => one.name === 'suite-renamed')
        const { name, state } = await recordOf(session, vm.id)
        expect({ name, state }).toEqual({ name: 'suite-renamed', state: 'shut-off' })
        expect(await session.xml(vm.id)).toContain('<name>suite-renamed</name>')
        await session.rename(vm.id, vm.name)
        await watch.untilVm(vm.id, 'renamed back', (one) => one.name === vm.name)
      })

      it('refuses a name that another VM has', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('stopped')
        const other = await suite.lab().prepare('running')
        const { session } = await suite.open()
        await expectKind(session.rename(vm.id, other.name), 'already-exists')
        expect((await recordOf(session, vm.id)).name).toBe(vm.name)
      })

      it('refuses to rename a running VM', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session } = await suite.open()
        await expectKind(session.rename(vm.id, 'suite-renamed'), 'invalid', 'busy')
        expect((await recordOf(session, vm.id)).name).toBe(vm.name)
      })
    } else {
      it('says that it cannot rename', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('stopped')
        const { session } = await suite.open()
        await expectKind(session.rename(vm.id, 'suite-renamed'), 'unsupported')
        expect((await recordOf(session, vm.id)).name).toBe(vm.name)
      })
    }

    it('marks a VM as a template and takes the mark away, and nothing else changes', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session, watch } = await suite.open()
      const before = await session.xml(vm.id)
      expect(await session.isTemplate(vm.id)).toBe(false)
      await session.setTemplate(vm.id, true)
      await watch.untilVm(vm.id, 'a template', (one) => one.isTemplate === true)
      expect(await session.isTemplate(vm.id)).toBe(true)
      expect(await session.xml(vm.id)).toContain('urn:innkeeper:template:1')
      await session.setTemplate(vm.id, false)
      await watch.untilVm(vm.id, 'no template', (one) => one.isTemplate === undefined)
      // libvirt may keep the empty element around it
      expect((await session.xml(vm.id)).replace(/\s*<metadata\/>/, '')).toBe(before)
    })

    if (features.canAutostart) {
      it('turns autostart on and off', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('stopped')
        const { session, watch } = await suite.open()
        await session.setAutostart(vm.id, true)
        await watch.untilVm(vm.id, 'autostart on', (one) => one.autostart)
        expect((await recordOf(session, vm.id)).autostart).toBe(true)
        await session.setAutostart(vm.id, false)
        await watch.untilVm(vm.id, 'autostart off', (one) => !one.autostart)
        expect((await recordOf(session, vm.id)).autostart).toBe(false)
      })

      it('refuses autostart for a transient VM', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('transient')
        const { session } = await suite.open()
        await expectKind(session.setAutostart(vm.id, true), 'invalid', 'busy')
      })
    } else {
      it('says that it cannot start VMs with the host', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('stopped')
        const { session } = await suite.open()
        await expectKind(session.setAutostart(vm.id, true), 'unsupported')
      })
    }
  })

  describe('definition', () => {
    for (const role of ['stopped', 'running'] as const) {
      it(`shows the hardware of a ${role} VM`, { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare(role)
        const { session } = await suite.open()
        const overview = await session.overview(vm.id)
        expect({
          name: overview.name,
          uuid: overview.uuid,
          vcpus: overview.cpu.count,
          maxMemoryBytes: overview.memory.maxBytes,
          disks: overview.disks.map((disk) => disk.target),
          macs: overview.nics.map((nic) => nic.mac),
          displays: overview.displays.map((display) => display.type),
        }).toEqual({
          name: vm.name,
          uuid: vm.id,
          vcpus: vm.vcpuCount,
          maxMemoryBytes: vm.maxMemoryBytes,
          disks: vm.diskTargets,
          macs: vm.macs,
          displays: vm.displayTypes,
        })
        expect(overview.virtType).not.toBe('')
        expect(overview.osType).not.toBe('')
        expect(overview.cpu.maxCount).toBeGreaterThanOrEqual(overview.cpu.count)
        expect(overview.memory.currentBytes).toBeLessThanOrEqual(overview.memory.maxBytes)
      })

      it(`shows the definition of a ${role} VM without secrets`, { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare(role)
        const { session } = await suite.open()
        const xml = await session.xml(vm.id)
        expect(xml).toMatch(/^\s*(<\?xml[^>]*\?>\s*)?<domain[\s>]/)
        expect(xml).toContain(`<name>${vm.name}</name>`)
        expect(xml).toContain(`<uuid>${vm.id}</uuid>`)
        for (const secret of vm.secrets) expect(xml).not.toContain(secret)
      })
    }

    it('names the VM in the command it shows for an action', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      for (const action of ['start', 'shutdown', 'forceOff', 'pause', 'delete'] as const) {
        const command = session.command(vm.id, action, vm.name)
        if (command !== undefined) expect(command).toContain(vm.name)
      }
      // a name with a quote and markup must stay one shell word
      const odd = `it's; $(reboot) <b>`
      const command = session.command(vm.id, 'start', odd)
      if (command !== undefined) expect(command).toContain(`'it'\\''s; $(reboot) <b>'`)
    })

    it('tells no secrets in an action that fails', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const error = await expectKind(session.power(vm.id, 'start', calm()), 'invalid', 'busy')
      for (const secret of vm.secrets) {
        expect(`${error.message} ${error.detail ?? ''} ${error.cure ?? ''}`).not.toContain(secret)
      }
    })
  })
}

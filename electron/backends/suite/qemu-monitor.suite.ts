import { describe, expect, it } from 'vitest'
import type { Suite } from '../backend.suite'
import { calm, expectKind } from './expect-kind'

/** The emulator's own console, where there is one. */
export function describeQemuMonitor(suite: Suite): void {
  const { host, testMs } = suite

  describe('monitor of QEMU', () => {
    if (host.hasMonitor !== true) {
      it('says that there is none', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session } = await suite.open()
        expect(await session.qemuMonitor.monitorOffer(vm.id)).toMatchObject({
          kind: 'none',
          why: 'no-monitor',
        })
        await expectKind(session.qemuMonitor.monitorCommand(vm.id, 'hmp', 'info status'), 'unsupported')
      })
      return
    }

    it('answers in words and in JSON, and tells an error of QMP apart', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const { qemuMonitor: monitor } = session
      expect(await monitor.monitorOffer(vm.id)).toEqual({ kind: 'available' })
      const status = await monitor.monitorCommand(vm.id, 'hmp', 'info status')
      expect(status.text).toMatch(/^VM status: running/)
      const json = await monitor.monitorCommand(vm.id, 'qmp', '{"execute": "query-status"}')
      expect(JSON.parse(json.text)).toMatchObject({ running: true, status: 'running' })
      const wrong = await monitor.monitorCommand(vm.id, 'qmp', 'no-such-command')
      expect(wrong).toMatchObject({ isError: true, text: expect.stringContaining('CommandNotFound') })
      await expectKind(monitor.monitorCommand(vm.id, 'qmp', '{"execute"'), 'invalid')
    })

    it('names its commands and its kinds of information', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      expect((await session.qemuMonitor.monitorCommand(vm.id, 'hmp', 'help')).text).toMatch(/^cont\|c +-- /m)
      expect((await session.qemuMonitor.monitorCommand(vm.id, 'hmp', 'help info')).text).toMatch(
        /^info status +-- /m,
      )
    })

    it('pauses and resumes a VM, whose state is told as any other change', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session, watch } = await suite.open()
      await session.qemuMonitor.monitorCommand(vm.id, 'hmp', 'stop')
      await watch.untilState(vm.id, 'paused')
      await session.qemuMonitor.monitorCommand(vm.id, 'qmp', 'cont')
      await watch.untilState(vm.id, 'running')
    })

    it('is there only while the VM runs', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      expect(await session.qemuMonitor.monitorOffer(vm.id)).toMatchObject({ kind: 'none', why: 'shut-off' })
      await expectKind(session.qemuMonitor.monitorCommand(vm.id, 'hmp', 'info status'), 'invalid')
      await session.power(vm.id, 'start', calm())
      expect((await session.qemuMonitor.monitorOffer(vm.id)).kind).toBe('available')
    })
  })
}

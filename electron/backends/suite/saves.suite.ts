import { describe, expect, it } from 'vitest'
import type { HypervisorSession } from '../backend'
import type { PreparedVm, Suite } from '../backend.suite'
import { calm, condition, expectKind, recordOf } from './expect-kind'

const asItWas = { resume: 'as-it-was', bypassCache: false } as const

/** Guests whose memory is in files of the host. */
export function describeSaves(suite: Suite): void {
  const { host, testMs } = suite

  describe('saving to a file', () => {
    if (!host.features.canSave) {
      it('says that it cannot save', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session } = await suite.open()
        await expectKind(session.saves.savePlan(vm.id, asItWas), 'unsupported')
      })
      return
    }

    /** A path that is free. */
    const pathFor = (vm: PreparedVm, what: string): string => {
      const folder = suite.lab().saveFolder
      if (folder === undefined) throw new Error('The lab has no folder for saved states')
      return `${folder}/${vm.name}-${what}.save`
    }
    const saved = async (session: HypervisorSession, vm: PreparedVm, what: string): Promise<string> => {
      const path = pathFor(vm, what)
      await session.saves.saveToFile(vm.id, { ...asItWas, path }, calm())
      return path
    }

    it('stops the VM, names whose memory the file has, and lets it go on', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session, watch } = await suite.open()
      const plan = await session.saves.savePlan(vm.id, { ...asItWas, path: pathFor(vm, 'whole') })
      expect(plan.problems.filter(({ level }) => level === 'error')).toEqual([])
      expect(plan).toMatchObject({ memoryBytes: vm.maxMemoryBytes })
      const path = await saved(session, vm, 'whole')
      await watch.untilState(vm.id, 'shut-off', host.timeouts.saveMs)
      expect((await recordOf(session, vm.id)).hasSavedState).toBe(false)
      const report = await session.saves.savedFile(path)
      expect(report).toMatchObject({
        file: { path, name: vm.name, vm: vm.id, memoryBytes: vm.maxMemoryBytes },
        vmNow: { name: vm.name, state: 'shut-off' },
      })
      await session.saves.restoreFile({ ...asItWas, path, evenWritten: false })
      await watch.untilState(vm.id, 'running', host.timeouts.saveMs)
      await expectKind(session.saves.restoreFile({ ...asItWas, path, evenWritten: true }), 'invalid')
    })

    it('writes the memory for debuggers, after which the VM goes on, or off when that is wanted', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session, watch } = await suite.open()
      const dump = { format: 'raw', isMemoryOnly: false, bypassCache: false } as const
      const first = { ...dump, path: pathFor(vm, 'going-on'), ending: 'frozen' } as const
      await session.saves.dumpMemory(vm.id, first, calm())
      expect((await recordOf(session, vm.id)).state).toBe('running')
      await session.saves.dumpMemory(vm.id, { ...dump, path: pathFor(vm, 'off'), ending: 'off' }, calm())
      await watch.untilState(vm.id, 'shut-off', host.timeouts.saveMs)
    })

    it('comes back paused when that is wanted', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session, watch } = await suite.open()
      const path = await saved(session, vm, 'paused')
      await watch.untilState(vm.id, 'shut-off', host.timeouts.saveMs)
      const restored = session.saves.restoreFile({ ...asItWas, resume: 'paused', path, evenWritten: false })
      if (host.savesToFiles === 'as-it-was-only') {
        await expectKind(restored, 'invalid')
        return
      }
      await restored
      await watch.untilState(vm.id, 'paused', host.timeouts.saveMs)
    })

    it('overwrites no file, and changes nothing then', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session, watch } = await suite.open()
      const path = await saved(session, vm, 'once')
      await watch.untilState(vm.id, 'shut-off', host.timeouts.saveMs)
      await session.power(vm.id, 'start', calm())
      await watch.untilState(vm.id, 'running')
      const before = condition(await recordOf(session, vm.id))
      const plan = await session.saves.savePlan(vm.id, { ...asItWas, path })
      expect(plan.problems).toMatchObject([{ level: 'error', field: 'path' }])
      await expectKind(session.saves.saveToFile(vm.id, { ...asItWas, path }, calm()), 'invalid')
      expect(condition(await recordOf(session, vm.id))).toEqual(before)
    })

    it('is refused for a VM that is off', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('stopped')
      const { session } = await suite.open()
      const request = { ...asItWas, path: pathFor(vm, 'off') }
      await expectKind(session.saves.saveToFile(vm.id, request, calm()), 'invalid')
    })

    it('does not begin when it was cancelled before', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const request = { ...asItWas, path: pathFor(vm, 'never') }
      const context = { ...calm(), signal: AbortSignal.abort() }
      await expectKind(session.saves.saveToFile(vm.id, request, context), 'cancelled')
      await expectKind(session.saves.savedFile(request.path), 'not-found')
      expect((await recordOf(session, vm.id)).state).toBe('running')
    })

    it('is deleted by the host in folders of its pools only, and only what is a saved state', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const path = await saved(session, vm, 'kept')
      await expectKind(session.saves.deleteFile(path), 'unsupported')
      expect((await session.saves.savedFile(path)).file.path).toBe(path)
      await expectKind(session.saves.deleteFile(`${path}.other`), 'not-found')
    })

    it('keeps a definition of its own, which can be changed where the guest does not notice', {
      timeout: testMs,
    }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      const path = await saved(session, vm, 'edited')
      const of = { kind: 'file', path } as const
      const { xml, base } = await session.saves.savedDefinition(of)
      for (const secret of vm.secrets) expect(xml).not.toContain(secret)
      const titled = xml.replace('</name>', '</name>\n  <title>Back again</title>')
      await session.saves.editSaved({ of, base, xml: titled, resume: 'as-it-was' })
      const now = await session.saves.savedDefinition(of)
      expect(now.xml).toContain('<title>Back again</title>')
      await expectKind(session.saves.editSaved({ of, base, xml, resume: 'as-it-was' }), 'busy')
    })
  })
}

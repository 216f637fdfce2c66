import { describe, expect, it } from 'vitest'
import type { PreparedVm, Suite } from '../backend.suite'
import { calm, expectKind, recordOf } from './expect-kind'

export function describeRemoval(suite: Suite): void {
  const { host, testMs } = suite
  if (!host.features.canDelete) {
    describe('delete', () => {
      it('says that it cannot delete', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('deletable')
        const { session } = await suite.open()
        await expectKind(session.deletePlan(vm.id), 'unsupported')
        await expectKind(session.delete(vm.id, { files: [] }, calm()), 'unsupported')
        await recordOf(session, vm.id)
      })
    })
    return
  }

  describe('delete', () => {
    it('plans: lists the files and suggests only safe ones', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const { session } = await suite.open()
      const plan = await session.deletePlan(vm.id)
      expect({ vm: plan.vm, name: plan.name, blockedBy: plan.blockedBy }).toEqual({
        vm: vm.id,
        name: vm.name,
        blockedBy: undefined,
      })
      const suggested = plan.files.filter((file) => file.isSuggested)
      expect(suggested.map((file) => file.path).sort()).toEqual([...vm.removableFiles].sort())
      for (const file of suggested) {
        expect({ keep: file.keep, usedBy: file.usedBy }).toEqual({ keep: undefined, usedBy: [] })
        expect(file.target).not.toBe('')
      }
      for (const path of vm.keptFiles) {
        // a file that must stay is listed with its reason, so that nobody wonders where it went
        expect(plan.files.map((file) => file.path)).toContain(path)
      }
      expect(new Set(plan.files.map((file) => file.path)).size).toBe(plan.files.length)
    })

    it('plans: names the pools that it cannot look into', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const { session } = await suite.open()
      const { stoppedPools = [] } = await session.deletePlan(vm.id)
      const { items } = await session.storage.pools()
      const stopped = items.filter(({ state }) => state === 'inactive')
      expect(stoppedPools).toEqual(stopped.map(({ name }) => name).toSorted())
    })

    it('refuses files that are not in the plan and deletes nothing', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const { session } = await suite.open()
      await expectKind(
        session.delete(vm.id, { files: [...vm.removableFiles, '/etc/passwd'] }, calm()),
        'invalid',
      )
      expect((await recordOf(session, vm.id)).name).toBe(vm.name)
      await expectFiles(suite, vm, { removable: true })
    })

    it('never deletes a file that another VM uses, nor anything else then', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const { session } = await suite.open()
      const used = (await session.deletePlan(vm.id)).files.filter(({ usedBy }) => usedBy.length > 0)
      // a host whose VMs have no files of their own has none to share
      expect(used.length > 0).toBe(vm.keptFiles.length > 0)
      for (const { path } of used)
        await expectKind(session.delete(vm.id, { files: [...vm.removableFiles, path] }, calm()), 'busy')
      expect((await recordOf(session, vm.id)).name).toBe(vm.name)
      await expectFiles(suite, vm, { removable: true })
    })

    it('deletes the definition alone and keeps the files', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const { session, watch } = await suite.open()
      await session.delete(vm.id, { files: [] }, calm())
      await watch.untilRemoved(vm.id)
      expect((await session.listVms()).map((one) => one.id)).not.toContain(vm.id)
      await expectKind(session.overview(vm.id), 'not-found')
      await expectFiles(suite, vm, { removable: true })
    })

    it('deletes the chosen files with the definition', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const { session, watch } = await suite.open()
      await session.delete(vm.id, { files: vm.removableFiles }, calm())
      await watch.untilRemoved(vm.id)
      expect((await session.listVms()).map((one) => one.id)).not.toContain(vm.id)
      await expectFiles(suite, vm, { removable: false })
    })

    it('refuses to delete a running VM', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('running')
      const { session } = await suite.open()
      expect((await session.deletePlan(vm.id)).blockedBy).toMatch(/./)
      await expectKind(session.delete(vm.id, { files: [] }, calm()), 'invalid', 'busy')
      expect((await recordOf(session, vm.id)).state).toBe('running')
    })

    it('does not begin a deletion that was cancelled before', { timeout: testMs }, async () => {
      const vm = await suite.lab().prepare('deletable')
      const { session } = await suite.open()
      const context = { ...calm(), signal: AbortSignal.abort() }
      await expectKind(session.delete(vm.id, { files: vm.removableFiles }, context), 'cancelled')
      expect((await recordOf(session, vm.id)).name).toBe(vm.name)
      await expectFiles(suite, vm, { removable: true })
    })

    if (host.features.canSave) {
      it('deletes a saved state along with the VM, and says so before', { timeout: testMs }, async () => {
        const vm = await suite.lab().prepare('running')
        const { session, watch } = await suite.open()
        await session.power(vm.id, 'save', calm())
        await watch.untilVm(vm.id, 'saved', (one) => one.hasSavedState, host.timeouts.saveMs)
        expect((await session.deletePlan(vm.id)).goesAlong.join()).toMatch(/saved/i)
        await session.delete(vm.id, { files: [] }, calm())
        await watch.untilRemoved(vm.id)
      })
    }
  })
}

async function expectFiles(suite: Suite, vm: PreparedVm, expected: { removable: boolean }): Promise<void> {
  const lab = suite.lab()
  const check = lab.fileExists?.bind(lab)
  if (!check) {
    expect(vm.removableFiles, 'a lab with removable files can look at them').toEqual([])
    return
  }
  for (const path of vm.removableFiles) expect(await check(path), path).toBe(expected.removable)
  for (const path of vm.keptFiles) expect(await check(path), path).toBe(true)
}

/** Images on images: what two VMs stand on is never removed with one of them. */
import { describe, expect, it } from 'vitest'
import type { DeletePlan } from '../../../shared/model/delete-plan'
import type { LayeredVms, Suite } from '../backend.suite'
import { calm, expectKind, recordOf } from './expect-kind'

/** One to base <- a <- b <- c; other to base <- a <- b <- d in another pool, off, and to `kept` by a snapshot alone. */
export function describeLayers(suite: Suite): void {
  const { host, testMs } = suite
  if (!host.features.canDelete) return

  describe('delete of VMs whose images are built on one another', () => {
    it('names who needs each layer, and lets no layer go that another VM stands on', {
      timeout: testMs,
    }, async () => {
      const vms = await prepared(suite)
      const { session } = await suite.open()
      const plan = await session.deletePlan(vms.one)
      const users = (path: string): readonly string[] => fileOf(plan, path).usedBy
      for (const path of [vms.base, vms.a, vms.b]) expect(users(path), path).toEqual([vms.otherName])
      expect(users(vms.c)).toEqual([])
      expect(users(vms.kept)).toEqual([`${vms.otherName} (snapshot before)`])
      expect(fileOf(plan, vms.c).isSuggested).toBe(true)
      for (const path of [vms.base, vms.a, vms.b, vms.kept])
        expect(fileOf(plan, path).isSuggested, path).toBe(false)
    })

    it('removes neither the VM nor any file when everything is ticked', { timeout: testMs }, async () => {
      const vms = await prepared(suite)
      const { session } = await suite.open()
      const everything = (await session.deletePlan(vms.one)).files.map(({ path }) => path)
      expect(everything).toEqual(expect.arrayContaining([vms.base, vms.a, vms.b, vms.c, vms.kept]))
      await expectKind(session.delete(vms.one, { files: everything }, calm()), 'busy')
      for (const path of [vms.base, vms.a, vms.b])
        await expectKind(session.delete(vms.one, { files: [vms.c, path] }, calm()), 'busy')
      await recordOf(session, vms.one)
      await expectThere(suite, [vms.base, vms.a, vms.b, vms.c, vms.d, vms.kept], true)
    })

    it('removes its own layer only, and tells of the others that they were kept', {
      timeout: testMs,
    }, async () => {
      const vms = await prepared(suite)
      const { session, watch } = await suite.open()
      const { stamp } = await session.deletePlan(vms.one)
      const { files } = await session.delete(vms.one, { files: [vms.c], stamp }, calm())
      await watch.untilRemoved(vms.one)
      expect(files.filter(({ result }) => result === 'deleted').map(({ path }) => path)).toEqual([vms.c])
      for (const path of [vms.base, vms.a, vms.b, vms.kept])
        expect(files.find((file) => file.path === path)?.why).toContain(vms.otherName)
      await expectThere(suite, [vms.base, vms.a, vms.b, vms.d, vms.kept], true)
      await expectThere(suite, [vms.c], false)
    })

    it('lets what only the two share go with the last of them, when both go', {
      timeout: testMs,
    }, async () => {
      const vms = await prepared(suite)
      const { session, watch } = await suite.open()
      const both = await session.deletePlan(vms.one, [vms.other])
      expect(fileOf(both, vms.b)).toMatchObject({ usedBy: [], sharedWith: [vms.otherName] })
      // while the other is there, it stays
      await expectKind(session.delete(vms.one, { files: [vms.c, vms.b] }, calm()), 'busy')
      await session.delete(vms.one, { files: [vms.c], stamp: both.stamp }, calm())
      await watch.untilRemoved(vms.one)
      const last = await session.deletePlan(vms.other)
      const all = [vms.d, vms.b, vms.a, vms.base]
      expect(last.files.filter(({ path }) => all.includes(path)).map(({ usedBy }) => usedBy)).toEqual([
        [],
        [],
        [],
        [],
      ])
      await expectKind(session.delete(vms.other, { files: [vms.base] }, calm()), 'invalid')
      await session.delete(vms.other, { files: all, stamp: last.stamp }, calm())
      await watch.untilRemoved(vms.other)
      await expectThere(suite, [...all, vms.c], false)
      await expectThere(suite, [vms.kept], true)
    })

    it('deletes nothing by a plan that is not the one that was shown', { timeout: testMs }, async () => {
      const vms = await prepared(suite)
      const { session } = await suite.open()
      await expectKind(session.delete(vms.one, { files: [vms.c], stamp: 'another' }, calm()), 'invalid')
      await recordOf(session, vms.one)
      await expectThere(suite, [vms.c], true)
    })
  })
}

async function prepared(suite: Suite): Promise<LayeredVms> {
  const layers = suite.lab().prepareLayers
  if (!layers) throw new Error('This lab has to make images that are built on one another')
  return layers()
}

function fileOf(plan: DeletePlan, path: string): DeletePlan['files'][number] {
  const file = plan.files.find((one) => one.path === path)
  if (!file) throw new Error(`${path} is not in the plan`)
  return file
}

async function expectThere(suite: Suite, paths: readonly string[], isThere: boolean): Promise<void> {
  const lab = suite.lab()
  for (const path of paths) expect(await lab.fileExists?.(path), path).toBe(isThere)
}

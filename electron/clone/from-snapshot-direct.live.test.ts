/** New VMs from snapshots on a computer with nothing but QEMU. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyDisk, tinyVmXml } from '../../e2e/lab/tiny-vm'
import { hostId, type VmId } from '../../shared/model/ids'
import type { HypervisorSession } from '../backends/backend'
import { folderPool, type SuitePool } from '../backends/qemu/testing/suite-pools'
import { runHere, SuiteStore } from '../backends/qemu/testing/suite-store'
import { calm } from '../backends/suite/expect-kind'
import { makeClones } from './clone'
import { workOutClones } from './plan'

const name = 'of-snapshots'
const copy = 'of-snapshots-copy'
const vm = '5717e000-0000-4000-8000-00000005a906' as VmId

describe('clones of snapshots without libvirt', () => {
  let store: SuiteStore
  let session: HypervisorSession
  let pool: SuitePool

  /** While the VM is off. */
  const fill = async (path: string, pattern: number): Promise<void> => {
    await runHere(['qemu-io', '-f', 'qcow2', '-c', `write -P ${pattern} 0 1M`, path])
  }

  beforeEach(async () => {
    store = await SuiteStore.make()
    session = await store.open()
    pool = await folderPool(session, store.root, 'disks')
    const image = pool.path(`${name}.qcow2`)
    await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', image, '16M'])
    await fill(image, 1)
    await store.define(name, tinyVmXml({ name, uuid: vm, devices: tinyDisk(image, 'vda') }))
  })

  afterEach(async () => {
    await session.close()
    await store.tearDown()
  })

  it.each(['internal', 'external'] as const)(
    'have what was kept in one that is %s, while the VM goes on',
    async (kind) => {
      await session.snapshots.createSnapshot(
        vm,
        {
          ...{ name: 'kept', description: '', kind, withMemory: false, quiesce: false },
          ...{ live: false, reuse: false, disks: [] },
        },
        calm(),
      )
      await fill(pool.path(kind === 'internal' ? `${name}.qcow2` : `${name}.kept`), 2)
      await session.power(vm, 'start', calm())
      const worked = await workOutClones(session, {
        ...{ host: hostId.parse('here'), vm, name: copy, count: 1, disks: [], snapshot: 'kept' },
      })
      expect(worked.plan.problems.filter(({ level }) => level === 'error')).toEqual([])
      await makeClones(session, worked, calm())
      const made = (await session.listVms()).find((one) => one.name === copy)
      expect(made).toMatchObject({ state: 'shut-off' })
      const file = (await pool.files()).find((one) => one.startsWith(copy)) ?? ''
      expect((await session.definition(made?.id ?? vm, 'stored')).xml).toContain(pool.path(file))
      expect(
        await runHere(['qemu-io', '-f', 'qcow2', '-c', 'read -P 1 0 1M', pool.path(file)]),
      ).not.toContain('Pattern verification failed')
    },
  )
})

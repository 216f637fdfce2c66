/** When what changed is not known any more: an incremental backup that misses something would be worse than none. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyDisk, tinyVmXml } from '../../../../e2e/lab/tiny-vm'
import type { VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { calm } from '../../suite/expect-kind'
import { runHere, SuiteStore } from '../testing/suite-store'

const name = 'lost-changes'
const vm = '5717e000-0000-4000-8000-00000005a904' as VmId

describe('checkpoints without libvirt', () => {
  let store: SuiteStore
  let session: HypervisorSession

  const create = async (file: string): Promise<string> => {
    const path = `${store.images}/${file}`
    await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', path, '16M'])
    return path
  }
  const backUp = async (file: string, more: { since?: string; checkpoint?: string }): Promise<void> => {
    const disks = [{ target: 'vda', path: await create(file) }]
    await session.backups.begin(vm, { disks, holdsStill: false, ...more })
    await expect
      .poll(async () => (await session.backups.progress(vm)).state, { timeout: 60_000 })
      .toBe('completed')
  }
  const names = async (): Promise<string[]> =>
    (await session.backups.checkpoints(vm)).map((checkpoint) => checkpoint.name)
  const take = (snapshot: string, kind: 'internal' | 'external'): Promise<void> =>
    session.snapshots.createSnapshot(
      vm,
      {
        ...{ name: snapshot, description: '', kind, withMemory: false, quiesce: false },
        ...{ live: false, reuse: false, disks: [] },
      },
      calm(),
    )

  beforeEach(async () => {
    store = await SuiteStore.make()
    session = await store.open()
    const image = await create(`${name}.qcow2`)
    await store.define(name, tinyVmXml({ name, uuid: vm, devices: tinyDisk(image, 'vda') }))
    await session.power(vm, 'start', calm())
  })

  afterEach(async () => {
    await session.close()
    await store.tearDown()
  })

  it('are gone with the contents that they were of, when one goes back to a snapshot', async () => {
    await backUp('full.qcow2', { checkpoint: 'monday' })
    await take('before', 'internal')
    expect(await names()).toEqual(['monday'])
    const { stamp, lost } = await session.snapshots.revertPlan(vm, 'before')
    expect(lost).toContain('What is remembered of changes since the last backup: the next one is a full one')
    await session.snapshots.revertSnapshot(vm, { name: 'before', start: 'as-was', stamp }, calm())
    expect(await names()).toEqual([])
    await expect(backUp('since.qcow2', { since: 'monday' })).rejects.toMatchObject({
      kind: 'invalid',
      message: 'The host no longer knows what changed since the last backup',
    })
  })

  it('are told while the disk is where they are remembered, also after a stop', async () => {
    await backUp('full.qcow2', { checkpoint: 'monday' })
    await session.power(vm, 'forceOff', calm())
    expect(await names()).toEqual(['monday'])
    await session.power(vm, 'start', calm())
    await backUp('since.qcow2', { since: 'monday', checkpoint: 'tuesday' })
    expect(await names()).toEqual(['monday', 'tuesday'])
    await take('beside', 'external')
    expect(await names()).toEqual([])
  })
})

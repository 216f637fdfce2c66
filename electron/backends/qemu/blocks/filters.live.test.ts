/** Disks with something between them and the guest: a limit, and what keeps what was read of a base. */
import { afterEach, beforeEach, expect, it } from 'vitest'
import { tinyDisk, tinyVmXml } from '../../../../e2e/lab/tiny-vm'
import type { VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { calm } from '../../suite/expect-kind'
import { onMonitor } from '../testing/on-monitor'
import { runHere, SuiteStore } from '../testing/suite-store'

const name = 'filtered'
const vm = '5717e000-0000-4000-8000-00000005a907' as VmId

let store: SuiteStore
let session: HypervisorSession

beforeEach(async () => {
  store = await SuiteStore.make()
  session = await store.open()
})

afterEach(async () => {
  await session.close()
  await store.tearDown()
})

it('are kept in snapshots, merged, backed up and copied below that, which stays where it is', async () => {
  const image = `${store.images}/${name}.qcow2`
  const copy = `${store.images}/copy.qcow2`
  for (const path of [image, copy]) await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', path, '16M'])
  const limit = '<iotune><total_bytes_sec>100000000</total_bytes_sec></iotune>'
  const devices = tinyDisk(image, 'vda', { more: limit }).replace(
    "type='qcow2'",
    "type='qcow2' copy_on_read='on'",
  )
  await store.define(name, tinyVmXml({ name, uuid: vm, devices }))
  await session.power(vm, 'start', calm())
  const top = (): Promise<unknown> =>
    onMonitor(store.root, vm, async (monitor) => {
      const blocks = (await monitor.execute('query-block')) as { inserted?: { 'node-name': string } }[]
      return blocks.flatMap(({ inserted }) => inserted?.['node-name'] ?? [])
    })
  const places = async (): Promise<string[]> =>
    (await session.diskJobs.disk(vm, 'vda')).layers.map(({ place }) => place)
  expect(await top()).toEqual(['drive-vda-limit'])

  await session.snapshots.createSnapshot(
    vm,
    {
      ...{ name: 'beside', description: '', kind: 'external', withMemory: false, quiesce: false },
      ...{ live: false, reuse: false, disks: [] },
    },
    calm(),
  )
  expect(await places()).toEqual([`${store.images}/${name}.beside`, image])
  const wish = { names: ['beside'], withChildren: false, metadataOnly: false }
  const { stamp } = await session.snapshots.snapshotDeletePlan(vm, wish)
  await session.snapshots.deleteSnapshots(vm, { ...wish, stamp }, calm())
  expect(await places()).toEqual([image])

  const backup = `${store.images}/backup.qcow2`
  await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', backup, '16M'])
  await session.backups.begin(vm, {
    disks: [{ target: 'vda', path: backup }],
    checkpoint: 'monday',
    holdsStill: false,
  })
  await expect
    .poll(async () => (await session.backups.progress(vm)).state, { timeout: 30_000 })
    .toBe('completed')

  await session.diskJobs.copy(vm, 'vda', { path: copy, format: 'qcow2' })
  await expect.poll(async () => (await session.diskJobs.jobs(vm))[0]?.isReady, { timeout: 30_000 }).toBe(true)
  await session.diskJobs.end(vm, 'vda', 'switch')
  expect(await places()).toEqual([copy])
  expect(await top()).toEqual(['drive-vda-limit'])
})

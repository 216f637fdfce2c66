import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { tinyDisk, tinyVmXml } from '../../../../e2e/lab/tiny-vm'
import type { VmId } from '../../../../shared/model/ids'
import type { HypervisorSession } from '../../backend'
import { calm } from '../../suite/expect-kind'
import { onMonitor } from '../testing/on-monitor'
import { runHere, SuiteStore } from '../testing/suite-store'

const name = 'left-alone'
const vm = '5717e000-0000-4000-8000-00000005a905' as VmId

describe('the images of a guest that runs', () => {
  let store: SuiteStore
  const opened: HypervisorSession[] = []
  const open = async (): Promise<HypervisorSession> => {
    const session = await store.open()
    opened.push(session)
    return session
  }

  beforeEach(async () => {
    store = await SuiteStore.make()
  })

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((session) => session.close()))
    await store.tearDown()
  })

  it('are written down by the next session, when the one that had them switched was lost before it could', async () => {
    const image = `${store.images}/${name}.qcow2`
    await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', image, '16M'])
    await store.define(name, tinyVmXml({ name, uuid: vm, devices: tinyDisk(image, 'vda') }))
    const first = await open()
    await first.power(vm, 'start', calm())
    await first.snapshots.createSnapshot(
      vm,
      {
        ...{ name: 'beside', description: '', kind: 'external', withMemory: false, quiesce: false },
        ...{ live: false, reuse: false, disks: [] },
      },
      calm(),
    )
    const overlay = `${store.images}/${name}.beside`
    expect((await first.definition(vm, 'stored')).xml).toContain(overlay)
    await first.close()
    await onMonitor(store.root, vm, async (monitor) => {
      const isReady = new Promise<void>((resolve) =>
        monitor.onEvent((event) => event.name === 'BLOCK_JOB_READY' && resolve()),
      )
      const isOver = new Promise<void>((resolve) =>
        monitor.onEvent((event) => event.name === 'BLOCK_JOB_COMPLETED' && resolve()),
      )
      const nodes = (await monitor.execute('query-block')) as { inserted?: { 'node-name': string } }[]
      const device = nodes.flatMap(({ inserted }) => inserted?.['node-name'] ?? [])[0] ?? ''
      await monitor.execute('block-commit', { 'job-id': 'merge', device })
      await isReady
      await monitor.execute('block-job-complete', { device: 'merge' })
      await isOver
    })

    const session = await open()
    const places = async (which: 'stored' | 'running'): Promise<string> =>
      (await session.definition(vm, which)).xml
    await expect.poll(() => places('stored'), { timeout: 30_000 }).toContain(`'${image}'`)
    expect(await places('running')).toContain(`'${image}'`)
    expect(await places('stored')).not.toContain(overlay)
  })

  it('are counted by their disk also when QEMU named the one that a merge left', async () => {
    const base = `${store.images}/base.qcow2`
    const top = `${store.images}/top.qcow2`
    await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', base, '16M'])
    await runHere(['qemu-img', 'create', '-q', '-f', 'qcow2', '-b', base, '-F', 'qcow2', top])
    await store.define(name, tinyVmXml({ name, uuid: vm, devices: tinyDisk(top, 'vda') }))
    const session = await open()
    await session.power(vm, 'start', calm())
    await session.diskJobs.merge(vm, 'vda', { top, base })
    await expect
      .poll(async () => (await session.diskJobs.jobs(vm))[0]?.isReady, { timeout: 30_000 })
      .toBe(true)
    await session.diskJobs.end(vm, 'vda', 'switch')
    expect((await session.diskJobs.disk(vm, 'vda')).layers.map(({ place }) => place)).toEqual([base])
    const { disks } = await session.stats.vmCounters(vm)
    expect(disks.map(({ target, source }) => [target, source])).toEqual([['vda', base]])
  })
})

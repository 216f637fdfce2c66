import { expect, test } from 'vitest'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { HypervisorSession } from '../backends/backend'
import { planSeries } from './series'
import { demo, failing } from './testing/demo'
import { disk, existing, gib, wanted } from './testing/inputs'
import { standIn } from './testing/stand-in-writer'

test('several VMs are planned with all their names and files, and with room for all of them', async () => {
  const { session } = await demo()
  const plan = await planSeries(session, wanted({ name: 'farm', count: 3 }), standIn)
  expect(plan.names).toEqual(['farm-01', 'farm-02', 'farm-03'])
  expect(plan.files.map(({ name }) => name)).toEqual([
    'default/farm-01.qcow2',
    'default/farm-02.qcow2',
    'default/farm-03.qcow2',
  ])
  expect(plan.xml).toContain('<name>farm-01</name>')
  expect(plan.problems).toEqual([])
  const free = plan.files[0]?.freeBytes ?? 0
  const half = { isFull: true, sizeBytes: Math.floor(free / 2 / gib) * gib }
  const two = await planSeries(session, wanted({ name: 'farm', count: 2, disks: [disk(half)] }), standIn)
  expect(two.problems.filter(({ level }) => level === 'error')).toEqual([])
  const three = await planSeries(session, wanted({ name: 'farm', count: 3, disks: [disk(half)] }), standIn)
  expect(three.problems).toMatchObject([{ level: 'error', field: 'disks.0.sizeBytes' }])
})

test('copies of an image, their disks and the memory are counted for all of them', async () => {
  const one = await demo()
  const { items } = await one.session.storage.pools()
  const cloud = (more: Partial<NewVmInput> = {}): NewVmInput =>
    wanted({
      name: 'farm',
      count: 3,
      disks: [],
      memoryBytes: 2 * gib,
      source: {
        kind: 'cloud',
        base: { kind: 'volume', pool: 'default', volume: 'debian-12-genericcloud-amd64.qcow2' },
        how: 'copy',
        pool: 'default',
        sizeBytes: 10 * gib,
        init: {
          user: { name: 'ann', sshKeys: [], password: 'a long one', isAdmin: true },
          packages: [],
          network: { kind: 'dhcp' },
        },
      },
      ...more,
    })
  const roomFor = (availableBytes: number): HypervisorSession =>
    failing(one.session, {
      storage: failing(one.session.storage, {
        pools: async () => ({ items: items.map((pool) => ({ ...pool, availableBytes })) }),
      }),
    })
  const told = async (session: HypervisorSession, input: NewVmInput): Promise<string[]> =>
    (await planSeries(session, input, standIn)).problems.map(({ level, field }) => `${level} ${field ?? ''}`)
  const { volumes } = await one.session.storage.volumeDetails('default', [
    'debian-12-genericcloud-amd64.qcow2',
  ])
  const copyBytes = volumes[0]?.allocationBytes ?? 0
  expect(copyBytes).toBeGreaterThan(0)
  expect(await told(roomFor(40 * gib), cloud())).toEqual([])
  expect(await told(roomFor(15 * gib), cloud({ count: 1 }))).toEqual([])
  expect(await told(roomFor(15 * gib), cloud())).toEqual(['warning source.sizeBytes'])
  expect(await told(roomFor(copyBytes * 2), cloud())).toEqual([
    'error source.pool',
    'warning source.sizeBytes',
  ])
  // 128 GiB are there, and not all of them free
  expect(await told(one.session, cloud({ memoryBytes: 20 * gib }))).toEqual([])
  const much = cloud({ memoryBytes: 45 * gib })
  const { problems } = await planSeries(one.session, much, standIn)
  expect(problems).toMatchObject([{ level: 'warning', field: 'memoryBytes' }])
  expect(problems[0]?.message).toContain('together the 3 new VMs take 135 GiB')
  expect(await told(one.session, cloud({ memoryBytes: 45 * gib, startsNow: false }))).toEqual([])
  const full = await planSeries(one.session, cloud({ memoryBytes: 36 * gib }), standIn)
  expect(full.problems[0]?.message).toContain('left now, and together')
})

test('what can be there only once keeps several from being made', async () => {
  const { session } = await demo()
  const disks = [existing('default/old-fileserver.qcow2'), disk({ volume: 'mine.qcow2' })]
  const plan = await planSeries(session, wanted({ name: 'farm', count: 2, disks }), standIn)
  const fields = plan.problems.filter(({ level }) => level === 'error').map(({ field }) => field)
  expect(fields).toContain('disks.0.image')
  expect(fields).toContain('disks.1.volume')
})

test('names that are taken, or too long with their numbers, are told', async () => {
  const { session } = await demo()
  const taken = await planSeries(session, wanted({ name: 'web', count: 2 }), standIn)
  expect(taken.problems[0]).toMatchObject({ level: 'error', field: 'name' })
  const longest = 'x'.repeat(255)
  const long = await planSeries(session, wanted({ name: longest, count: 2 }), standIn)
  expect(long.problems).toContainEqual(expect.objectContaining({ level: 'error', field: 'name' }))
})

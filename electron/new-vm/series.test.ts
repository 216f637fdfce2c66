import { expect, test } from 'vitest'
import { planSeries } from './series'
import { demo } from './testing/demo'
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

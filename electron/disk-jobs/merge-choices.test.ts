import { expect, it } from 'vitest'
import type { DiskFacts } from '../../shared/model/disk-jobs/disk-job'
import { vmId } from '../../shared/model/ids'
import type { ImageUser, StorageUsage } from '../../shared/model/storage/volume'
import { mergeChoices } from './merge-choices'

const vm = vmId.parse('00000000-0000-0000-0000-000000000001')
const facts: DiskFacts = {
  target: 'vda',
  device: 'disk',
  isRunning: true,
  isPersistent: true,
  isReadOnly: false,
  layers: ['/i/top', '/i/middle', '/i/base'].map((place) => ({ place, isFile: true, format: 'qcow2' })),
  snapshots: [],
}
const own: ImageUser = { kind: 'disk', name: 'web', vm, target: 'vda' }
const usage = (more: StorageUsage['users'] = {}, unread: string[] = []): StorageUsage => ({
  users: {
    '/i/top': [own],
    '/i/middle': [{ kind: 'image', name: '/i/top' }],
    '/i/base': [{ kind: 'image', name: '/i/middle' }],
    ...more,
  },
  unread,
})
const choices = (what = facts, with_ = usage()): (string | undefined)[][] =>
  mergeChoices(vm, what, with_, undefined).map(({ top, base, whyNot }) => [top, base, whyNot])

it('each layer can be merged into any below it, and what lies between is left over', () => {
  expect(mergeChoices(vm, facts, usage(), undefined)).toEqual([
    { top: '/i/top', base: '/i/middle', leftOver: ['/i/top'] },
    { top: '/i/top', base: '/i/base', leftOver: ['/i/top', '/i/middle'] },
    { top: '/i/middle', base: '/i/base', leftOver: ['/i/middle'] },
  ])
})

it('an image of somebody else keeps the layers it is built on from being merged, and no others', () => {
  const other: ImageUser = { kind: 'image', name: '/i/other' }
  const why = '/i/other uses /i/base too, and would be damaged'
  expect(choices(facts, usage({ '/i/base': [{ kind: 'image', name: '/i/middle' }, other] }))).toEqual([
    ['/i/top', '/i/middle', undefined],
    ['/i/top', '/i/base', why],
    ['/i/middle', '/i/base', why],
  ])
})

it('a VM that has a layer as its own disk keeps it from being merged', () => {
  const neighbour: ImageUser = { kind: 'disk', name: 'mail', vm: 'other', target: 'vda' }
  const [first] = choices(facts, usage({ '/i/middle': [neighbour] }))
  expect(first?.[2]).toBe('mail uses /i/middle too, and would be damaged')
})

it('nothing is merged while a snapshot needs the layers, the VM is off, or not everybody is known', () => {
  const all = (what: DiskFacts, known?: StorageUsage): (string | undefined)[] =>
    choices(what, known).map(([, , why]) => why)
  expect(all({ ...facts, snapshots: ['before'] })[0]).toContain('delete before first')
  expect(all({ ...facts, isRunning: false })[0]).toContain('Only possible while the VM runs')
  expect(all(facts, usage({}, ['Pool archive: stopped']))[0]).toContain('Pool archive: stopped')
})

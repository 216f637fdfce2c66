import { expect, it } from 'vitest'
import type { DeletePlan } from '../../../shared/model/delete-plan'
import { workOutDeletePlan } from './delete-plan'
import { deletionHost, diskXml, domainXml, type Setting } from './testing/deletion-host'

const base = '/pool/base.qcow2'

async function planOf(setting: Setting, alongWith: readonly string[] = []): Promise<DeletePlan> {
  const { host, tools, ids } = deletionHost(setting)
  const [first = ''] = Object.keys(setting.domains)
  const id = ids[first]
  if (!id) throw new Error('No VM to delete')
  const others = alongWith.flatMap((name) => ids[name] ?? [])
  return (await workOutDeletePlan(host, tools, id, others)).plan
}

const brief = ({ files }: DeletePlan) =>
  files.map(({ path, role, usedBy, isSuggested }) => [path, role, usedBy.join(), isSuggested])

it('names the VM whose disk is built on an image, though its definition does not mention it', async () => {
  const plan = await planOf({
    domains: { golden: domainXml(diskXml(base)), clone: domainXml(diskXml('/pool/clone.qcow2')) },
    volumes: { [base]: {}, '/pool/clone.qcow2': { backing: base } },
  })
  expect(plan.files).toEqual([
    {
      path: base,
      role: 'disk',
      target: 'vda',
      sizeBytes: 10,
      allocationBytes: 5,
      format: 'qcow2',
      volume: { pool: '/pool', volume: 'base.qcow2' },
      usedBy: ['clone'],
      sharedWith: [],
      neededBy: [],
      isSuggested: false,
    },
  ])
})

it('lists each layer below a disk, and those that others use as used', async () => {
  const chain = { '/p/a': { backing: base }, '/p/b': { backing: '/p/a' }, '/p/c': { backing: '/p/b' } }
  const plan = await planOf({
    domains: { one: domainXml(diskXml('/p/c')), two: domainXml(diskXml('/other/d')) },
    volumes: { [base]: {}, ...chain, '/other/d': { backing: '/p/b' } },
  })
  expect(brief(plan)).toEqual([
    ['/p/c', 'disk', '', true],
    ['/p/b', 'layer', 'two', false],
    ['/p/a', 'layer', 'two', false],
    [base, 'layer', 'two', false],
  ])
})

it('offers layers that nobody else uses, not ticked, and each only together with what is built on it', async () => {
  const plan = await planOf({
    domains: { one: domainXml(diskXml('/p/b')) },
    volumes: { '/p/a': {}, '/p/b': { backing: '/p/a' } },
  })
  expect(plan.files[1]).toMatchObject({
    path: '/p/a',
    role: 'layer',
    usedBy: [],
    neededBy: ['/p/b'],
    isSuggested: false,
  })
})

it('keeps what another VM needs for its snapshot alone, and says so', async () => {
  const snapshot = `<domainsnapshot><domain><devices>${diskXml('/p/a')}</devices></domain></domainsnapshot>`
  const plan = await planOf({
    domains: { one: domainXml(diskXml('/p/a')), two: domainXml(diskXml('/p/own')) },
    volumes: { '/p/a': {}, '/p/own': {} },
    snapshots: { two: { clean: snapshot } },
  })
  expect(brief(plan)).toEqual([['/p/a', 'disk', 'two (snapshot clean)', false]])
})

it('lists the overlays and the memory of its own external snapshots as its own', async () => {
  const taken = `<domainsnapshot>
    <memory snapshot='external' file='/p/one.mem'/>
    <disks><disk name='vda' snapshot='external'><driver type='qcow2'/><source file='/p/one.after'/></disk></disks>
    <domain><devices>${diskXml('/p/one')}</devices></domain></domainsnapshot>`
  const plan = await planOf({
    domains: { one: domainXml(diskXml('/p/one.after')) },
    volumes: {
      '/p/one': {},
      '/p/one.after': { backing: '/p/one', isNew: true },
      '/p/one.mem': { isNew: true },
    },
    snapshots: { one: { before: taken } },
  })
  expect(brief(plan)).toEqual([
    ['/p/one.after', 'disk', '', true],
    ['/p/one', 'snapshot', '', true],
    ['/p/one.mem', 'memory', '', true],
  ])
  expect(plan.goesAlong).toEqual(['1 snapshot (before)'])
})

it('sees images that a pool has not been told of yet, in its own pool and in others', async () => {
  const plan = await planOf({
    domains: { one: domainXml(diskXml('/p/a')), two: domainXml(diskXml('/far/d')) },
    volumes: { '/p/a': {}, '/far/x': {}, '/far/d': { backing: '/p/a', isNew: true } },
  })
  expect(brief(plan)).toEqual([['/p/a', 'disk', 'two', false]])
})

it('looks into images that lie in no pool', async () => {
  const plan = await planOf({
    domains: { one: domainXml(diskXml('/p/a')), two: domainXml(diskXml('/home/d')) },
    volumes: { '/p/a': {} },
    infos: {
      '/home/d': { format: 'qcow2', 'backing-filename': '/p/a' },
      '/p/a': { format: 'qcow2' },
    },
  })
  expect(brief(plan)).toEqual([['/p/a', 'disk', 'two', false]])
  expect(plan.unread).toEqual([])
})

it('suggests nothing while something could not be read, and tells what', async () => {
  const outside = await planOf({
    domains: { one: domainXml(diskXml('/p/a')), two: domainXml(diskXml('/home/d')) },
    volumes: { '/p/a': {} },
  })
  expect(outside.unread).toEqual([
    expect.stringMatching(/^\/home\/d \(disk vda of two\) is in no active pool/),
  ])
  const locked = await planOf({
    domains: { one: domainXml(diskXml('/p/a')), two: '' },
    volumes: { '/p/a': {} },
    unreadable: 'two',
  })
  expect(locked.unread).toEqual(['VM two: no lock'])
  for (const plan of [outside, locked]) expect(brief(plan)).toEqual([['/p/a', 'disk', '', false]])
})

it('tells what only VMs that go as well use apart from what others use', async () => {
  const setting: Setting = {
    domains: {
      one: domainXml(diskXml('/p/c')),
      two: domainXml(diskXml('/p/d')),
      three: domainXml(diskXml('/p/e')),
    },
    volumes: { '/p/b': {}, '/p/c': { backing: '/p/b' }, '/p/d': { backing: '/p/b' }, '/p/e': {} },
  }
  const both = await planOf(setting, ['two'])
  expect(both.files[1]).toMatchObject({
    path: '/p/b',
    usedBy: [],
    sharedWith: ['two'],
    neededBy: ['/p/c', '/p/d'],
  })
  expect((await planOf(setting, ['three'])).files[1]).toMatchObject({ usedBy: ['two'], sharedWith: [] })
  expect(both.stamp).toBe((await planOf(setting)).stamp)
})

it('suggests the discs that were made for its first start, and no other discs', async () => {
  const cd = (path: string, target: string): string =>
    `<disk type='file' device='cdrom'><source file='${path}'/><target dev='${target}'/></disk>`
  const plan = await planOf({
    domains: { one: domainXml(cd('/p/one-seed.iso', 'sda') + cd('/p/two-seed.iso', 'sdb')) },
    volumes: { '/p/one-seed.iso': {}, '/p/two-seed.iso': {} },
  })
  expect(brief(plan)).toEqual([
    ['/p/one-seed.iso', 'seed', '', true],
    ['/p/two-seed.iso', 'media', '', false],
  ])
})

it('keeps a file outside of every pool and says why', async () => {
  const plan = await planOf({ domains: { one: domainXml(diskXml('/srv/a.img', '', 'raw')) }, volumes: {} })
  expect(plan.files).toMatchObject([
    { path: '/srv/a.img', keep: expect.stringContaining('no active storage pool'), isSuggested: false },
  ])
})

it('lists what goes along with the definition, and what may stay', async () => {
  const devices = `<tpm><backend type='emulator'/></tpm>`
  const snapshots = { golden: { clean: '<domainsnapshot/>', 'before-upgrade': '<domainsnapshot/>' } }
  const setting = (libVersion: number, tpm = devices): Setting => ({
    domains: { golden: domainXml(tpm, '<nvram>/x</nvram>') },
    volumes: {},
    snapshots,
    libVersion,
  })
  const plan = await planOf(setting(8_009_000))
  expect(plan.goesAlong).toEqual(['saved state', '2 snapshots (clean, before-upgrade)'])
  expect(plan.parts).toEqual([
    { kind: 'nvram', text: 'UEFI variables (/x)' },
    { kind: 'tpm', text: 'TPM state' },
  ])
  expect((await planOf(setting(8_008_000))).parts[1]?.fixed?.to).toBe('goes')
  const persistent = `<tpm><backend type='emulator' persistent_state='yes'/></tpm>`
  expect((await planOf(setting(8_008_000, persistent))).parts[1]?.fixed?.to).toBe('stays')
})

it('keeps UEFI variables that another VM has as well', async () => {
  const plan = await planOf({
    domains: { one: domainXml('', '<nvram>/x</nvram>'), two: domainXml('', '<nvram>/x</nvram>') },
    volumes: {},
  })
  expect(plan.parts).toMatchObject([
    { kind: 'nvram', fixed: { to: 'stays', why: 'They are also used by two' } },
  ])
})

it('has another stamp once there is more to lose', async () => {
  const setting: Setting = { domains: { one: domainXml(diskXml('/p/a')) }, volumes: { '/p/a': {} } }
  const before = await planOf(setting)
  expect((await planOf(setting)).stamp).toBe(before.stamp)
  const later = await planOf({ ...setting, snapshots: { one: { new: '<domainsnapshot/>' } } })
  expect(later.stamp).not.toBe(before.stamp)
})

import { expect, test } from 'vitest'
import type { Values } from '../hardware/field'
import { poolKind } from './pool-kind'
import { poolProblems, whyNotPool } from './pool-rules'
import { poolTypeOf, poolTypes } from './pool-types'
import { followPool, newPool, shownValues, usualPath } from './pool-values'
import { whyNotInPool } from './volume-abilities'

const complete: Record<string, Values> = {
  dir: { path: '/srv/images' },
  fs: { device: '/dev/disk/by-id/usb-1-part1', path: '/mnt/usb' },
  netfs: { server: 'nas', exportPath: '/exports/images', path: '/mnt/nas' },
  disk: { device: '/dev/disk/by-id/usb-1', path: '/dev' },
  logical: { volumeGroup: 'vg0' },
  iscsi: { server: 'san', target: 'iqn.2026-01.example:disks', path: '/dev/disk/by-path' },
  'iscsi-direct': { server: 'san', target: 'iqn.2026-01.example:d', initiator: 'iqn.2026-01.example:me' },
  scsi: { adapterName: 'scsi_host0', path: '/dev/disk/by-path' },
  mpath: { path: '/dev/mapper' },
  rbd: { cephPool: 'vms', monitors: [{ server: 'mon1' }] },
  gluster: { server: 'gl1', glusterVolume: 'images' },
  zfs: { zpool: 'tank' },
  vstorage: { cluster: 'c1', path: '/mnt/c1' },
  sheepdog: { server: 'sd', sheepdogPool: 'p' },
}
const pool = (type: string, more: Values = {}): Values => ({ name: 'p', type, ...complete[type], ...more })
const warnings = (values: Values) =>
  poolProblems(values)
    .filter(({ severity }) => severity === 'warning')
    .map(({ field }) => field)

test('every type can be told completely, and needs each of what it says it needs', () => {
  expect(Object.keys(complete)).toEqual(poolTypes.map(({ id }) => id))
  for (const { id } of poolTypes) {
    expect({ id, problem: whyNotPool(pool(id)) }).toEqual({ id, problem: undefined })
    for (const field of Object.keys(complete[id] ?? {})) {
      const { [field]: _, ...rest } = pool(id)
      expect({ id, field: whyNotPool(rest)?.field }).toEqual({ id, field })
    }
  }
})

test('every field belongs to a type and stands in one group', () => {
  const grouped = poolKind.groups.flatMap(({ fields }) => fields)
  expect(grouped.toSorted()).toEqual(Object.keys(poolKind.fields).toSorted())
  const shown = new Set(
    poolTypes.flatMap(({ id }) =>
      ['scsi_host', 'fc_host'].flatMap((adapter) => Object.keys(shownValues(everything(id, adapter)))),
    ),
  )
  expect([...shown].toSorted()).toEqual(Object.keys(poolKind.fields).toSorted())
})

function everything(type: string, adapterType: string): Values {
  const all = Object.fromEntries(Object.keys(poolKind.fields).map((id) => [id, 'x']))
  return { ...all, type, adapterType, share: 'nfs' }
}

test('what belongs to another type is refused by its name, and so is what no pool has', () => {
  expect(whyNotPool(pool('dir', { target: 'iqn.2026-01.example:d' }))).toEqual({
    field: 'target',
    message: 'Target does not belong to this kind of pool',
  })
  expect(whyNotPool(pool('dir', { constructor: 'x' }))?.field).toBe('constructor')
  expect(whyNotPool({ name: 'p', type: 'cloud' })?.field).toBe('type')
})

test('in types whose volumes come from elsewhere none can be made or resized, and it is said who does', () => {
  const fixed = poolTypes.filter(({ id }) => whyNotInPool(id, 'create') !== undefined).map(({ id }) => id)
  expect(fixed).toEqual(['iscsi', 'iscsi-direct', 'scsi', 'mpath', 'gluster'])
  for (const id of fixed) expect(whyNotInPool(id, 'resize')).toMatch(/\w+ \w+/)
})

test('the volume group goes with its pool when all is deleted, a folder only when it is empty', () => {
  expect(poolTypeOf('logical')).toMatchObject({
    destroysVolumes: true,
    destroys: expect.stringMatching(/lost/),
  })
  expect(poolTypeOf('dir')?.destroysVolumes).toBeUndefined()
  expect(poolTypeOf('iscsi')?.destroys).toBeUndefined()
})

test('pools of iSCSI, SCSI, LVM and shares take their disks along, those of folders and disks do not', () => {
  for (const id of ['iscsi', 'scsi', 'logical', 'netfs']) expect(poolTypeOf(id)?.detaches).toBeDefined()
  for (const id of ['dir', 'disk']) expect(poolTypeOf(id)?.detaches).toBeUndefined()
})

test('the path is the usual one of its type', () => {
  expect(newPool('dir', 'isos')['path']).toBe('/var/lib/libvirt/images/isos')
  expect(newPool('dir')['path']).toBeUndefined()
  // a dead server must not keep the pool of the folder above from being read
  expect(newPool('netfs', 'nas')['path']).toBe('/mnt/nas')
  expect(newPool('iscsi')['path']).toBe('/dev/disk/by-path')
  expect(newPool('mpath')['path']).toBe('/dev/mapper')
  expect(usualPath({ type: 'logical', name: 'p', volumeGroup: 'vg0' })).toBe('/dev/vg0')
  expect(usualPath({ type: 'dir', name: '$&' })).toBe('/var/lib/libvirt/images/$&')
  expect(usualPath({ type: 'rbd', name: 'p' })).toBeUndefined()
})

test('the path goes along with name and type until somebody has chosen one', () => {
  const first = newPool('dir', 'a')
  const renamed = followPool(first, { ...first, name: 'ab' })
  expect(renamed['path']).toBe('/var/lib/libvirt/images/ab')
  expect(followPool(renamed, { ...renamed, type: 'mpath' })['path']).toBe('/dev/mapper')
  const chosen = followPool(renamed, { ...renamed, path: '/srv' })
  expect(followPool(chosen, { ...chosen, name: 'b' })['path']).toBe('/srv')
  expect(followPool(renamed, { name: 'ab', type: 'dir' })['path']).toBeUndefined()
})

test('devices named in the order they were found, and partitions for a whole disk, are warned about', () => {
  expect(warnings(pool('disk'))).toEqual([])
  expect(warnings(pool('disk', { device: '/dev/sdb' }))).toEqual(['device'])
  expect(warnings(pool('disk', { device: '/dev/sdb1' }))).toEqual(['device', 'device'])
  expect(warnings(pool('disk', { device: '/dev/disk/by-id/usb-1-part2' }))).toEqual(['device'])
  expect(warnings(pool('disk', { device: '/dev/nvme0n1' }))).toEqual(['device'])
  expect(warnings(pool('fs', { device: '/dev/disk/by-uuid/7f3c' }))).toEqual([])
  expect(warnings(pool('logical', { devices: [{ path: '/dev/sdc' }] }))).toEqual(['devices'])
})

test('signing in takes a name and a secret, and says which of them is missing', () => {
  expect(whyNotPool(pool('iscsi', { authUser: 'me' }))?.field).toBe('authSecret')
  expect(whyNotPool(pool('rbd', { authSecret: 's' }))?.field).toBe('authUser')
  expect(whyNotPool(pool('rbd', { authUser: 'me', authSecret: 's' }))).toBeUndefined()
})

test('a virtual port needs its world wide names instead of an adapter', () => {
  const values: Values = { name: 'p', type: 'scsi', adapterType: 'fc_host', path: '/dev/disk/by-path' }
  expect(whyNotPool(values)?.field).toBe('wwnn')
  expect(
    whyNotPool({ ...values, wwnn: '20000000c9831b4b', wwpn: '10000000c9831b4b', parent: 'scsi_host5' }),
  ).toBeUndefined()
})

test('what the host shall build must be told: a file system, the devices of a volume group', () => {
  expect(whyNotPool(pool('fs'), { build: 'build' })?.field).toBe('fileSystem')
  expect(whyNotPool(pool('fs', { fileSystem: 'ext4' }), { build: 'build' })).toBeUndefined()
  expect(whyNotPool(pool('logical'), { build: 'build' })?.field).toBe('devices')
  expect(whyNotPool(pool('logical'), { build: 'no' })).toBeUndefined()
})

test('NFS exports begin with a slash, names of Gluster volumes need not', () => {
  expect(whyNotPool(pool('netfs', { exportPath: 'images' }))?.field).toBe('exportPath')
  expect(whyNotPool(pool('netfs', { exportPath: 'images', share: 'glusterfs' }))).toBeUndefined()
})

test('types whose content must be left to the pool say so, and what a LUN that is not shown may lack', () => {
  const hints = (type: string): string =>
    poolProblems(pool(type))
      .filter(({ severity }) => severity === 'hint')
      .map(({ message }) => message)
      .join()
  for (const type of ['logical', 'iscsi', 'scsi']) expect(hints(type)).toMatch(/do not mount or change/)
  expect(hints('logical')).toMatch(/by its label/)
  expect(hints('iscsi')).toMatch(/partition table.*fdisk/)
  expect(hints('dir')).toBe('')
})

test('a name that is taken is refused', () => {
  expect(whyNotPool(pool('dir'), { names: ['p'] })).toEqual({
    field: 'name',
    message: 'Another pool is called p',
  })
})

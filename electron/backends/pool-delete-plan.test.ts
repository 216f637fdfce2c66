import { expect, test } from 'vitest'
import type { Pool } from '../../shared/model/storage/pool'
import type { ImageUser } from '../../shared/model/storage/volume'
import { deletePlanOfPool } from './pool-delete-plan'

const pool = (more: Partial<Pool>): Pool => ({
  name: 'images',
  uuid: '0f1e2d3c-0000-4000-8000-000000000001',
  state: 'running',
  type: 'dir',
  isAutostart: false,
  isPersistent: true,
  ...more,
})
const disk = (vm: string, isRunning = false): ImageUser => ({
  kind: 'disk',
  name: vm,
  vm: `id of ${vm}`,
  isRunning,
})

test('VMs are told with the volumes they use, by path or by the name of the pool', () => {
  const usage = {
    users: {
      '/srv/images/b.qcow2': [disk('web', true), disk('web')],
      '/srv/images/a.qcow2': [disk('web', true)],
      'images/c.qcow2': [disk('db')],
      '/srv/images-old/d.qcow2': [disk('other')],
      '/srv/images/e.qcow2': [{ kind: 'image', name: '/srv/f.qcow2' } as const],
    },
    unread: [],
  }
  const volumes = ['a.qcow2', 'b.qcow2', 'c.qcow2'].map((name) => ({ name, key: `/srv/images/${name}` }))
  const plan = deletePlanOfPool(pool({ path: '/srv/images' }), { volumes }, usage)
  expect(plan).toMatchObject({ volumeCount: 3, canDestroy: true })
  expect(plan.destroys).toBe('The folder /srv/images is removed if it is empty.')
  expect(plan.detaches).toBeUndefined()
  expect(plan.users).toEqual([
    { vmName: 'db', isRunning: false, volumes: ['c.qcow2'] },
    { vmName: 'web', isRunning: true, volumes: ['a.qcow2', 'b.qcow2'] },
  ])
})

test('the volume group is named with all that is lost in it', () => {
  const volumes = [{ name: 'root', key: '/dev/vg0/root' }]
  const plan = deletePlanOfPool(
    pool({ type: 'logical', path: '/dev/vg0', source: 'vg0' }),
    { volumes },
    { users: {}, unread: [] },
  )
  expect(plan.destroys).toBe(
    'The volume group vg0 is deleted with all of its volumes, and all data in them are lost. It has 1 volume now.',
  )
  expect(plan.detaches).toMatch(/no longer reach/)
})

test('devices that other pools may show as well belong to a pool only as far as it lists them', () => {
  const usage = { users: { '/dev/disk/by-path/ip-1-lun-1': [disk('web')] }, unread: [] }
  const iscsi = pool({ type: 'iscsi', state: 'inactive', path: '/dev/disk/by-path' })
  const unknown = deletePlanOfPool(iscsi, {}, usage)
  expect(unknown).toMatchObject({ users: [], canDestroy: false })
  expect(unknown.volumeCount).toBeUndefined()
  const volumes = [{ name: 'unit:0:0:1', key: '/dev/disk/by-path/ip-1-lun-1' }]
  expect(deletePlanOfPool(iscsi, { volumes }, usage).users).toEqual([
    { vmName: 'web', isRunning: false, volumes: ['unit:0:0:1'] },
  ])
})

test('of a stopped folder pool it is still known who has images in it', () => {
  const usage = { users: { '/srv/images/a.qcow2': [disk('web')] }, unread: [] }
  const plan = deletePlanOfPool(pool({ path: '/srv/images', state: 'inactive' }), {}, usage)
  expect(plan.users.map(({ vmName }) => vmName)).toEqual(['web'])
  expect(plan.unread).toBeUndefined()
})

test('what could not be read is told, as more VMs may have images in the pool', () => {
  const plan = deletePlanOfPool(pool({ path: '/srv/images' }), {}, { users: {}, unread: ['VM db'] })
  expect(plan.unread).toEqual(['VM db'])
})

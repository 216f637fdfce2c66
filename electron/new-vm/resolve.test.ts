import { expect, test } from 'vitest'
import type { NewVmInput } from '../../shared/model/new-vm/new-vm'
import type { HypervisorSession } from '../backends/backend'
import { buildDefinition } from '../backends/fake/build'
import { resolveNewVm, type Resolved } from './resolve'
import { readSurroundings } from './surroundings'
import { demo, failing } from './testing/demo'
import { disk, existing, gib, wanted } from './testing/inputs'

const uuid = '00000000-0000-4000-8000-000000000001'

async function resolved(session: HypervisorSession, input: NewVmInput): Promise<Resolved> {
  return resolveNewVm(input, await readSurroundings(session, input), uuid)
}

test('new volumes are called after the VM and never like one that is there', async () => {
  const { session, host } = await demo()
  host.files.set('/var/lib/libvirt/images/new-01.qcow2', {
    sizeBytes: 1,
    allocationBytes: 1,
    format: 'qcow2',
  })
  const { volumes, facts } = await resolved(
    session,
    wanted({ disks: [disk(), disk({ volume: 'new-01-2.qcow2' }), disk(), disk({ format: 'raw' })] }),
  )
  expect(volumes.map(({ name }) => name)).toEqual([
    'new-01-3.qcow2',
    'new-01-2.qcow2',
    'new-01-4.qcow2',
    'new-01.img',
  ])
  expect(facts.disks[0]).toEqual({
    source: { kind: 'file', path: '/var/lib/libvirt/images/new-01-3.qcow2' },
    format: 'qcow2',
  })
  expect(facts.disks[3]?.format).toBe('raw')
  expect(volumes[0]?.values).toEqual({
    name: 'new-01-3.qcow2',
    format: 'qcow2',
    capacityBytes: 20 * gib,
    allocation: 'sparse',
  })
})

test('a logical volume is a raw disk with a name that LVM takes, whatever was chosen', async () => {
  const { session } = await demo()
  const { volumes, facts } = await resolved(
    session,
    wanted({ name: 'a:b+c', disks: [disk({ pool: 'vg0', isFull: true })] }),
  )
  expect(volumes[0]?.values).toEqual({ name: 'a-b-c', capacityBytes: 20 * gib })
  expect(facts.disks).toEqual([{ source: { kind: 'block', path: '/dev/vg0/a-b-c' }, format: 'raw' }])
})

test('images that are there are named by their path, with the format the host knows', async () => {
  const { session, host } = await demo()
  host.files.set('/srv/loose.img', { sizeBytes: gib, allocationBytes: gib, format: 'qcow2' })
  const { facts } = await resolved(
    session,
    wanted({
      source: {
        kind: 'iso',
        disc: { kind: 'path', path: '/var/lib/libvirt/images/debian-12.7.0-amd64-netinst.iso' },
        second: [{ kind: 'path', path: '/srv/virtio-win.iso' }],
      },
      disks: [
        existing('default/old-fileserver.qcow2'),
        existing('/var/lib/libvirt/images/web-01.qcow2'),
        existing('vg0/scratch'),
        existing('/srv/loose.img'),
        existing('/dev/sdz'),
        existing('/srv/unknown.vhd'),
      ],
    }),
  )
  const images = '/var/lib/libvirt/images'
  expect(facts.disks).toEqual([
    { source: { kind: 'file', path: `${images}/old-fileserver.qcow2` }, format: 'qcow2' },
    { source: { kind: 'file', path: `${images}/web-01.qcow2` }, format: 'qcow2' },
    { source: { kind: 'block', path: '/dev/vg0/scratch' }, format: 'raw' },
    { source: { kind: 'file', path: '/srv/loose.img' }, format: 'qcow2' },
    { source: { kind: 'block', path: '/dev/sdz' }, format: 'raw' },
    { source: { kind: 'file', path: '/srv/unknown.vhd' }, format: 'vpc' },
  ])
  expect(facts.discs.map(({ format }) => format)).toEqual(['raw', 'raw'])
})

test('a volume that was made says itself where it is', async () => {
  const { session } = await demo()
  const input = wanted({ disks: [disk({ pool: 'vg0' })] })
  const around = await readSurroundings(session, input)
  const made = {
    name: 'sdb7',
    key: '/dev/sdb7',
    path: '/dev/sdb7',
    type: 'block' as const,
    capacityBytes: gib,
    allocationBytes: gib,
    isEncrypted: false,
  }
  expect(resolveNewVm(input, around, uuid, new Map([[0, made]])).facts.disks).toEqual([
    { source: { kind: 'block', path: '/dev/sdb7' }, format: 'raw' },
  ])
})

test('a drive of the host is its device; a driver that tells nothing of guests keeps nobody from going on', async () => {
  const { session, host } = await demo()
  host.place(buildDefinition(host.name, { name: 'other' }))
  const silent = failing(session, {
    guestCapabilities: () => Promise.reject(new Error('not asked for')),
  })
  const { facts } = await resolved(silent, wanted({ source: { kind: 'drive', device: '/dev/sr0' } }))
  expect(facts.discs).toEqual([{ source: { kind: 'block', path: '/dev/sr0' }, format: 'raw' }])
  expect(facts.capabilities).toMatchObject({ virtType: 'kvm', architecture: 'x86_64', devices: [] })
  expect(facts.guestKind.virtTypes.map(({ name }) => name)).toContain('kvm')
})

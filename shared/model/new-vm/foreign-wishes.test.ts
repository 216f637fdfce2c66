import { expect, it } from 'vitest'
import type { ForeignVm } from './foreign'
import { devicesOfForeign, usualDevices, wishesOfForeign, type ForeignTarget } from './foreign-wishes'
import { hasImage, imageOf } from './suggest'

const nowhere: ForeignTarget = { capabilities: undefined, choices: undefined }
const guest = (virtType: string, osType: string) => ({
  architecture: 'x86_64',
  osType,
  virtTypes: [{ name: virtType }],
  machines: [],
  features: [],
})
const xen: ForeignTarget = {
  capabilities: { guests: [guest('xen', 'xen'), guest('xen', 'hvm')] },
  choices: undefined,
}
const vm = (more: Partial<ForeignVm> = {}): ForeignVm => ({
  format: 'vmx',
  name: 'web',
  isParavirtual: false,
  disks: [{ file: '/a.vmdk', bus: 'scsi', device: 'disk', isReadOnly: false }],
  nics: [{ model: 'e1000' }],
  notes: [],
  ...more,
})

it('emulated devices are on buses every machine has, and cards are as the system knows them', () => {
  expect(wishesOfForeign(vm(), 'emulated', nowhere)).toMatchObject({
    name: 'web',
    source: 'import',
    startsNow: false,
    disks: [{ kind: 'existing', image: { kind: 'path', path: '/a.vmdk' }, bus: 'sata' }],
    nics: [{ model: 'e1000' }],
  })
})

it('other devices keep the image and the network that were chosen since', () => {
  const chosen = {
    ...wishesOfForeign(vm({ disks: [{ device: 'disk', isReadOnly: false }] }), 'emulated', nowhere),
    disks: [{ kind: 'existing' as const, image: { kind: 'path' as const, path: '/mine' } }],
    nics: [{ source: { kind: 'network' as const, name: 'lan' }, model: 'e1000' }],
  }
  expect(devicesOfForeign(chosen, vm(), 'virtio', nowhere)).toEqual({
    foreignDevices: 'virtio',
    disks: [{ kind: 'existing', image: { kind: 'path', path: '/mine' }, bus: 'virtio' }],
    nics: [{ source: { kind: 'network', name: 'lan' }, model: 'virtio' }],
  })
})

it('a paravirtualised guest stays one on a Xen host, and meets virtio elsewhere', () => {
  const pv = vm({ format: 'xl', isParavirtual: true, nics: [{}] })
  expect(usualDevices(pv)).toBe('virtio')
  expect(wishesOfForeign(pv, 'virtio', xen)).toMatchObject({
    osType: 'xen',
    disks: [{ bus: 'xen' }],
    nics: [{}],
  })
  expect(wishesOfForeign(pv, 'virtio', nowhere)).toMatchObject({ disks: [{ bus: 'virtio' }] })
  expect(wishesOfForeign(pv, 'virtio', nowhere)).not.toHaveProperty('osType')
})

it('Windows gets emulated devices, Linux virtio', () => {
  expect(usualDevices(vm({ osHint: 'windows2019srv-64' }))).toBe('emulated')
  expect(usualDevices(vm({ osHint: 'ubuntu-64' }))).toBe('virtio')
  expect(usualDevices(vm())).toBe('emulated')
})

it.each(['web.vmdk', '../../etc/shadow', '/images/../../etc/shadow', '/a\nb', `/${'a'.repeat(5000)}`])(
  'the disk file %.20j is left for the user to choose',
  (file) => {
    const { disks } = wishesOfForeign(
      vm({ disks: [{ file, device: 'disk', isReadOnly: false }] }),
      'emulated',
      nowhere,
    )
    expect(disks?.map((disk) => [hasImage(disk), imageOf(disk)])).toEqual([[true, undefined]])
  },
)

it('names lose what no VM may have in its name, and discs are no disks', () => {
  const wishes = wishesOfForeign(
    vm({ name: ' My "VM" (1) ', disks: [{ file: '/a.iso', device: 'disc', isReadOnly: true }] }),
    'emulated',
    nowhere,
  )
  expect(wishes).toMatchObject({ name: 'My-VM-1', source: 'none', disks: [] })
  expect(wishesOfForeign(vm({ name: '///' }), 'emulated', nowhere)).not.toHaveProperty('name')
})

it('a disk of a package that has a size and no file is made empty', () => {
  const disks = [
    { file: '/a.vmdk', device: 'disk' as const, isReadOnly: false },
    { device: 'disk' as const, isReadOnly: false, sizeBytes: 1024 ** 3 },
  ]
  expect(wishesOfForeign(vm({ format: 'ovf', disks }), 'emulated', nowhere)).toMatchObject({
    source: 'import',
    disks: [{ kind: 'existing' }, { kind: 'new', sizeBytes: 1024 ** 3 }],
  })
  expect(wishesOfForeign(vm({ disks: disks.slice(1) }), 'emulated', nowhere).source).toBe('none')
})

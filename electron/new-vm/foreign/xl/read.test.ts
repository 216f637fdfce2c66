import { expect, it } from 'vitest'
import { parseXlDisk } from './disk-spec'
import { readXl } from './read'
import { parseXlNic } from './vif-spec'

const hvm = `
# a fully virtualised guest
name = "mail"
builder = "hvm"
memory = 2048
maxmem = 4096
vcpus = 2
disk = [ '/dev/vg0/mail,raw,hda,rw', 'file:/iso/rescue.iso,hdc:cdrom,r' ]
vif = [ 'mac=00:16:3E:11:22:33,bridge=xenbr0,model=e1000', 'type=vif,bridge=xenbr1,rate=10Mb/s' ]
boot = "dc"
vnc = 1
firmware = "uefi"
tsc_mode = "native"
on_crash = "restart"
`

it('a fully virtualised guest comes with its size, disks and cards, and what is lost is told', () => {
  const vm = readXl(hvm)
  expect(vm).toMatchObject({
    format: 'xl',
    name: 'mail',
    memoryBytes: 4 * 1024 ** 3,
    vcpuCount: 2,
    firmware: 'efi',
    isParavirtual: false,
  })
  expect(vm.disks).toEqual([
    { file: '/dev/vg0/mail', format: 'raw', bus: 'ide', device: 'disk', isReadOnly: false },
    { file: '/iso/rescue.iso', format: 'raw', bus: 'ide', device: 'disc', isReadOnly: true },
  ])
  expect(vm.nics).toEqual([
    { mac: '00:16:3e:11:22:33', model: 'e1000', network: 'xenbr0' },
    { network: 'xenbr1' },
  ])
  expect(vm.notes).toEqual([
    'Of network card 2, this is not taken along: rate=10Mb/s.',
    'Not taken along: tsc_mode, on_crash.',
  ])
})

it('a paravirtualised guest is told what it needs on a host without Xen', () => {
  const vm = readXl(
    'name="web"\nmemory=512\nbootloader="/usr/lib/xen/bin/pygrub"\ndisk=["phy:/dev/vg0/web,xvda,w"]',
  )
  expect(vm.isParavirtual).toBe(true)
  expect(vm.disks).toEqual([
    { file: '/dev/vg0/web', format: 'raw', bus: 'xen', device: 'disk', isReadOnly: false },
  ])
  expect(vm.notes[0]).toContain('by pygrub')
  expect(vm.notes[1]).toContain('vda, vdb instead of xvda')
})

it('a kernel of the host is not taken along, and its command line is told', () => {
  const vm = readXl('name="k"\ntype="pvh"\nkernel="/boot/vmlinuz"\nroot="/dev/xvda1 ro"\nextra="quiet"')
  expect(vm.isParavirtual).toBe(true)
  expect(vm.notes[0]).toContain('/boot/vmlinuz of the host with "root=/dev/xvda1 ro quiet"')
})

it.each([
  ['/a.img', { file: '/a.img', format: 'raw', lost: [] }],
  ['/a.qcow2,qcow2,xvdb,ro', { file: '/a.qcow2', format: 'qcow2', bus: 'xen', isReadOnly: true }],
  ['/a,,sda', { file: '/a', format: 'raw', bus: 'scsi', isReadOnly: false }],
  ['format=vhd, vdev=xvda, access=rw, target=/a,b.vhd', { file: '/a,b.vhd', format: 'vpc', bus: 'xen' }],
  ['target=/a.img,vdev=xvdb,access=ro', { file: '/a.img', bus: 'xen', isReadOnly: true }],
  ['/a.iso,,hdc,cdrom', { file: '/a.iso', device: 'disc', isReadOnly: true }],
  ['vdev=hdc,devtype=cdrom,target=', { device: 'disc', format: 'raw' }],
  ['tap:qcow2:/a.qcow2,xvda,w', { file: '/a.qcow2', format: 'qcow2', bus: 'xen', isReadOnly: false }],
  ['tap:aio:/a.img,hda,w', { file: '/a.img', format: 'raw', bus: 'ide' }],
  ['/a,raw,xvda,w,script=block-drbd', { lost: ['script=block-drbd'] }],
  ['/a,raw,xvda,w,backend=dom1,no-discard', { lost: ['backend=dom1', 'no-discard'] }],
  ['/a,nonsense,xvda,w', { lost: ['format=nonsense'] }],
])('the disk %j is read', (spec, expected) => {
  expect(parseXlDisk(spec)).toMatchObject(expected)
})

it('an empty drive has no file', () => {
  expect(parseXlDisk('vdev=hdc,devtype=cdrom,target=')).not.toHaveProperty('file')
})

it('a card with an address no card can have is told, and gets a new one', () => {
  expect(parseXlNic('mac=01:00:00:00:00:00', true)).toEqual({
    model: 'rtl8139',
    lost: ['mac=01:00:00:00:00:00'],
  })
  expect(parseXlNic('', false)).toEqual({ lost: [] })
})

it.each([
  ['memory="lots"', '"memory" is not usable'],
  ['memory=-1', '"memory" is not usable'],
  ['vcpus=100000', '"vcpus" is not usable'],
  ['name="a"\ndisk=[1]', 'texts in quotes'],
  ['type="vm"', 'no type of guest'],
  ['PATH="/bin"', 'no configuration of a VM'],
])('%j is refused', (text, message) => {
  expect(() => readXl(text)).toThrow(message)
})

import { expect, it } from 'vitest'
import { readForeign } from '../read'
import { readVmx } from './read'

const workstation = `.encoding = "UTF-8"
config.version = "8"
virtualHW.version = "19"
displayName = "Files |22old|22"
guestOS = "windows2019srv-64"
memsize = "4096"
numvcpus = "4"
firmware = "efi"
uefi.secureBoot.enabled = "TRUE"
scsi0.present = "TRUE"
scsi0.virtualDev = "lsisas1068"
sata0:1.present = "TRUE"
sata0:1.deviceType = "cdrom-image"
sata0:1.fileName = "/iso/tools.iso"
scsi0:10.present = "TRUE"
scsi0:10.fileName = "data.vmdk"
scsi0:0.present = "TRUE"
scsi0:0.fileName = "files.vmdk"
scsi0:1.present = "FALSE"
scsi0:1.fileName = "gone.vmdk"
ethernet0.present = "TRUE"
ethernet0.virtualDev = "vmxnet3"
ethernet0.generatedAddress = "00:0c:29:AA:bb:cc"
ethernet0.networkName = "VM Network"
vtpm.present = "TRUE"
`

it('a VM of VMware comes with its size, firmware, disks in order and cards', () => {
  const vm = readVmx(workstation)
  expect(vm).toMatchObject({
    format: 'vmx',
    name: 'Files "old"',
    osHint: 'windows2019srv-64',
    memoryBytes: 4 * 1024 ** 3,
    vcpuCount: 4,
    firmware: 'efi-secure',
  })
  expect(vm.disks.map(({ file, bus, device }) => [file, bus, device])).toEqual([
    ['files.vmdk', 'scsi', 'disk'],
    ['data.vmdk', 'scsi', 'disk'],
    ['/iso/tools.iso', 'sata', 'disc'],
  ])
  expect(vm.nics).toEqual([{ mac: '00:0c:29:aa:bb:cc', model: 'vmxnet3', network: 'VM Network' }])
  expect(vm.notes).toEqual([expect.stringContaining('the TPM and the keys in it')])
})

it('a disk that is only the part since a snapshot is told', () => {
  const vm = readVmx('memsize = "64"\nide0:0.present = "TRUE"\nide0:0.fileName = "web-000002.vmdk"')
  expect(vm.notes).toEqual([expect.stringContaining('merge the snapshots')])
})

it('an encrypted VM is refused, as nobody could read its disks', () => {
  expect(() => readVmx('memsize = "64"\nencryption.keySafe = "vmware:key"')).toThrow('encrypted')
})

it.each([
  ['memsize = "-4"', '"memsize" is not usable'],
  ['memsize = 4', 'Line 1'],
  ['virtualHW.version = "8"\nnumvcpus = "1e9"', '"numvcpus" is not usable'],
  ['a = "b"', 'no configuration of a VM'],
])('%j is refused', (text, message) => {
  expect(() => readVmx(text)).toThrow(message)
})

it('which hypervisor a file belongs to is seen by what it says', () => {
  expect(readForeign({ name: 'x', text: workstation }).format).toBe('vmx')
  expect(readForeign({ name: 'web.cfg', text: 'name = "web"' }).format).toBe('xl')
})

it('disks and XML are refused by what they are', () => {
  expect(() => readForeign({ name: 'a.vmdk', text: 'KDMV\0' })).toThrow('not its disk')
  expect(() => readForeign({ name: 'a.xml', text: '<domain/>' })).toThrow('From a definition')
})

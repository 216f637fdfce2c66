import { expect, it } from 'vitest'
import { readForeign } from '../read'
import { readOvf } from './read'

const gib = 1024 ** 3

const vmware = `<?xml version="1.0" encoding="UTF-8"?>
<Envelope xmlns="http://schemas.dmtf.org/ovf/envelope/1" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/1"
  xmlns:rasd="http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData"
  xmlns:vmw="http://www.vmware.com/schema/ovf">
<References>
  <File ovf:href="web-disk1.vmdk" ovf:id="file1" ovf:size="900"/>
  <File ovf:href="tools.iso" ovf:id="file2"/>
</References>
<DiskSection><Info>Disks</Info>
  <Disk ovf:capacity="8" ovf:capacityAllocationUnits="byte * 2^30" ovf:diskId="vmdisk1" ovf:fileRef="file1"
    ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized"/>
  <Disk ovf:capacity="2048" ovf:capacityAllocationUnits="MegaBytes" ovf:diskId="vmdisk2"/>
</DiskSection>
<VirtualSystem ovf:id="web"><Info>A VM</Info><Name>web &amp; mail</Name>
  <OperatingSystemSection ovf:id="94" vmw:osType="ubuntu64Guest"><Info/><Description>Ubuntu</Description></OperatingSystemSection>
  <VirtualHardwareSection>
    <Item><rasd:AllocationUnits>hertz * 10^6</rasd:AllocationUnits><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>2</rasd:VirtualQuantity></Item>
    <Item><rasd:AllocationUnits>byte * 2^20</rasd:AllocationUnits><rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>4096</rasd:VirtualQuantity></Item>
    <Item><rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceSubType>VirtualSCSI</rasd:ResourceSubType><rasd:ResourceType>6</rasd:ResourceType></Item>
    <Item><rasd:InstanceID>4</rasd:InstanceID><rasd:ResourceType>5</rasd:ResourceType></Item>
    <Item><rasd:AddressOnParent>0</rasd:AddressOnParent><rasd:ElementName>CD 1</rasd:ElementName><rasd:HostResource>ovf:/file/file2</rasd:HostResource><rasd:InstanceID>5</rasd:InstanceID><rasd:Parent>4</rasd:Parent><rasd:ResourceType>15</rasd:ResourceType></Item>
    <Item><rasd:AddressOnParent>1</rasd:AddressOnParent><rasd:HostResource>ovf:/disk/vmdisk2</rasd:HostResource><rasd:InstanceID>6</rasd:InstanceID><rasd:Parent>3</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></Item>
    <Item><rasd:AddressOnParent>0</rasd:AddressOnParent><rasd:HostResource>ovf:/disk/vmdisk1</rasd:HostResource><rasd:InstanceID>7</rasd:InstanceID><rasd:Parent>3</rasd:Parent><rasd:ResourceType>17</rasd:ResourceType></Item>
    <Item><rasd:Address>00:50:56:AA:BB:CC</rasd:Address><rasd:Connection>VM Network</rasd:Connection><rasd:InstanceID>8</rasd:InstanceID><rasd:ResourceSubType>VmxNet3</rasd:ResourceSubType><rasd:ResourceType>10</rasd:ResourceType></Item>
    <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>
    <vmw:Config ovf:required="false" vmw:key="bootOptions.efiSecureBootEnabled" vmw:value="true"/>
  </VirtualHardwareSection>
</VirtualSystem></Envelope>`

/** As VirtualBox exports it in OVF 2.0, with items of their own kinds. */
const virtualBox = `<?xml version="1.0"?>
<Envelope ovf:version="2.0" xml:lang="en-US" xmlns="http://schemas.dmtf.org/ovf/envelope/2" xmlns:ovf="http://schemas.dmtf.org/ovf/envelope/2" xmlns:vbox="http://www.virtualbox.org/ovf/machine" xmlns:rasd="r" xmlns:sasd="s" xmlns:epasd="e">
<References><File ovf:id="file1" ovf:href="old-disk001.vmdk"/></References>
<DiskSection><Disk ovf:capacity="10737418240" ovf:diskId="vmdisk1" ovf:fileRef="file1" ovf:format="http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized" vbox:uuid="1"/></DiskSection>
<VirtualSystem ovf:id="old">
  <OperatingSystemSection ovf:id="94"><Description>Ubuntu_64</Description><vbox:OSType ovf:required="false">Ubuntu_64</vbox:OSType></OperatingSystemSection>
  <VirtualHardwareSection>
    <Item><rasd:InstanceID>1</rasd:InstanceID><rasd:ResourceType>3</rasd:ResourceType><rasd:VirtualQuantity>1</rasd:VirtualQuantity></Item>
    <Item><rasd:AllocationUnits>MegaBytes</rasd:AllocationUnits><rasd:InstanceID>2</rasd:InstanceID><rasd:ResourceType>4</rasd:ResourceType><rasd:VirtualQuantity>512</rasd:VirtualQuantity></Item>
    <Item><rasd:InstanceID>3</rasd:InstanceID><rasd:ResourceSubType>AHCI</rasd:ResourceSubType><rasd:ResourceType>20</rasd:ResourceType></Item>
    <StorageItem><sasd:AddressOnParent>0</sasd:AddressOnParent><sasd:HostResource>/disk/vmdisk1</sasd:HostResource><sasd:InstanceID>4</sasd:InstanceID><sasd:Parent>3</sasd:Parent><sasd:ResourceType>17</sasd:ResourceType></StorageItem>
    <EthernetPortItem><epasd:Connection>NAT</epasd:Connection><epasd:InstanceID>5</epasd:InstanceID><epasd:ResourceSubType>E1000</epasd:ResourceSubType><epasd:ResourceType>10</epasd:ResourceType></EthernetPortItem>
  </VirtualHardwareSection>
  <vbox:Machine ovf:required="false" version="1.19-linux"><Hardware><Firmware type="EFI"/><TrustedPlatformModule type="v2_0" location=""/></Hardware></vbox:Machine>
</VirtualSystem></Envelope>`

function least(inner: string, outer = ''): string {
  return `<Envelope>${outer}<VirtualSystem id="a"><VirtualHardwareSection>
<Item><ResourceType>4</ResourceType><InstanceID>m</InstanceID><VirtualQuantity>1073741824</VirtualQuantity></Item>${inner}
</VirtualHardwareSection></VirtualSystem></Envelope>`
}

it('a package of VMware comes with its size, firmware, disks in the order of their places, and cards', () => {
  expect(readForeign({ name: 'web.ovf', text: vmware })).toEqual({
    format: 'ovf',
    name: 'web & mail',
    memoryBytes: 4 * gib,
    vcpuCount: 2,
    firmware: 'efi-secure',
    isParavirtual: false,
    osHint: 'ubuntu64Guest',
    disks: [
      {
        file: 'web-disk1.vmdk',
        format: 'vmdk',
        bus: 'scsi',
        device: 'disk',
        isReadOnly: false,
        sizeBytes: 8 * gib,
      },
      { bus: 'scsi', device: 'disk', isReadOnly: false, sizeBytes: 2 * gib },
      { file: 'tools.iso', bus: 'ide', device: 'disc', isReadOnly: true },
    ],
    nics: [{ mac: '00:50:56:aa:bb:cc', model: 'vmxnet3', network: 'VM Network' }],
    notes: [],
  })
})

it('a package of VirtualBox in OVF 2.0 is read the same way, and its TPM is missed', () => {
  const vm = readOvf(virtualBox)
  expect(vm).toMatchObject({
    name: 'old',
    memoryBytes: 512 * 1024 ** 2,
    vcpuCount: 1,
    firmware: 'efi',
    osHint: 'Ubuntu_64',
    disks: [{ file: 'old-disk001.vmdk', bus: 'sata', sizeBytes: 10 * gib }],
    nics: [{ model: 'e1000', network: 'NAT' }],
  })
  expect(vm.notes).toEqual([expect.stringContaining('the TPM and the keys in it')])
})

it('of several sizes the usual one counts, and bounds count for nothing', () => {
  const vm = readOvf(
    least(
      `<Item configuration="small"><ResourceType>4</ResourceType><InstanceID>m</InstanceID><AllocationUnits>byte * 2^30</AllocationUnits><VirtualQuantity>2</VirtualQuantity></Item>
<Item configuration="large"><ResourceType>4</ResourceType><InstanceID>m</InstanceID><AllocationUnits>byte * 2^30</AllocationUnits><VirtualQuantity>8</VirtualQuantity></Item>
<Item bound="max"><ResourceType>4</ResourceType><InstanceID>m</InstanceID><AllocationUnits>byte * 2^40</AllocationUnits><VirtualQuantity>1</VirtualQuantity></Item>`,
      '<DeploymentOptionSection><Configuration id="small"><Label>Small</Label></Configuration><Configuration id="large" default="true"><Label>Large</Label></Configuration></DeploymentOptionSection>',
    ),
  )
  expect(vm.memoryBytes).toBe(8 * gib)
  expect(vm.notes).toEqual(['It has 2 sizes to choose from: "Large" is taken.'])
})

it.each([
  ['compressed', '<File id="f" href="a.vmdk.gz" compression="gzip"/>', 'compressed (gzip)'],
  ['in pieces', '<File id="f" href="a.vmdk" chunkSize="1000"/>', 'in several pieces'],
  ['not there', '', 'is not in the package'],
])('a disk whose file is %s is told', (_, file, told) => {
  const vm = readOvf(
    least(
      '<Item><ResourceType>17</ResourceType><InstanceID>9</InstanceID><HostResource>ovf:/disk/d</HostResource></Item>',
      `<References>${file}</References><DiskSection><Disk diskId="d" fileRef="f" capacity="1048576"/></DiskSection>`,
    ),
  )
  expect(vm.notes).toEqual([expect.stringContaining(told)])
})

it('units that nobody knows are no size, rather than a wrong one', () => {
  expect(() =>
    readOvf(
      least('').replace('<VirtualQuantity>', '<AllocationUnits>pages</AllocationUnits><VirtualQuantity>'),
    ),
  ).toThrow('The memory is not usable: 1073741824 pages')
})

it.each([
  ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><Envelope/>', 'DOCTYPE'],
  ['no end', '<Envelope><a>', 'no XML that can be read'],
  ['another root', '<html/>', 'begins with <html>'],
  ['a definition of libvirt', '<domain/>', 'From a definition'],
  ['no VM', '<Envelope/>', 'describes no VM'],
  ['no hardware', '<Envelope><VirtualSystem/></Envelope>', 'describes no hardware'],
  [
    'several VMs',
    '<Envelope><VirtualSystemCollection><VirtualSystem/><VirtualSystem/></VirtualSystemCollection></Envelope>',
    '2 VMs at once',
  ],
  [
    'a hundred thousand levels',
    `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`,
    'no XML that can be read',
  ],
])('a file with %s is refused with what is wrong', (_, text, told) => {
  expect(() => readForeign({ name: 'a.ovf', text })).toThrow(told)
})

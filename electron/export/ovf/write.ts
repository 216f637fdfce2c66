/**
 * The OVF of a VM (DMTF DSP0243 1.1), as VMware and VirtualBox read it. Firmware, which the standard knows nothing of, is said in
 * VMware's words; others pass over them.
 */
import { encodeAttribute, encodeText } from '../../domain-xml/entities'
import type { OvfFacts } from './facts'
import { itemsText, type OvfDisk } from './items'
import { ovfSystem } from './systems'

/** Each is named by the address of its description. */
const formats: Readonly<Record<OvfDisk['format'], string>> = {
  vmdk: 'http://www.vmware.com/interfaces/specifications/vmdk.html#streamOptimized',
  qcow2: 'https://www.qemu.org/docs/master/system/images.html#cmdoption-image-formats-arg-qcow2',
  raw: 'https://www.qemu.org/docs/master/system/images.html#cmdoption-image-formats-arg-raw',
}

const spaces = [
  ['xmlns', 'http://schemas.dmtf.org/ovf/envelope/1'],
  ['xmlns:ovf', 'http://schemas.dmtf.org/ovf/envelope/1'],
  ['xmlns:rasd', 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_ResourceAllocationSettingData'],
  ['xmlns:vssd', 'http://schemas.dmtf.org/wbem/wscim/1/cim-schema/2/CIM_VirtualSystemSettingData'],
  ['xmlns:vmw', 'http://www.vmware.com/schema/ovf'],
] as const

export function writeOvf(facts: OvfFacts, disks: readonly OvfDisk[]): string {
  const attribute = (text: string | number): string => `"${encodeAttribute(String(text))}"`
  const name = encodeText(facts.name)
  const system = ovfSystem(facts.osId)
  const networks = [...new Set(facts.nics.map(({ network }) => network))]
  const isEfi = facts.firmware !== 'bios'
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<Envelope ovf:version="1.0" ${spaces.map(([key, value]) => `${key}="${value}"`).join(' ')}>`,
    '  <References>',
    ...disks.map(
      ({ file, sizeBytes }, at) =>
        `    <File ovf:href=${attribute(file)} ovf:id="file${at + 1}" ovf:size="${sizeBytes}"/>`,
    ),
    '  </References>',
    ...(disks.length === 0
      ? []
      : [
          '  <DiskSection>',
          '    <Info>Virtual disks</Info>',
          ...disks.map(
            ({ capacityBytes, format }, at) =>
              `    <Disk ovf:capacity="${capacityBytes}" ovf:capacityAllocationUnits="byte" ovf:diskId="vmdisk${at + 1}" ovf:fileRef="file${at + 1}" ovf:format=${attribute(formats[format])}/>`,
          ),
          '  </DiskSection>',
        ]),
    ...(networks.length === 0
      ? []
      : [
          '  <NetworkSection>',
          '    <Info>Networks</Info>',
          ...networks.flatMap((network) => [
            `    <Network ovf:name=${attribute(network)}>`,
            `      <Description>${encodeText(network)}</Description>`,
            '    </Network>',
          ]),
          '  </NetworkSection>',
        ]),
    `  <VirtualSystem ovf:id=${attribute(facts.name)}>`,
    '    <Info>A virtual machine</Info>',
    `    <Name>${name}</Name>`,
    ...(facts.description === undefined
      ? []
      : [
          '    <AnnotationSection>',
          '      <Info>Description</Info>',
          `      <Annotation>${encodeText(facts.description)}</Annotation>`,
          '    </AnnotationSection>',
        ]),
    `    <OperatingSystemSection ovf:id="${system.id}" vmw:osType=${attribute(system.vmware)}>`,
    '      <Info>The operating system</Info>',
    `      <Description>${encodeText(system.description)}</Description>`,
    '    </OperatingSystemSection>',
    '    <VirtualHardwareSection>',
    '      <Info>Virtual hardware</Info>',
    '      <System>',
    '        <vssd:ElementName>Virtual hardware family</vssd:ElementName>',
    '        <vssd:InstanceID>0</vssd:InstanceID>',
    `        <vssd:VirtualSystemIdentifier>${name}</vssd:VirtualSystemIdentifier>`,
    // the first with SATA for VMware; VirtualBox reads it as well
    '        <vssd:VirtualSystemType>vmx-10</vssd:VirtualSystemType>',
    '      </System>',
    itemsText(facts, disks),
    ...(isEfi ? ['      <vmw:Config ovf:required="false" vmw:key="firmware" vmw:value="efi"/>'] : []),
    ...(facts.firmware === 'efi-secure'
      ? [
          '      <vmw:Config ovf:required="false" vmw:key="bootOptions.efiSecureBootEnabled" vmw:value="true"/>',
        ]
      : []),
    '    </VirtualHardwareSection>',
    '  </VirtualSystem>',
    '</Envelope>',
  ]
  return `${lines.join('\n')}\n`
}

import { expect, it } from 'vitest'
import { EditDocument } from '../../domain-xml/edit/tree'
import { parseXml } from '../../domain-xml/document'
import { childOf, childrenOf, localName } from '../../new-vm/foreign/ovf/elements'
import { readOvf } from '../../new-vm/foreign/ovf/read'
import { ovfFacts } from './facts'
import type { OvfDisk } from './items'
import { lostInOvf } from './lost'
import { writeOvf } from './write'

const gib = 1024 ** 3
const root = (more = '', devices = '', os = "<os><type arch='x86_64' machine='q35'>hvm</type></os>") =>
  EditDocument.parse(`<domain type='kvm'><name>shop &amp; more</name>${more}
    <memory unit='MiB'>3072</memory><vcpu>4</vcpu>${os}<devices>${devices}</devices></domain>`).root
const nic = (mac: string, model: string, source: string): string =>
  `<interface type='network'><mac address='${mac}'/><source ${source}/><model type='${model}'/></interface>`
const disks: OvfDisk[] = [
  { file: 'shop-vda.vmdk', format: 'vmdk', capacityBytes: 20 * gib, sizeBytes: 123_456_789 },
  { file: 'shop-vdb.qcow2', format: 'qcow2', capacityBytes: 3 * gib + 512, sizeBytes: 9 * gib },
  { file: 'shop-vdc.img', format: 'raw', capacityBytes: 5 * gib, sizeBytes: 5 * gib },
]
const efi = `<os firmware='efi'><type arch='x86_64' machine='q35'>hvm</type><firmware>
  <feature enabled='yes' name='secure-boot'/></firmware></os>`

it('is read by our own reader as the VM it was written of', () => {
  const vm = root(
    '',
    nic('52:54:00:00:00:01', 'virtio', "network='default'") +
      nic('52:54:00:00:00:02', 'e1000e', "network='dmz'"),
    efi,
  )
  const read = readOvf(writeOvf(ovfFacts(vm), disks))
  expect(read).toMatchObject({
    name: 'shop & more',
    memoryBytes: 3 * gib,
    vcpuCount: 4,
    firmware: 'efi-secure',
    notes: [],
    nics: [
      { mac: '52:54:00:00:00:01', model: 'e1000', network: 'default' },
      { mac: '52:54:00:00:00:02', model: 'e1000e', network: 'dmz' },
    ],
  })
  expect(read.disks).toEqual(
    disks.map(({ file, format, capacityBytes }) => ({
      file,
      format,
      sizeBytes: capacityBytes,
      bus: 'sata',
      device: 'disk',
      isReadOnly: false,
    })),
  )
})

it('keeps the order of many disks over several controllers, and empty drives', () => {
  const many = Array.from(
    { length: 33 },
    (_, at): OvfDisk => ({
      file: `d${at}.vmdk`,
      format: 'vmdk',
      capacityBytes: gib,
      sizeBytes: 1,
    }),
  )
  const text = writeOvf(ovfFacts(root('', "<disk type='file' device='cdrom'/>")), many)
  const read = readOvf(text)
  expect(read.disks.map(({ file }) => file)).toEqual(many.slice(0, 16).map(({ file }) => file))
  const parents = itemsOf(text).filter((item) => item['ResourceType'] === '17')
  expect(parents.filter((item) => item['AddressOnParent'] === '0')).toHaveLength(2)
  expect(
    new Set(parents.map((item) => `${item['Parent'] ?? ''} ${item['AddressOnParent'] ?? ''}`)).size,
  ).toBe(33)
  expect(itemsOf(text).filter((item) => item['ResourceType'] === '15')).toHaveLength(1)
})

function itemsOf(text: string): Record<string, string>[] {
  const system = childOf(parseXml(text, 'test').root, 'VirtualSystem', 'VirtualHardwareSection')
  return childrenOf(system, 'Item').map((item) =>
    Object.fromEntries(item.children().map((one) => [localName(one.name), one.text() ?? ''])),
  )
}

it('has what the schema wants: sections and elements in its order, one id each, no reference to nothing', () => {
  const text = writeOvf(
    ovfFacts(
      root(
        '<description>for &lt;sales&gt;</description>',
        nic('52:54:00:00:00:01', 'virtio', "bridge='br0'"),
      ),
    ),
    disks,
  )
  const envelope = parseXml(text, 'test').root
  expect(envelope.children().map(({ name }) => name)).toEqual([
    'References',
    'DiskSection',
    'NetworkSection',
    'VirtualSystem',
  ])
  const system = childOf(envelope, 'VirtualSystem')
  expect(system?.children().map(({ name }) => name)).toEqual([
    'Info',
    'Name',
    'AnnotationSection',
    'OperatingSystemSection',
    'VirtualHardwareSection',
  ])
  // every section begins with what it is about
  for (const section of [...envelope.children(), ...(system?.children() ?? [])])
    if (section.name.endsWith('Section')) expect(section.children()[0]?.name).toBe('Info')
  const items = itemsOf(text)
  for (const item of items) expect(Object.keys(item)).toEqual(Object.keys(item).toSorted())
  const ids = items.map((item) => item['InstanceID'])
  expect(new Set(ids).size).toBe(ids.length)
  for (const item of items) {
    expect(item['ElementName']).toBeTruthy()
    if (item['Parent'] !== undefined) expect(ids).toContain(item['Parent'])
  }
  const connections = items.flatMap((item) => item['Connection'] ?? [])
  expect(connections).toEqual(['br0'])
  expect(text).toContain('<Network ovf:name="br0">')
})

it('tells what does not come along, and nothing where all does', () => {
  expect(lostInOvf(root())).toEqual([])
  const told = lostInOvf(
    root(
      '',
      "<tpm><backend type='emulator'/></tpm><hostdev mode='subsystem'/><rng model='virtio'/><disk device='disk'><target dev='vda' bus='virtio'/></disk>",
      efi,
    ),
  ).join('\n')
  for (const part of [
    'UEFI with Secure Boot',
    'TPM stays here',
    'SATA disks',
    'hardware of the host',
    'random number',
  ])
    expect(told).toContain(part)
})

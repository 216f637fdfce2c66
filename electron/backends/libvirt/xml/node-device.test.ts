import { describe, expect, it } from 'vitest'
import { parseXml } from '../../../domain-xml/document'
import { readNodeDevice } from './node-device'

const read = (xml: string) => readNodeDevice(parseXml(xml).root)

const card = `
<device>
  <name>pci_0000_0a_00_0</name>
  <path>/sys/devices/pci0000:00/0000:00:03.1/0000:0a:00.0</path>
  <parent>pci_0000_00_03_1</parent>
  <driver><name>nvidia</name></driver>
  <capability type='pci'>
    <class>0x030200</class>
    <domain>0</domain>
    <bus>10</bus>
    <slot>0</slot>
    <function>0</function>
    <product id='0x1eb8'>Drawing &amp; counting card</product>
    <vendor id='0x10de'>Green Chips</vendor>
    <capability type='mdev_types'>
      <type id='nvidia-222'>
        <name>Quarter</name>
        <deviceAPI>vfio-pci</deviceAPI>
        <availableInstances>4</availableInstances>
      </type>
      <type id='nvidia-223'/>
    </capability>
    <iommuGroup number='21'>
      <address domain='0x0000' bus='0x0a' slot='0x00' function='0x0'/>
      <address domain='0x0000' bus='0x0a' slot='0x00' function='0x1'/>
    </iommuGroup>
    <numa node='1'/>
    <pci-express><link validity='cap' port='0' speed='8' width='16'/></pci-express>
  </capability>
</device>`

describe('PCI devices in node device XML', () => {
  it('tells of a card where it is, what it is, who drives it and what it can be split into', () => {
    expect(read(card)).toEqual({
      kind: 'pci',
      name: 'pci_0000_0a_00_0',
      parent: 'pci_0000_00_03_1',
      path: '/sys/devices/pci0000:00/0000:00:03.1/0000:0a:00.0',
      driver: 'nvidia',
      address: { domain: 0, bus: 10, slot: 0, function: 0 },
      addressText: '0000:0a:00.0',
      classCode: '030200',
      className: '3D accelerator',
      vendorId: '10de',
      productId: '1eb8',
      vendorName: 'Green Chips',
      productName: 'Drawing & counting card',
      iommuGroup: { number: 21, members: ['0000:0a:00.0', '0000:0a:00.1'] },
      numaNode: 1,
      isBridge: false,
      mdevTypes: [
        { id: 'nvidia-222', name: 'Quarter', deviceApi: 'vfio-pci', availableInstances: 4 },
        { id: 'nvidia-223' },
      ],
      usedBy: [],
      isUseUncertain: false,
      isHostCritical: false,
    })
  })

  const pci = (inside: string) => `<device><name>pci_x</name><capability type='pci'>
    <domain>0</domain><bus>1</bus><slot>16</slot><function>2</function>
    <product id='0x1'/><vendor id='0x8086'/>${inside}</capability></device>`

  it('knows how many parts a network card can have, and which are made', () => {
    expect(
      read(
        pci(`<capability type='virt_functions' maxCount='63'>
          <address domain='0x0000' bus='0x01' slot='0x11' function='0x0'/>
          <address domain='0x0000' bus='0x01' slot='0x11' function='0x2'/></capability>`),
      ),
    ).toMatchObject({
      addressText: '0000:01:10.2',
      sriov: { maxVfs: 63, vfs: ['0000:01:11.0', '0000:01:11.2'] },
    })
  })

  it('leads from a part to the whole', () => {
    const part = read(
      pci(`<capability type='phys_function'>
        <address domain='0x0002' bus='0x01' slot='0x00' function='0x1'/></capability>`),
    )
    expect(part).toMatchObject({ physicalFunction: '0002:01:00.1' })
    expect(part).not.toHaveProperty('sriov')
  })

  it('tells bridges by their capability and by their class', () => {
    expect(read(pci(`<capability type='pci-bridge'/>`))).toMatchObject({ isBridge: true })
    expect(read(pci('<class>0x060400</class>'))).toMatchObject({ isBridge: true, className: 'PCI bridge' })
    expect(read(pci('<class>0x0c0330</class>'))).toMatchObject({
      isBridge: false,
      className: 'USB controller',
    })
  })

  it('says nothing it was not told: no group without IOMMU, no class, no driver', () => {
    const plain = read(pci(''))
    for (const key of ['iommuGroup', 'classCode', 'driver', 'numaNode', 'productName']) {
      expect(plain).not.toHaveProperty(key)
    }
    expect(plain).toMatchObject({ vendorId: '8086', productId: '0001', className: 'PCI device' })
  })

  it('leaves out a device without a place', () => {
    expect(read(`<device><name>x</name><capability type='pci'><bus>one</bus></capability></device>`)).toBe(
      undefined,
    )
  })
})

describe('USB devices in node device XML', () => {
  const stick = (path: string) => `<device><name>usb_1_2_4</name><path>${path}</path><parent>usb_1_2</parent>
    <driver><name>usb</name></driver><capability type='usb_device'><bus>1</bus><device>9</device>
    <product id='0x5583'>Stick</product><vendor id='0x0781'>Maker</vendor></capability></device>`

  it('tells socket and ids', () => {
    expect(read(stick('/sys/devices/pci0000:00/0000:00:14.0/usb1/1-2/1-2.4'))).toMatchObject({
      kind: 'usb',
      bus: 1,
      device: 9,
      port: '2.4',
      vendorId: '0781',
      productId: '5583',
      vendorName: 'Maker',
      productName: 'Stick',
      isHub: false,
    })
  })

  it('knows the root of a bus as a hub without socket', () => {
    const root = read(stick('/sys/devices/pci0000:00/0000:00:14.0/usb1'))
    expect(root).toMatchObject({ isHub: true })
    expect(root).not.toHaveProperty('port')
  })

  it('keeps of an interface what kind its device is', () => {
    expect(
      read(`<device><name>usb_1_2_1_0</name><parent>usb_1_2</parent><capability type='usb'>
        <number>0</number><class>9</class><subclass>0</subclass><protocol>1</protocol></capability></device>`),
    ).toEqual({ kind: 'usb-interface', parent: 'usb_1_2', interfaceClass: 9 })
  })
})

describe('disks in node device XML', () => {
  it('tells a SCSI address and type', () => {
    expect(
      read(`<device><name>scsi_2_0_3_1</name><parent>scsi_target2_0_3</parent><capability type='scsi'>
        <host>2</host><bus>0</bus><target>3</target><lun>1</lun><type>tape</type></capability></device>`),
    ).toMatchObject({ kind: 'scsi', host: 2, bus: 0, target: 3, lun: 1, type: 'tape' })
  })

  it('tells the world-wide names of a Fibre Channel adapter and its virtual ports', () => {
    expect(
      read(`<device><name>scsi_host5</name><capability type='scsi_host'><host>5</host><unique_id>1</unique_id>
        <capability type='fc_host'><wwnn>20000000c9831b4b</wwnn><wwpn>10000000c9831b4b</wwpn>
        <fabric_wwn>2002000573de9a81</fabric_wwn></capability>
        <capability type='vport_ops'><max_vports>127</max_vports><vports>2</vports></capability>
        </capability></device>`),
    ).toMatchObject({
      kind: 'scsi-host',
      host: 5,
      uniqueId: 1,
      fibreChannel: {
        wwnn: '20000000c9831b4b',
        wwpn: '10000000c9831b4b',
        fabricWwn: '2002000573de9a81',
      },
      virtualPorts: { max: 127, count: 2 },
    })
  })

  it('tells the character device of a SCSI device', () => {
    expect(
      read(`<device><name>scsi_generic_sg3</name><parent>scsi_2_0_3_1</parent>
        <capability type='scsi_generic'><char>/dev/sg3</char></capability></device>`),
    ).toMatchObject({ kind: 'scsi-generic', char: '/dev/sg3', parent: 'scsi_2_0_3_1' })
  })

  it('tells the size of a fixed disk', () => {
    expect(
      read(`<device><name>block_sdc</name><capability type='storage'><block>/dev/sdc</block><bus>scsi</bus>
        <drive_type>disk</drive_type><model>M1</model><vendor>V1</vendor><serial>S1</serial>
        <size>4000787030016</size><logical_block_size>512</logical_block_size></capability></device>`),
    ).toMatchObject({
      kind: 'storage',
      block: '/dev/sdc',
      bus: 'scsi',
      driveType: 'disk',
      model: 'M1',
      vendor: 'V1',
      serial: 'S1',
      sizeBytes: 4_000_787_030_016,
      isRemovable: false,
    })
  })

  it('tells of a drive with changeable media what is in it, when there is', () => {
    const drive = (available: number) => `<device><name>block_sr0</name><capability type='storage'>
      <block>/dev/sr0</block><drive_type>cdrom</drive_type><capability type='removable'>
      <media_available>${available}</media_available><media_size>4700000000</media_size></capability>
      </capability></device>`
    expect(read(drive(1))).toMatchObject({ isRemovable: true, sizeBytes: 4_700_000_000 })
    expect(read(drive(0))).not.toHaveProperty('sizeBytes')
  })
})

describe('other devices in node device XML', () => {
  it('tells name, address and link of a network interface', () => {
    const net = (link: string) => `<device><name>net_eno1</name><parent>pci_0000_05_00_0</parent>
      <capability type='net'><interface>eno1</interface><address>3C:EC:EF:00:00:01</address>${link}
      <feature name='rx'/><capability type='80203'/></capability></device>`
    expect(read(net(`<link speed='10000' state='up'/>`))).toMatchObject({
      kind: 'net',
      interface: 'eno1',
      mac: '3c:ec:ef:00:00:01',
      isUp: true,
      speedMbit: 10_000,
    })
    expect(read(net(`<link state='down'/>`))).toMatchObject({ isUp: false })
    expect(read(net(`<link state='unknown'/>`))).not.toHaveProperty('isUp')
  })

  it('tells type, group and settings of a mediated device', () => {
    expect(
      read(`<device><name>mdev_3627463d_b7f0_4fea_b468_f1da537d301b_0000_0a_00_0</name>
        <parent>pci_0000_0a_00_0</parent><capability type='mdev'><type id='nvidia-222'/>
        <uuid>3627463D-b7f0-4fea-b468-f1da537d301b</uuid><parent_addr>0000:0a:00.0</parent_addr>
        <iommuGroup number='70'/><attr name='assign_adapter' value='0x02'/></capability></device>`),
    ).toMatchObject({
      kind: 'mdev',
      uuid: '3627463d-b7f0-4fea-b468-f1da537d301b',
      type: 'nvidia-222',
      parentAddress: '0000:0a:00.0',
      iommuGroup: 70,
      attributes: [{ name: 'assign_adapter', value: '0x02' }],
    })
  })

  it('finds the id of a mediated device in its name where an old libvirt tells it nowhere else', () => {
    expect(
      read(`<device><name>mdev_3627463d_b7f0_4fea_b468_f1da537d301b</name>
        <capability type='mdev'><type id='i915-GVTg_V5_4'/></capability></device>`),
    ).toMatchObject({ uuid: '3627463d-b7f0-4fea-b468-f1da537d301b' })
  })

  it('tells the file of a render node, not the links to it', () => {
    expect(
      read(`<device><name>drm_renderD128</name><devnode type='link'>/dev/dri/by-path/pci-0000:0a:00.0-render</devnode>
        <devnode type='dev'>/dev/dri/renderD128</devnode><capability type='drm'><type>render</type></capability>
        </device>`),
    ).toMatchObject({ kind: 'drm', type: 'render', node: '/dev/dri/renderD128' })
  })

  it('tells the character device of a vDPA device', () => {
    expect(
      read(`<device><name>vdpa_vdpa0</name><capability type='vdpa'><chardev>/dev/vhost-vdpa-0</chardev>
        </capability></device>`),
    ).toMatchObject({ kind: 'vdpa', char: '/dev/vhost-vdpa-0' })
  })

  it('tells subchannels of mainframes with what hangs on them', () => {
    expect(
      read(`<device><name>css_0_0_003a</name><capability type='css'><cssid>0x0</cssid><ssid>0x0</ssid>
        <devno>0x003a</devno><channel_dev_addr><cssid>0xfe</cssid><ssid>0x0</ssid><devno>0x1234</devno>
        </channel_dev_addr><capability type='mdev_types'><type id='vfio_ccw-io'>
        <deviceAPI>vfio-ccw</deviceAPI><availableInstances>1</availableInstances></type></capability>
        </capability></device>`),
    ).toMatchObject({
      kind: 'css',
      address: { cssid: 0, ssid: 0, devno: 0x3a },
      channelDevice: { cssid: 0xfe, ssid: 0, devno: 0x1234 },
      mdevTypes: [{ id: 'vfio_ccw-io', deviceApi: 'vfio-ccw', availableInstances: 1 }],
    })
    expect(
      read(`<device><name>ccw_0_0_1234</name><capability type='ccw'><cssid>0xfe</cssid><ssid>0x0</ssid>
        <devno>0x1234</devno></capability></device>`),
    ).toMatchObject({ kind: 'ccw', address: { cssid: 0xfe, ssid: 0, devno: 0x1234 } })
  })

  it('tells crypto adapters, queues and the matrix of mainframes', () => {
    expect(
      read(`<device><name>ap_card05</name><capability type='ap_card'><ap-adapter>0x05</ap-adapter></capability>
        </device>`),
    ).toMatchObject({ kind: 'ap-card', adapter: 5 })
    expect(
      read(`<device><name>ap_05_002e</name><capability type='ap_queue'><ap-adapter>0x05</ap-adapter>
        <ap-domain>0x002e</ap-domain></capability></device>`),
    ).toMatchObject({ kind: 'ap-queue', adapter: 5, domain: 0x2e })
    expect(
      read(`<device><name>ap_matrix</name><capability type='ap_matrix'><capability type='mdev_types'>
        <type id='vfio_ap-passthrough'><deviceAPI>vfio-ap</deviceAPI></type></capability></capability></device>`),
    ).toMatchObject({ kind: 'ap-matrix', mdevTypes: [{ id: 'vfio_ap-passthrough', deviceApi: 'vfio-ap' }] })
  })

  it('passes over the computer itself, its loopback and kinds of a later libvirt', () => {
    const lo = `<capability type='net'><interface>lo</interface></capability>`
    expect(read(`<device><name>net_lo</name>${lo}</device>`)).toBe(undefined)
    expect(read(`<device><name>computer</name><capability type='system'/></device>`)).toBe(undefined)
    expect(read(`<device><name>q</name><capability type='quantum'/></device>`)).toBe(undefined)
    expect(read(`<device><capability type='drm'/></device>`)).toBe(undefined)
  })
})

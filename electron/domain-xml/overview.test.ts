import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readDisks, sourceText } from './disks'
import { readDisplays } from './displays'
import { parseXml, type XmlElement } from './document'
import { readOverview } from './overview'
import { sizeOf } from './sizes'

const fixture = (name: string): XmlElement =>
  parseXml(readFileSync(new URL(`../backends/libvirt/xml/fixtures/${name}.xml`, import.meta.url), 'utf8'))
    .root

const MiB = 1024 * 1024

describe('overview', () => {
  it('reads a stopped VM as it is defined', () => {
    expect(readOverview(fixture('stopped-qemu'))).toEqual({
      name: 'web-01',
      title: 'Web & mail <one>',
      description: 'First line\nsecond line',
      uuid: '6a1c0f3e-9a55-4c0e-8a1b-000000000001',
      virtType: 'qemu',
      osType: 'hvm',
      architecture: 'x86_64',
      machine: 'pc-q35-7.2',
      firmware: 'BIOS',
      osId: 'http://debian.org/debian/12',
      cpu: { count: 2, maxCount: 4, model: 'qemu64', topology: { sockets: 1, cores: 2, threads: 2 } },
      memory: { currentBytes: 128 * MiB, maxBytes: 192 * MiB },
      bootOrder: ['hd', 'cdrom'],
      disks: [
        {
          target: 'vda',
          device: 'disk',
          bus: 'virtio',
          source: '/var/lib/libvirt/images/web.qcow2',
          format: 'qcow2',
          isReadOnly: false,
          isShareable: false,
        },
        {
          target: 'vdb',
          device: 'disk',
          bus: 'virtio',
          source: '/var/lib/libvirt/images/shared.img',
          format: 'raw',
          isReadOnly: false,
          isShareable: true,
        },
        {
          target: 'sda',
          device: 'cdrom',
          bus: 'sata',
          source: '/var/lib/libvirt/images/cd.iso',
          format: 'raw',
          isReadOnly: true,
          isShareable: false,
        },
        { target: 'sdb', device: 'cdrom', bus: 'sata', format: 'raw', isReadOnly: true, isShareable: false },
      ],
      nics: [
        { mac: '52:54:00:00:00:01', model: 'virtio', source: 'user', isLinkUp: true },
        { mac: '52:54:00:00:00:02', model: 'e1000e', source: 'network default', isLinkUp: false },
        { mac: '52:54:00:00:00:03', model: 'virtio', source: 'bridge br0', isLinkUp: true },
      ],
      displays: [{ type: 'vnc' }],
      videoModel: 'virtio',
      serialCount: 1,
      hasGuestAgentChannel: true,
      hasTpm: false,
    })
  })

  it('tells of an agent that nobody runs, and of what the firmware does not offer', () => {
    const of = (inner: string) => readOverview(parseXml(`<domain>${inner}</domain>`, 'a VM').root)
    const channel = (state: string) =>
      `<devices><channel type='unix'><target type='virtio' name='org.qemu.guest_agent.0' ${state}/></channel></devices>`
    expect(of(channel("state='disconnected'"))).toMatchObject({
      hasGuestAgentChannel: true,
      isAgentSilent: true,
    })
    for (const state of ["state='connected'", ''])
      expect(of(channel(state))).not.toHaveProperty('isAgentSilent')
    expect(of("<pm><suspend-to-mem enabled='no'/><suspend-to-disk enabled='no'/></pm>").mayNot).toEqual([
      'sleep',
      'hibernate',
    ])
    expect(of("<pm><suspend-to-mem enabled='yes'/></pm>")).not.toHaveProperty('mayNot')
  })

  it('reads firmware, per-device boot order, TPM, network disks and hostile names', () => {
    const overview = readOverview(fixture('backing-chain'))
    expect(overview).toMatchObject({
      name: 'chain <img src=x onerror=alert(1)>',
      firmware: 'UEFI with secure boot',
      cpu: { count: 2, maxCount: 2, model: 'host-passthrough' },
      memory: { currentBytes: 2048 * MiB, maxBytes: 2048 * MiB },
      bootOrder: ['52:54:00:aa:00:01', 'vda'],
      displays: [{ type: 'vnc', address: '[::1]:5907' }],
      videoModel: 'qxl',
      hasTpm: true,
      hasGuestAgentChannel: false,
    })
    expect(overview.disks.map((disk) => [disk.target, disk.device, disk.source])).toEqual([
      ['vda', 'disk', '/var/lib/libvirt/images/top.qcow2'],
      ['sda', 'disk', 'default/data.img'],
      ['sdb', 'disk', 'rbd://ceph1:6789,ceph2/pool/image'],
      ['sdc', 'lun', '/dev/disk/by-id/wwn-0x5000'],
      ['fda', 'floppy', undefined],
    ])
    expect(overview.nics.map((nic) => nic.source)).toEqual(['network default', 'direct eth0', 'hostdev'])
  })

  it('reads a container and the test driver, which have no displays and no firmware', () => {
    expect(readOverview(fixture('lxc'))).toMatchObject({
      virtType: 'lxc',
      osType: 'exe',
      disks: [],
      displays: [],
    })
    expect(readOverview(fixture('lxc'))).not.toHaveProperty('firmware')
    expect(readOverview(fixture('test-driver'))).toMatchObject({
      virtType: 'test',
      architecture: 'i686',
      memory: { currentBytes: 2048 * MiB, maxBytes: 8192 * MiB },
      bootOrder: ['hd'],
    })
  })

  it('tells the host’s end of each network card, as libvirt and Xen call it', () => {
    const { nics } = readOverview(
      parseXml(`<domain type='kvm'><devices>
        <interface type='bridge'><mac address='52:54:00:00:00:01'/><source bridge='br0'/><target dev='vnet3'/></interface>
        <interface type='bridge'><source bridge='br0'/><target dev='vif5.1'/><model type='netfront'/></interface>
        <interface type='user'/>
      </devices></domain>`).root,
    )
    expect(nics).toEqual([
      { mac: '52:54:00:00:00:01', source: 'bridge br0', hostDevice: 'vnet3', isLinkUp: true },
      { model: 'netfront', source: 'bridge br0', hostDevice: 'vif5.1', isLinkUp: true },
      { source: 'user', isLinkUp: true },
    ])
  })

  it('gives sane values for an empty definition', () => {
    expect(readOverview(parseXml('<domain/>').root)).toEqual({
      name: '',
      uuid: '',
      virtType: 'unknown',
      osType: 'unknown',
      cpu: { count: 1, maxCount: 1 },
      memory: { currentBytes: 0, maxBytes: 0 },
      bootOrder: [],
      disks: [],
      nics: [],
      displays: [],
      serialCount: 0,
      hasGuestAgentChannel: false,
      hasTpm: false,
    })
  })
})

describe('displays', () => {
  it('finds TCP, socket, missing and unknown listeners', () => {
    expect(readDisplays(fixture('running-qemu'))).toEqual([
      { type: 'vnc', endpoint: { kind: 'tcp', address: '127.0.0.1', port: 5900 }, password: undefined },
    ])
    expect(readDisplays(fixture('running-socket-and-spice'))).toEqual([
      {
        type: 'vnc',
        endpoint: { kind: 'socket', path: '/var/lib/libvirt/qemu/sock01.sock' },
        password: undefined,
      },
      { type: 'spice', endpoint: { kind: 'tcp', address: '127.0.0.1', port: 5901 }, password: undefined },
    ])
    expect(readDisplays(fixture('running-no-listener')).map((display) => display.endpoint)).toEqual([
      { kind: 'no-listener' },
    ])
    expect(readDisplays(fixture('stopped-qemu')).map((display) => display.endpoint)).toEqual([
      { kind: 'unknown' },
    ])
  })

  it('sees the password only in XML with secrets', () => {
    expect(readDisplays(fixture('inactive-with-secrets')).map((display) => display.password)).toEqual([
      'secret&1',
    ])
  })

  it('takes no port outside the legal range', () => {
    for (const port of ['0', '65536', '-1', '5900x', '99999999999']) {
      const domain = parseXml(
        `<domain><devices><graphics type="vnc" port="${port}"/></devices></domain>`,
      ).root
      expect(readDisplays(domain)[0]?.endpoint).toEqual({ kind: 'unknown' })
    }
  })
})

describe('disks', () => {
  it('follows the backing chain', () => {
    const [disk] = readDisks(fixture('backing-chain'))
    expect(disk?.backing.map(sourceText)).toEqual(['/var/lib/libvirt/images/middle.qcow2', '/dev/vg0/golden'])
  })
})

describe('sizes', () => {
  it.each([
    ['<m>4</m>', 4096],
    ['<m unit="b">4</m>', 4],
    ['<m unit="bytes">4</m>', 4],
    ['<m unit="KB">4</m>', 4000],
    ['<m unit="k">4</m>', 4096],
    ['<m unit="MiB">4</m>', 4 * MiB],
    ['<m unit="GB">4</m>', 4e9],
    ['<m unit="parsec">4</m>', undefined],
    ['<m>many</m>', undefined],
    ['<m>-1</m>', undefined],
  ])('reads %s', (xml, bytes) => {
    expect(sizeOf(parseXml(xml).root, 'KiB')).toBe(bytes)
  })
})

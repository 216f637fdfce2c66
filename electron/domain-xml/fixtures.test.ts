import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseXml, type XmlElement } from './document'

const folder = new URL('./fixtures/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.xml'))
  .sort()
const texts = new Map(files.map((file) => [file, readFileSync(new URL(file, folder), 'utf8')]))
const roots = new Map(files.map((file) => [file, parseXml(texts.get(file) ?? '', file).root]))

/** Elements whose every value of an attribute must occur, as "path@attribute". */
const requiredValues: readonly (readonly [path: string, attribute: string, expected: string])[] = [
  ['', 'type', 'kvm qemu xen lxc test vz bhyve vmware hyperv vbox openvz hvf'],
  ['os/type', 'arch', 'x86_64 i686 aarch64 armv7l ppc64le ppc64 s390x riscv64 loongarch64'],
  ['devices/disk', 'type', 'file block dir network volume nvme vhostuser vhostvdpa'],
  ['devices/disk', 'device', 'disk cdrom floppy lun'],
  ['devices/disk/target', 'bus', 'virtio scsi sata ide usb fdc xen sd nvme'],
  ['devices/disk/source', 'protocol', 'nbd rbd iscsi gluster http https ftp ftps tftp nfs sheepdog vxhs ssh'],
  ['devices/controller', 'type', 'usb scsi sata ide fdc virtio-serial pci xenbus isa ccid nvme'],
  [
    'devices/controller',
    'model',
    'pcie-root pcie-root-port pcie-switch-upstream-port pcie-switch-downstream-port pcie-expander-bus dmi-to-pci-bridge pcie-to-pci-bridge pci-bridge pci-root pci-expander-bus qemu-xhci virtio-scsi lsilogic ibmvscsi',
  ],
  ['devices/filesystem', 'type', 'mount file block template ram bind'],
  ['devices/filesystem/driver', 'type', 'virtiofs path loop nbd ploop'],
  [
    'devices/interface',
    'type',
    'network bridge user ethernet direct hostdev vhostuser vdpa mcast server client udp internal null vds',
  ],
  ['devices/interface/source', 'mode', 'vepa private bridge passthrough server client'],
  ['devices/interface/virtualport', 'type', 'openvswitch 802.1Qbg 802.1Qbh midonet'],
  ['devices/input', 'type', 'tablet mouse keyboard passthrough evdev'],
  ['devices/hub', 'type', 'usb'],
  ['devices/graphics', 'type', 'vnc spice sdl rdp desktop egl-headless dbus'],
  ['devices/graphics/listen', 'type', 'address network socket none'],
  ['devices/video/model', 'type', 'vga cirrus vmvga xen vbox virtio gop none bochs ramfb qxl'],
  ['devices/sound', 'model', 'ich9 ich6 ac97 es1370 sb16 pcspk usb virtio'],
  ['devices/audio', 'type', 'none alsa coreaudio jack oss pulseaudio sdl spice dbus file pipewire'],
  ['devices/serial', 'type', 'pty file dev pipe tcp udp unix null stdio vc nmdm spiceport dbus'],
  ['devices/parallel', 'type', 'pty dev tcp file null'],
  ['devices/console/target', 'type', 'serial virtio xen lxc uml openvz sclp sclplm'],
  ['devices/channel', 'type', 'unix spicevmc spiceport qemu-vdagent dbus tcp pty file'],
  ['devices/hostdev', 'type', 'pci usb scsi scsi_host mdev storage misc net'],
  ['devices/hostdev', 'model', 'vfio-pci vfio-ap vfio-ccw'],
  ['devices/redirdev', 'type', 'tcp spicevmc'],
  ['devices/smartcard', 'mode', 'host host-certificates passthrough'],
  ['devices/tpm', 'model', 'tpm-tis tpm-crb tpm-spapr spapr-tpm-proxy'],
  ['devices/tpm/backend', 'type', 'emulator passthrough external'],
  ['devices/rng/backend', 'model', 'random egd builtin'],
  ['devices/panic', 'model', 'isa pseries hyperv s390 pvpanic'],
  ['devices/watchdog', 'model', 'i6300esb ib700 diag288 itco'],
  ['devices/watchdog', 'action', 'reset shutdown poweroff pause none dump inject-nmi'],
  ['devices/memballoon', 'model', 'virtio none'],
  ['devices/shmem/model', 'type', 'ivshmem-plain ivshmem-doorbell'],
  ['devices/memory', 'model', 'dimm nvdimm virtio-mem virtio-pmem sgx-epc'],
  ['devices/iommu', 'model', 'intel smmuv3 virtio amd'],
  ['devices/vsock/cid', 'auto', 'yes no'],
  ['devices/crypto/backend', 'model', 'builtin lkcf'],
  ['devices/pstore', 'backend', 'acpi-erst'],
  ['launchSecurity', 'type', 'sev sev-snp s390-pv tdx'],
  ['seclabel', 'type', 'dynamic static none'],
  ['sysinfo', 'type', 'smbios fwcfg'],
  ['cpu', 'mode', 'host-model host-passthrough maximum custom'],
  ['clock', 'offset', 'utc localtime timezone variable absolute'],
]

/** Elements that must occur in some document. */
const requiredElements = [
  'devices/lease',
  'devices/redirfilter/usbdev',
  'devices/disk/iotune',
  'devices/disk/mirror',
  'devices/disk/backingStore/backingStore/backingStore',
  'devices/disk/source/encryption',
  'devices/disk/auth/secret',
  'devices/disk/geometry',
  'devices/disk/blockio',
  'devices/disk/transient',
  'devices/interface/portForward/range',
  'devices/interface/bandwidth',
  'devices/interface/filterref',
  'devices/interface/teaming',
  'devices/interface/vlan/tag',
  'devices/interface/coalesce',
  'devices/serial/log',
  'devices/nvram',
  'os/kernel',
  'os/firmware/feature',
  'os/initarg',
  'bootloader',
  'idmap/uid',
  'vcpus/vcpu',
  'iothreadids/iothread',
  'cputune/cachetune',
  'cputune/memorytune',
  'numatune/memnode',
  'memtune',
  'memoryBacking/hugepages/page',
  'blkiotune/device',
  'resource/partition',
  'cpu/numa/interconnects',
  'perf/event',
  'keywrap/cipher',
  'pm/suspend-to-mem',
  'metadata',
  'qemu:commandline/qemu:arg',
  'qemu:override/qemu:device',
  'lxc:namespace',
  'xen:commandline',
  'bhyve:commandline',
  'vmware:datacenterpath',
]

describe('the collection of domain definitions', () => {
  it('holds more than two hundred readable definitions, no two alike', () => {
    expect(files.length).toBeGreaterThanOrEqual(220)
    expect(new Set(texts.values()).size).toBe(files.length)
    expect([...roots].filter(([, root]) => root.name !== 'domain')).toEqual([])
  })

  it('is listed in its README, file by file', () => {
    const readme = readFileSync(new URL('README.md', folder), 'utf8')
    expect(files.filter((file) => !readme.includes(`\`${file.split('/').at(-1)}\``))).toEqual([])
  })

  it.each(requiredValues)('has domain/%s with every %s: %s', (path, attribute, expected) => {
    const found = new Set(everywhere(path).map((element) => element.attribute(attribute)))
    expect(expected.split(' ').filter((value) => !found.has(value))).toEqual([])
  })

  it.each(requiredElements)('has %s', (path) => {
    expect(everywhere(path).length).toBeGreaterThan(0)
  })

  it('has a VM of a hundred devices', () => {
    const counts = [...roots.values()].map((root) => root.find('devices')?.children().length ?? 0)
    expect(Math.max(...counts)).toBeGreaterThanOrEqual(100)
  })

  it.each([
    ['Windows line ends', /\r\n/],
    ['tabs', /\n\t/],
    ['comments', /<!--/],
    ['a comment after the end', /<\/domain>\s*<!--/],
    ['CDATA', /<!\[CDATA\[/],
    ['character references', /&#x?[0-9a-f]+;/i],
    ['a declaration', /^<\?xml/],
    ['empty elements with an end tag', /<(\w+)[^<>]*><\/\1>/],
    ['no line end at the end', /<\/domain>$/],
    ['letters beyond Latin', /[\u0400-\u9fff]/],
  ])('has %s', (_, pattern) => {
    expect([...texts.values()].some((text) => pattern.test(text))).toBe(true)
  })
})

function everywhere(path: string): XmlElement[] {
  const steps = path === '' ? [] : path.split('/')
  return [...roots.values()].flatMap((root) =>
    steps.reduce<XmlElement[]>(
      (elements, name) => elements.flatMap((element) => element.children(name)),
      [root],
    ),
  )
}

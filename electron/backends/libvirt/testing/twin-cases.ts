/**
 * Of each kind of hardware one to be changed, added and removed on a host with libvirt 9.0 and QEMU 7.2, and which kinds
 * such a host refuses.
 */
import type { Values } from '../../../../shared/model/hardware/field'

export interface TwinCase {
  /** Settings that are changed together; of a hub there are none. */
  readonly set?: Values
  /** The device that is changed and removed, as XML. */
  readonly device?: string
  /** What the VM has besides, within `<domain>` and within `<devices>`. */
  readonly vm?: string
  readonly beside?: string
  /** Settings of a new one, over the defaults. */
  readonly add?: Values
}

const mebibyte = 1024 ** 2
const image = (name: string): string => `/var/lib/libvirt/images/${name}`
const spice = `<graphics type='spice' autoport='yes'><listen type='address' address='127.0.0.1'/></graphics>`
const usb = `<controller type='usb' index='0' model='qemu-xhci'/>`

export const twinCases: Readonly<Record<string, TwinCase>> = {
  general: { set: { title: `It's <one> & "two", three`, description: 'First line\nand "second", with \\' } },
  os: { set: { id: 'http://debian.org/debian/12' } },
  cpu: {
    set: {
      maximum: 4,
      current: 2,
      mode: 'custom',
      model: 'Nehalem',
      sockets: 1,
      cores: 2,
      threads: 2,
      features: [
        { name: 'vmx', policy: 'disable' },
        { name: 'aes', policy: 'require' },
      ],
    },
  },
  'vcpu-tuning': {
    set: {
      shares: 512,
      period: 100_000,
      quota: 50_000,
      ioThreads: 2,
      emulatorPin: '0-1',
      vcpuPins: [{ vcpu: 0, cpus: '0' }],
      ioThreadPins: [{ thread: 1, cpus: '1' }],
    },
  },
  memory: {
    set: {
      maximum: 512 * mebibyte,
      current: 256 * mebibyte,
      hardLimit: 1024 * mebibyte,
      backingSource: 'memfd',
      backingAccess: 'shared',
      noSharing: true,
    },
  },
  numa: {
    set: {
      cells: [
        { id: 0, cpus: '0', memory: 128 * mebibyte },
        { id: 1, cpus: '1', memory: 128 * mebibyte },
      ],
      nodes: '0',
      mode: 'strict',
    },
  },
  boot: {
    set: {
      bootMenu: true,
      bootMenuTimeoutMs: 3000,
      rebootTimeoutMs: 500,
      useSerial: true,
      legacyBoot: [{ device: 'network' }, { device: 'hd' }],
    },
    beside: `<serial type='pty'/>`,
  },
  features: {
    set: {
      acpi: true,
      apic: true,
      pae: true,
      hypervRelaxed: true,
      hypervSpinlocks: true,
      kvmHidden: true,
      vmport: false,
    },
  },
  clock: {
    set: { offset: 'localtime', rtcTickPolicy: 'catchup', pitTickPolicy: 'delay', hpetPresent: false },
  },
  events: { set: { onReboot: 'destroy', onCrash: 'preserve', onLockFailure: 'pause' } },
  limits: { set: { weight: 500, devices: [{ path: '/dev/null', weight: 300, readBytes: 10 * mebibyte }] } },
  smbios: {
    set: {
      mode: 'sysinfo',
      systemManufacturer: `O'Example, Inc`,
      biosDate: '12/24/2025',
      oemStrings: [{ text: 'a,b=c' }],
    },
  },
  security: { set: { labels: [{ model: 'dac', type: 'static', label: '0:0', relabel: false }] } },
  qemu: { set: { args: [{ value: '-name' }, { value: `x,y="z"` }], env: [{ name: 'ONE', value: 'a b' }] } },
  disk: {
    device: `<disk type='file' device='disk'><driver name='qemu' type='raw'/><source file='${image('a.img')}'/><target dev='vdb' bus='virtio'/></disk>`,
    set: {
      cache: 'none',
      io: 'native',
      discard: 'unmap',
      serial: 'A-1',
      readOnly: true,
      totalIopsSec: 100,
      bootOrder: 1,
    },
    add: { file: image('b.img'), format: 'raw' },
  },
  filesystem: {
    device: `<filesystem type='mount' accessmode='mapped'><source dir='/srv'/><target dir='one'/></filesystem>`,
    set: { readOnly: true, accessMode: 'passthrough', target: 'two', multidevs: 'remap' },
    vm: `<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>`,
    add: { directory: '/mnt' },
  },
  controller: {
    device: `<controller type='scsi' index='0' model='virtio-scsi'/>`,
    set: { queues: 2, commandsPerLun: 10, ioEventFd: true },
  },
  lease: {
    device: `<lease><lockspace>space</lockspace><key>one</key><target path='/srv/one'/></lease>`,
    set: { key: 'two', path: '/srv/a & b', offsetBytes: 1024 },
    add: { lockspace: 'other', key: 'three', path: '/srv/three' },
  },
  nic: {
    device: `<interface type='user'><mac address='52:54:00:aa:00:01'/><model type='virtio'/></interface>`,
    set: { model: 'e1000e', linkUp: false, romEnabled: false, acpiIndex: 3 },
    add: { type: 'user', network: undefined, mac: '52:54:00:aa:00:02' },
  },
  graphics: {
    device: spice,
    set: {
      clipboard: false,
      imageCompression: 'off',
      mouseMode: 'client',
      keymap: 'de',
      autoport: false,
      port: 5910,
    },
  },
  video: {
    device: `<video><model type='qxl' primary='yes'/></video>`,
    set: { model: 'virtio', heads: 2, width: 1280, height: 800 },
    add: { primary: undefined },
  },
  sound: {
    device: `<sound model='ich6'/>`,
    set: { model: 'ich9', codecs: [{ type: 'duplex' }, { type: 'micro' }] },
  },
  audio: {
    device: `<audio id='1' type='none'/>`,
    set: {
      type: 'file',
      path: '/srv/out.wav',
      outFrequency: 44_100,
      outMixingEngine: true,
      outFixedSettings: true,
    },
    add: { id: 2 },
  },
  input: {
    device: `<input type='tablet' bus='usb'/>`,
    beside: usb,
    set: { bus: 'virtio' },
    add: { type: 'keyboard' },
  },
  serial: {
    device: `<serial type='pty'><target port='0'/></serial>`,
    set: { type: 'tcp', mode: 'bind', host: '127.0.0.1', service: '4555', protocol: 'telnet' },
  },
  parallel: {
    device: `<parallel type='file'><source path='/srv/one.out'/><target port='0'/></parallel>`,
    set: { path: '/srv/two, three.out', append: true },
  },
  console: {
    device: `<console type='pty'><target type='virtio'/></console>`,
    set: { type: 'file', path: '/srv/console.out', logFile: '/srv/console.log' },
  },
  channel: {
    device: `<channel type='unix'><target type='virtio' name='org.example.one'/></channel>`,
    set: { name: 'org.example.two', path: '/srv/two.sock', mode: 'bind' },
  },
  'pci-device': {
    device: `<hostdev mode='subsystem' type='pci' managed='yes'><source><address domain='0' bus='0x21' slot='0' function='0'/></source></hostdev>`,
    set: { managed: false, romBar: false, bootOrder: 3 },
    add: { address: '0000:22:00.0' },
  },
  'usb-device': {
    device: `<hostdev mode='subsystem' type='usb'><source><vendor id='0x046d'/><product id='0xc52b'/></source></hostdev>`,
    beside: usb,
    set: { id: '1234:5678', startupPolicy: 'optional', bootOrder: 3 },
    add: { id: '1234:0001' },
  },
  'scsi-device': {
    device: `<hostdev mode='subsystem' type='scsi'><source><adapter name='scsi_host0'/><address bus='0' target='0' unit='0'/></source></hostdev>`,
    set: { device: '2:0:1:0', isReadOnly: true, rawio: true },
    add: { device: '3:0:0:0' },
  },
  'scsi-host': {
    device: `<hostdev mode='subsystem' type='scsi_host'><source protocol='vhost' wwpn='naa.5123456789abcde0'/></hostdev>`,
    set: { wwpn: 'naa.5123456789abcde1', model: 'virtio-non-transitional' },
    add: { wwpn: 'naa.5123456789abcde2' },
  },
  'mdev-device': {
    device: `<hostdev mode='subsystem' type='mdev' model='vfio-pci'><source><address uuid='c2177883-f1bb-47f0-914d-32a22e3a8804'/></source></hostdev>`,
    beside: spice,
    set: { uuid: 'c2177883-f1bb-47f0-914d-32a22e3a8805', display: true },
    add: { uuid: 'c2177883-f1bb-47f0-914d-32a22e3a8806' },
  },
  'container-device': {
    device: `<hostdev mode='capabilities' type='misc'><source><char>/dev/input/event3</char></source></hostdev>`,
    set: { path: '/dev/input/event4' },
    add: { what: 'storage', path: '/dev/sdz' },
  },
  redirdev: {
    device: `<redirdev bus='usb' type='tcp'><source mode='connect' host='localhost' service='4000'/></redirdev>`,
    beside: usb + spice,
    set: { host: 'other.example', service: '4001' },
  },
  'redir-filter': {
    device: `<redirfilter><usbdev class='0x08' vendor='0x1234' product='0xBEEF' version='2.56' allow='yes'/><usbdev allow='no'/></redirfilter>`,
    beside: `${usb}${spice}<redirdev bus='usb' type='spicevmc'/>`,
    set: { rules: [{ vendor: '0x1234', product: '0xBEEF', allow: false }, { allow: true }] },
  },
  hub: { device: `<hub type='usb'/>`, beside: usb },
  smartcard: {
    device: `<smartcard mode='passthrough' type='tcp'><source mode='bind' host='127.0.0.1' service='2001'/><protocol type='raw'/></smartcard>`,
    beside: usb,
    set: { host: '127.0.0.2', service: '2002' },
  },
  tpm: {
    // the lab has no emulator for one
    device: `<tpm model='tpm-tis'><backend type='passthrough'><device path='/dev/tpm0'/></backend></tpm>`,
    set: { model: 'tpm-crb', device: '/dev/tpm1' },
    add: { model: 'tpm-tis', backend: 'passthrough', version: undefined, device: '/dev/tpm0' },
  },
  watchdog: { device: `<watchdog model='i6300esb' action='reset'/>`, set: { action: 'poweroff' } },
  rng: {
    device: `<rng model='virtio'><backend model='random'>/dev/urandom</backend></rng>`,
    set: { device: '/dev/random', rateBytes: 1024, ratePeriodMs: 2000 },
  },
  panic: { device: `<panic model='isa'/>`, set: { model: 'hyperv' } },
  vsock: {
    device: `<vsock model='virtio'><cid auto='no' address='5'/></vsock>`,
    set: { cid: 7, packed: true },
  },
  balloon: {
    device: `<memballoon model='virtio'/>`,
    set: { statsPeriodS: 10, autodeflate: true, freePageReporting: false },
  },
  'memory-device': {
    device: `<memory model='dimm'><target><size unit='MiB'>128</size><node>0</node></target></memory>`,
    vm: `<maxMemory slots='8' unit='GiB'>4</maxMemory><cpu><numa><cell id='0' cpus='0-1' memory='256' unit='MiB'/></numa></cpu>`,
    set: { size: 256 * mebibyte, access: 'shared' },
    add: { size: 128 * mebibyte, node: 0 },
  },
  iommu: {
    device: `<iommu model='intel'/>`,
    vm: `<features><ioapic driver='qemu'/></features>`,
    set: { intremap: true, eim: true, cachingMode: true },
  },
  shmem: {
    device: `<shmem name='one'><model type='ivshmem-plain'/><size unit='M'>4</size></shmem>`,
    set: { sizeBytes: 8 * mebibyte, role: 'peer' },
    add: { name: 'two' },
  },
  crypto: {
    device: `<crypto model='virtio' type='qemu'><backend model='builtin' queues='1'/></crypto>`,
    set: { queues: 2 },
  },
  pstore: {
    device: `<pstore backend='acpi-erst'><path>/srv/pstore</path><size unit='KiB'>64</size></pstore>`,
    set: { path: '/srv/other' },
  },
  nvram: { device: `<nvram><address type='spapr-vio' reg='0x00003000'/></nvram>`, set: { register: 0x4000 } },
}

/** Kinds that such a host does not have, and the words with which it says so. */
export const refusedByHost: Readonly<Record<string, RegExp>> = {
  // of LXC only
  'container-device': /mode 'capabilities' is not supported in qemu/,
  // pseries machines of POWER only
  nvram: /only supported for PPC64/,
  // later libvirts only: the schema of 9.0 does not know them
  crypto: /failed to validate against schema/,
  pstore: /failed to validate against schema/,
}

/** Kinds that the hypervisor puts back when the last one goes, so that none can be added. */
export const comesBack: readonly string[] = ['balloon']

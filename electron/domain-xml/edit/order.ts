/**
 * Where a new element goes among its siblings: as libvirt writes definitions itself (virDomainDefFormatInternal), so that
 * what the host stores differs from what was sent by as little as can be. Names that are not listed go last.
 */
import type { EditElement } from './tree'

const orders: Record<string, readonly string[]> = {
  domain: [
    'name',
    'uuid',
    'genid',
    'title',
    'description',
    'metadata',
    'maxMemory',
    'memory',
    'currentMemory',
    'blkiotune',
    'memtune',
    'memoryBacking',
    'vcpu',
    'vcpus',
    'iothreads',
    'iothreadids',
    'defaultiothread',
    'cputune',
    'numatune',
    'resource',
    'sysinfo',
    'bootloader',
    'bootloader_args',
    'os',
    'idmap',
    'features',
    'cpu',
    'clock',
    'on_poweroff',
    'on_reboot',
    'on_crash',
    'on_lockfailure',
    'pm',
    'perf',
    'devices',
    'seclabel',
    'keywrap',
    'launchSecurity',
  ],
  // virNetworkDefFormatBuf
  network: [
    'name',
    'uuid',
    'title',
    'description',
    'metadata',
    'forward',
    'bridge',
    'mtu',
    'mac',
    'domain',
    'dns',
    'vlan',
    'bandwidth',
    'port',
    'ip',
    'route',
    'virtualport',
    'portgroup',
  ],
  dns: ['forwarder', 'txt', 'srv', 'host'],
  dhcp: ['range', 'host', 'bootp'],
  smartcard: ['certificate', 'database', 'source', 'protocol', 'log', 'alias', 'address'],
  os: [
    'type',
    'firmware',
    'init',
    'initarg',
    'initenv',
    'initdir',
    'inituser',
    'initgroup',
    'loader',
    'nvram',
    'kernel',
    'initrd',
    'root',
    'cmdline',
    'dtb',
    'acpi',
    'boot',
    'bootmenu',
    'bios',
    'smbios',
  ],
  pool: ['name', 'uuid', 'features', 'source', 'target', 'refresh'],
  // libxml2 takes driver and teaming only beside the source, though the schema allows any order
  hostdev: [
    'source',
    'driver',
    'teaming',
    'readonly',
    'shareable',
    'alias',
    'boot',
    'rom',
    'acpi',
    'address',
  ],
}

/** The sibling after which an element of this name goes; undefined where it goes last. */
export function siblingBefore(parent: EditElement, name: string): EditElement | undefined {
  const order = orders[parent.name] ?? []
  const place = order.indexOf(name)
  if (place < 0) return parent.children(name).at(-1)
  return parent.children().findLast((one) => {
    const at = order.indexOf(one.name)
    return at >= 0 && at <= place
  })
}

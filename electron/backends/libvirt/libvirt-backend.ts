import type { Backend } from '../backend'
import { connectLibvirt } from './connect'

/**
 * Drivers a libvirt daemon serves, and those of its client library, which get an explanation when connecting
 * (https://libvirt.org/drivers.html). "remote" lets the daemon choose.
 */
const drivers = [
  'qemu',
  'xen',
  'lxc',
  'test',
  'remote',
  'bhyve',
  'ch',
  'vbox',
  'vz',
  'esx',
  'vpx',
  'gsx',
  'hyperv',
  'openvz',
  'vmwareplayer',
  'vmwarews',
  'vmwarefusion',
]

/** Everything libvirt speaks for: KVM and QEMU, Xen, LXC, its test driver, through a daemon here or elsewhere. */
export function libvirtBackend(): Backend {
  return {
    name: 'libvirt',
    accepts: (uri) => drivers.includes(/^([A-Za-z][\w.-]*)[+:]/.exec(uri)?.[1]?.toLowerCase() ?? ''),
    connect: connectLibvirt,
  }
}

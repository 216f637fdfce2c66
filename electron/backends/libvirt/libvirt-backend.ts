import type { Backend } from '../backend'
import { connectLibvirt } from './connect'

/** Everything libvirt speaks for: KVM and QEMU, Xen, LXC, its test driver, through a daemon here or elsewhere. */
export function libvirtBackend(): Backend {
  return {
    name: 'libvirt',
    accepts: (uri) => /^[A-Za-z][A-Za-z0-9.-]*(\+[A-Za-z0-9]+)?:\/\//.test(uri) && !/^demo:/i.test(uri),
    connect: connectLibvirt,
  }
}

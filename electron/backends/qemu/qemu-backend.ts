import type { Backend } from '../backend'
import { connectQemu } from './connect'

/** QEMU itself, without libvirt: on this computer, or where ssh leads. "qemu:" alone is libvirt's. */
export function qemuBackend(): Backend {
  return {
    name: 'qemu',
    accepts: (uri) => /^qemu-direct[+:]/i.test(uri),
    connect: connectQemu,
  }
}

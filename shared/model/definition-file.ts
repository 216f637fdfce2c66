import type { HostInfo } from './host'

/**
 * Where libvirt's QEMU driver keeps the stored definition of a VM, on its host (https://libvirt.org/drvqemu.html). Undefined
 * where that is not known for sure.
 */
export function definitionFile(info: Pick<HostInfo, 'connectedUri'>, name: string): string | undefined {
  const [, kind] = /^qemu:\/\/\/(system|session)$/.exec(info.connectedUri) ?? []
  if (kind === undefined) return undefined
  return `${kind === 'system' ? '/etc/libvirt' : '~/.config/libvirt'}/qemu/${name}.xml`
}

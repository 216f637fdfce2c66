/** Options that all devices of virtio have: https://libvirt.org/formatdomain.html#virtio-related-options */
import type { MachineFacts } from './machine-facts'
import { flag, type Options } from './options'
import type { Reading } from './reading'

export function virtioOptions(device: Reading): Options {
  const driver = device.child('driver')
  return {
    iommu_platform: flag(driver?.attr('iommu')),
    ats: flag(driver?.attr('ats')),
    packed: flag(driver?.attr('packed')),
    'page-per-vq': flag(driver?.attr('page_per_vq')),
  }
}

/** "virtio-net" of a machine: with its kind of bus, and old or new only where the definition says so. */
export function virtioName(name: string, { virtioSuffix }: MachineFacts, model?: string): string {
  const kind = model?.replace(/^virtio-?/, '')
  const bare = `${name}-${virtioSuffix}`
  return virtioSuffix === 'pci' && (kind === 'transitional' || kind === 'non-transitional')
    ? `${bare}-${kind}`
    : bare
}

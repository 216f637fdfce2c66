/** https://libvirt.org/formatdomain.html#virtio-related-options */
export const virtioOptionPlaces = {
  iommu: { at: 'driver/@iommu', as: 'on-off' },
  ats: { at: 'driver/@ats', as: 'on-off' },
  packed: { at: 'driver/@packed', as: 'on-off' },
  pagePerVq: { at: 'driver/@page_per_vq', as: 'on-off' },
} as const

import { iommu } from '../../../../shared/model/hardware/kinds/iommu'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#iommu-devices */
export const iommuBinding = bind(iommu, {
  element: 'iommu',
  fields: {
    model: '@model',
    intremap: { at: 'driver/@intremap', as: 'on-off' },
    eim: { at: 'driver/@eim', as: 'on-off' },
    cachingMode: { at: 'driver/@caching_mode', as: 'on-off' },
    iotlb: { at: 'driver/@iotlb', as: 'on-off' },
    addressBits: 'driver/@aw_bits',
  },
  template: () => '<iommu/>',
})

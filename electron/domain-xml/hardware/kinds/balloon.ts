import { balloon } from '../../../../shared/model/hardware/kinds/balloon'
import { bind } from '../binding'
import { virtioOptionPlaces } from './virtio-options'

/** https://libvirt.org/formatdomain.html#memory-balloon-device */
export const balloonBinding = bind(balloon, {
  element: 'memballoon',
  fields: {
    model: '@model',
    statsPeriodS: 'stats/@period',
    autodeflate: { at: '@autodeflate', as: 'on-off' },
    freePageReporting: { at: '@freePageReporting', as: 'on-off' },
    ...virtioOptionPlaces,
  },
  template: () => '<memballoon/>',
  // a guest has one, whatever its model
  key: () => 'balloon',
})

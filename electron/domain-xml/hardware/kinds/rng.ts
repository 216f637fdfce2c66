import { rng } from '../../../../shared/model/hardware/kinds/rng'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#random-number-generator-device */
export const rngBinding = bind(rng, {
  element: 'rng',
  fields: {
    model: '@model',
    backend: 'backend/@model',
    device: {
      read: (item) =>
        item.find('backend')?.attribute('model') === 'random' ? item.find('backend')?.text() : undefined,
      write: (item, value) => {
        const backend = item.find('backend')
        if (backend?.attribute('model') === 'random') backend.setText(typeof value === 'string' ? value : '')
      },
    },
    rateBytes: 'rate/@bytes',
    ratePeriodMs: 'rate/@period',
  },
  template: () => `<rng model='virtio'/>`,
})

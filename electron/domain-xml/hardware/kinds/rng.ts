import { rng } from '../../../../shared/model/hardware/kinds/rng'
import { parseElement } from '../../edit/tree'
import { bind } from '../binding'
import { wordOf } from '../places'

/** https://libvirt.org/formatdomain.html#random-number-generator-device */
export const rngBinding = bind(rng, {
  element: 'rng',
  fields: {
    model: '@model',
    backend: {
      read: (item) => item.find('backend')?.attribute('model'),
      write: (item, value) => {
        const old = item.find('backend')
        if (value === undefined || old?.attribute('model') === value) return
        // what a source has inside (a device, a connection) means nothing to another
        const fresh = parseElement(`<backend model='${wordOf(value)}'/>`)
        if (old) old.replaceWith(fresh)
        else item.insert(fresh)
      },
    },
    device: {
      read: (item) =>
        item.find('backend')?.attribute('model') === 'random' ? item.find('backend')?.text() : undefined,
      write: (item, value) => {
        const backend = item.find('backend')
        if (backend?.attribute('model') !== 'random') return
        if (typeof value === 'string') backend.setText(value)
        else backend.removeText()
      },
    },
    rateBytes: 'rate/@bytes',
    ratePeriodMs: 'rate/@period',
  },
  template: () => `<rng model='virtio'/>`,
})

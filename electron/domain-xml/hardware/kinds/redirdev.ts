import { redirdev } from '../../../../shared/model/hardware/kinds/redirdev'
import { bind } from '../binding'
import { charBackendPlaces, dropEmptySource } from './char-backend'

/** https://libvirt.org/formatdomain.html#redirected-devices */
export const redirdevBinding = bind(redirdev, {
  element: 'redirdev',
  fields: { bus: '@bus', ...charBackendPlaces, bootOrder: 'boot/@order' },
  template: () => `<redirdev bus='usb' type='spicevmc'/>`,
  finish: dropEmptySource,
})

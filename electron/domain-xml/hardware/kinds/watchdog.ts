import { watchdog } from '../../../../shared/model/hardware/kinds/watchdog'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#watchdog-devices */
export const watchdogBinding = bind(watchdog, {
  element: 'watchdog',
  fields: { model: '@model', action: '@action' },
  template: () => '<watchdog/>',
  key: (element) => element.attribute('model'),
})

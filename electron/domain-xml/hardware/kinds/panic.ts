import { panic } from '../../../../shared/model/hardware/kinds/panic'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#panic-device */
export const panicBinding = bind(panic, {
  element: 'panic',
  fields: { model: '@model' },
  template: () => '<panic/>',
  key: (element) => element.attribute('model'),
})

import { hub } from '../../../../shared/model/hardware/kinds/hub'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#hub-devices */
export const hubBinding = bind(hub, {
  element: 'hub',
  fields: { type: '@type' },
  template: () => `<hub type='usb'/>`,
})

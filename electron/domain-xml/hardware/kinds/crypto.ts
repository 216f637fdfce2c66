import { crypto } from '../../../../shared/model/hardware/kinds/crypto'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#crypto */
export const cryptoBinding = bind(crypto, {
  element: 'crypto',
  fields: { model: '@model', type: '@type', backend: 'backend/@model', queues: 'backend/@queues' },
  template: () => '<crypto/>',
})

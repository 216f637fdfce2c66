import { redirFilter } from '../../../../shared/model/hardware/kinds/redir-filter'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#redirected-devices */
export const redirFilterBinding = bind(redirFilter, {
  element: 'redirfilter',
  fields: {
    rules: {
      rows: 'usbdev',
      columns: {
        class: '@class',
        vendor: '@vendor',
        product: '@product',
        version: '@version',
        allow: { at: '@allow', as: 'yes-no' },
      },
    },
  },
  template: () => '<redirfilter/>',
})

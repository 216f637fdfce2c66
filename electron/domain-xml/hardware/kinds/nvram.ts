import { nvram } from '../../../../shared/model/hardware/kinds/nvram'
import { writeAt } from '../../edit/path'
import { bind } from '../binding'
import { hexAt } from '../places'

const register = hexAt('address/@reg', 4, { type: 'spapr-vio' })

/** https://libvirt.org/formatdomain.html#nvram-device */
export const nvramBinding = bind(nvram, {
  element: 'nvram',
  fields: {
    register: {
      read: register.read,
      // the address has nothing else to say
      write: (item, value) =>
        value === undefined ? writeAt(item, 'address', undefined) : register.write(item, value),
    },
  },
  template: () => '<nvram/>',
})

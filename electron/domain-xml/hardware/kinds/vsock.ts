import { vsock } from '../../../../shared/model/hardware/kinds/vsock'
import { readAt, writeAt } from '../../edit/path'
import { bind } from '../binding'
import { wordOf } from '../places'
import { virtioOptionPlaces } from './virtio-options'

const at = 'cid/@address'

/** https://libvirt.org/formatdomain.html#vsock */
export const vsockBinding = bind(vsock, {
  element: 'vsock',
  fields: {
    isAutomatic: { at: 'cid/@auto', as: 'yes-no' },
    cid: {
      // up to ten digits
      read: (item) => {
        const word = readAt(item, at)
        return word !== undefined && /^\d{1,10}$/.test(word) ? Number(word) : undefined
      },
      write: (item, value) => writeAt(item, at, value === undefined ? undefined : wordOf(value)),
    },
    model: '@model',
    ...virtioOptionPlaces,
  },
  template: () => '<vsock/>',
})

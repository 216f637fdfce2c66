import { pstore } from '../../../../shared/model/hardware/kinds/pstore'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#pstore */
export const pstoreBinding = bind(pstore, {
  element: 'pstore',
  fields: { backend: '@backend', path: 'path', sizeBytes: { at: 'size', unit: 'KiB' } },
  template: () => '<pstore/>',
})

import { shmem } from '../../../../shared/model/hardware/kinds/shmem'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#shared-memory-device */
export const shmemBinding = bind(shmem, {
  element: 'shmem',
  fields: {
    name: '@name',
    model: 'model/@type',
    // "M" is written as it is read; a missing unit means bytes (virDomainShmemDefParseXML)
    sizeBytes: { at: 'size', unit: 'bytes' },
    server: 'server/@path',
    vectors: 'msi/@vectors',
    ioeventfd: { at: 'msi/@ioeventfd', as: 'on-off' },
    role: '@role',
  },
  template: () => '<shmem/>',
  key: (element) => element.attribute('name'),
})

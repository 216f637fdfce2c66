import { memoryDevice } from '../../../../shared/model/hardware/kinds/memory-device'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#memory-devices */
export const memoryDeviceBinding = bind(memoryDevice, {
  element: 'memory',
  fields: {
    model: '@model',
    size: { at: 'target/size', unit: 'KiB' },
    requested: { at: 'target/requested', unit: 'KiB' },
    current: { at: 'target/current', unit: 'KiB' },
    block: { at: 'target/block', unit: 'KiB' },
    node: 'target/node',
    path: 'source/path',
    label: { at: 'target/label/size', unit: 'KiB' },
    isReadOnly: { at: 'target/readonly', as: 'presence' },
    alignment: { at: 'source/alignsize', unit: 'KiB' },
    isPersistent: { at: 'source/pmem', as: 'presence' },
    pageSize: { at: 'source/pagesize', unit: 'KiB' },
    hostNodes: 'source/nodemask',
    access: '@access',
    discard: { at: '@discard', as: 'yes-no' },
    uuid: 'uuid',
  },
  template: () => '<memory/>',
})

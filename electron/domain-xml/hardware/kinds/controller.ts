import { controller } from '../../../../shared/model/hardware/kinds/controller'
import { bind } from '../binding'
import { hexAt } from '../places'
import { virtioOptionPlaces } from './virtio-options'

/** https://libvirt.org/formatdomain.html#controllers */
export const controllerBinding = bind(controller, {
  element: 'controller',
  fields: {
    type: '@type',
    model: '@model',
    index: '@index',
    queues: 'driver/@queues',
    ioThread: 'driver/@iothread',
    commandsPerLun: 'driver/@cmd_per_lun',
    maxSectors: 'driver/@max_sectors',
    ioEventFd: { at: 'driver/@ioeventfd', as: 'on-off' },
    ports: '@ports',
    vectors: '@vectors',
    masterPort: 'master/@startport',
    maxGrantFrames: '@maxGrantFrames',
    maxEventChannels: '@maxEventChannels',
    hotplug: { at: 'target/@hotplug', as: 'on-off' },
    busNumber: 'target/@busNr',
    node: 'target/node',
    chassis: 'target/@chassis',
    port: hexAt('target/@port', 1),
    chassisNumber: 'target/@chassisNr',
    hostBridge: 'target/@index',
    device: 'model/@name',
    hole64Bytes: { at: 'pcihole64', unit: 'KiB' },
    ...virtioOptionPlaces,
  },
  template: () => `<controller type='pci'/>`,
  // companions of a USB 2 controller have its number
  key: (element) => {
    const [type, index] = [element.attribute('type') ?? '', element.attribute('index') ?? '']
    const of = element.find('master') ? ` ${element.attribute('model') ?? ''}` : ''
    return `${type} ${index}${of}`.trim()
  },
})

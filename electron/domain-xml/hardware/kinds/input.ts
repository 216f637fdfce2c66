import { input } from '../../../../shared/model/hardware/kinds/input'
import { readAt, writeAt } from '../../edit/path'
import { bind } from '../binding'
import { virtioOptionPlaces } from './virtio-options'

/** https://libvirt.org/formatdomain.html#input-devices */
export const inputBinding = bind(input, {
  element: 'input',
  fields: {
    type: '@type',
    bus: '@bus',
    evdev: 'source/@evdev',
    device: 'source/@dev',
    // "all" is the only word there is
    grab: {
      read: (item) => (readAt(item, 'source/@grab') === 'all' ? true : undefined),
      write: (item, value) => writeAt(item, 'source/@grab', value === true ? 'all' : undefined),
    },
    grabToggle: 'source/@grabToggle',
    repeat: { at: 'source/@repeat', as: 'on-off' },
    model: '@model',
    ...virtioOptionPlaces,
  },
  template: () => `<input type='tablet'/>`,
  key: (element) => [element.attribute('type'), element.attribute('bus')].filter(Boolean).join('-'),
})

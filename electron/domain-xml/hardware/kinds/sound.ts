import { sound } from '../../../../shared/model/hardware/kinds/sound'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#sound-devices */
export const soundBinding = bind(sound, {
  element: 'sound',
  fields: {
    model: '@model',
    codecs: { rows: 'codec', columns: { type: '@type' } },
    audioId: 'audio/@id',
  },
  template: () => `<sound model='ich9'/>`,
})

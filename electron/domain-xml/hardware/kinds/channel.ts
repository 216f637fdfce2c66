import { channel } from '../../../../shared/model/hardware/kinds/channel'
import { bind } from '../binding'
import { charBackendPlaces, dropEmptySource, targetType } from './char-backend'

/** https://libvirt.org/formatdomain.html#channel */
export const channelBinding = bind(channel, {
  element: 'channel',
  fields: {
    ...charBackendPlaces,
    targetType: targetType({
      name: ['virtio', 'xen'],
      state: ['virtio'],
      address: ['guestfwd'],
      port: ['guestfwd'],
    }),
    name: 'target/@name',
    state: 'target/@state',
    address: 'target/@address',
    port: 'target/@port',
  },
  template: () => `<channel type='unix'><target type='virtio'/></channel>`,
  key: (element) => {
    const target = element.find('target')
    return target?.attribute('name') ?? target?.attribute('address')
  },
  finish: dropEmptySource,
})

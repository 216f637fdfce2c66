import { smartcard } from '../../../../shared/model/hardware/kinds/smartcard'
import { bind } from '../binding'
import { charBackendPlaces, dropEmptySource } from './char-backend'

/** https://libvirt.org/formatdomain.html#smartcard-devices */
export const smartcardBinding = bind(smartcard, {
  element: 'smartcard',
  fields: {
    card: '@mode',
    ...charBackendPlaces,
    certificates: { rows: 'certificate', columns: { name: '.' } },
    database: 'database',
  },
  template: () => `<smartcard mode='host'/>`,
  finish: (element) => {
    // only a card that is passed on has another end
    if (element.attribute('mode') !== 'passthrough') {
      element.setAttribute('type', undefined)
      for (const source of element.children('source')) source.remove()
    }
    dropEmptySource(element)
  },
})

import { serial } from '../../../../shared/model/hardware/kinds/serial'
import { bind } from '../binding'
import { charBackendPlaces, dropEmptySource, targetType } from './char-backend'

/** https://libvirt.org/formatdomain.html#serial-port */
export const serialBinding = bind(serial, {
  element: 'serial',
  fields: {
    ...charBackendPlaces,
    targetType: targetType({}),
    targetModel: 'target/model/@name',
    port: 'target/@port',
  },
  template: () => `<serial type='pty'/>`,
  key: (element) => element.find('target')?.attribute('port'),
  finish: dropEmptySource,
  // The first console is the first serial port under another name; left behind, libvirt would make the port anew of it.
  removed: (domain) => {
    const devices = domain.find('devices')
    if (devices?.children('serial').length !== 0) return
    for (const one of devices.children('console'))
      if (one.find('target')?.attribute('type') === 'serial') one.remove()
  },
})

import { parallel } from '../../../../shared/model/hardware/kinds/parallel'
import { bind } from '../binding'
import { charBackendPlaces, dropEmptySource } from './char-backend'

/** https://libvirt.org/formatdomain.html#parallel-port */
export const parallelBinding = bind(parallel, {
  element: 'parallel',
  fields: { ...charBackendPlaces, port: 'target/@port' },
  template: () => `<parallel type='pty'/>`,
  key: (element) => element.find('target')?.attribute('port'),
  finish: dropEmptySource,
})

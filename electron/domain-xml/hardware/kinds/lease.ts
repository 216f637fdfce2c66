import { lease } from '../../../../shared/model/hardware/kinds/lease'
import { bind } from '../binding'

/** https://libvirt.org/formatdomain.html#device-leases */
export const leaseBinding = bind(lease, {
  element: 'lease',
  fields: {
    lockspace: 'lockspace',
    key: 'key',
    path: 'target/@path',
    offsetBytes: 'target/@offset',
  },
  template: () => '<lease/>',
  key: (element) => {
    const [lockspace, key] = [element.find('lockspace')?.text(), element.find('key')?.text()]
    return lockspace === undefined || key === undefined ? undefined : `${lockspace}/${key}`
  },
})

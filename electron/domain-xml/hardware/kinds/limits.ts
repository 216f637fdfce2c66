import { limits } from '../../../../shared/model/hardware/kinds/limits'
import { writeAt } from '../../edit/path'
import { bind } from '../binding'
import { encode } from '../parts'

/** https://libvirt.org/formatdomain.html#block-i-o-tuning and #resource-partitioning */
export const limitsBinding = bind(limits, {
  fields: {
    weight: 'blkiotune/weight',
    devices: {
      rows: 'blkiotune/device',
      columns: {
        path: 'path',
        weight: 'weight',
        readBytes: { at: 'read_bytes_sec', unit: 'bytes', bare: true },
        writeBytes: { at: 'write_bytes_sec', unit: 'bytes', bare: true },
        readOperations: 'read_iops_sec',
        writeOperations: 'write_iops_sec',
      },
    },
    partition: {
      read: (domain) => domain.find('resource', 'partition')?.text(),
      write: (domain, value) => {
        const application = domain.find('resource', 'fibrechannel')
        const isFirst = value !== undefined && !domain.find('resource', 'partition')
        // libvirt's schema wants it before the application
        if (isFirst) application?.remove()
        writeAt(domain, 'resource/partition', value === undefined ? undefined : encode(value, 'text'))
        if (isFirst && application) domain.find('resource')?.insert(application)
      },
    },
    fibreChannelId: 'resource/fibrechannel/@appid',
  },
})

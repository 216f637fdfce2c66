import { scsiHost } from '../../../../shared/model/hardware/kinds/scsi-host'
import { readAt, writeAt } from '../../edit/path'
import { bind } from '../binding'
import { wordOf } from '../places'
import { isHostdev, refuse } from './host-device-common'

export const scsiHostBinding = bind(scsiHost, {
  element: 'hostdev',
  matches: isHostdev('scsi_host'),
  fields: {
    wwpn: {
      read: (item) => readAt(item, 'source/@wwpn'),
      write: (item, value) => {
        if (value === undefined) return
        const digits = /^(?:naa\.|0x)?([\da-f]{16})$/i.exec(wordOf(value))?.[1]
        if (digits === undefined) refuse('wwpn', 'Target: Enter sixteen digits such as naa.5001405bb6f9f0d5')
        writeAt(item, 'source/@protocol', 'vhost')
        writeAt(item, 'source/@wwpn', `naa.${digits}`)
      },
    },
    model: '@model',
  },
  template: () => `<hostdev mode='subsystem' type='scsi_host'/>`,
  key: (element) => readAt(element, 'source/@wwpn'),
})

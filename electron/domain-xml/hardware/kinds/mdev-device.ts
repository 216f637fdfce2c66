import { mdevDevice } from '../../../../shared/model/hardware/kinds/mdev-device'
import { readAt, writeAt } from '../../edit/path'
import { bind } from '../binding'
import { wordOf } from '../places'
import { bootOrderPlace, isHostdev, refuse, settle } from './host-device-common'

const at = 'source/address/@uuid'

export const mdevDeviceBinding = bind(mdevDevice, {
  element: 'hostdev',
  matches: isHostdev('mdev'),
  fields: {
    uuid: {
      read: (item) => readAt(item, at),
      write: (item, value) => {
        if (value === undefined) return
        if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(wordOf(value)))
          refuse('uuid', 'Device: Enter a UUID such as 0f1e2d3c-…')
        writeAt(item, at, wordOf(value))
      },
    },
    model: '@model',
    display: { at: '@display', as: 'on-off' },
    ramfb: { at: '@ramfb', as: 'on-off' },
    bootOrder: bootOrderPlace,
  },
  template: () => `<hostdev mode='subsystem' type='mdev'/>`,
  key: (element) => readAt(element, at)?.toLowerCase(),
  finish: settle,
})

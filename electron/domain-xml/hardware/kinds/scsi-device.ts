import { scsiDevice } from '../../../../shared/model/hardware/kinds/scsi-device'
import { readAt, writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { integerOf } from '../../numbers'
import { bind } from '../binding'
import { wordOf } from '../places'
import { referenceBinding } from '../secret-reference'
import { bootOrderPlace, isHostdev, refuse, settle } from './host-device-common'

const parts = ['bus', 'target', 'unit'] as const

export const scsiDeviceBinding = bind(scsiDevice, {
  element: 'hostdev',
  matches: isHostdev('scsi'),
  fields: {
    from: {
      read: (item) => (item.find('source')?.attribute('protocol') === 'iscsi' ? 'iscsi' : 'adapter'),
      write: (item, value) => {
        const source = item.find('source')
        const isIscsi = source?.attribute('protocol') === 'iscsi'
        if (value === 'iscsi' && !isIscsi) {
          for (const name of ['adapter', 'address']) source?.find(name)?.remove()
          writeAt(item, 'source/@protocol', 'iscsi')
        } else if (value === 'adapter' && isIscsi) {
          for (const child of source?.children() ?? []) child.remove()
          for (const name of ['protocol', 'name']) source?.setAttribute(name, undefined)
        }
      },
    },
    device: {
      read: deviceOf,
      write: (item, value) => {
        if (value === undefined) return
        const match = /^(\d{1,9}):(\d{1,2}):(\d{1,9}):(\d{1,19})$/.exec(wordOf(value))
        if (!match) refuse('device', 'Device: Enter four numbers such as 2:0:1:0')
        if (deviceOf(item) === value) return
        const [, host = '', ...address] = match
        writeAt(item, 'source/adapter/@name', `scsi_host${host}`)
        for (const [index, name] of parts.entries()) writeAt(item, `source/address/@${name}`, address[index])
      },
    },
    target: 'source/@name',
    host: 'source/host/@name',
    port: 'source/host/@port',
    user: 'source/auth/@username',
    secret: referenceBinding(
      () => 'source/auth/secret',
      () => 'iscsi',
    ),
    initiator: 'source/initiator/iqn/@name',
    isReadOnly: { at: 'readonly', as: 'presence' },
    isShareable: { at: 'shareable', as: 'presence' },
    sgio: '@sgio',
    rawio: { at: '@rawio', as: 'yes-no' },
    bootOrder: bootOrderPlace,
  },
  template: () => `<hostdev mode='subsystem' type='scsi'/>`,
  key: (element) => deviceOf(element) ?? element.find('source')?.attribute('name'),
  finish: settle,
})

function deviceOf(item: EditElement): string | undefined {
  const host = /^scsi_host(\d{1,9})$/.exec(readAt(item, 'source/adapter/@name') ?? '')?.[1]
  const address = parts.map((name) => readAt(item, `source/address/@${name}`) ?? '')
  if (host === undefined || address.some((part) => integerOf(part) === undefined)) return undefined
  return [host, ...address].join(':')
}

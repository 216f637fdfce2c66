import { usbDevice } from '../../../../shared/model/hardware/kinds/usb-device'
import { hexId } from '../../assigned-devices'
import { readAt, writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { integerOf } from '../../numbers'
import { bind } from '../binding'
import { wordOf } from '../places'
import { bootOrderPlace, isHostdev, refuse, settle } from './host-device-common'

export const usbDeviceBinding = bind(usbDevice, {
  element: 'hostdev',
  matches: isHostdev('usb'),
  fields: {
    identifyBy: {
      read: identity,
      write: (item, value) => {
        const before = identity(item)
        if (value === undefined || value === before) return
        if (value !== 'id') for (const name of ['vendor', 'product']) item.find('source', name)?.remove()
        // an address of before is no part of the new way, a new one is written after this
        item.find('source', 'address')?.remove()
      },
    },
    id: {
      read: idOf,
      write: (item, value) => {
        const [, vendor, product] =
          /^(?:0x)?([\da-f]{1,4})[: ](?:0x)?([\da-f]{1,4})$/i.exec(wordOf(value ?? '')) ?? []
        if (value !== undefined && (vendor === undefined || product === undefined))
          refuse('id', 'Vendor and product: Enter two numbers as lsusb shows them, such as 046d:c52b')
        writeId(item, 'vendor', vendor)
        writeId(item, 'product', product)
      },
    },
    busDevice: {
      read: busDeviceOf,
      write: (item, value) => {
        if (value === undefined) return removeAddress(item, 'device')
        // leading zeros would be read as octal numbers by some
        const [, bus, device] = /^0*(\d{1,3})[.:/]0*(\d{1,3})$/.exec(wordOf(value)) ?? []
        if (bus === undefined || device === undefined)
          refuse('busDevice', 'Bus and device number: Enter two numbers such as 1.4')
        writeAt(item, 'source/address/@bus', bus)
        writeAt(item, 'source/address/@device', device)
      },
    },
    busPort: {
      read: busPortOf,
      write: (item, value) => {
        if (value === undefined) return removeAddress(item, 'port')
        const [, bus, port] = /^0*(\d{1,3})-(\d{1,3}(?:\.\d{1,3}){0,3})$/.exec(wordOf(value)) ?? []
        if (bus === undefined || port === undefined)
          refuse('busPort', 'Bus and port: Enter numbers such as 1-2.3')
        writeAt(item, 'source/address/@bus', bus)
        writeAt(item, 'source/address/@port', port)
      },
    },
    startupPolicy: 'source/@startupPolicy',
    guestReset: 'source/@guestReset',
    bootOrder: bootOrderPlace,
  },
  template: () => `<hostdev mode='subsystem' type='usb'/>`,
  key: (element) => idOf(element) ?? busDeviceOf(element) ?? busPortOf(element),
  finish: settle,
})

function identity(item: EditElement): string | undefined {
  if (item.find('source', 'vendor')) return 'id'
  const address = item.find('source', 'address')
  if (!address) return undefined
  return address.attribute('device') === undefined && address.attribute('port') !== undefined
    ? 'port'
    : 'address'
}

function idOf(item: EditElement): string | undefined {
  const [vendor, product] = ['vendor', 'product'].map((name) => integerOf(readAt(item, `source/${name}/@id`)))
  return vendor === undefined || product === undefined ? undefined : `${hexId(vendor)}:${hexId(product)}`
}

function writeId(item: EditElement, name: string, digits: string | undefined): void {
  const at = `source/${name}/@id`
  const wanted = digits === undefined ? undefined : Number.parseInt(digits, 16)
  if (wanted !== undefined && integerOf(readAt(item, at)) === wanted) return
  if (wanted === undefined) item.find('source', name)?.remove()
  else writeAt(item, at, `0x${hexId(wanted)}`)
}

function busDeviceOf(item: EditElement): string | undefined {
  const [bus, device] = ['bus', 'device'].map((name) => integerOf(readAt(item, `source/address/@${name}`)))
  return bus === undefined || device === undefined ? undefined : `${bus}.${device}`
}

function busPortOf(item: EditElement): string | undefined {
  const bus = integerOf(readAt(item, 'source/address/@bus'))
  const port = readAt(item, 'source/address/@port')
  return bus === undefined || port === undefined ? undefined : `${bus}-${port}`
}

function removeAddress(item: EditElement, which: string): void {
  if (readAt(item, `source/address/@${which}`) !== undefined) item.find('source', 'address')?.remove()
}

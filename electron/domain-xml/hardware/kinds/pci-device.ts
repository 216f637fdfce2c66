import { pciDevice } from '../../../../shared/model/hardware/kinds/pci-device'
import { makeElementAt, placeOf, readAt, writeAt } from '../../edit/path'
import { bind } from '../binding'
import { addressElementText, writePciAddress } from '../pci-place'
import { hexAt, wordOf } from '../places'
import { bootOrderPlace, isHostdev, refuse, settle } from './host-device-common'

/** As lspci writes it; the domain may be left out. */
const pattern = /^([\da-f]{1,4}:)?[\da-f]{1,2}:[01]?[\da-f]\.[0-7]$/i

export const pciDeviceBinding = bind(pciDevice, {
  element: 'hostdev',
  matches: isHostdev('pci'),
  fields: {
    address: {
      read: (item) => addressElementText(item.find('source', 'address')),
      write: (item, value) => {
        if (value === undefined) return
        const word = wordOf(value)
        if (!pattern.test(word)) refuse('address', 'Device: Enter a PCI address such as 0000:01:00.0')
        writePciAddress(makeElementAt(item, placeOf('source/address')), word)
      },
    },
    managed: { at: '@managed', as: 'yes-no' },
    bootOrder: bootOrderPlace,
    romBar: { at: 'rom/@bar', as: 'on-off' },
    romFile: 'rom/@file',
    romEnabled: { at: 'rom/@enabled', as: 'yes-no' },
    driver: 'driver/@name',
    writeFiltering: { at: 'source/@writeFiltering', as: 'yes-no' },
    standbyFor: {
      read: (item) => readAt(item, 'teaming/@persistent'),
      write: (item, value) => {
        if (value === undefined) return writeAt(item, 'teaming', undefined)
        writeAt(item, 'teaming/@type', 'transient')
        writeAt(item, 'teaming/@persistent', wordOf(value))
      },
    },
    acpiIndex: 'acpi/@index',
    zpciUid: zpci('uid', 4),
    zpciFid: zpci('fid', 8),
  },
  template: () => `<hostdev mode='subsystem' type='pci'><source><address/></source></hostdev>`,
  key: (element) => addressElementText(element.find('source', 'address')),
  known: ['zpci'],
  finish: settle,
})

/** Part of the address in the guest, which is made for it when there is none and then placed by libvirt. */
function zpci(name: string, digits: number) {
  const hex = hexAt(`address/zpci/@${name}`, digits, { type: 'pci' })
  return {
    read: hex.read,
    write: (item: Parameters<typeof hex.write>[0], value: Parameters<typeof hex.write>[1]) => {
      hex.write(item, value)
      const address = item.find('address')
      // nothing but the type, which came with the first of them
      if (
        value === undefined &&
        address?.children().length === 0 &&
        address.attributeNames().join() === 'type'
      )
        address.remove()
    },
  }
}

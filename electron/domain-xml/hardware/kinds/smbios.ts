import { smbios } from '../../../../shared/model/hardware/kinds/smbios'
import type { EditElement } from '../../edit/tree'
import { bind } from '../binding'
import { textBeside, wordOf } from '../places'

const at = (group: string, name: string): string => `sysinfo[@type='smbios']/${group}/entry[@name='${name}']`

/** https://libvirt.org/formatdomain.html#smbios-system-information */
export const smbiosBinding = bind(smbios, {
  fields: {
    mode: 'os/smbios/@mode',
    systemManufacturer: at('system', 'manufacturer'),
    systemProduct: at('system', 'product'),
    systemVersion: at('system', 'version'),
    systemSerial: at('system', 'serial'),
    systemUuid: at('system', 'uuid'),
    systemSku: at('system', 'sku'),
    systemFamily: at('system', 'family'),
    biosVendor: at('bios', 'vendor'),
    biosVersion: at('bios', 'version'),
    biosDate: at('bios', 'date'),
    biosRelease: at('bios', 'release'),
    boardManufacturer: at('baseBoard', 'manufacturer'),
    boardProduct: at('baseBoard', 'product'),
    boardVersion: at('baseBoard', 'version'),
    boardSerial: at('baseBoard', 'serial'),
    boardAsset: at('baseBoard', 'asset'),
    boardLocation: at('baseBoard', 'location'),
    chassisManufacturer: at('chassis', 'manufacturer'),
    chassisVersion: at('chassis', 'version'),
    chassisSerial: at('chassis', 'serial'),
    chassisAsset: at('chassis', 'asset'),
    chassisSku: at('chassis', 'sku'),
    oemStrings: { rows: "sysinfo[@type='smbios']/oemStrings/entry", columns: { text: '.' } },
    firmwareData: {
      rows: "sysinfo[@type='fwcfg']/entry",
      columns: {
        name: '@name',
        text: textBeside('.'),
        file: {
          read: (entry) => entry.attribute('file'),
          // an entry has a text or a file
          write: (entry, value) => {
            entry.setAttribute('file', value === undefined ? undefined : wordOf(value))
            if (value !== undefined) entry.removeText()
          },
        },
      },
    },
  },
  finish: (_item, domain) => {
    for (const sysinfo of domain.children('sysinfo')) if (isEmptied(sysinfo)) sysinfo.remove()
  },
})

/** Nothing but its type is left. */
function isEmptied(sysinfo: EditElement): boolean {
  return sysinfo.children().length === 0 && sysinfo.attributeNames().join() === 'type'
}

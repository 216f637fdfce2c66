import { tpm } from '../../../../shared/model/hardware/kinds/tpm'
import { createAt, readAt, writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { bind, type FieldBinding } from '../binding'
import { wordOf } from '../places'
import { refuse } from './host-device-common'

/** https://libvirt.org/formatdomain.html#tpm-device */
export const tpmBinding = bind(tpm, {
  element: 'tpm',
  fields: {
    model: '@model',
    backend: {
      read: (item) => readAt(item, 'backend/@type'),
      write: (item, value) => {
        if (value === undefined || value === readAt(item, 'backend/@type')) return
        for (const child of item.find('backend')?.children() ?? []) child.remove()
        writeAt(item, 'backend/@type', wordOf(value))
      },
    },
    version: 'backend/@version',
    device: 'backend/device/@path',
    socket: {
      read: (item) => readAt(item, 'backend/source/@path'),
      write: (item, value) => {
        if (value === undefined) return writeAt(item, 'backend/source', undefined)
        writeAt(item, 'backend/source/@type', 'unix')
        writeAt(item, 'backend/source/@mode', 'connect')
        writeAt(item, 'backend/source/@path', wordOf(value))
      },
    },
    isPersistent: { at: 'backend/@persistent_state', as: 'yes-no' },
    secret: {
      read: (item) => readAt(item, 'backend/encryption/@secret'),
      write: (item, value) => {
        if (value !== undefined && !/^[\da-f]{8}(-?[\da-f]{4}){3}-?[\da-f]{12}$/i.test(wordOf(value)))
          refuse('secret', 'Encrypt its state with: Enter the UUID of a secret')
        writeAt(item, 'backend/encryption/@secret', value === undefined ? undefined : wordOf(value))
      },
    },
    sha1: bank('sha1'),
    sha256: bank('sha256'),
    sha384: bank('sha384'),
    sha512: bank('sha512'),
  },
  template: () => '<tpm/>',
})

/** Once one bank is named, those that are not are off. */
function bank(name: string): FieldBinding {
  const banks = (item: EditElement) => item.find('backend', 'active_pcr_banks')
  return {
    read: (item) => {
      const known = banks(item)
      return known ? known.find(name) !== undefined : undefined
    },
    write: (item, value) => {
      const at = `backend/active_pcr_banks/${name}`
      if (value === true) createAt(item, at)
      else writeAt(item, at, undefined)
    },
  }
}

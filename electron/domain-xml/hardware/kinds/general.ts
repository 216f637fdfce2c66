import { general } from '../../../../shared/model/hardware/kinds/general'
import { EditElement } from '../../edit/tree'
import { readAt, writeAt } from '../../edit/path'
import { bind } from '../binding'
import { moveToChipset } from '../chipset'
import { wordOf } from '../places'

/** https://libvirt.org/formatdomain.html#general-metadata */
export const generalBinding = bind(general, {
  fields: {
    name: 'name',
    title: 'title',
    description: 'description',
    uuid: 'uuid',
    virtType: '@type',
    osType: 'os/type',
    architecture: 'os/type/@arch',
    machine: {
      read: (domain) => readAt(domain, 'os/type/@machine'),
      write: (domain, value) => {
        const before = readAt(domain, 'os/type/@machine') ?? ''
        const after = value === undefined ? undefined : wordOf(value)
        writeAt(domain, 'os/type/@machine', after)
        moveToChipset(domain, before, after ?? '')
      },
    },
    emulator: 'devices/emulator',
    hasGenerationId: { at: 'genid', as: 'presence' },
    generationId: {
      read: (domain) => readAt(domain, 'genid') || undefined,
      write: (domain, value) => {
        if (value !== undefined) return writeAt(domain, 'genid', wordOf(value))
        // without a value the host makes one
        domain.find('genid')?.replaceWith(new EditElement('genid'))
      },
    },
  },
})

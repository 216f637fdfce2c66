import { containerDevice } from '../../../../shared/model/hardware/kinds/container-device'
import { readAt, writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import { bind } from '../binding'
import { wordOf } from '../places'
import { refuse } from './host-device-common'

const elements: Record<string, string> = { storage: 'block', misc: 'char', net: 'interface' }
const nameOf = (item: EditElement): string => elements[item.attribute('type') ?? ''] ?? 'block'
const isNet = (item: EditElement): boolean => item.attribute('type') === 'net'

/** https://libvirt.org/formatdomain.html#block-character-devices */
export const containerDeviceBinding = bind(containerDevice, {
  element: 'hostdev',
  matches: (element) => element.attribute('mode') === 'capabilities',
  fields: {
    what: {
      read: (item) => item.attribute('type'),
      write: (item, value) => {
        if (value === undefined || item.attribute('type') === value) return
        const path = isNet(item) ? undefined : readAt(item, `source/${nameOf(item)}`)
        item.find('source')?.remove()
        item.setAttribute('type', wordOf(value))
        if (path !== undefined && !isNet(item)) writeAt(item, `source/${nameOf(item)}`, path)
      },
    },
    path: {
      read: (item) => (isNet(item) ? undefined : readAt(item, `source/${nameOf(item)}`) || undefined),
      write: (item, value) => {
        if (value !== undefined && !isNet(item)) writeAt(item, `source/${nameOf(item)}`, wordOf(value))
      },
    },
    interface: {
      read: (item) => (isNet(item) ? readAt(item, 'source/interface') || undefined : undefined),
      write: (item, value) => {
        if (value === undefined || !isNet(item)) return
        if (!/^[\w.\-\\:/]+$/.test(wordOf(value)))
          refuse('interface', 'Network card: Enter its name on the host')
        writeAt(item, 'source/interface', wordOf(value))
      },
    },
  },
  template: () => `<hostdev mode='capabilities' type='storage'/>`,
  key: (element) => readAt(element, `source/${nameOf(element)}`),
})

import { textConsole } from '../../../../shared/model/hardware/kinds/console'
import type { EditElement } from '../../edit/tree'
import { bind } from '../binding'
import { charBackendPlaces, dropEmptySource, targetType } from './char-backend'

/** libvirt writes the first serial port a second time as a console, and follows the port when they differ. */
function isSerialAgain(element: EditElement): boolean {
  const type = element.find('target')?.attribute('type') ?? 'serial'
  return type === 'serial' && (element.parent?.children('serial').length ?? 0) > 0
}

/** https://libvirt.org/formatdomain.html#console */
export const textConsoleBinding = bind(textConsole, {
  element: 'console',
  matches: (element) => !isSerialAgain(element),
  fields: { ...charBackendPlaces, targetType: targetType({}), port: 'target/@port' },
  template: () => `<console type='pty'/>`,
  key: (element) => {
    const target = element.find('target')
    const port = target?.attribute('port')
    return port === undefined ? undefined : `${target?.attribute('type') ?? 'serial'}-${port}`
  },
  finish: dropEmptySource,
})

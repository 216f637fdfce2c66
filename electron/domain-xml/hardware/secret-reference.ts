/** `<secret uuid=…/>` or `<secret usage=…/>`: a secret of the host is named by its UUID or by what it is for. */
import { makeElementAt, elementAt, placeOf, writeAt } from '../edit/path'
import type { EditElement } from '../edit/tree'
import type { FieldBinding } from './binding'

const uuidPattern = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

export function referenceBinding(
  at: (item: EditElement) => string,
  type: (item: EditElement) => string,
): FieldBinding {
  return {
    read: (item) => {
      const secret = elementAt(item, placeOf(at(item)))
      return secret?.attribute('uuid') ?? secret?.attribute('usage')
    },
    write: (item, value) => {
      if (typeof value !== 'string') return writeAt(item, at(item), undefined)
      const secret = makeElementAt(item, placeOf(at(item)))
      if (secret.attribute('type') === undefined) secret.setAttribute('type', type(item))
      const isUuid = uuidPattern.test(value)
      secret.setAttribute('uuid', isUuid ? value : undefined)
      secret.setAttribute('usage', isUuid ? undefined : value)
    },
  }
}

/**
 * Where a graphics server listens. libvirt writes the first `<listen>` a second time as an attribute of `<graphics>` and
 * refuses a definition in which the two differ (formatdomain.html#graphical-framebuffers), so both are kept alike.
 */
import type { FieldValue } from '../../../../shared/model/hardware/field'
import { readAt, writeAt } from '../../edit/path'
import { EditElement } from '../../edit/tree'
import type { FieldBinding } from '../binding'

const detailOf: { readonly [type: string]: readonly string[] } = {
  address: ['address'],
  network: ['network'],
  socket: ['socket'],
}

function listenTypeOf(item: EditElement): string | undefined {
  const listen = item.find('listen')
  if (listen) return listen.attribute('type')
  if (item.attribute('socket') !== undefined) return 'socket'
  return item.attribute('listen') === undefined ? undefined : 'address'
}

function writeListenType(item: EditElement, value: FieldValue | undefined): void {
  if (listenTypeOf(item) === value) return
  const type = typeof value === 'string' ? value : undefined
  if (type !== 'address') item.setAttribute('listen', undefined)
  if (type !== 'socket') item.setAttribute('socket', undefined)
  const listen = item.find('listen')
  if (type === undefined) {
    listen?.remove()
    return
  }
  const element = listen ?? item.insert(new EditElement('listen'))
  element.setAttribute('type', type)
  for (const name of ['address', 'network', 'socket'])
    if (!detailOf[type]?.includes(name)) element.setAttribute(name, undefined)
}

function detail(type: string, attribute: string): FieldBinding {
  const inListen = `listen/@${type === 'socket' ? 'socket' : type}`
  return {
    read: (item) =>
      listenTypeOf(item) === type ? (readAt(item, inListen) ?? item.attribute(attribute)) : undefined,
    write: (item, value) => {
      if (listenTypeOf(item) !== type) return
      const words = typeof value === 'string' ? value : undefined
      // without a <listen> the attribute is all there is
      if (item.find('listen')) {
        writeAt(item, inListen, words)
        if (item.attribute(attribute) !== undefined) item.setAttribute(attribute, words)
      } else item.setAttribute(attribute, words)
    },
  }
}

export const graphicsListenPlaces = {
  listenType: { read: listenTypeOf, write: writeListenType },
  listenAddress: detail('address', 'listen'),
  listenSocket: detail('socket', 'socket'),
  listenNetwork: {
    read: (item: EditElement) =>
      listenTypeOf(item) === 'network' ? readAt(item, 'listen/@network') : undefined,
    write: (item: EditElement, value: FieldValue | undefined) => {
      if (listenTypeOf(item) === 'network')
        writeAt(item, 'listen/@network', typeof value === 'string' ? value : undefined)
    },
  },
} satisfies { [field: string]: FieldBinding }

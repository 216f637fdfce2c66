/**
 * The host's end of character devices: the `type` of the element and its `<source>`, of which UDP has two
 * (https://libvirt.org/formatdomain.html#host-interface).
 */
import type { FieldValue } from '../../../../shared/model/hardware/field'
import { readAt, writeAt } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import type { FieldBinding } from '../binding'

const paths = ['unix', 'file', 'pipe', 'dev']
/** Attributes of `<source>`, each with the types it belongs to. */
const attributesOf: { readonly [attribute: string]: readonly string[] } = {
  path: paths,
  append: ['file'],
  mode: ['tcp', 'unix'],
  host: ['tcp'],
  service: ['tcp'],
  tls: ['tcp'],
  channel: ['spiceport', 'dbus'],
  master: ['nmdm'],
  slave: ['nmdm'],
}
const elementsOf: { readonly [element: string]: readonly string[] } = {
  reconnect: ['tcp', 'unix'],
  clipboard: ['qemu-vdagent'],
  mouse: ['qemu-vdagent'],
}

const typeOf = (item: EditElement): string => item.attribute('type') ?? ''

const type: FieldBinding = {
  read: (item) => item.attribute('type'),
  write: (item, value) => {
    const old = typeOf(item)
    if (typeof value !== 'string' || old === value) return
    item.setAttribute('type', value)
    // the terminal of this run
    item.setAttribute('tty', undefined)
    const [first, ...more] = item.children('source')
    for (const source of old === 'udp' ? more : []) source.remove()
    if (!first) return
    for (const [name, types] of Object.entries(attributesOf))
      if (!types.includes(value) || old === 'udp') first.setAttribute(name, undefined)
    for (const child of first.children())
      if (elementsOf[child.name]?.includes(value) === false) child.remove()
  },
}

function only(types: readonly string[], at: string): FieldBinding {
  return {
    read: (item) => (types.includes(typeOf(item)) ? readAt(item, at) : undefined),
    write: (item, value) => {
      if (types.includes(typeOf(item))) writeAt(item, at, typeof value === 'string' ? value : undefined)
    },
  }
}

/** One end of a UDP connection; an end that says nothing more goes. */
function udp(mode: 'connect' | 'bind', attribute: 'host' | 'service'): FieldBinding {
  const at = `source[@mode='${mode}']/@${attribute}`
  return {
    read: (item) => (typeOf(item) === 'udp' ? readAt(item, at) : undefined),
    write: (item, value) => {
      if (typeOf(item) !== 'udp') return
      if (typeof value === 'string') {
        const blank = item.children('source').find((one) => one.isEmpty())
        if (blank && readAt(item, `source[@mode='${mode}']/@mode`) === undefined)
          blank.setAttribute('mode', mode)
        writeAt(item, at, value)
        return
      }
      const source = item.children('source').find((one) => one.attribute('mode') === mode)
      source?.setAttribute(attribute, undefined)
      if (source?.attributeNames().length === 1 && source.children().length === 0) source.remove()
    },
  }
}

export const charBackendPlaces = {
  type,
  tty: only(['pty'], 'source/@path'),
  path: only(paths, 'source/@path'),
  append: { at: 'source/@append', as: 'on-off' },
  mode: only(['tcp', 'unix'], 'source/@mode'),
  host: only(['tcp'], 'source/@host'),
  service: only(['tcp'], 'source/@service'),
  protocol: 'protocol/@type',
  tls: { at: 'source/@tls', as: 'yes-no' },
  reconnect: { at: 'source/reconnect/@enabled', as: 'yes-no' },
  reconnectSeconds: 'source/reconnect/@timeout',
  toHost: udp('connect', 'host'),
  toService: udp('connect', 'service'),
  fromHost: udp('bind', 'host'),
  fromService: udp('bind', 'service'),
  channel: only(['spiceport', 'dbus'], 'source/@channel'),
  master: only(['nmdm'], 'source/@master'),
  slave: only(['nmdm'], 'source/@slave'),
  clipboard: { at: 'source/clipboard/@copypaste', as: 'yes-no' },
  mouse: 'source/mouse/@mode',
  logFile: 'log/@file',
  logAppend: { at: 'log/@append', as: 'on-off' },
} satisfies { [field: string]: FieldBinding }

/** After a change: a source that says nothing any more goes, unless it was there from the start for labels. */
export function dropEmptySource(element: EditElement): void {
  for (const source of element.children('source')) if (source.isEmpty()) source.remove()
}

/** A target whose parts are chosen by its type: what another type needs is no part of this one. */
export function targetType(parts: { readonly [attribute: string]: readonly string[] }): FieldBinding {
  return {
    read: (item) => item.find('target')?.attribute('type'),
    write: (item: EditElement, value: FieldValue | undefined) => {
      const target = item.find('target')
      if (target?.attribute('type') === value) return
      target?.find('model')?.remove()
      for (const [name, types] of Object.entries(parts))
        if (typeof value !== 'string' || !types.includes(value)) target?.setAttribute(name, undefined)
      writeAt(item, 'target/@type', typeof value === 'string' ? value : undefined)
    },
  }
}

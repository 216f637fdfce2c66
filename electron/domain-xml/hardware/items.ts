/** Finds the items of a definition: where each stands, what it is called, and what its fields say. */
import type { Field, Values } from '../../../shared/model/hardware/field'
import type { HardwareItem, ItemRef } from '../../../shared/model/hardware/view'
import { elementAt, placeOf, writeAt } from '../edit/path'
import type { EditElement } from '../edit/tree'
import type { FieldBinding, KindBinding } from './binding'
import { bindings } from './bindings'
import { readField } from './field-xml'

export interface PlacedItem {
  readonly ref: ItemRef
  readonly binding: KindBinding
  readonly element: EditElement
}

/** Everything a definition has, or has of a kind: pages first, then devices in their order within each kind. */
export function findItems(domain: EditElement, kind?: string): PlacedItem[] {
  const devices = domain.find('devices')
  return bindings.flatMap((binding) => {
    if (kind !== undefined && binding.kind.id !== kind) return []
    if (binding.element === undefined) {
      return [{ ref: { kind: binding.kind.id, key: '' }, binding, element: domain }]
    }
    const used = new Map<string, number>()
    return (devices?.children(binding.element) ?? [])
      .filter((element) => binding.matches?.(element) ?? true)
      .map((element, index) => {
        const name = binding.key?.(element) ?? `#${index}`
        const times = used.get(name) ?? 0
        used.set(name, times + 1)
        return {
          ref: { kind: binding.kind.id, key: times === 0 ? name : `${name}~${times}` },
          binding,
          element,
        }
      })
  })
}

export function isSameItem(a: ItemRef, b: ItemRef): boolean {
  return a.kind === b.kind && a.key === b.key
}

export function isSameValue(a: Values[string], b: Values[string]): boolean {
  return (
    a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
  )
}

export function readValues({ binding, element }: Pick<PlacedItem, 'binding' | 'element'>): Values {
  const values: Record<string, Values[string]> = {}
  for (const { id, field, place } of placedFields(binding)) {
    const value = readField(element, field, place)
    if (value !== undefined) values[id] = value
  }
  return values
}

interface PlacedField {
  readonly id: string
  readonly field: Field
  readonly place: FieldBinding
}

const placed = new WeakMap<KindBinding, readonly PlacedField[]>()

/** Fields with their places. Bindings never change, and this is asked for with every reading of every item. */
export function placedFields(binding: KindBinding): readonly PlacedField[] {
  const known = placed.get(binding)
  if (known) return known
  const fields = Object.entries(binding.kind.fields).flatMap(([id, field]): PlacedField[] => {
    const place = binding.fields[id]
    return place === undefined ? [] : [{ id, field, place }]
  })
  placed.set(binding, fields)
  return fields
}

export function readItem(item: PlacedItem): HardwareItem {
  const address = addressText(item.element)
  return {
    ref: item.ref,
    values: readValues(item),
    ...(address === undefined || item.binding.element === undefined ? {} : { address }),
    hasMore: item.binding.element !== undefined && hasMore(item),
  }
}

/** The same, each part read when it is first asked for. */
export function itemWhenAsked(item: PlacedItem): HardwareItem {
  let read: HardwareItem | undefined
  let values: Values | undefined
  const whole = (): HardwareItem => (read ??= readItem(item))
  return {
    ref: item.ref,
    get values() {
      return (values ??= readValues(item))
    },
    get hasMore() {
      return whole().hasMore
    },
  }
}

/** Device addresses: https://libvirt.org/formatdomain.html#device-addresses */
function addressText(element: EditElement): string | undefined {
  const address = element.find('address')
  const part = (name: string): string => (address?.attribute(name) ?? '0').replace(/^0x/, '')
  switch (address?.attribute('type')) {
    case 'pci':
      return `PCI ${part('domain').padStart(4, '0')}:${part('bus').padStart(2, '0')}:${part('slot').padStart(2, '0')}.${part('function')}`
    case 'drive':
      return `Bus ${part('bus')}, target ${part('target')}, unit ${part('unit')}`
    case 'usb':
      return `USB bus ${part('bus')}, port ${part('port')}`
    case 'virtio-serial':
      return `Port ${part('port')}`
    case 'ccw':
      return `CCW ${part('cssid')}.${part('ssid')}.${part('devno')}`
    case undefined:
      return undefined
    default:
      return address?.attribute('type')
  }
}

const alwaysKnown = ['address', 'alias', 'boot', 'acpi']

/** Whether taking every field away would leave something that means more than the kind itself. */
function hasMore({ binding, element }: PlacedItem): boolean {
  const rest = element.clone()
  for (const { field, place } of placedFields(binding)) {
    if (readField(rest, field, place) === undefined) continue
    if (typeof place === 'string' && place.startsWith('.')) continue
    clear(rest, place)
  }
  const known = [...alwaysKnown, ...(binding.known ?? [])]
  return rest.children().some((child) => !known.includes(child.name) && !child.isEmpty())
}

function clear(element: EditElement, place: FieldBinding): void {
  if (typeof place === 'string') writeAt(element, place, undefined)
  else if ('read' in place) place.write(element, undefined)
  else if ('rows' in place) {
    for (let row = firstOf(element, place.rows); row; row = firstOf(element, place.rows)) row.remove()
  } else writeAt(element, place.at, undefined)
}

function firstOf(element: EditElement, at: string): EditElement | undefined {
  return elementAt(element, placeOf(at))
}

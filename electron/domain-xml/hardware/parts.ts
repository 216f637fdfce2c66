/** Bindings for settings whose element says something by itself, or needs other attributes to be one libvirt takes. */
import type { FieldValue } from '../../../shared/model/hardware/field'
import { elementAt, makeElementAt, placeOf } from '../edit/path'
import type { EditElement } from '../edit/tree'
import type { FieldBinding } from './binding'

type As = 'text' | 'integer' | 'on-off' | 'yes-no'
type Needs = { readonly [attribute: string]: string }

/**
 * An attribute whose element stays when it goes. `needs` are attributes the element cannot be without: they are set when
 * they are missing and this one is.
 */
export function attribute(owner: string, name: string, as: As, needs: Needs = {}): FieldBinding {
  const place = placeOf(owner)
  return {
    read: (item) => decode(elementAt(item, place)?.attribute(name), as),
    write: (item, value) => {
      if (value === undefined) {
        elementAt(item, place)?.setAttribute(name, undefined)
        return
      }
      const element = makeElementAt(item, place)
      fill(element, needs)
      element.setAttribute(name, encode(value, as))
    },
  }
}

/** An element that means "on" without its state: `<vmcoreinfo/>`, `<smm state='off'/>`. */
export function state(owner: string): FieldBinding {
  const place = placeOf(owner)
  return {
    read: (item) => {
      const element = elementAt(item, place)
      return element && decode(element.attribute('state') ?? 'on', 'on-off')
    },
    write: (item, value) => {
      const element = elementAt(item, place)
      if (value === undefined) removeWithEmptyParents(element, item)
      else if (!element || element.attribute('state') !== undefined || value === false)
        makeElementAt(item, place).setAttribute('state', value === true ? 'on' : 'off')
    },
  }
}

export function fill(element: EditElement, needs: Needs): void {
  for (const [name, value] of Object.entries(needs))
    if (element.attribute(name) === undefined) element.setAttribute(name, value)
}

export function removeWithEmptyParents(element: EditElement | undefined, root: EditElement): void {
  let parent = element?.parent
  element?.remove()
  while (parent && parent !== root && parent.isEmpty()) {
    const above: EditElement | undefined = parent.parent
    parent.remove()
    parent = above
  }
}

export function decode(found: string | undefined, as: As): FieldValue | undefined {
  switch (as) {
    case 'text':
      return found
    case 'integer':
      return found !== undefined && /^-?\d{1,15}$/.test(found) ? Number(found) : undefined
    case 'on-off':
      return found === 'on' ? true : found === 'off' ? false : undefined
    case 'yes-no':
      return found === 'yes' ? true : found === 'no' ? false : undefined
  }
}

export function encode(value: FieldValue, as: As): string {
  if (typeof value === 'object') throw new TypeError('A list does not fit in one place')
  if (as === 'on-off') return value === true ? 'on' : 'off'
  if (as === 'yes-no') return value === true ? 'yes' : 'no'
  return String(value)
}

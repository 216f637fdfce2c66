/**
 * The places that a change of one field may touch, as its binding declares them, and a definition without them: two
 * definitions that differ only there are the same text without them.
 */
import type { Kind } from '../../../../shared/model/hardware/kind'
import { elementAt, placeOf } from '../../edit/path'
import type { EditElement } from '../../edit/tree'
import type { FieldBinding, KindBinding } from '../binding'
import { touchedPlaces } from './touched-places'

/**
 * `@name` at the end: an attribute. `text()`: the text of an element. Else elements with all that is in them; `.` is the
 * item's own. One that begins with "/" counts from the root of the definition.
 */
export type Place = string

/** Undefined for bindings that are code: what they touch has to be told. */
export function placesOf(binding: FieldBinding): readonly Place[] | undefined {
  if (typeof binding === 'string') return [textPlace(binding)]
  if ('read' in binding) return undefined
  if ('rows' in binding) return [binding.rows]
  if ('as' in binding) return binding.as === 'presence' ? [binding.at] : [textPlace(binding.at)]
  if (binding.bare) return [textPlace(binding.at)]
  const steps = binding.at.split('/')
  const owner = steps.at(-1)?.startsWith('@') ? steps.slice(0, -1) : steps
  return [textPlace(binding.at), [...owner, '@unit'].join('/')]
}

function textPlace(at: string): Place {
  return placeOf(at).attribute === undefined ? `${at}/text()` : at
}

/** Fields that stop to make sense beside others go as well, and what goes is told by `when`. */
export function conditionalFields(kind: Kind): string[] {
  return Object.entries(kind.fields).flatMap(([id, field]) => (field.when ? [id] : []))
}

/** Of a device whose binding is code and that tells nothing: all of it. */
export function placesOfField(binding: KindBinding, id: string): readonly Place[] {
  const place = binding.fields[id]
  const declared = place === undefined ? [] : placesOf(place)
  const told = touchedPlaces[`${binding.kind.id}.${id}`]
  if (!declared && !told && binding.element === undefined)
    throw new Error(`What does ${binding.kind.id}.${id} touch?`)
  return [...(declared ?? (told ? [] : ['.'])), ...(told ?? [])]
}

/** Takes places out of a definition; elements that are empty without them go too, as they do when a field is unset. */
export function takeOut(item: EditElement, domain: EditElement, places: readonly Place[]): void {
  for (const place of places) {
    const root = place.startsWith('/') ? domain : item
    takePlace(root, place.replace(/^\//, ''), item)
  }
}

function takePlace(root: EditElement, place: Place, item: EditElement): void {
  if (place === '.') {
    root.remove()
    return
  }
  const steps = place.split('/')
  const last = steps.pop() ?? ''
  const owners = steps.length === 0 ? [root] : elementsAt(root, steps)
  for (const owner of owners) {
    if (last.startsWith('@')) owner.setAttribute(last.slice(1), undefined)
    else if (last === 'text()') owner.removeText()
    else for (const element of elementsAt(owner, [last])) removeAndTidy(element, item)
    if (last.startsWith('@') || last === 'text()') tidy(owner, item)
  }
}

function elementsAt(root: EditElement, steps: readonly string[]): EditElement[] {
  return steps.reduce<EditElement[]>((found, step) => found.flatMap((one) => matching(one, step)), [root])
}

function matching(parent: EditElement, step: string): EditElement[] {
  if (step === '*') return parent.children()
  if (!step.includes('[')) return parent.children(step)
  const found = elementAt(parent, placeOf(step))
  return found ? [found] : []
}

function removeAndTidy(element: EditElement, item: EditElement): void {
  const { parent } = element
  element.remove()
  if (parent) tidy(parent, item)
}

/** What only tells which of several it is leaves nothing behind either. */
const named: Readonly<Record<string, string>> = {
  entry: 'name',
  sysinfo: 'type',
  timer: 'name',
  feature: 'name',
  cipher: 'name',
  table: 'type',
}

function tidy(from: EditElement, item: EditElement): void {
  let element: EditElement | undefined = from
  while (element?.parent && element !== item && element.name !== 'devices' && saysNothing(element)) {
    const { parent }: EditElement = element
    element.remove()
    element = parent
  }
}

function saysNothing(element: EditElement): boolean {
  if (element.isEmpty()) return true
  const name = named[element.name]
  return (
    name !== undefined &&
    element.attributeNames().join() === name &&
    element.nodes.every((node) => node.kind === 'text' && node.raw.trim() === '')
  )
}

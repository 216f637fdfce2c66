/**
 * Places inside an element, written as libvirt's documentation and virt-xml write them:
 *
 *     driver/@cache            an attribute of a child
 *     memory                   the text of a child (or, as a flag, whether it is there)
 *     @type   .                an attribute, or the text, of the element itself
 *     timer[@name='rtc']/@tickpolicy      the child with that attribute; made with it when missing
 */
import { siblingBefore } from './order'
import { EditElement } from './tree'

interface Step {
  readonly name: string
  readonly attribute?: string
  readonly value?: string
}

export interface Place {
  readonly steps: readonly Step[]
  readonly attribute?: string
}

const parsed = new Map<string, Place>()
const stepPattern = /^([^[@]+)(?:\[@([^=]+)='([^']*)'\])?$/

export function placeOf(path: string): Place {
  const known = parsed.get(path)
  if (known) return known
  const parts = path.split('/')
  const last = parts.at(-1) ?? ''
  const attribute = last.startsWith('@') ? last.slice(1) : undefined
  const steps = (attribute === undefined ? parts : parts.slice(0, -1))
    .filter((part) => part !== '.')
    .map((part): Step => {
      const match = stepPattern.exec(part)
      const [, name, key, value] = match ?? []
      if (name === undefined) throw new Error(`"${path}" is not a place in a definition`)
      return key === undefined || value === undefined ? { name } : { name, attribute: key, value }
    })
  const place = attribute === undefined ? { steps } : { steps, attribute }
  parsed.set(path, place)
  return place
}

function child(of: EditElement, step: Step): EditElement | undefined {
  for (const one of of.nodes) {
    if (one.kind !== 'element' || one.name !== step.name) continue
    if (step.attribute === undefined || one.attribute(step.attribute) === step.value) return one
  }
  return undefined
}

/** The element a place is in, or undefined when it does not exist. */
export function elementAt(root: EditElement, place: Place): EditElement | undefined {
  let element: EditElement | undefined = root
  for (const step of place.steps) {
    element = child(element, step)
    if (!element) return undefined
  }
  return element
}

/** The same, made where it is missing. */
export function makeElementAt(root: EditElement, place: Place): EditElement {
  return place.steps.reduce((element, step) => child(element, step) ?? make(element, step), root)
}

function make(parent: EditElement, step: Step): EditElement {
  const element = new EditElement(step.name)
  if (step.attribute !== undefined) element.setAttribute(step.attribute, step.value)
  return parent.insert(element, siblingBefore(parent, step.name))
}

/** Decoded text at a place; '' for an element without text. */
export function readAt(root: EditElement, path: string): string | undefined {
  const place = placeOf(path)
  const element = elementAt(root, place)
  if (!element) return undefined
  return place.attribute === undefined ? (element.text() ?? '') : element.attribute(place.attribute)
}

/** Undefined removes the attribute or element, and the elements around it that say nothing any more. */
export function writeAt(root: EditElement, path: string, value: string | undefined): void {
  const place = placeOf(path)
  if (value === undefined) return removeAt(root, place)
  const element = makeElementAt(root, place)
  if (place.attribute === undefined) element.setText(value)
  else element.setAttribute(place.attribute, value)
}

/** Only makes the element, for those that mean something by being there. */
export function createAt(root: EditElement, path: string): void {
  makeElementAt(root, placeOf(path))
}

function removeAt(root: EditElement, place: Place): void {
  const element = elementAt(root, place)
  if (!element) return
  if (place.attribute === undefined) {
    if (element === root) return
    const { parent } = element
    element.remove()
    prune(parent, root)
    return
  }
  if (element.attribute(place.attribute) === undefined) return
  element.setAttribute(place.attribute, undefined)
  prune(element, root)
}

/** Elements emptied by a removal go with it: an empty `<driver/>` is noise, and what libvirt writes has none. */
function prune(from: EditElement | undefined, root: EditElement): void {
  for (let element = from; element && element !== root && element.isEmpty(); ) {
    const { parent } = element
    element.remove()
    element = parent
  }
}

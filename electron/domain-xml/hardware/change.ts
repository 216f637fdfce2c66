/** Changes of the hardware, applied to a definition. Each touches what it names and nothing else. */
import { AppError } from '../../../shared/errors'
import type { HardwareChange } from '../../../shared/model/hardware/change'
import { problemOf, type Values } from '../../../shared/model/hardware/field'
import type { ItemRef } from '../../../shared/model/hardware/view'
import { EditDocument, EditElement, parseElement } from '../edit/tree'
import { takeAsRunning } from './as-running'
import { bindingOf, bindings } from './bindings'
import { writeBootOrder } from './boot-order'
import { writeField } from './field-xml'
import { findItems, isSameItem, isSameValue, placedFields, readValues, type PlacedItem } from './items'

/** What a change did, for those who do it to a running guest as well. */
export type Applied =
  /** A device as it was and as it is; one of them is missing when it was added or removed. */
  | {
      readonly kind: 'device'
      readonly change: HardwareChange
      readonly ref: ItemRef
      readonly before?: EditElement
      readonly after?: EditElement
    }
  | { readonly kind: 'page'; readonly change: HardwareChange; readonly ref: ItemRef; readonly values: Values }
  | { readonly kind: 'whole'; readonly change: HardwareChange }

/**
 * Applies changes in order and returns what each did. `running` is the definition of the running guest, for those that
 * take back. Ends with `invalid` (with the field) for values a field does not take, `not-found` for items that are gone;
 * the document may be half changed then.
 */
export function applyChanges(
  document: EditDocument,
  changes: readonly HardwareChange[],
  running?: EditDocument,
): { document: EditDocument; applied: Applied[] } {
  const names = new Map<string, EditElement>()
  let current = document
  const applied = changes.map((change): Applied => {
    if (change.kind === 'definition') {
      current = written(change.xml, 'definition')
      return { kind: 'whole', change }
    }
    const domain = current.root
    switch (change.kind) {
      case 'set':
        return set(domain, change, names)
      case 'add':
        return add(domain, change, names)
      case 'add-xml':
        return addXml(domain, change, names)
      case 'remove':
        return remove(domain, change, names)
      case 'boot-order':
        writeBootOrder(
          domain,
          change.order.map((ref) => itemOf(domain, ref, names)),
        )
        return { kind: 'whole', change }
      case 'as-running':
        if (!running)
          throw new AppError('invalid', 'The VM does not run, so nothing waits for its next start')
        takeAsRunning(current, running, change.item, change.field)
        return { kind: 'whole', change }
    }
  })
  return { document: current, applied }
}

/** What the user wrote is the user's to mend. */
function written(xml: string, what: string): EditDocument {
  try {
    return EditDocument.parse(xml)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError('invalid', `This is not well-formed XML, so it is no ${what}`, {
      cure: 'See where it breaks off, and mend it there.',
      detail: error.detail,
      field: 'xml',
      cause: error,
    })
  }
}

type Names = Map<string, EditElement>

/** A new device goes by the name the window gave it. */
function itemOf(domain: EditElement, ref: ItemRef, names: Names): PlacedItem {
  const named = names.get(ref.key)
  const found = named
    ? findItems(domain).find((item) => item.element === named)
    : findItems(domain, ref.kind).find((item) => isSameItem(item.ref, ref))
  if (found) return found
  throw new AppError(
    'not-found',
    `The VM no longer has this ${bindingOf(ref.kind)?.kind.label.toLowerCase() ?? 'device'}`,
    {
      cure: 'It was removed in the meantime. Look at the VM as it is now.',
    },
  )
}

function set(domain: EditElement, change: Extract<HardwareChange, { kind: 'set' }>, names: Names): Applied {
  const item = itemOf(domain, change.item, names)
  const before = item.element === domain ? undefined : item.element.clone()
  writeValues(item, domain, change.values, change.unset ?? [])
  return item.element === domain || !before
    ? { kind: 'page', change, ref: item.ref, values: change.values }
    : { kind: 'device', change, ref: item.ref, before, after: item.element }
}

function add(domain: EditElement, change: Extract<HardwareChange, { kind: 'add' }>, names: Names): Applied {
  const binding = bindingOf(change.device)
  if (!binding?.template) {
    throw new AppError('unsupported', `${binding?.kind.label ?? 'This'} cannot be added`)
  }
  const element = insertDevice(domain, parseElement(binding.template(change.values)))
  names.set(change.key, element)
  const ref = { kind: change.device, key: change.key }
  writeValues({ ref, binding, element }, domain, change.values, [])
  return { kind: 'device', change, ref, after: element }
}

function addXml(
  domain: EditElement,
  change: Extract<HardwareChange, { kind: 'add-xml' }>,
  names: Names,
): Applied {
  const element = insertDevice(domain, written(change.xml, 'device').root.clone())
  names.set(change.key, element)
  const kind = bindings.find((one) => one.element === element.name && (one.matches?.(element) ?? true))
  return {
    kind: 'device',
    change,
    ref: { kind: kind?.kind.id ?? element.name, key: change.key },
    after: element,
  }
}

function remove(
  domain: EditElement,
  change: Extract<HardwareChange, { kind: 'remove' }>,
  names: Names,
): Applied {
  const item = itemOf(domain, change.item, names)
  if (item.element === domain) throw new AppError('invalid', `${item.binding.kind.label} cannot be removed`)
  const before = item.element.clone()
  item.element.remove()
  item.binding.removed?.(domain)
  return { kind: 'device', change, ref: item.ref, before }
}

/** After the last of its name, as libvirt sorts them; without `<devices>` there is nowhere to go but the end. */
function insertDevice(domain: EditElement, element: EditElement): EditElement {
  const devices = domain.find('devices') ?? domain.insert(new EditElement('devices'))
  return devices.insert(element, devices.children(element.name).at(-1))
}

/**
 * Writes fields in the order of the kind. Fields that no longer make sense beside the new values (`when`) are taken
 * out, but only those that made sense before: what was odd already stays as it was.
 */
export function writeValues(
  item: PlacedItem,
  domain: EditElement,
  values: Values,
  unset: readonly string[],
): void {
  const { binding, element } = item
  const { fields, label } = binding.kind
  const before = readValues(item)
  const taken = new Set(unset)
  const wanted = Object.entries(values).filter(([, value]) => value !== undefined)
  for (const [id, value] of wanted) {
    // what is there already stays, words of a newer hypervisor that no form offers included
    if (isSameValue(before[id], value)) continue
    const field = fields[id]
    if (!field) throw new AppError('invalid', `${label} has no setting "${id}"`)
    if (field.isReadOnly)
      throw new AppError('invalid', `${field.label} cannot be changed here`, { field: id })
    const problem = problemOf(field, value)
    if (problem !== undefined) throw new AppError('invalid', `${field.label}: ${problem}`, { field: id })
  }
  for (const { id, field, place } of placedFields(binding)) {
    const value = values[id]
    if (value === undefined) {
      if (taken.has(id)) writeField(element, field, place, undefined)
      continue
    }
    // `true` stands for a secret that is set already and stays
    if (field.type.kind === 'secret' && value === true) continue
    if (!isSameValue(before[id], value)) writeField(element, field, place, value)
  }
  removeSenseless(item, before, values)
  binding.finish?.(element, domain, readValues(item))
  refuseLoss(item, before, unset)
}

/** A setting that got lost with another one, and that the item cannot do without. */
function refuseLoss(item: PlacedItem, before: Values, unset: readonly string[]): void {
  const needed = placedFields(item.binding).filter(
    ({ id, field }) => field.isRequired && before[id] !== undefined && !unset.includes(id),
  )
  if (needed.length === 0) return
  const after = readValues(item)
  for (const { id, field } of needed) {
    if (after[id] !== undefined) continue
    if (field.when && !field.when(after)) continue
    throw new AppError('invalid', `${field.label}: ${problemOf(field, undefined) ?? 'Enter a value'}`, {
      field: id,
    })
  }
}

/** What goes can take the sense of others with it: without a controller's model, its ports go as well. */
function removeSenseless(item: PlacedItem, before: Values, values: Values): void {
  const { binding, element } = item
  const gone = new Set<string>()
  for (let count = -1; count !== gone.size; ) {
    count = gone.size
    const after = readValues(item)
    for (const { id, field, place } of placedFields(binding)) {
      if (!field.when || after[id] === undefined || id in values || gone.has(id)) continue
      if (!field.when(before) || field.when(after)) continue
      writeField(element, field, place, undefined)
      gone.add(id)
    }
  }
}

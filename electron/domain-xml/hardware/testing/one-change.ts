/** Single settings with another valid value each, spread over the collection, for tests that change one thing. */
import { problemOf, type Field, type FieldValue, type Values } from '../../../../shared/model/hardware/field'
import { isKind } from '../../../../shared/errors'
import { EditDocument } from '../../edit/tree'
import type { FieldBinding } from '../binding'
import { applyChanges } from '../change'
import { findItems, isSameValue, readValues, type PlacedItem } from '../items'
import { chance, randomValue, type Chance } from './random-change'

export interface OneChange {
  readonly fixture: string
  readonly document: EditDocument
  /** Place of the item in the list of all. */
  readonly at: number
  readonly kind: string
  readonly binding: FieldBinding | undefined
  readonly field: string
  readonly old: FieldValue | undefined
  /** Undefined: shall no longer be set. */
  readonly value: FieldValue | undefined
}

/** For fields whose values have a form that chance does not meet. */
const examples: Readonly<Record<string, FieldValue>> = {
  'cpu.cacheLevel': '3',
  'shmem.model': 'ivshmem-doorbell',
  'smbios.biosDate': '12/24/2025',
  'smbios.firmwareData': [{ name: 'opt/com.example/one', text: 'value' }],
  'usb-device.busDevice': '3.7',
  'usb-device.busPort': '3-1.4',
}

/**
 * Every setting, up to `most` times newly set, changed and taken away. A setting that makes sense nowhere in the
 * collection is tried where one other setting has been changed so that it does.
 */
export function oneChanges(
  documents: readonly { readonly name: string; readonly text: string }[],
  most: number,
): OneChange[] {
  const next = chance(8)
  const counts = new Map<string, number>()
  const found: OneChange[] = []
  const isWanted = (name: string, sort: Sort): boolean => (counts.get(`${name} ${sort}`) ?? 0) < most
  const take = (changes: Iterable<OneChange>): void => {
    for (const change of changes) {
      const name = `${nameOf(change)} ${sortOf(change)}`
      counts.set(name, (counts.get(name) ?? 0) + 1)
      found.push(change)
    }
  }
  const parsed = documents.map(({ name, text }) => ({ name, document: EditDocument.parse(text) }))
  for (const { name, document } of parsed)
    for (const [at, item] of findItems(document.root).entries())
      take(changesOf(next, { fixture: name, document, at }, item, isWanted))
  const isUntried = (name: string): boolean => !counts.has(`${name} new`) && !counts.has(`${name} other`)
  const tries = new Map<string, number>()
  for (const { name, document } of parsed) {
    for (const [at, item] of findItems(document.root).entries()) {
      const kind = item.binding.kind.id
      const count = tries.get(kind) ?? 0
      if (count >= 2 || !settable(item).some(([id]) => isUntried(`${kind}.${id}`))) continue
      tries.set(kind, count + 1)
      const isDone = (): boolean => !settable(item).some(([id]) => isUntried(`${kind}.${id}`))
      for (const prepared of variants(document, item, at)) {
        if (isDone()) break
        const made = findItems(prepared.root)[at]
        if (made?.binding === item.binding)
          take(changesOf(next, { fixture: name, document: prepared, at }, made, isUntried))
      }
    }
  }
  return found
}

type Sort = 'new' | 'other' | 'gone'

function sortOf({ old, value }: Pick<OneChange, 'old' | 'value'>): Sort {
  return value === undefined ? 'gone' : old === undefined ? 'new' : 'other'
}

export function nameOf({ kind, field }: OneChange): string {
  return `${kind}.${field}`
}

/** The document changed; undefined when it is refused with a sentence for the form. */
export function changed(
  document: EditDocument,
  at: number,
  values: Values,
  unset: readonly string[] = [],
): EditDocument | undefined {
  const copy = document.clone()
  const item = findItems(copy.root)[at]
  if (!item) throw new Error('The item is gone')
  try {
    return applyChanges(copy, [{ kind: 'set', item: item.ref, values, unset: [...unset] }]).document
  } catch (error) {
    if (isKind(error, 'invalid')) return undefined
    throw error
  }
}

export function settable(item: PlacedItem): [string, Field][] {
  return Object.entries(item.binding.kind.fields).filter(([, field]) => !field.isReadOnly)
}

function* changesOf(
  next: Chance,
  where: Pick<OneChange, 'fixture' | 'document' | 'at'>,
  item: PlacedItem,
  isWanted: (name: string, sort: Sort) => boolean,
): Generator<OneChange> {
  const values = readValues(item)
  const kind = item.binding.kind.id
  for (const [id, field] of settable(item)) {
    if (field.when && !field.when(values)) continue
    const name = `${kind}.${id}`
    const old = values[id]
    const change = { ...where, kind, binding: item.binding.fields[id], field: id, old }
    const value = isWanted(name, old === undefined ? 'new' : 'other')
      ? otherValue(next, field, values, id, name)
      : undefined
    if (value !== undefined) yield { ...change, value }
    if (old !== undefined && !field.isRequired && isWanted(name, 'gone'))
      yield { ...change, value: undefined }
  }
}

function otherValue(
  next: Chance,
  field: Field,
  values: Values,
  id: string,
  name: string,
): FieldValue | undefined {
  const old = values[id]
  // in the unit that is used
  const doubled = field.type.kind === 'size' && typeof old === 'number' ? [old * 2] : []
  const example = examples[name]
  const tries = [
    ...doubled,
    ...(example === undefined ? [] : [example]),
    ...Array.from({ length: 12 }, () => randomValue(next, field, values)),
  ]
  return tries.find((value) => {
    if (value === undefined || problemOf(field, value) !== undefined || isSameValue(old, value)) return false
    // says the same as none
    return !(old === undefined && (value === false || (Array.isArray(value) && value.length === 0)))
  })
}

/** The document with one choice or flag of an item made otherwise, for each there is. */
function* variants(document: EditDocument, item: PlacedItem, at: number): Generator<EditDocument> {
  const values = readValues(item)
  for (const [id, field] of settable(item)) {
    if (field.when && !field.when(values)) continue
    const { type } = field
    const others =
      type.kind === 'choice' ? type.choices.map((one) => one.value) : type.kind === 'flag' ? [true] : []
    for (const value of others) {
      const made = value === values[id] ? undefined : changed(document, at, { [id]: value })
      if (made) yield made
    }
  }
}

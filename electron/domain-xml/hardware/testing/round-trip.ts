/** Shows for tests what a change does to a definition, line by line, and whether taking it back restores the text. */
import { hardwareChange } from '../../../../shared/model/hardware/change'
import type { Values } from '../../../../shared/model/hardware/field'
import type { Kind, Problem } from '../../../../shared/model/hardware/kind'
import type { ItemRef } from '../../../../shared/model/hardware/view'
import { EditDocument } from '../../edit/tree'
import { applyChanges } from '../change'
import { findItems, isSameItem, readValues } from '../items'
import { hardwareContext } from '../view'

export interface Difference {
  /** Lines that are new, without their indentation. */
  readonly added: readonly string[]
  readonly removed: readonly string[]
  readonly text: string
  /** The text after the change was taken back. */
  readonly restored: string
}

export function valuesIn(xml: string, item: ItemRef): Values {
  const found = findItems(EditDocument.parse(xml).root).find(({ ref }) => isSameItem(ref, item))
  if (!found) throw new Error(`The definition has no ${item.kind} ${item.key}`)
  return readValues(found)
}

/** `itemAfter` when the change gives the item another name. */
export function change(
  xml: string,
  item: ItemRef,
  values: Values,
  unset: readonly string[] = [],
  itemAfter: ItemRef = item,
): Difference {
  const before = valuesIn(xml, item)
  const text = write(xml, item, values, unset)
  const after = valuesIn(text, itemAfter)
  const touched = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (id) => JSON.stringify(before[id]) !== JSON.stringify(after[id]),
  )
  const old = Object.fromEntries(
    touched.flatMap((id) => (before[id] === undefined ? [] : [[id, before[id]]])),
  )
  const restored = write(
    text,
    itemAfter,
    old,
    touched.filter((id) => before[id] === undefined),
  )
  return { ...lines(xml, text), text, restored }
}

export function add(xml: string, device: string, values: Values): Difference {
  const one = hardwareChange.parse({ kind: 'add', device, key: 'new', values })
  const text = applyChanges(EditDocument.parse(xml), [one]).document.toString()
  return { ...lines(xml, text), text, restored: xml }
}

export function contextOf(xml: string) {
  return hardwareContext({ stored: EditDocument.parse(xml) })
}

/** What a kind has to say about one of its items in this definition. */
export function problemsIn(
  kind: Kind,
  xml: string,
  item: ItemRef = { kind: kind.id, key: '' },
): readonly Problem[] {
  return kind.check?.(valuesIn(xml, item), { ...contextOf(xml), self: item }) ?? []
}

function write(xml: string, item: ItemRef, values: Values, unset: readonly string[]): string {
  const set = hardwareChange.parse({ kind: 'set', item, values, unset })
  return applyChanges(EditDocument.parse(xml), [set]).document.toString()
}

function lines(before: string, after: string): { added: string[]; removed: string[] } {
  const left = before.split('\n').map((line) => line.trim())
  const added: string[] = []
  for (const line of after.split('\n').map((one) => one.trim())) {
    const at = left.indexOf(line)
    if (at < 0) added.push(line)
    else left.splice(at, 1)
  }
  return { added, removed: left }
}

/** One device of a kind, and each of its settings set and taken back. */
import { hardwareChange } from '../../../../shared/model/hardware/change'
import type { Values } from '../../../../shared/model/hardware/field'
import type { Kind } from '../../../../shared/model/hardware/kind'
import type { ItemRef } from '../../../../shared/model/hardware/view'
import { EditDocument } from '../../edit/tree'
import { applyChanges } from '../change'
import { findItems } from '../items'
import { change } from './round-trip'

/** In a device as it stands here: these values, and the lines that then differ ("-" before those that go). */
export type FieldCase = readonly [device: string, values: Values, lines: readonly string[]]

export function domainWith(devices: string, type = 'kvm'): string {
  const lines = devices.trim().split('\n')
  return `<domain type='${type}'>
  <name>guest</name>
  <memory unit='KiB'>1048576</memory>
  <os>
    <type arch='x86_64' machine='pc-q35-7.2'>hvm</type>
  </os>
  <devices>
${lines.map((line) => `    ${line}`).join('\n')}
  </devices>
</domain>
`
}

export function tryCase(
  kind: Kind,
  [device, values]: FieldCase,
): { lines: string[]; restored: string; before: string } {
  const before = domainWith(device)
  const items = findItems(EditDocument.parse(before).root)
  const at = items.findIndex(({ ref }) => ref.kind === kind.id)
  const item = items[at]
  if (!item) throw new Error(`There is no ${kind.id} in ${device}`)
  // the item may get another name by the change
  const after = findItems(EditDocument.parse(write(before, item.ref, values)).root)[at]?.ref ?? item.ref
  const { added, removed, restored } = change(before, item.ref, values, [], after)
  return { lines: [...added, ...removed.map((line) => `-${line}`)], restored, before }
}

function write(xml: string, item: ItemRef, values: Values): string {
  const set = hardwareChange.parse({ kind: 'set', item, values })
  return applyChanges(EditDocument.parse(xml), [set]).document.toString()
}

/** Settings that no case sets. */
export function untried(kind: Kind, cases: readonly FieldCase[]): string[] {
  const tried = new Set(cases.flatMap(([, values]) => Object.keys(values)))
  return Object.entries(kind.fields)
    .filter(([id, field]) => field.isReadOnly !== true && !tried.has(id))
    .map(([id]) => id)
}

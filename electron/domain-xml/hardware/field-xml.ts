/** Reads and writes one field by its binding. What a binding cannot read is left alone and reads as not set. */
import type { Field, FieldValue, Row, Scalar } from '../../../shared/model/hardware/field'
import { siblingBefore } from '../edit/order'
import { createAt, elementAt, makeElementAt, placeOf, readAt, writeAt } from '../edit/path'
import { EditElement } from '../edit/tree'
import { unitBytes } from '../sizes'
import type { FieldBinding, SizeUnit } from './binding'

const words = {
  'yes-no': ['yes', 'no'],
  'on-off': ['on', 'off'],
  '1-0': ['1', '0'],
} as const

export function readField(item: EditElement, field: Field, binding: FieldBinding): FieldValue | undefined {
  if (typeof binding === 'string') return readPlain(item, field, binding)
  if ('read' in binding) return binding.read(item)
  if ('rows' in binding) {
    const { columns } = field.type.kind === 'rows' ? field.type : { columns: {} }
    const found = rowElements(item, binding.rows).map((element) => readRow(element, columns, binding.columns))
    return found.length === 0 ? undefined : found
  }
  if ('as' in binding) {
    const found = readAt(item, binding.at)
    if (binding.as === 'presence') return found === undefined ? undefined : true
    const [yes, no] = words[binding.as]
    return found === yes ? true : found === no ? false : undefined
  }
  return readSize(item, binding)
}

export function writeField(
  item: EditElement,
  field: Field,
  binding: FieldBinding,
  value: FieldValue | undefined,
): void {
  if (typeof binding === 'string')
    return writeAt(item, binding, value === undefined ? undefined : scalarText(value))
  if ('read' in binding) return binding.write(item, value)
  if ('rows' in binding) return writeRows(item, field, binding, value)
  if ('as' in binding) return writeFlag(item, binding, value)
  if (typeof value === 'number') writeSize(item, binding, value)
  else writeAt(item, binding.at, undefined)
}

function readPlain(item: EditElement, field: Field, at: string): FieldValue | undefined {
  const found = readAt(item, at)
  if (found === undefined) return undefined
  switch (field.type.kind) {
    case 'integer':
      return /^(-?\d{1,15}|0x[0-9a-f]{1,12})$/i.test(found) ? Number(found) : undefined
    case 'secret':
      return true
    default:
      // an element without text sets nothing
      return found === '' && placeOf(at).attribute === undefined ? undefined : found
  }
}

function scalarText(value: FieldValue): string {
  if (typeof value === 'object') throw new TypeError('A list does not fit in one place')
  return String(value)
}

function writeFlag(
  item: EditElement,
  binding: { readonly at: string; readonly as: 'presence' | 'yes-no' | 'on-off' | '1-0' },
  value: FieldValue | undefined,
): void {
  if (binding.as === 'presence') {
    if (value === true) createAt(item, binding.at)
    else writeAt(item, binding.at, undefined)
    return
  }
  const [yes, no] = words[binding.as]
  writeAt(item, binding.at, value === undefined ? undefined : value === true ? yes : no)
}

interface SizeBinding {
  readonly at: string
  readonly unit: SizeUnit
  readonly bare?: true
}

function readSize(item: EditElement, { at, unit, bare }: SizeBinding): number | undefined {
  const found = readAt(item, at)
  if (found === undefined || !/^\d{1,18}$/.test(found)) return undefined
  const bytes = unitBytes(bare ? unit : (unitElement(item, at)?.attribute('unit') ?? unit))
  return bytes === undefined ? undefined : Number(found) * bytes
}

/** Keeps the unit that is used when the size can be told in it. */
function writeSize(item: EditElement, binding: SizeBinding, value: number): void {
  const { at, unit, bare } = binding
  if (readSize(item, binding) === value) return
  const standard = unitBytes(unit) ?? 1
  const used = bare ? undefined : unitElement(item, at)?.attribute('unit')
  const usedBytes = used === undefined ? undefined : unitBytes(used)
  const isKept = usedBytes !== undefined && value % usedBytes === 0
  const chosen = isKept ? usedBytes : standard
  writeAt(item, at, String(Math.ceil(value / chosen)))
  if (bare) return
  const element = unitElement(item, at)
  if (!isKept) element?.setAttribute('unit', unit)
}

/** The element whose `unit` attribute counts: the one of the text, or the one of the attribute. */
function unitElement(item: EditElement, at: string): EditElement | undefined {
  return elementAt(item, placeOf(at))
}

function rowElements(item: EditElement, at: string): EditElement[] {
  const end = at.lastIndexOf('/')
  const parent = end < 0 ? item : elementAt(item, placeOf(at.slice(0, end)))
  return parent?.children(at.slice(end + 1)) ?? []
}

type Columns = { readonly [column: string]: Field }
type ColumnBindings = { readonly [column: string]: FieldBinding }

function readRow(element: EditElement, columns: Columns, bindings: ColumnBindings): Row {
  const row: Record<string, Scalar> = {}
  for (const [name, binding] of Object.entries(bindings)) {
    const column = columns[name]
    const value = column && readField(element, column, binding)
    if (value !== undefined && typeof value !== 'object') row[name] = value
  }
  return row
}

/**
 * Elements that stay keep what no column shows. An entry is the same as before when its first column says the same, or
 * else when it stands at the same place.
 */
function writeRows(
  item: EditElement,
  field: Field,
  binding: { readonly rows: string; readonly columns: ColumnBindings },
  value: FieldValue | undefined,
): void {
  if (field.type.kind !== 'rows') throw new TypeError('Only a list has rows')
  const { columns } = field.type
  const wanted = Array.isArray(value) ? (value as readonly Row[]) : []
  const before = rowElements(item, binding.rows)
  const first = Object.keys(binding.columns)[0] ?? ''
  const names = before.map((element) => readRow(element, columns, binding.columns)[first])
  const left = new Set(before.keys())
  const takenBy = wanted.map((row) => {
    const at = [...left].find((index) => names[index] === row[first])
    if (at !== undefined) left.delete(at)
    return at
  })
  const kept = takenBy.map((at, index) => {
    const chosen = at ?? (left.has(index) ? index : undefined)
    if (chosen !== undefined) left.delete(chosen)
    return chosen
  })
  for (const index of left) removeWithEmptyParents(before[index], item)
  const steps = binding.rows.split('/')
  const name = steps.at(-1) ?? ''
  let last: EditElement | undefined
  for (const [index, row] of wanted.entries()) {
    const old = kept[index]
    const parent = steps.length === 1 ? item : makeElementAt(item, placeOf(steps.slice(0, -1).join('/')))
    const known = old === undefined ? undefined : before[old]
    // one that stands before its new predecessor changes its place, all others keep theirs
    if (known && last && parent.nodes.indexOf(known) < parent.nodes.indexOf(last)) known.remove()
    const element =
      known?.parent === undefined
        ? parent.insert(known ?? new EditElement(name), last ?? siblingBefore(parent, name))
        : known
    for (const [column, place] of Object.entries(binding.columns)) {
      const spec = columns[column]
      // `true` stands for a secret that is set already and stays
      if (spec && !(spec.type.kind === 'secret' && row[column] === true))
        writeField(element, spec, place, row[column])
    }
    last = element
  }
}

function removeWithEmptyParents(element: EditElement | undefined, root: EditElement): void {
  let parent = element?.parent
  element?.remove()
  while (parent && parent !== root && parent.isEmpty()) {
    const next: EditElement | undefined = parent.parent
    parent.remove()
    parent = next
  }
}

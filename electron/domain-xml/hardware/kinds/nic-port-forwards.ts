/**
 * Port forwards of user mode as one list. libvirt groups ranges by protocol and host address
 * (https://libvirt.org/formatdomain.html#userspace-passt-connection); without a range all ports are forwarded.
 */
import type { FieldValue, Row } from '../../../../shared/model/hardware/field'
import { EditElement } from '../../edit/tree'

const ofGroup = ['proto', 'address', 'dev'] as const
const ofRange = ['start', 'end', 'to'] as const

export const portForwards = {
  read(item: EditElement): FieldValue | undefined {
    const found = item.children('portForward').flatMap((group) => {
      const ranges = group.children('range')
      return ranges.length === 0 ? [rowOf(group)] : ranges.map((range) => rowOf(group, range))
    })
    return found.length === 0 ? undefined : found
  },
  write(item: EditElement, value: FieldValue | undefined): void {
    const wanted = Array.isArray(value) ? (value as readonly Row[]) : []
    if (JSON.stringify(wanted) === JSON.stringify(this.read(item) ?? [])) return
    const old = item.children('portForward')
    const left = new Set(old)
    let last: EditElement | undefined
    for (const rows of grouped(wanted)) {
      const key = keyOf(rows[0] ?? {})
      const kept = [...left].find((group) => keyOf(rowOf(group)) === key)
      if (kept) left.delete(kept)
      const group = kept ?? item.insert(new EditElement('portForward'), last ?? old.at(-1))
      for (const name of ofGroup) group.setAttribute(name, textOf(rows[0]?.[name]))
      writeRanges(group, rows)
      last = group
    }
    for (const group of left) group.remove()
  },
}

function writeRanges(group: EditElement, rows: readonly Row[]): void {
  const old = group.children('range')
  const wanted = rows.filter((row) => row['start'] !== undefined)
  for (const [at, row] of wanted.entries()) {
    const range = old[at] ?? group.insert(new EditElement('range'))
    for (const name of ofRange) range.setAttribute(name, textOf(row[name]))
    if (row['exclude'] !== excludeOf(range))
      range.setAttribute(
        'exclude',
        row['exclude'] === undefined ? undefined : row['exclude'] === true ? 'yes' : 'no',
      )
  }
  for (const range of old.slice(wanted.length)) range.remove()
}

/** Neighbours with the same protocol and address share an element; one for all ports stands alone. */
function grouped(rows: readonly Row[]): Row[][] {
  const groups: Row[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    const first = last?.[0]
    const isSame =
      first && keyOf(first) === keyOf(row) && first['start'] !== undefined && row['start'] !== undefined
    if (isSame) last.push(row)
    else groups.push([row])
  }
  return groups
}

function rowOf(group: EditElement, range?: EditElement): Row {
  const row: Record<string, string | number | boolean> = {}
  for (const name of ofGroup) {
    const found = group.attribute(name)
    if (found !== undefined) row[name] = found
  }
  for (const name of ofRange) {
    const found = range?.attribute(name)
    if (found !== undefined && /^\d{1,5}$/.test(found)) row[name] = Number(found)
  }
  const exclude = range && excludeOf(range)
  if (exclude !== undefined) row['exclude'] = exclude
  return row
}

function excludeOf(range: EditElement): boolean | undefined {
  const found = range.attribute('exclude')
  return found === undefined ? undefined : found === 'yes'
}

function keyOf(row: Row): string {
  return ofGroup.map((name) => textOf(row[name]) ?? '').join(' ')
}

function textOf(value: Row[string]): string | undefined {
  return value === undefined ? undefined : String(value)
}

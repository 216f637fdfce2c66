/** What a change of one item did to a definition, line by line. */
import type { Values } from '../../../../shared/model/hardware/field'
import type { ItemRef } from '../../../../shared/model/hardware/view'
import { EditDocument } from '../../edit/tree'
import { applyChanges } from '../change'

export function after(source: string, item: ItemRef, values: Values, unset: readonly string[] = []): string {
  const document = EditDocument.parse(source)
  return applyChanges(document, [{ kind: 'set', item, values, unset: [...unset] }]).document.toString()
}

/** Lines that went and came: "- <a/>", "+ <b/>", without their indentation. */
export function changedLines(before: string, now: string): string[] {
  const [left, right] = [before, now].map((text) => text.split('\n').map((line) => line.trim()))
  if (!left || !right) return []
  const gone = without(left, right).map((line) => `- ${line}`)
  return [...gone, ...without(right, left).map((line) => `+ ${line}`)]
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

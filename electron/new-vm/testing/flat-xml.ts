/** A definition as a set of lines, so that two can be compared whatever the order of their elements. */
import { EditDocument, type EditElement } from '../../domain-xml/edit/tree'

/** Attributes, text and bare elements each make a line: "devices/disk[vda]/driver/@discard = unmap". */
export function flatLines(xml: string): string[] {
  const lines: string[] = []
  walk(EditDocument.parse(xml).root, '', lines)
  return lines.toSorted()
}

function walk(element: EditElement, place: string, lines: string[]): void {
  const at = (name: string): string => (place === '' ? name : `${place}/${name}`)
  const attributes = element.attributeNames()
  for (const name of attributes) lines.push(`${at(`@${name}`)} = ${element.attribute(name) ?? ''}`)
  const text = element.text()
  if (text !== undefined) lines.push(`${place} = ${text}`)
  const children = element.children()
  if (attributes.length === 0 && text === undefined && children.length === 0) lines.push(place)
  const times = new Map<string, number>()
  for (const child of children) {
    const key = keyOf(child)
    const name = key === undefined ? child.name : `${child.name}[${key}]`
    const count = times.get(name) ?? 0
    times.set(name, count + 1)
    walk(child, at(count === 0 ? name : `${name}~${count}`), lines)
  }
}

/** What tells several of a name apart, whatever their order. */
function keyOf(element: EditElement): string | undefined {
  switch (element.name) {
    case 'disk':
      return element.find('target')?.attribute('dev')
    case 'controller':
      return element.attribute('model') ?? element.attribute('type')
    case 'channel':
      return element.find('target')?.attribute('name')
    case 'input':
      return element.attribute('type')
    case 'timer':
    case 'feature':
      return element.attribute('name')
    default:
      return undefined
  }
}

/** "ours …" and "theirs …" for each line that only one of two has. */
export function differences(ours: string, theirs: string): string[] {
  const [left, right] = [flatLines(ours), flatLines(theirs)]
  return [
    ...without(left, right).map((line) => `ours ${line}`),
    ...without(right, left).map((line) => `theirs ${line}`),
  ]
}

function without(lines: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return lines.filter((line) => {
    const at = left.indexOf(line)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

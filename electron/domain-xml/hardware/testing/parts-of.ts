import type { EditElement } from '../../edit/tree'

/** Every element, attribute and text of a definition by its place. */
export function* partsOf(element: EditElement, path = ''): Generator<string> {
  const at = `${path}/${element.name}`
  yield at
  for (const name of element.attributeNames()) yield `${at}/@${name}`
  const children = element.children()
  if (children.length === 0 && element.text() !== undefined) yield `${at}/text()`
  const counts = new Map<string, number>()
  for (const child of children) {
    const count = (counts.get(child.name) ?? 0) + 1
    counts.set(child.name, count)
    yield* partsOf(child, `${at}/${count}`)
  }
}

/** The same for definitions that say the same, in whatever order. */
export function meaningOf(element: EditElement): string {
  const attributes = element
    .attributeNames()
    .toSorted()
    .map((name) => ` ${name}=${JSON.stringify(element.attribute(name))}`)
  const children = element.children()
  const inner = children.length === 0 ? (element.text() ?? '') : children.map(meaningOf).toSorted().join('')
  return `<${element.name}${attributes.join('')}>${inner}</>`
}

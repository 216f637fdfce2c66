/** Elements as they are put together before a definition is written. */
import { encodeText } from '../domain-xml/entities'

export interface El {
  readonly name: string
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly content: readonly (El | undefined)[] | string
}

export function el(name: string, attributes: El['attributes'] = {}, content: El['content'] = []): El {
  return { name, attributes, content }
}

export function written(element: El, indent = ''): string {
  const attributes = Object.entries(element.attributes)
    .flatMap(([name, value]) =>
      value === undefined ? [] : [` ${name}='${encodeText(value).replaceAll("'", '&apos;')}'`],
    )
    .join('')
  if (typeof element.content === 'string')
    return `${indent}<${element.name}${attributes}>${encodeText(element.content)}</${element.name}>`
  const children = element.content.filter((child) => child !== undefined)
  if (children.length === 0) return `${indent}<${element.name}${attributes}/>`
  return [
    `${indent}<${element.name}${attributes}>`,
    ...children.map((child) => written(child, `${indent}  `)),
    `${indent}</${element.name}>`,
  ].join('\n')
}

/** A small tree as XML: elements are ours, texts are escaped. */
export type XmlContent = string | readonly XmlNode[]
export type XmlNode = readonly [
  name: string,
  content: XmlContent,
  attributes?: Readonly<Record<string, string>>,
]

export function xml(nodes: readonly XmlNode[], indent = ''): string {
  return nodes.map((node) => element(node, indent)).join('')
}

function element([name, content, attributes = {}]: XmlNode, indent: string): string {
  const open = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${escaped(value)}"`)].join(
    ' ',
  )
  if (typeof content === 'string') return `${indent}<${open}>${escaped(content)}</${name}>\n`
  return `${indent}<${open}>\n${xml(content, `${indent}  `)}${indent}</${name}>\n`
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

/**
 * XML from a host: parsed once, asked with short typed questions, and writable as it came. Comments, CDATA, namespaces,
 * mixed content, order, white space and character references survive; quotes become double and `<b></b>` becomes
 * `<b/>`, which mean the same. Hosts are not trusted: size and depth are bounded, and a DOCTYPE (the door to entity
 * expansion, which libvirt never writes) is refused.
 */
import { XMLParser } from 'fast-xml-parser'
import { AppError } from '../../shared/errors'
import { decodeEntities } from './entities'

/** libvirt's own limit for a string on the wire (REMOTE_STRING_MAX). */
const maxCharacters = 4_194_304

export interface XmlDocument {
  readonly root: XmlElement
  /** Everything in order: declaration, comments and the root. */
  readonly nodes: readonly XmlNode[]
}

export type XmlNode =
  | XmlElement
  | { readonly kind: 'text'; readonly raw: string }
  | { readonly kind: 'comment'; readonly raw: string }
  | { readonly kind: 'cdata'; readonly raw: string }
  | { readonly kind: 'instruction'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }

export class XmlElement {
  readonly kind = 'element'
  constructor(
    readonly name: string,
    /** Raw values: character references are as they were written. */
    readonly attributes: ReadonlyMap<string, string>,
    readonly nodes: readonly XmlNode[],
  ) {}

  /** Decoded value of an attribute. */
  attribute(name: string): string | undefined {
    const raw = this.attributes.get(name)
    return raw === undefined ? undefined : decodeEntities(raw)
  }

  /** All child elements, or those of one name. */
  children(name?: string): XmlElement[] {
    return this.nodes.filter(
      (node): node is XmlElement => node.kind === 'element' && (name === undefined || node.name === name),
    )
  }

  /** First element found by going down the names: `find('os', 'type')`. */
  find(...path: string[]): XmlElement | undefined {
    return path.reduce<XmlElement | undefined>(
      (element, name) =>
        element?.nodes.find((node): node is XmlElement => node.kind === 'element' && node.name === name),
      this,
    )
  }

  /** Decoded text directly inside, without surrounding white space. Undefined when there is none. */
  text(): string | undefined {
    let text = ''
    for (const node of this.nodes) {
      if (node.kind === 'text') text += decodeEntities(node.raw)
      else if (node.kind === 'cdata') text += node.raw
    }
    const trimmed = text.trim()
    return trimmed === '' ? undefined : trimmed
  }

  /** Text of the element at the end of the path. */
  textOf(...path: string[]): string | undefined {
    return this.find(...path)?.text()
  }
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  commentPropName: '#comment',
  cdataPropName: '#cdata',
})

/** `what` names the document in the error: "the definition of web-01". Ends with kind internal: the host sent it. */
export function parseXml(text: string, what = 'an XML document'): XmlDocument {
  const fail = (detail: string): AppError =>
    new AppError('internal', `The host sent ${what} that cannot be read`, {
      detail,
      cure: 'Look at the XML with virsh on the host; a newer Innkeeper may understand it.',
    })
  if (text.length > maxCharacters) throw fail(`It is ${text.length} characters long`)
  if (/<!DOCTYPE/i.test(withoutTexts(text))) throw fail('It has a DOCTYPE, which libvirt never writes')
  let parsed: ParsedNode[]
  try {
    parsed = parser.parse(text, true) as ParsedNode[]
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error))
  }
  const nodes = parsed.map(toNode)
  const elements = nodes.filter((node): node is XmlElement => node.kind === 'element')
  const [root] = elements
  if (!root || elements.length !== 1) throw fail(`It has ${elements.length} root elements`)
  return { root, nodes }
}

/** A DOCTYPE inside a comment or CDATA section is only text. */
function withoutTexts(text: string): string {
  return text.replace(/<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>/g, '')
}

/** One key is the node's kind or name, ":@" holds the attributes. */
type ParsedNode = Record<string, ParsedNode[] | string> & { ':@'?: Record<string, string> }

function toNode(parsed: ParsedNode): XmlNode {
  const name = Object.keys(parsed).find((key) => key !== ':@') ?? ''
  const content = parsed[name]
  if (name === '#text') return { kind: 'text', raw: typeof content === 'string' ? content : '' }
  const nodes = Array.isArray(content) ? content : []
  if (name === '#comment') return { kind: 'comment', raw: textIn(nodes) }
  if (name === '#cdata') return { kind: 'cdata', raw: textIn(nodes) }
  const attributes = new Map(Object.entries(parsed[':@'] ?? {}))
  if (name.startsWith('?')) return { kind: 'instruction', name: name.slice(1), attributes }
  return new XmlElement(name, attributes, nodes.map(toNode))
}

function textIn(nodes: readonly ParsedNode[]): string {
  const text = nodes[0]?.['#text']
  return typeof text === 'string' ? text : ''
}

/** The text of a document or of one element. */
export function writeXml(from: XmlDocument | XmlElement): string {
  return from instanceof XmlElement ? writeNode(from) : from.nodes.map(writeNode).join('')
}

function writeNode(node: XmlNode): string {
  switch (node.kind) {
    case 'text':
      return node.raw
    case 'comment':
      return `<!--${node.raw}-->`
    case 'cdata':
      return `<![CDATA[${node.raw}]]>`
    case 'instruction':
      return `<?${node.name}${writeAttributes(node.attributes)}?>`
    case 'element': {
      const start = `<${node.name}${writeAttributes(node.attributes)}`
      return node.nodes.length === 0
        ? `${start}/>`
        : `${start}>${node.nodes.map(writeNode).join('')}</${node.name}>`
    }
  }
}

/** Values are raw already; only a double quote taken from single quotes must be written as a reference. */
function writeAttributes(attributes: ReadonlyMap<string, string>): string {
  return [...attributes].map(([name, raw]) => ` ${name}="${raw.replaceAll('"', '&quot;')}"`).join('')
}

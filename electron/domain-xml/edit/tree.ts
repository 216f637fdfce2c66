/**
 * XML as text that can be changed in places: every byte that no change touches is written back as it came, quotes,
 * order, comments, white space and unknown elements included. For reading, `../document` is enough.
 *
 * Hosts are not trusted: `parseXml` checks size, depth and well-formedness first, so this reader may rely on them.
 */
import { AppError } from '../../../shared/errors'
import { parseXml } from '../document'
import { decodeEntities, encodeText } from '../entities'

/** Anything that is not an element, as it was written: text, comments, CDATA, instructions. */
export interface RawNode {
  readonly kind: 'text' | 'comment' | 'cdata' | 'instruction'
  readonly raw: string
}

export type EditNode = EditElement | RawNode

interface Attribute {
  /** White space before the name. */
  readonly space: string
  readonly name: string
  /** "=" with the white space around it. */
  readonly equals: string
  readonly quote: string
  readonly raw: string
}

export class EditElement {
  readonly kind = 'element'
  parent: EditElement | undefined
  nodes: EditNode[] = []
  #attributes: Attribute[]
  /** White space before ">" or "/>". */
  readonly #tail: string
  #isSelfClosing: boolean
  /** "</name>" as it was written. */
  readonly #end: string

  constructor(
    readonly name: string,
    source: { attributes: Attribute[]; tail: string; isSelfClosing: boolean; end: string } = {
      attributes: [],
      tail: '',
      isSelfClosing: true,
      end: `</${name}>`,
    },
  ) {
    this.#attributes = source.attributes
    this.#tail = source.tail
    this.#isSelfClosing = source.isSelfClosing
    this.#end = source.end
  }

  attributeNames(): string[] {
    return this.#attributes.map(({ name }) => name)
  }

  /** Decoded. */
  attribute(name: string): string | undefined {
    const found = this.#attributes.find((one) => one.name === name)
    return found === undefined ? undefined : decodeEntities(found.raw)
  }

  /** Undefined removes it. A new one goes last; one that is there keeps its place and quotes. */
  setAttribute(name: string, value: string | undefined): void {
    const at = this.#attributes.findIndex((one) => one.name === name)
    if (value === undefined) {
      if (at >= 0) this.#attributes = this.#attributes.filter((one) => one.name !== name)
      return
    }
    const old = this.#attributes[at]
    if (!old) {
      this.#attributes.push({ space: ' ', name, equals: '=', quote: "'", raw: encodeQuoted(value) })
    } else if (decodeEntities(old.raw) !== value) {
      this.#attributes[at] = { ...old, raw: encodeQuoted(value) }
    }
  }

  children(name?: string): EditElement[] {
    return this.nodes.filter(
      (node): node is EditElement => node.kind === 'element' && (name === undefined || node.name === name),
    )
  }

  /** First element found by going down the names. */
  find(...path: string[]): EditElement | undefined {
    return path.reduce<EditElement | undefined>(
      (element, name) =>
        element?.nodes.find((node): node is EditElement => node.kind === 'element' && node.name === name),
      this,
    )
  }

  /** Decoded text directly inside, without surrounding white space; undefined when there is none. */
  text(): string | undefined {
    let text = ''
    for (const node of this.nodes) {
      if (node.kind === 'text') text += decodeEntities(node.raw)
      else if (node.kind === 'cdata') text += node.raw.slice('<![CDATA['.length, -']]>'.length)
    }
    const trimmed = text.trim()
    return trimmed === '' ? undefined : trimmed
  }

  /** Replaces the text; comments and elements inside stay. */
  setText(value: string): void {
    if (this.text() === value) return
    const isText = (node: EditNode): boolean => node.kind === 'text' || node.kind === 'cdata'
    const at = Math.max(0, this.nodes.findIndex(isText))
    const rest = this.nodes.filter((node) => !isText(node))
    rest.splice(Math.min(at, rest.length), 0, { kind: 'text', raw: encodeText(value) })
    this.nodes = rest
    this.#isSelfClosing = false
  }

  /** Takes the text out; an element that has nothing in it then is written as `<a/>`. */
  removeText(): void {
    this.nodes = this.nodes.filter(({ kind }) => kind !== 'text' && kind !== 'cdata')
    if (this.nodes.length === 0) this.#isSelfClosing = true
  }

  /** Puts a new element after `after`, or after all others, on a line of its own where lines are used. */
  insert(child: EditElement, after?: EditElement): EditElement {
    child.parent = this
    const last = after ?? this.children().at(-1)
    const outer = this.#indentation()
    const inner = last ? last.leadingSpace() : outer === undefined ? undefined : `${outer}  `
    const at = last ? this.nodes.indexOf(last) + 1 : this.nodes.length
    const lines: EditNode[] = inner === undefined ? [child] : [textNode(inner), child]
    if (last) {
      this.nodes.splice(at, 0, ...lines)
    } else {
      // what was white space only gives way to the new line and the one of the end tag
      if (this.#isBlank()) this.nodes = []
      this.nodes.push(...lines, ...(outer === undefined ? [] : [textNode(outer)]))
    }
    this.#isSelfClosing = false
    if (inner !== undefined) child.#indent(inner)
    return child
  }

  /** Takes the element out of its parent with the line it stood on. A parent left empty is written as `<a/>`. */
  remove(): void {
    const { parent } = this
    if (!parent) return
    const at = parent.nodes.indexOf(this)
    const before = parent.nodes[at - 1]
    const isOwnLine = before?.kind === 'text' && before.raw.trim() === ''
    parent.nodes.splice(isOwnLine ? at - 1 : at, isOwnLine ? 2 : 1)
    if (parent.#isBlank()) {
      parent.nodes = []
      parent.#isSelfClosing = true
    }
    this.parent = undefined
  }

  /** Puts another element in this one's place, white space around it unchanged. */
  replaceWith(other: EditElement): void {
    const { parent } = this
    if (!parent) return
    parent.nodes[parent.nodes.indexOf(this)] = other
    other.parent = parent
    this.parent = undefined
  }

  isEmpty(): boolean {
    return this.#attributes.length === 0 && this.#isBlank()
  }

  /** A copy that belongs nowhere. */
  clone(): EditElement {
    return parseElement(this.toString())
  }

  toString(): string {
    const start = `<${this.name}${this.#attributes.map(writeAttribute).join('')}${this.#tail}`
    if (this.#isSelfClosing && this.nodes.length === 0) return `${start}/>`
    return `${start}>${this.nodes.map((node) => (node.kind === 'element' ? node.toString() : node.raw)).join('')}${this.#end}`
  }

  /** The line break and indentation before the element; undefined when it does not start a line. */
  leadingSpace(): string | undefined {
    const siblings = this.parent?.nodes ?? []
    const before = siblings[siblings.indexOf(this) - 1]
    if (before?.kind !== 'text') return undefined
    return /\r?\n[ \t]*$/.exec(before.raw)?.[0]
  }

  #indentation(): string | undefined {
    return this.parent ? this.leadingSpace() : '\n'
  }

  /** Lines of a newly made element are moved to where it stands. */
  #indent(space: string): void {
    for (const node of this.nodes) if (node.kind === 'element') node.#indent(`${space}  `)
    const children = this.children()
    if (children.length === 0 || this.nodes.some((node) => node.kind !== 'element' && node.raw.trim() !== ''))
      return
    this.nodes = [...children.flatMap((child) => [textNode(`${space}  `), child]), textNode(space)]
  }

  #isBlank(): boolean {
    return this.nodes.every((node) => node.kind === 'text' && node.raw.trim() === '')
  }
}

function textNode(raw: string): RawNode {
  return { kind: 'text', raw }
}

function writeAttribute({ space, name, equals, quote, raw }: Attribute): string {
  return `${space}${name}${equals}${quote}${raw}${quote}`
}

/** A value for either quote: what cannot be told apart in one of them is written as a reference. */
function encodeQuoted(value: string): string {
  return encodeText(value).replace(
    /['"\n\t]/g,
    (character) => ({ "'": '&apos;', '"': '&quot;', '\n': '&#10;', '\t': '&#9;' })[character] ?? character,
  )
}

/** A document with one root that can be changed and written back. */
export class EditDocument {
  private constructor(
    private readonly before: string,
    readonly root: EditElement,
    private readonly after: string,
  ) {}

  /** `what` names it in errors. Ends with kind `invalid` or `internal` for what is no XML. */
  static parse(source: string, what?: string): EditDocument {
    parseXml(source, what)
    const nodes = new Reader(source).nodes()
    const at = nodes.findIndex((node) => node.kind === 'element')
    const root = nodes[at]
    if (root?.kind !== 'element') throw new AppError('internal', 'A document without an element was read')
    const write = (part: readonly EditNode[]): string => part.map(rawOf).join('')
    return new EditDocument(write(nodes.slice(0, at)), root, write(nodes.slice(at + 1)))
  }

  clone(): EditDocument {
    return new EditDocument(this.before, this.root.clone(), this.after)
  }

  toString(): string {
    return `${this.before}${this.root.toString()}${this.after}`
  }
}

function rawOf(node: EditNode): string {
  return node.kind === 'element' ? node.toString() : node.raw
}

/** One element from text that is known to be well-formed, such as a template of ours. */
export function parseElement(source: string): EditElement {
  const element = new Reader(source).nodes().find((node) => node.kind === 'element')
  if (element?.kind !== 'element') throw new AppError('internal', 'An element was expected')
  return element
}

const namePattern = /[^\s/>=]+/y
const attributePattern = /(\s+)([^\s/>=]+)(\s*=\s*)(["'])([\s\S]*?)\4/y
const tailPattern = /(\s*)(\/?)>/y

/** Splits well-formed XML into pieces that are the text again when put together. */
class Reader {
  #at = 0
  constructor(private readonly source: string) {}

  nodes(parent?: EditElement): EditNode[] {
    const nodes: EditNode[] = []
    while (this.#at < this.source.length && !this.source.startsWith('</', this.#at)) {
      nodes.push(this.#node(parent))
    }
    return nodes
  }

  #node(parent: EditElement | undefined): EditNode {
    const { source } = this
    if (source[this.#at] !== '<') return { kind: 'text', raw: this.#until('<', 0) }
    if (source.startsWith('<!--', this.#at)) return { kind: 'comment', raw: this.#until('-->', 3) }
    if (source.startsWith('<![CDATA[', this.#at)) return { kind: 'cdata', raw: this.#until(']]>', 3) }
    if (source.startsWith('<?', this.#at)) return { kind: 'instruction', raw: this.#until('?>', 2) }
    return this.#element(parent)
  }

  #element(parent: EditElement | undefined): EditElement {
    this.#at += 1
    const name = this.#match(namePattern)?.[0] ?? ''
    const attributes: Attribute[] = []
    for (let one = this.#match(attributePattern); one; one = this.#match(attributePattern)) {
      const [, space = '', attribute = '', equals = '=', quote = "'", raw = ''] = one
      attributes.push({ space, name: attribute, equals, quote, raw })
    }
    const tail = this.#match(tailPattern)
    if (name === '' || !tail) throw new AppError('invalid', `The XML has a broken tag at ${this.#at}`)
    const isSelfClosing = tail[2] === '/'
    if (isSelfClosing) {
      const element = new EditElement(name, {
        attributes,
        tail: tail[1] ?? '',
        isSelfClosing,
        end: `</${name}>`,
      })
      element.parent = parent
      return element
    }
    const children: EditNode[] = this.nodes()
    const element = new EditElement(name, {
      attributes,
      tail: tail[1] ?? '',
      isSelfClosing,
      end: this.#until('>', 1),
    })
    element.nodes = children
    element.parent = parent
    for (const child of children) if (child.kind === 'element') child.parent = element
    return element
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at
    const match = pattern.exec(this.source)
    if (match) this.#at = pattern.lastIndex
    return match
  }

  /** Up to `mark`, its first `length` characters included; to the end where it is missing. */
  #until(mark: string, length: number): string {
    const from = this.#at
    const found = this.source.indexOf(mark, from + (length > 0 ? 1 : 0))
    this.#at = found < 0 ? this.source.length : found + length
    return this.source.slice(from, this.#at)
  }
}

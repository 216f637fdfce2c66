/**
 * A definition that remembers what was read of it. What nobody has read when the command is complete has no place in it,
 * and is told: so nothing of a definition is dropped silently, also what was never thought of.
 */
import type { XmlElement } from '../../../domain-xml/document'

export class Reading {
  readonly #readAttributes = new Set<string>()
  readonly #readChildren = new Map<XmlElement, Reading>()
  #isTextRead = false
  #isWholeRead = false

  constructor(
    readonly element: XmlElement,
    readonly path: string = '',
  ) {}

  get name(): string {
    return this.element.name
  }

  attr(name: string): string | undefined {
    this.#readAttributes.add(name)
    return this.element.attribute(name)
  }

  /** The first child of this name. */
  child(name: string): Reading | undefined {
    return this.children(name)[0]
  }

  children(name: string): Reading[] {
    return this.element.children(name).map((child) => this.#readingOf(child))
  }

  /** All children, which are to be read one by one. */
  all(): Reading[] {
    return this.element.children().map((child) => this.#readingOf(child))
  }

  text(): string | undefined {
    this.#isTextRead = true
    return this.element.text()
  }

  /** Goes down the names. */
  at(...names: readonly string[]): Reading | undefined {
    return names.reduce<Reading | undefined>((reading, name) => reading?.child(name), this)
  }

  textAt(...names: readonly string[]): string | undefined {
    return this.at(...names)?.text()
  }

  /** With all that is in it: it is used as a whole, or told as a whole. */
  whole(): this {
    this.#isWholeRead = true
    return this
  }

  /** What of it was not read, each as a place with its value. */
  unread(): string[] {
    if (this.#isWholeRead) return []
    const left = [...this.element.attributes.keys()]
      .filter((name) => !this.#readAttributes.has(name) && !name.startsWith('xmlns'))
      .map((name) => `${this.path}/@${name} = ${this.element.attribute(name) ?? ''}`)
    const text = this.element.text()
    if (!this.#isTextRead && text !== undefined) left.push(`${this.path} = ${text}`)
    for (const child of this.element.children()) {
      const reading = this.#readChildren.get(child)
      if (reading) left.push(...reading.unread())
      else left.push(this.#pathOf(child))
    }
    return left
  }

  #readingOf(child: XmlElement): Reading {
    const known = this.#readChildren.get(child)
    if (known) return known
    const reading = new Reading(child, this.#pathOf(child))
    this.#readChildren.set(child, reading)
    return reading
  }

  #pathOf(child: XmlElement): string {
    return this.path === '' ? child.name : `${this.path}/${child.name}`
  }
}

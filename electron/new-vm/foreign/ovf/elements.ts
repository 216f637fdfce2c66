/** An OVF as elements by their local names: every product has its own prefixes for the same namespaces. */
import { AppError } from '../../../../shared/errors'
import { parseXml, type XmlElement } from '../../../domain-xml/document'
import { badFile } from '../foreign-error'

export function envelopeOf(text: string): XmlElement {
  const root = parsed(text.replace(/^\uFEFF/, ''))
  if (localName(root.name) === 'Envelope') return root
  if (['domain', 'domainsnapshot', 'domstatus'].includes(root.name))
    throw badFile('This is a definition of libvirt, which is taken at "From a definition"')
  throw badFile(`This is no OVF file: it begins with <${root.name.slice(0, 60)}>, not with <Envelope>`)
}

function parsed(text: string): XmlElement {
  try {
    return parseXml(text, 'an OVF file').root
  } catch (error) {
    // also of the stack, which is what elements without end come to
    throw badFile(
      `This is no XML that can be read${error instanceof AppError && error.detail !== undefined ? `: ${error.detail}` : ''}`,
    )
  }
}

export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

export function childrenOf(element: XmlElement | undefined, ...names: readonly string[]): XmlElement[] {
  return (element?.children() ?? []).filter(({ name }) => names.includes(localName(name)))
}

export function childOf(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => childrenOf(at, name)[0], element)
}

/** Text of the child of this name. */
export function textIn(element: XmlElement | undefined, name: string): string | undefined {
  return childOf(element, name)?.text()
}

/** Whatever its prefix, as attributes of OVF have one and those of 0.9 do not. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  for (const key of element?.attributes.keys() ?? [])
    if (localName(key) === name) return element?.attribute(key)
  return undefined
}

/**
 * The mark of a template in `<metadata>`, where every program may keep an element of its own per namespace
 * (https://libvirt.org/formatdomain.html#general-metadata): it goes where the VM goes.
 */
import { siblingBefore } from './edit/order'
import { EditElement, parseElement } from './edit/tree'

export const templateNamespace = 'urn:innkeeper:template:1'
/** What libvirt is given for the element, and puts in front of its name. */
export const templatePrefix = 'innkeeper'
export const templateElement = '<template/>'

export function isTemplate(domain: EditElement): boolean {
  return markOf(domain) !== undefined
}

/** Everything else stays byte for byte. */
export function markTemplate(domain: EditElement, shallBe: boolean): void {
  const mark = markOf(domain)
  if (shallBe === (mark !== undefined)) return
  if (!mark) {
    const metadata =
      domain.find('metadata') ?? domain.insert(new EditElement('metadata'), siblingBefore(domain, 'metadata'))
    const name = `${templatePrefix}:template`
    metadata.insert(parseElement(`<${name} xmlns:${templatePrefix}="${templateNamespace}"/>`))
    return
  }
  const { parent } = mark
  mark.remove()
  if (parent?.isEmpty() === true) parent.remove()
}

/** The prefix is anybody's choice; the namespace is what counts. */
function markOf(domain: EditElement): EditElement | undefined {
  const metadata = domain.find('metadata')
  return metadata?.children().find((element) => {
    const at = element.name.indexOf(':')
    const declaration = at < 0 ? 'xmlns' : `xmlns:${element.name.slice(0, at)}`
    const declared = [element, metadata, domain].find((one) => one.attribute(declaration) !== undefined)
    return declared?.attribute(declaration) === templateNamespace
  })
}

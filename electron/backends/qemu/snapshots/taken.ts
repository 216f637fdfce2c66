/** What is written down of a snapshot that was taken, in the words of libvirt (https://libvirt.org/formatsnapshot.html). */
import { EditDocument, EditElement, parseElement } from '../../../domain-xml/edit/tree'

export interface Taken {
  /** What was asked for, complete: files of all disks. */
  readonly wanted: EditElement
  readonly state: 'running' | 'paused' | 'shutoff' | 'disk-snapshot'
  readonly parent: string | undefined
  readonly memory: { readonly kind: 'no' | 'internal' | 'external'; readonly file?: string }
  /** What ran, or what is stored. */
  readonly domain: string
  /** What is stored, where something else may have run. */
  readonly inactive?: string
}

export function takenSnapshot({ wanted, state, parent, memory, domain, inactive }: Taken): EditDocument {
  const root = wanted.clone()
  const disks = root.find('disks')
  disks?.remove()
  root.find('memory')?.remove()
  const text = (into: EditElement, name: string, value: string): void =>
    into.insert(new EditElement(name)).setText(value)
  text(root, 'state', state)
  if (parent !== undefined) text(root.insert(new EditElement('parent')), 'name', parent)
  text(root, 'creationTime', String(Math.floor(Date.now() / 1000)))
  const element = root.insert(new EditElement('memory'))
  element.setAttribute('snapshot', memory.kind)
  element.setAttribute('file', memory.file)
  if (disks) root.insert(disks)
  root.insert(definitionAs('domain', domain))
  if (inactive !== undefined) root.insert(definitionAs('inactiveDomain', inactive))
  return EditDocument.parse(`${root.toString()}\n`)
}

function definitionAs(name: 'domain' | 'inactiveDomain', definition: string): EditElement {
  const text = EditDocument.parse(definition).root.toString()
  return parseElement(
    name === 'domain' ? text : text.replace(/^<domain/, `<${name}`).replace(/<\/domain>$/, `</${name}>`),
  )
}

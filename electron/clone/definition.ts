/**
 * The definition of a clone: the original's, with what must not be there twice made new. Everything else stays byte for
 * byte. Pure.
 */
import { createHash } from 'node:crypto'
import { EditDocument, type EditElement } from '../domain-xml/edit/tree'
import { markTemplate } from '../domain-xml/template-mark'
import { renamedPath } from './names'
import { resize, type CloneSize } from './size'
import { putDisk, sourceDisks, type NewPlace } from './source-disks'

export type DiskChange =
  | { readonly kind: 'keep' | 'drop' }
  | { readonly kind: 'put'; readonly place: NewPlace; readonly format: string | undefined }

export interface CloneFacts {
  readonly name: string
  readonly uuid: string
  readonly description?: string
  readonly size?: CloneSize
  /** By target; those that are not named stay as they are. */
  readonly disks: ReadonlyMap<string, DiskChange>
  /** Where its UEFI variables will be; absent: the host makes new ones and says where. */
  readonly nvram?: string
  /** Of the cards of all VMs of the host, in lower case. */
  readonly usedMacs?: ReadonlySet<string>
}

export interface ClonedDefinition {
  readonly document: EditDocument
  readonly cards: readonly { readonly from: string; readonly to: string }[]
  /** What both VMs name and cannot have at the same time, or do not have any more; sentences. */
  readonly notes: readonly string[]
}

export function clonedDefinition(original: EditDocument, facts: CloneFacts): ClonedDefinition {
  const document = original.clone()
  const { root } = document
  const oldName = root.find('name')?.text() ?? ''
  const notes: string[] = []
  root.setAttribute('id', undefined)
  root.find('name')?.setText(facts.name)
  setChild(root, 'uuid', facts.uuid, 'name')
  // https://libvirt.org/formatdomain.html#general-metadata: a guest is to notice that it was cloned
  root.find('genid')?.setText(derivedUuid(`${facts.uuid} genid`))
  // lists show it beside the name, where it would be taken for the original's
  root.find('title')?.remove()
  markTemplate(root, false)
  resize(root, facts.size ?? {})
  if (facts.description !== undefined) describe(root, facts.description)
  // libvirt refuses a UUID there that is not the VM's own
  for (const entry of root.children('sysinfo').flatMap((one) => one.find('system')?.children('entry') ?? []))
    if (entry.attribute('name') === 'uuid') entry.setText(facts.uuid)
  putNvram(root, facts.nvram)
  for (const { element, target } of sourceDisks(root)) {
    const change = facts.disks.get(target) ?? { kind: 'keep' }
    if (change.kind === 'drop') element.remove()
    else if (change.kind === 'put') putDisk(element, change.place, change.format)
  }
  const cards = newCards(root, facts)
  notes.push(...ownDevices(root, oldName, facts.name))
  return { document, cards, notes }
}

function setChild(root: EditElement, name: string, value: string, after: string): void {
  const found = root.find(name)
  if (found) return found.setText(value)
  const made = EditDocument.parse(`<${name}/>`).root
  made.setText(value)
  root.insert(made, root.find(after))
}

function describe(root: EditElement, text: string): void {
  if (text === '') root.find('description')?.remove()
  else
    setChild(root, 'description', text, root.find('title') ? 'title' : root.find('genid') ? 'genid' : 'uuid')
}

function putNvram(root: EditElement, path: string | undefined): void {
  const nvram = root.find('os', 'nvram')
  if (!nvram) return
  const source = nvram.find('source')
  if (path !== undefined) {
    if (source) source.setAttribute('file', path)
    else nvram.setText(path)
    return
  }
  // without a path libvirt chooses one after the VM's name and fills it from the template
  source?.remove()
  nvram.setAttribute('type', undefined)
  nvram.removeText()
  if (nvram.isEmpty()) nvram.remove()
}

/** The path of the file with the VM's UEFI variables. */
export function nvramPath(root: EditElement): string | undefined {
  const nvram = root.find('os', 'nvram')
  const path = nvram?.find('source')?.attribute('file') ?? nvram?.text()
  return path?.startsWith('/') === true ? path : undefined
}

/** A maker's prefix stays, as guests may go by it; the rest is the same in each plan of this clone. */
function newCards(
  root: EditElement,
  { uuid, usedMacs = new Set() }: CloneFacts,
): { from: string; to: string }[] {
  const cards = root.find('devices')?.children('interface') ?? []
  const taken = new Set([
    ...usedMacs,
    ...cards.map((card) => card.find('mac')?.attribute('address')?.toLowerCase()).filter(Boolean),
  ])
  return cards.flatMap((card, at) => {
    // the host gives such names again; one that is fixed can only be one card's
    card.find('target')?.setAttribute('dev', undefined)
    if (card.find('target')?.isEmpty() === true) card.find('target')?.remove()
    const mac = card.find('mac')
    const from = mac?.attribute('address')
    if (!mac || from === undefined) return []
    const prefix = /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(from) ? from.slice(0, 8) : '52:54:00'
    let to: string
    for (let turn = 0; ; turn += 1) {
      const hex = createHash('sha256').update(`${uuid} card ${at} ${turn}`).digest('hex')
      to = `${prefix}:${hex.slice(0, 2)}:${hex.slice(2, 4)}:${hex.slice(4, 6)}`
      if (!taken.has(to.toLowerCase())) break
    }
    taken.add(to.toLowerCase())
    mac.setAttribute('address', to)
    return [{ from, to }]
  })
}

const lines = ['serial', 'parallel', 'console', 'channel'] as const

/** Files and sockets get the clone's name; ports and host hardware cannot be made up, so they are told. */
function ownDevices(root: EditElement, oldName: string, newName: string): string[] {
  const devices = root.find('devices')
  if (!devices) return []
  const notes: string[] = []
  const rename = (element: EditElement | undefined, attribute: string): void => {
    const path = element?.attribute(attribute)
    if (path?.startsWith('/') === true) element?.setAttribute(attribute, renamedPath(path, oldName, newName))
  }
  for (const name of lines)
    for (const line of devices.children(name)) {
      const type = line.attribute('type')
      rename(line.find('log'), 'file')
      for (const source of line.children('source')) {
        const isOwn = source.attribute('mode') !== 'connect'
        if (type === 'file' || (type === 'unix' && isOwn)) rename(source, 'path')
        else if ((type === 'tcp' || type === 'udp') && source.attribute('mode') === 'bind')
          notes.push(`Both listen on port ${source.attribute('service') ?? ''} for their ${name} line`)
        else if (type === 'dev') notes.push(`Both use ${source.attribute('path') ?? 'a device'} of the host`)
      }
    }
  for (const display of devices.children('graphics')) {
    rename(display, 'socket')
    for (const listen of display.children('listen')) rename(listen, 'socket')
    const ports = ['port', 'tlsPort'].map((one) => display.attribute(one))
    const fixed = ports.filter((port) => port !== undefined && Number(port) > 0)
    if (display.attribute('autoport') !== 'yes' && fixed.length > 0)
      notes.push(`Both show their display on the fixed port ${fixed.join(' and ')}`)
  }
  for (const cid of devices.children('vsock').map((one) => one.find('cid'))) {
    if (cid?.attribute('address') === undefined || cid.attribute('auto') === 'yes') continue
    cid.setAttribute('address', undefined)
    cid.setAttribute('auto', 'yes')
  }
  for (const tpm of devices.children('tpm').map((one) => one.find('backend')))
    if (tpm?.attribute('type') === 'emulator') tpm.find('source')?.remove()
  if (devices.children('hostdev').length > 0) notes.push('Both use the same hardware of the host')
  if (devices.children('interface').some((card) => card.attribute('type') === 'vhostuser'))
    notes.push('Both use the same vhost-user socket')
  if (devices.children('memory').some((one) => one.attribute('model') === 'nvdimm'))
    notes.push('Both write to the same NVDIMM file')
  if (root.children().some((one) => one.name.endsWith(':commandline')))
    notes.push('Arguments for QEMU itself are copied as they are, with any path or port in them')
  return [...new Set(notes)]
}

/** A UUID that is the same each time. */
function derivedUuid(seed: string): string {
  const hex = createHash('sha256').update(seed).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

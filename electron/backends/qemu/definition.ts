/** What a definition says of a VM for its line in the list, and what a new one must say at least. */
import { randomInt, randomUUID } from 'node:crypto'
import { AppError } from '../../../shared/errors'
import { given } from '../../../shared/given'
import { vmId, type VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import { parseXml } from '../../domain-xml/document'
import { EditDocument, parseElement } from '../../domain-xml/edit/tree'
import { countOf, sizeOf } from '../../domain-xml/sizes'
import { isTemplate } from '../../domain-xml/template-mark'
import { writtenDomain } from '../../domain-xml/written-domain'

export type DefinedFacts = Pick<
  VmRecord,
  'id' | 'name' | 'title' | 'isTemplate' | 'vcpuCount' | 'memoryBytes' | 'maxMemoryBytes'
>

/** Undefined for a file that is no definition: others may put anything there. */
export function factsOf(xml: string): DefinedFacts | undefined {
  try {
    const { root } = parseXml(xml, 'a definition')
    const id = vmId.safeParse(root.textOf('uuid')?.trim().toLowerCase())
    const name = root.textOf('name')
    const maxMemoryBytes = sizeOf(root.find('memory'), 'KiB')
    if (!id.success || name === undefined || name === '' || maxMemoryBytes === undefined) return undefined
    const vcpu = root.find('vcpu')
    const currentBytes = sizeOf(root.find('currentMemory'), 'KiB') ?? maxMemoryBytes
    return {
      id: id.data,
      name,
      ...given('title', root.textOf('title')),
      ...(isTemplate(EditDocument.parse(xml).root) ? { isTemplate: true } : {}),
      vcpuCount: countOf(vcpu?.attribute('current')) ?? countOf(vcpu?.text()) ?? 1,
      memoryBytes: Math.min(currentBytes, maxMemoryBytes),
      maxMemoryBytes,
    }
  } catch (error) {
    if (error instanceof AppError) return undefined
    throw error
  }
}

export interface NewDefinition {
  readonly id: VmId
  readonly name: string
  readonly xml: string
}

/** With a UUID and addresses of cards where it has none. Ends with `invalid` for what no host would take. */
export function newDefinition(text: string): NewDefinition {
  const { document, name, uuid } = writtenDomain(text)
  const { root } = parseXml(text, 'the definition')
  if (sizeOf(root.find('memory'), 'KiB') === undefined) throw missing('memory')
  if (root.textOf('os', 'type') === undefined) throw missing('os type')
  const id = vmId.safeParse(uuid ?? randomUUID())
  if (!id.success) {
    throw new AppError('invalid', 'This is not a UUID', { field: 'uuid', detail: uuid })
  }
  const { root: tree } = document
  const own = tree.find('uuid')
  if (own) own.setText(id.data)
  else tree.insert(parseElement(`<uuid>${id.data}</uuid>`), tree.find('name'))
  for (const card of tree.find('devices')?.children('interface') ?? [])
    if (!card.find('mac')) card.insert(parseElement(`<mac address='${newMac()}'/>`))
  return { id: id.data, name, xml: document.toString() }
}

/** 52:54:00 is the prefix QEMU guests use. */
function newMac(): string {
  const bytes = [0x52, 0x54, 0, randomInt(256), randomInt(256), randomInt(256)]
  return bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':')
}

function missing(what: string): AppError {
  return new AppError('invalid', 'The definition lacks what every VM has', {
    cure: 'See what is missing, and add it.',
    detail: `There is no usable ${what} element`,
  })
}

/** A network's definition: its values, and the definition that other values make of it. */
import { AppError } from '../../../shared/errors'
import {
  problemOf,
  type Field,
  type FieldValue,
  type Row,
  type Values,
} from '../../../shared/model/hardware/field'
import { checkNetwork } from '../../../shared/model/networks/network-check'
import { networkKind } from '../../../shared/model/networks/network-kind'
import { EditDocument, EditElement } from '../edit/tree'
import { readField, writeField } from '../hardware/field-xml'
import { isSameValue } from '../hardware/items'
import { siblingBefore } from '../edit/order'
import { modeOf } from './mode'
import { networkBinding } from './network-binding'

type Fields = readonly (readonly [id: string, field: Field])[]
const fields: Fields = Object.entries(networkKind.fields)

export function networkValues(network: EditElement): Values {
  const values: Record<string, FieldValue | undefined> = {}
  for (const [id, field] of fields) {
    const binding = networkBinding.fields[id]
    const value = binding && readField(network, field, binding)
    if (value !== undefined) values[id] = value
  }
  return values
}

/** All values at once: what is not among them shall not be set. Nothing else is touched. */
export function writeNetworkValues(network: EditElement, values: Values): void {
  for (const id of Object.keys(values))
    if (!(id in networkKind.fields)) throw new AppError('invalid', `A network has no setting "${id}"`)
  for (const [id, field] of fields) {
    const binding = networkBinding.fields[id]
    if (!binding) continue
    const isMeant = field.when?.(values) ?? true
    const wanted = isMeant ? withoutStray(field, values[id]) : undefined
    if (isMeant) {
      const problem = problemOf(field, wanted)
      if (problem !== undefined) throw new AppError('invalid', `${field.label}: ${problem}`, { field: id })
    }
    // as read now: what was written before may have taken it along
    if (!isSameValue(readField(network, field, binding), wanted)) writeField(network, field, binding, wanted)
  }
  tidy(network)
}

/** Columns that make no sense beside the others are not written; flags that say what absence says are. */
function withoutStray(field: Field, value: FieldValue | undefined): FieldValue | undefined {
  if (value === '') return undefined
  if (field.type.kind !== 'rows' || typeof value !== 'object') return value
  const { columns } = field.type
  const rows = value.map((row): Row => {
    const kept = Object.entries(row).filter(
      ([name, cell]) => cell !== undefined && cell !== '' && (columns[name]?.when?.(row) ?? true),
    )
    return Object.fromEntries(kept)
  })
  return rows.length === 0 ? undefined : rows
}

/** libvirt takes no `<vlan>` without a tag, and no empty `<virtualport>`. */
function tidy(network: EditElement): void {
  const isSwitch = modeOf(network) === 'openvswitch'
  for (const owner of [network, ...network.children('portgroup')]) {
    const vlan = owner.find('vlan')
    if (vlan && vlan.children('tag').length === 0) vlan.remove()
    const port = owner.find('virtualport')
    if (port?.isEmpty()) port.remove()
    // a profile of a group without a type is taken for none of Open vSwitch's, and refused beside tags
    else if (port && isSwitch && port.attribute('type') === undefined)
      port.setAttribute('type', 'openvswitch')
  }
}

export function newNetwork(): EditDocument {
  return EditDocument.parse('<network>\n  <name/>\n</network>\n')
}

/** What a user wrote, which is the user's to mend. */
export function writtenNetwork(xml: string): EditDocument {
  const document = parsed(xml)
  if (document.root.name !== 'network')
    throw new AppError('invalid', `A network begins with <network>, not with <${document.root.name}>`, {
      field: 'xml',
    })
  if (document.root.find('name')?.text() === undefined)
    throw new AppError('invalid', 'The network has no name', { field: 'xml' })
  return document
}

function parsed(xml: string): EditDocument {
  try {
    return EditDocument.parse(xml)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw new AppError('invalid', 'This is not well-formed XML, so it is no network', {
      cure: 'See where it breaks off, and mend it there.',
      detail: error.detail,
      field: 'xml',
      cause: error,
    })
  }
}

export const networkName = (network: EditElement): string => network.find('name')?.text() ?? ''

/** Another definition of the same network: libvirt goes by the UUID, and renames none. */
export function keepIdentity(network: EditElement, stored: EditElement): void {
  const [name, uuid] = [networkName(stored), stored.find('uuid')?.text()]
  if (networkName(network) !== name)
    throw new AppError('invalid', 'A network cannot be renamed', {
      cure: 'Create another one with the new name, move the VMs there, and delete this one.',
      field: 'name',
    })
  const own = network.find('uuid')?.text()
  if (own !== undefined && own !== uuid)
    throw new AppError('invalid', 'The UUID is that of another network', { field: 'uuid' })
  if (own !== undefined || uuid === undefined) return
  const element =
    network.find('uuid') ?? network.insert(new EditElement('uuid'), siblingBefore(network, 'uuid'))
  element.setText(uuid)
}

/** Either all values, or the text itself; `stored` is what there is now, absent for a new one. */
export function wantedNetwork(
  definition: { readonly values?: Values | undefined; readonly xml?: string | undefined },
  stored?: EditDocument,
): EditDocument {
  if (definition.xml !== undefined) {
    const written = writtenNetwork(definition.xml)
    if (stored) keepIdentity(written.root, stored.root)
    return written
  }
  if (definition.values === undefined) throw new AppError('invalid', 'Neither values nor a definition')
  const document = stored?.clone() ?? newNetwork()
  writeNetworkValues(document.root, definition.values)
  if (stored) keepIdentity(document.root, stored.root)
  // what else the host has, it says itself
  const problem = checkNetwork(definition.values, { names: [], subnets: [], bridges: [] }).find(
    ({ severity }) => severity === 'error',
  )
  if (problem) {
    throw new AppError('invalid', problem.message, {
      ...(problem.field === undefined ? {} : { field: problem.field }),
    })
  }
  return document
}

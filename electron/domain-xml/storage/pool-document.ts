/** Definitions of pools: read into the values of their form, made from them, and changed where they differ. */
import { AppError } from '../../../shared/errors'
import { plain, type Values } from '../../../shared/model/hardware/field'
import type { Kind } from '../../../shared/model/hardware/kind'
import { poolKind } from '../../../shared/model/storage/pool-kind'
import { whyNotPool, type PoolContext } from '../../../shared/model/storage/pool-rules'
import { poolTypeOf } from '../../../shared/model/storage/pool-types'
import { shownValues, withUsual } from '../../../shared/model/storage/pool-values'
import { EditDocument, EditElement } from '../edit/tree'
import { readField, writeField } from '../hardware/field-xml'
import { isSameValue } from '../hardware/items'
import { fingerprint } from '../hardware/view'
import { poolBinding } from './pool-binding'

const { fields }: Kind = poolKind

/** What the host says of a pool that is none of its definition: it changes with every volume. */
const sizes = ['capacity', 'allocation', 'available']

/** A definition as the host tells it, without what is not stored. */
export function storedPool(xml: string, name: string): EditDocument {
  const document = EditDocument.parse(xml, `the description of pool ${name}`)
  for (const size of sizes) for (const one of document.root.children(size)) one.remove()
  return document
}

export function poolFingerprint(document: EditDocument): string {
  return fingerprint(document)
}

export function readPoolValues(pool: EditElement): Values {
  const values: Record<string, Values[string]> = {}
  for (const [id, binding] of Object.entries(poolBinding.fields)) {
    const field = fields[id]
    const value = field && readField(pool, field, binding)
    if (value !== undefined) values[id] = value
  }
  return shownValues(values)
}

/** The definition that a form describes. Ends with `invalid` and the field for what cannot be. */
export function newPoolXml(given: Values, context: PoolContext = {}): string {
  const values = withUsual(given)
  refuse(whyNotPool(values, context))
  const type = plain(values['type'])
  const document = EditDocument.parse('<pool/>\n')
  const { root } = document
  root.setAttribute('type', type)
  for (const [id, binding] of Object.entries(poolBinding.fields)) {
    const field = fields[id]
    if (field && id !== 'type' && values[id] !== undefined) writeField(root, field, binding, values[id])
    // libvirt finds it by itself; older versions say so in what they store
    if (id === 'partitionTable' && type === 'logical') formatOf(root)
    if (id === 'adapterType' && type === 'scsi' && values[id] === undefined)
      writeField(root, poolKind.fields.adapterType, binding, 'scsi_host')
  }
  return document.toString()
}

function formatOf(pool: EditElement): void {
  const format = pool.find('source')?.insert(new EditElement('format'))
  format?.setAttribute('type', 'lvm2')
}

/**
 * The stored definition with the form's differences written into it, and nothing else of it changed. Ends with `invalid`
 * and the field for what cannot be.
 */
export function editedPoolXml(stored: EditDocument, values: Values): string {
  const document = stored.clone()
  const before = readPoolValues(document.root)
  const changed = new Set(Object.keys(fields).filter((id) => !isSameValue(before[id], values[id])))
  for (const id of ['name', 'type'])
    if (changed.has(id))
      throw new AppError('invalid', `The ${id === 'name' ? 'name' : 'kind'} of a pool cannot be changed`, {
        cure: 'Create another pool instead.',
        field: id,
      })
  // what was odd before and is left alone is not this user's doing
  const problem = whyNotPool(values)
  if (problem && (changed.has(problem.field) || !Object.hasOwn(fields, problem.field))) refuse(problem)
  for (const [id, binding] of Object.entries(poolBinding.fields)) {
    const field = fields[id]
    if (field && changed.has(id)) writeField(document.root, field, binding, values[id])
  }
  return document.toString()
}

function refuse(problem: { readonly field: string; readonly message: string } | undefined): void {
  if (problem) throw new AppError('invalid', problem.message, { field: problem.field })
}

/** What a user wrote: its name, so that it can be found again. Ends with `invalid` for what is no pool. */
export function writtenPool(xml: string): { readonly document: EditDocument; readonly name: string } {
  const wrong = (message: string, detail?: string): AppError =>
    new AppError('invalid', message, { field: 'xml', ...(detail === undefined ? {} : { detail }) })
  let document: EditDocument
  try {
    document = EditDocument.parse(xml)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    throw wrong('This is not well-formed XML, so it is no definition', error.detail)
  }
  const { root } = document
  if (root.name !== 'pool') throw wrong('This is no definition of a pool: it begins with something else')
  // libvirt takes the name of the source where it is the same
  const name = root.find('name')?.text() ?? root.find('source', 'name')?.text()
  if (name === undefined) throw wrong('The pool has no name')
  return { document, name }
}

/**
 * What a volume group is known by once it was built: libvirt starts none whose devices have other names than those LVM
 * tells, which a path that stays the same never is. Undefined where there is nothing to change.
 */
export function builtGroupXml(xml: string): string | undefined {
  const { document } = writtenPool(xml)
  const source = document.root.attribute('type') === 'logical' ? document.root.find('source') : undefined
  const devices = source?.children('device') ?? []
  if (devices.length === 0 || !source?.find('name')) return undefined
  for (const device of devices) device.remove()
  return document.toString()
}

/** A definition of a pool that is there already. */
export function withUuid(xml: string, uuid: string): string {
  const { document } = writtenPool(xml)
  const { root } = document
  if (!root.find('uuid')) root.insert(new EditElement('uuid'), root.find('name')).setText(uuid)
  return document.toString()
}

/** To be used on another host: it gives the pool a UUID and sizes of its own. */
export function portablePool(stored: EditDocument): string {
  const { root } = stored
  for (const one of root.children('uuid')) one.remove()
  return stored.toString()
}

/** Where a pool's volumes come from, in one line. */
export function sourceLine(pool: EditElement): string | undefined {
  const values = readPoolValues(pool)
  const word = (id: string): string => plain(values[id])
  const type = pool.attribute('type') ?? ''
  const lines: Record<string, string> = {
    fs: word('device'),
    disk: word('device'),
    netfs: `${word('server')}:${word('exportPath')}`,
    logical: word('volumeGroup') || (pool.find('name')?.text() ?? ''),
    iscsi: `${word('server')} ${word('target')}`,
    'iscsi-direct': `${word('server')} ${word('target')}`,
    scsi: word('adapterType') === 'fc_host' ? word('wwpn') : word('adapterName'),
    rbd: word('cephPool'),
    gluster: `${word('server')}:/${word('glusterVolume')}${word('glusterFolder').replace(/\/$/, '')}`,
    zfs: word('zpool'),
    vstorage: word('cluster'),
    sheepdog: word('sheepdogPool'),
  }
  const line = poolTypeOf(type) ? lines[type]?.trim() : undefined
  return line === '' ? undefined : line
}

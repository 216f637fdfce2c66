/** A volume's definition out of the values of its form (https://libvirt.org/formatstorage.html#storage-volume-xml). */
import { plain, type FieldValue, type Values } from '../../../shared/model/hardware/field'
import { hasImageFiles, volumeFormatsOf } from '../../../shared/model/storage/volume-abilities'
import { volume } from '../../../shared/model/storage/volume-kind'
import { makeElementAt, placeOf } from '../edit/path'
import { EditDocument, type EditElement } from '../edit/tree'

/** `name`: where the pool gives it. */
export function newVolumeXml(poolType: string, given: Values, name: string): string {
  const document = EditDocument.parse('<volume/>\n')
  const { root } = document
  const values = fitting({ ...given, poolType })
  const put = (path: string, value: FieldValue | undefined): void => {
    const text = plain(value)
    if (text !== '') makeElementAt(root, placeOf(path)).setText(text)
  }
  put('name', name)
  const capacity = values['capacityBytes']
  if (typeof capacity === 'number') {
    bytes(root, 'capacity', capacity)
    // without it libvirt takes all of the space now, which is the only way of block devices
    if (hasImageFiles(poolType) || poolType === 'zfs')
      bytes(root, 'allocation', values['allocation'] === 'full' ? capacity : 0)
  } else {
    bytes(root, 'allocation', 0)
  }
  const format = formatOf(poolType, values)
  if (format !== undefined) type(root, 'target/format', format)
  put('target/permissions/mode', mode(values['mode']))
  put('target/permissions/owner', values['owner'])
  put('target/permissions/group', values['group'])
  put('target/permissions/label', values['label'])
  if (values['encrypted'] === true) encrypt(root, plain(values['secret']))
  const isNew = ['lazyRefcounts', 'extendedL2'].some((one) => values[one] === true)
  put('target/compat', values['compat'] ?? (isNew ? '1.1' : undefined))
  if (values['nocow'] === true) makeElementAt(root, placeOf('target/nocow'))
  const cluster = values['clusterSizeBytes']
  if (cluster !== undefined) bytes(root, 'target/clusterSize', Number(cluster))
  if (values['lazyRefcounts'] === true) makeElementAt(root, placeOf('target/features/lazy_refcounts'))
  if (values['extendedL2'] === true) makeElementAt(root, placeOf('target/features/extended_l2'))
  const base = values['backingPath']
  if (base !== undefined) {
    put('backingStore/path', base)
    type(root, 'backingStore/format', plain(values['backingFormat']))
  }
  return document.toString()
}

/** Whether the tables of an image are to be written when it is made, which its definition cannot say. */
export function writesTables(poolType: string, values: Values): boolean {
  if (!hasImageFiles(poolType) || values['format'] !== 'qcow2') return false
  return ['metadata', 'full'].includes(plain(values['allocation']))
}

/** A copy of another volume, standing alone: what its base had is in it. */
export function cloneXml(
  poolType: string,
  from: { readonly capacityBytes: number; readonly encryption: string | undefined },
  to: { readonly name: string; readonly format: string | undefined },
): string {
  const document = EditDocument.parse('<volume/>\n')
  const { root } = document
  makeElementAt(root, placeOf('name')).setText(to.name)
  bytes(root, 'capacity', from.capacityBytes)
  // space that is taken as it is copied shows how far the copy is
  if (hasImageFiles(poolType)) bytes(root, 'allocation', 0)
  if (to.format !== undefined && hasImageFiles(poolType)) type(root, 'target/format', to.format)
  if (from.encryption !== undefined) encrypt(root, from.encryption)
  return document.toString()
}

/** What is to be filled with so many bytes from elsewhere. Whatever they are, the container is raw: others get a header. */
export function uploadXml(poolType: string, name: string, sizeBytes: number): string {
  return newVolumeXml(poolType, { format: 'raw', capacityBytes: sizeBytes, allocation: 'sparse' }, name)
}

function fitting(values: Values): Values {
  const { fields }: { fields: { readonly [id: string]: { when?: (all: Values) => boolean } } } = volume
  return Object.fromEntries(
    Object.entries(values).filter(([id, value]) => value !== '' && (fields[id]?.when?.(values) ?? true)),
  )
}

function formatOf(poolType: string, values: Values): string | undefined {
  const formats = volumeFormatsOf(poolType)
  if (formats.length < 2) return undefined
  return plain(values['format']) || (hasImageFiles(poolType) ? 'raw' : formats[0])
}

/** libvirt wants a leading zero, as it reads the number as octal. */
function mode(value: Values[string]): string | undefined {
  const text = plain(value)
  return text === '' ? undefined : `0${text.replace(/^0/, '')}`
}

function encrypt(root: EditElement, uuid: string): void {
  makeElementAt(root, placeOf('target/encryption')).setAttribute('format', 'luks')
  const secret = makeElementAt(root, placeOf('target/encryption/secret'))
  secret.setAttribute('type', 'passphrase')
  secret.setAttribute('uuid', uuid)
}

function bytes(root: EditElement, path: string, count: number): void {
  const element = makeElementAt(root, placeOf(path))
  element.setAttribute('unit', 'bytes')
  element.setText(String(count))
}

function type(root: EditElement, path: string, format: string): void {
  makeElementAt(root, placeOf(path)).setAttribute('type', format)
}

/**
 * Where the fields of a disk's source are (https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms).
 * Authentication and encryption stand in `<source>`, or, as older definitions have them, beside it.
 */
import type { FieldValue, Row } from '../../../../shared/model/hardware/field'
import type { sourceFields } from '../../../../shared/model/hardware/kinds/disk-source-fields'
import { sourceText } from '../../../../shared/model/hardware/kinds/disk-when'
import { addressElementText, writePciAddress } from '../pci-place'
import { elementAt, makeElementAt, placeOf, readAt, writeAt } from '../../edit/path'
import { EditElement } from '../../edit/tree'
import type { FieldBinding } from '../binding'
import { referenceBinding } from '../secret-reference'

const asText = (value: FieldValue | undefined): string | undefined =>
  value === undefined || typeof value === 'object' ? undefined : String(value)

/** A place that says which image it is. What was known about the image before goes with it. */
function ofImage(at: string): FieldBinding {
  return {
    read: (disk) => {
      const found = readAt(disk, at)
      return found === '' ? undefined : found
    },
    write: (disk, value) => {
      if (readAt(disk, at) === asText(value)) return
      writeAt(disk, at, asText(value))
      forgetImage(disk)
    },
  }
}

/** The chain of backing images, and the part of a file that is used, belong to one image only. */
function forgetImage(disk: EditElement): void {
  disk.find('backingStore')?.remove()
  disk.find('source', 'slices')?.remove()
}

const labelled = ['file', 'block', 'volume']

const sourceType: FieldBinding = {
  read: (disk) => disk.attribute('type'),
  write: (disk, value) => {
    const type = asText(value)
    if (disk.attribute('type') === type) return
    disk.setAttribute('type', type)
    forgetImage(disk)
    const source = disk.find('source')
    source?.setAttribute('fdgroup', undefined)
    if (!labelled.includes(type ?? 'file'))
      for (const label of source?.children('seclabel') ?? []) label.remove()
    if (source?.isEmpty()) source.remove()
  },
}

/** In `<source>`, or beside it where it is there already. */
const inSource = (disk: EditElement, name: string): string =>
  disk.find('source', name) === undefined && disk.find(name) !== undefined ? name : `source/${name}`

const authUser: FieldBinding = {
  read: (disk) => readAt(disk, `${inSource(disk, 'auth')}/@username`),
  write: (disk, value) => {
    const at = inSource(disk, 'auth')
    if (value === undefined) writeAt(disk, at, undefined)
    else writeAt(disk, `${at}/@username`, asText(value))
  },
}

const secretTypeOf = (disk: EditElement): string =>
  disk.find('source')?.attribute('protocol') === 'rbd' ? 'ceph' : 'iscsi'

const authSecret = referenceBinding((disk) => `${inSource(disk, 'auth')}/secret`, secretTypeOf)

const encryptionFormat: FieldBinding = {
  read: (disk) => readAt(disk, `${inSource(disk, 'encryption')}/@format`),
  write: (disk, value) => {
    const at = inSource(disk, 'encryption')
    if (value === undefined) writeAt(disk, at, undefined)
    else writeAt(disk, `${at}/@format`, asText(value))
  },
}

const encryptionEngine: FieldBinding = {
  read: (disk) => readAt(disk, `${inSource(disk, 'encryption')}/@engine`),
  write: (disk, value) => writeAt(disk, `${inSource(disk, 'encryption')}/@engine`, asText(value)),
}

const nvmeAddress: FieldBinding = {
  read: (disk) => addressElementText(disk.find('source', 'address')),
  write: (disk, value) => {
    if (value === undefined) {
      writeAt(disk, 'source/address', undefined)
      if (readAt(disk, 'source/@type') === 'pci') writeAt(disk, 'source/@type', undefined)
      return
    }
    const text = asText(value) ?? ''
    writeAt(disk, 'source/@type', 'pci')
    writePciAddress(makeElementAt(disk, placeOf('source/address')), text)
  },
}

const socket: FieldBinding = {
  read: (disk) => readAt(disk, 'source/@path'),
  write: (disk, value) => {
    writeAt(disk, 'source/@path', asText(value))
    if (value !== undefined) writeAt(disk, 'source/@type', 'unix')
    else if (readAt(disk, 'source/@type') === 'unix') writeAt(disk, 'source/@type', undefined)
  },
}

/** Every image below the top one, the nearest first. */
function backingRows(disk: EditElement): readonly Row[] | undefined {
  const images: Row[] = []
  for (let store = disk.find('backingStore'); store; store = store.find('backingStore')) {
    const source = describeSource(store)
    if (source === undefined) break
    const format = store.find('format')?.attribute('type')
    images.push({ source, ...(format === undefined ? {} : { format }) })
  }
  return images.length === 0 ? undefined : images
}

function describeSource(of: EditElement): string | undefined {
  const text = (at: string): string | undefined => readAt(of, `source/@${at}`)
  const host = of.find('source', 'host')
  return sourceText({
    sourceType: of.attribute('type'),
    file: text('file'),
    blockDevice: text('dev'),
    directory: text('dir'),
    pool: text('pool'),
    volume: text('volume'),
    protocol: text('protocol'),
    sourceName: text('name'),
    nvmeNamespace: text('namespace'),
    nvmeAddress: addressElementText(of.find('source', 'address')),
    hosts: host ? [{ name: host.attribute('name'), socket: host.attribute('socket') }] : [],
  })
}

const backing: FieldBinding = {
  read: backingRows,
  write: (disk, value) => {
    if (value === undefined) disk.find('backingStore')?.remove()
  },
}

export const sourceBindings: { readonly [Field in keyof typeof sourceFields]: FieldBinding } = {
  sourceType,
  file: ofImage('source/@file'),
  blockDevice: ofImage('source/@dev'),
  directory: ofImage('source/@dir'),
  pool: ofImage('source/@pool'),
  volume: ofImage('source/@volume'),
  volumeMode: 'source/@mode',
  protocol: ofImage('source/@protocol'),
  sourceName: ofImage('source/@name'),
  hosts: {
    rows: 'source/host',
    columns: { name: '@name', port: '@port', transport: '@transport', socket: '@socket' },
  },
  query: 'source/@query',
  tls: { at: 'source/@tls', as: 'yes-no' },
  tlsHostname: 'source/@tlsHostname',
  sslVerify: { at: 'source/ssl/@verify', as: 'yes-no' },
  cookies: { rows: 'source/cookies/cookie', columns: { name: '@name', value: '.' } },
  readaheadBytes: { at: 'source/readahead/@size', unit: 'bytes', bare: true },
  timeoutSeconds: 'source/timeout/@seconds',
  initiator: 'source/initiator/iqn/@name',
  rbdSnapshot: 'source/snapshot/@name',
  rbdConfig: 'source/config/@file',
  nfsUser: 'source/identity/@user',
  nfsGroup: 'source/identity/@group',
  authUser,
  authSecret,
  nvmeAddress,
  nvmeNamespace: 'source/@namespace',
  nvmeManaged: { at: 'source/@managed', as: 'yes-no' },
  socket,
  reconnect: { at: 'source/reconnect/@enabled', as: 'yes-no' },
  reconnectSeconds: 'source/reconnect/@timeout',
  startupPolicy: 'source/@startupPolicy',
  encryptionFormat,
  encryptionSecret: referenceBinding(
    (disk) => `${inSource(disk, 'encryption')}/secret`,
    () => 'passphrase',
  ),
  encryptionEngine,
  backing,
  seclabels: {
    rows: 'source/seclabel',
    columns: { model: '@model', relabel: { at: '@relabel', as: 'yes-no' }, label: 'label' },
  },
}

/** What libvirt wants beside the fields that were written. */
export function settleSource(disk: EditElement): void {
  const source = disk.find('source')
  if (!source) return
  const protocol = disk.attribute('type') === 'network' ? source.attribute('protocol') : undefined
  const identity = source.find('identity')
  // an identity has to be there, even one that says nothing
  if (protocol === 'nfs' && !identity) source.insert(new EditElement('identity'))
  else if (protocol !== 'nfs' && identity?.isEmpty()) identity.remove()
  const secret = elementAt(disk, placeOf(`${inSource(disk, 'auth')}/secret`))
  if (secret && (protocol === 'rbd' || protocol === 'iscsi')) secret.setAttribute('type', secretTypeOf(disk))
}

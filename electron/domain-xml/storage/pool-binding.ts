/** Where the fields of a pool live in libvirt's XML (https://libvirt.org/formatstorage.html#storage-pool-xml). */
import type { Kind } from '../../../shared/model/hardware/kind'
import { poolKind } from '../../../shared/model/storage/pool-kind'
import { makeElementAt, placeOf, readAt, writeAt } from '../edit/path'
import { EditElement } from '../edit/tree'
import { bind, type FieldBinding } from '../hardware/binding'
import { readField, writeField } from '../hardware/field-xml'
import { namespacedRows } from './pool-options'

type FieldId = keyof typeof poolKind.fields

const isOf = (pool: EditElement, types: readonly string[]): boolean =>
  types.includes(pool.attribute('type') ?? '')

/** A place that means this field in pools of these types only. */
function only(id: FieldId, types: readonly string[], binding: FieldBinding): FieldBinding {
  const { fields }: { fields: Kind['fields'] } = poolKind
  const field = fields[id]
  if (!field) throw new TypeError(`A pool has no ${id}`)
  return {
    read: (pool) => (isOf(pool, types) ? readField(pool, field, binding) : undefined),
    write: (pool, value) => {
      if (isOf(pool, types)) writeField(pool, field, binding, value)
    },
  }
}

/** A number of a user or group; -1 says that nobody cares. */
function idAt(at: string): FieldBinding {
  return {
    read: (pool) => {
      const text = readAt(pool, at)
      return text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : undefined
    },
    write: (pool, value) => writeAt(pool, at, typeof value === 'number' ? String(value) : undefined),
  }
}

const secretUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function makeAuth(pool: EditElement): EditElement {
  const auth = makeElementAt(pool, placeOf('source/auth'))
  if (auth.attribute('type') === undefined) auth.setAttribute('type', isOf(pool, ['rbd']) ? 'ceph' : 'chap')
  return auth
}

/** A name without a secret, and a secret without a name, mean nothing: both go together. */
const authUser: FieldBinding = {
  read: (pool) => pool.find('source', 'auth')?.attribute('username'),
  write: (pool, value) => {
    if (typeof value === 'string') makeAuth(pool).setAttribute('username', value)
    else writeAt(pool, 'source/auth', undefined)
  },
}

const authSecret: FieldBinding = {
  read: (pool) => {
    const secret = pool.find('source', 'auth', 'secret')
    return secret?.attribute('uuid') ?? secret?.attribute('usage')
  },
  write: (pool, value) => {
    if (typeof value !== 'string') return pool.find('source', 'auth', 'secret')?.remove()
    const auth = makeAuth(pool)
    const secret = auth.find('secret') ?? auth.insert(new EditElement('secret'))
    secret.setAttribute('uuid', secretUuid.test(value) ? value : undefined)
    secret.setAttribute('usage', secretUuid.test(value) ? undefined : value)
  },
}

const oneServer = ['netfs', 'iscsi', 'iscsi-direct', 'gluster', 'sheepdog']

/** In the order in which libvirt writes them, so that a new definition reads as one of its own. */
export const poolBinding = bind(poolKind, {
  fields: {
    type: '@type',
    name: 'name',
    cow: { at: 'features/cow/@state', as: 'yes-no' },
    server: only('server', oneServer, 'source/host/@name'),
    port: only('port', oneServer, 'source/host/@port'),
    monitors: only('monitors', ['rbd'], {
      rows: 'source/host',
      columns: { server: '@name', port: '@port' },
    }),
    device: only('device', ['fs', 'disk'], 'source/device/@path'),
    partitionSeparator: only('partitionSeparator', ['disk'], {
      at: 'source/device/@part_separator',
      as: 'yes-no',
    }),
    devices: only('devices', ['logical', 'zfs'], { rows: 'source/device', columns: { path: '@path' } }),
    target: only('target', ['iscsi', 'iscsi-direct'], 'source/device/@path'),
    exportPath: only('exportPath', ['netfs'], 'source/dir/@path'),
    glusterFolder: only('glusterFolder', ['gluster'], 'source/dir/@path'),
    adapterType: only('adapterType', ['scsi'], 'source/adapter/@type'),
    adapterName: only('adapterName', ['scsi'], 'source/adapter/@name'),
    parent: only('parent', ['scsi'], 'source/adapter/@parent'),
    managed: only('managed', ['scsi'], { at: 'source/adapter/@managed', as: 'yes-no' }),
    wwnn: only('wwnn', ['scsi'], 'source/adapter/@wwnn'),
    wwpn: only('wwpn', ['scsi'], 'source/adapter/@wwpn'),
    volumeGroup: only('volumeGroup', ['logical'], 'source/name'),
    zpool: only('zpool', ['zfs'], 'source/name'),
    cephPool: only('cephPool', ['rbd'], 'source/name'),
    glusterVolume: only('glusterVolume', ['gluster'], 'source/name'),
    cluster: only('cluster', ['vstorage'], 'source/name'),
    sheepdogPool: only('sheepdogPool', ['sheepdog'], 'source/name'),
    initiator: 'source/initiator/iqn/@name',
    share: only('share', ['netfs'], 'source/format/@type'),
    fileSystem: only('fileSystem', ['fs'], 'source/format/@type'),
    partitionTable: only('partitionTable', ['disk'], 'source/format/@type'),
    authUser,
    authSecret,
    protocolVersion: 'source/protocol/@ver',
    path: 'target/path',
    mode: 'target/permissions/mode',
    owner: idAt('target/permissions/owner'),
    group: idAt('target/permissions/group'),
    label: 'target/permissions/label',
    fullSizes: 'refresh/volume/@allocation',
    mountOptions: namespacedRows({
      uri: 'http://libvirt.org/schemas/storagepool/fs/1.0',
      prefix: 'fs',
      element: 'mount_opts',
      columns: ['name'],
    }),
    cephOptions: namespacedRows({
      uri: 'http://libvirt.org/schemas/storagepool/rbd/1.0',
      prefix: 'rbd',
      element: 'config_opts',
      columns: ['name', 'value'],
    }),
  },
})

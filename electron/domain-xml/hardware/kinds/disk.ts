import { disk } from '../../../../shared/model/hardware/kinds/disk'
import type { limitFields } from '../../../../shared/model/hardware/kinds/disk-limit-fields'
import { own } from '../../../../shared/model/hardware/own'
import { writeAt } from '../../edit/path'
import { bind, type FieldBinding } from '../binding'
import { settleBootOrder } from '../device-boot'
import { settleSource, sourceBindings } from './disk-source'
import { virtioOptionPlaces } from './virtio-options'

/** Another bus has other addresses: libvirt gives a new one. */
const bus: FieldBinding = {
  read: (item) => item.find('target')?.attribute('bus'),
  write: (item, value) => {
    if (item.find('target')?.attribute('bus') === value) return
    writeAt(item, 'target/@bus', typeof value === 'string' ? value : undefined)
    item.find('address')?.remove()
  },
}

/** `<transient/>` means something without it. */
const transientShares: FieldBinding = {
  read: (item) => own({ yes: true, no: false }, item.find('transient')?.attribute('shareBacking') ?? ''),
  write: (item, value) => {
    item
      .find('transient')
      ?.setAttribute('shareBacking', value === undefined ? undefined : value === true ? 'yes' : 'no')
  },
}

const reservationsSocket: FieldBinding = {
  read: (item) => item.find('source', 'reservations', 'source')?.attribute('path'),
  write: (item, value) => {
    if (typeof value !== 'string') return writeAt(item, 'source/reservations/source', undefined)
    writeAt(item, 'source/reservations/source/@type', 'unix')
    writeAt(item, 'source/reservations/source/@path', value)
    writeAt(item, 'source/reservations/source/@mode', 'client')
  },
}

/** "totalBytesSecMax" is `<total_bytes_sec_max>`; these have no units in XML. */
function limit(element: string, isSize: boolean): FieldBinding {
  return isSize ? { at: `iotune/${element}`, unit: 'bytes', bare: true } : `iotune/${element}`
}

const limitBindings: { readonly [Field in keyof typeof limitFields]: FieldBinding } = {
  totalBytesSec: limit('total_bytes_sec', true),
  readBytesSec: limit('read_bytes_sec', true),
  writeBytesSec: limit('write_bytes_sec', true),
  totalIopsSec: limit('total_iops_sec', false),
  readIopsSec: limit('read_iops_sec', false),
  writeIopsSec: limit('write_iops_sec', false),
  totalBytesSecMax: limit('total_bytes_sec_max', true),
  readBytesSecMax: limit('read_bytes_sec_max', true),
  writeBytesSecMax: limit('write_bytes_sec_max', true),
  totalIopsSecMax: limit('total_iops_sec_max', false),
  readIopsSecMax: limit('read_iops_sec_max', false),
  writeIopsSecMax: limit('write_iops_sec_max', false),
  totalBytesSecMaxLength: limit('total_bytes_sec_max_length', false),
  readBytesSecMaxLength: limit('read_bytes_sec_max_length', false),
  writeBytesSecMaxLength: limit('write_bytes_sec_max_length', false),
  totalIopsSecMaxLength: limit('total_iops_sec_max_length', false),
  readIopsSecMaxLength: limit('read_iops_sec_max_length', false),
  writeIopsSecMaxLength: limit('write_iops_sec_max_length', false),
  sizeIopsSec: limit('size_iops_sec', true),
  groupName: 'iotune/group_name',
}

/** https://libvirt.org/formatdomain.html#hard-drives-floppy-disks-cdroms */
export const diskBinding = bind(disk, {
  element: 'disk',
  fields: {
    ...sourceBindings,
    device: '@device',
    bus,
    target: 'target/@dev',
    virtioModel: '@model',
    readOnly: { at: 'readonly', as: 'presence' },
    shareable: { at: 'shareable', as: 'presence' },
    removable: { at: 'target/@removable', as: 'on-off' },
    tray: 'target/@tray',
    transient: { at: 'transient', as: 'presence' },
    transientShares,
    snapshot: '@snapshot',
    bootOrder: 'boot/@order',
    bootParameter: 'boot/@loadparm',
    serial: 'serial',
    wwn: 'wwn',
    vendor: 'vendor',
    product: 'product',
    rotationRate: 'target/@rotation_rate',
    logicalBlockBytes: { at: 'blockio/@logical_block_size', unit: 'bytes', bare: true },
    physicalBlockBytes: { at: 'blockio/@physical_block_size', unit: 'bytes', bare: true },
    cylinders: 'geometry/@cyls',
    heads: 'geometry/@heads',
    sectors: 'geometry/@secs',
    translation: 'geometry/@trans',
    backendDomain: 'backenddomain/@name',
    format: 'driver/@type',
    cache: 'driver/@cache',
    io: 'driver/@io',
    discard: 'driver/@discard',
    detectZeroes: 'driver/@detect_zeroes',
    errorPolicy: 'driver/@error_policy',
    readErrorPolicy: 'driver/@rerror_policy',
    copyOnRead: { at: 'driver/@copy_on_read', as: 'on-off' },
    ioThread: 'driver/@iothread',
    queues: 'driver/@queues',
    queueSize: 'driver/@queue_size',
    metadataCacheBytes: { at: 'driver/metadata_cache/max_size', unit: 'bytes' },
    driverName: 'driver/@name',
    ioEventFd: { at: 'driver/@ioeventfd', as: 'on-off' },
    eventIdx: { at: 'driver/@event_idx', as: 'on-off' },
    ...virtioOptionPlaces,
    rawIo: { at: '@rawio', as: 'yes-no' },
    sgIo: '@sgio',
    reservations: { at: 'source/reservations/@managed', as: 'yes-no' },
    reservationsSocket,
    ...limitBindings,
  },
  template: () => `<disk type='file' device='disk'/>`,
  key: (element) => element.find('target')?.attribute('dev'),
  finish: (element, domain) => {
    settleSource(element)
    settleBootOrder(element, domain)
  },
})

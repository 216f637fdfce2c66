import { plain } from '../field'
import { defineKind, isContainer, isQemu, isWindows, type HardwareContext } from '../kind'
import { own } from '../own'
import { busesFor, busOf, nextTarget, takenTargets } from '../targets'
import { driverFields } from './disk-driver-fields'
import { limitFields } from './disk-limit-fields'
import { diskProblems } from './disk-rules'
import { sourceFields } from './disk-source-fields'
import { targetFields } from './disk-target-fields'
import { deviceOf, isRemovable, sourceText } from './disk-when'
import { noFreePort } from '../pci-ports'

const busNames: Record<string, string> = {
  virtio: 'VirtIO',
  scsi: 'SCSI',
  sata: 'SATA',
  ide: 'IDE',
  usb: 'USB',
  xen: 'Xen',
  sd: 'SD',
  fdc: '',
}

const deviceNames: Record<string, string> = { cdrom: 'CD drive', floppy: 'Floppy drive', lun: 'LUN' }

// Written in this order: what decides about others comes first.
const { device, bus, target, ...seen } = targetFields
const { sourceType, protocol, authUser, encryptionFormat, ...source } = sourceFields

export const disk = defineKind({
  id: 'disk',
  label: 'Disk',
  role: 'device',
  fields: {
    device,
    sourceType,
    bus,
    target,
    protocol,
    authUser,
    encryptionFormat,
    ...source,
    ...driverFields,
    ...seen,
    ...limitFields,
  },
  groups: [
    {
      title: '',
      fields: [
        'device',
        'sourceType',
        'file',
        'blockDevice',
        'directory',
        'pool',
        'volume',
        'volumeMode',
        'protocol',
        'sourceName',
        'hosts',
        'authUser',
        'authSecret',
        'nvmeAddress',
        'nvmeNamespace',
        'nvmeManaged',
        'socket',
        'format',
        'bus',
        'target',
        'readOnly',
        'tray',
        'backing',
      ],
      panel: 'disk-source',
    },
    { title: 'Performance', fields: ['cache', 'io', 'discard', 'detectZeroes', 'ioThread', 'queues'] },
    {
      title: 'Use',
      fields: [
        'bootOrder',
        'bootParameter',
        'startupPolicy',
        'shareable',
        'removable',
        'transient',
        'transientShares',
        'snapshot',
      ],
    },
    {
      title: 'Shown to the guest',
      fields: [
        'serial',
        'wwn',
        'vendor',
        'product',
        'rotationRate',
        'logicalBlockBytes',
        'physicalBlockBytes',
        'cylinders',
        'heads',
        'sectors',
        'translation',
        'virtioModel',
      ],
    },
    {
      title: 'Network storage',
      fields: [
        'query',
        'tls',
        'tlsHostname',
        'sslVerify',
        'cookies',
        'readaheadBytes',
        'timeoutSeconds',
        'initiator',
        'rbdSnapshot',
        'rbdConfig',
        'nfsUser',
        'nfsGroup',
        'reconnect',
        'reconnectSeconds',
      ],
    },
    { title: 'Encryption', fields: ['encryptionFormat', 'encryptionSecret', 'encryptionEngine'] },
    {
      title: 'Limits',
      fields: [
        'totalBytesSec',
        'readBytesSec',
        'writeBytesSec',
        'totalIopsSec',
        'readIopsSec',
        'writeIopsSec',
        'totalBytesSecMax',
        'readBytesSecMax',
        'writeBytesSecMax',
        'totalIopsSecMax',
        'readIopsSecMax',
        'writeIopsSecMax',
        'totalBytesSecMaxLength',
        'readBytesSecMaxLength',
        'writeBytesSecMaxLength',
        'totalIopsSecMaxLength',
        'readIopsSecMaxLength',
        'writeIopsSecMaxLength',
        'sizeIopsSec',
        'groupName',
      ],
    },
    {
      title: 'Errors and driver',
      fields: [
        'errorPolicy',
        'readErrorPolicy',
        'copyOnRead',
        'metadataCacheBytes',
        'driverName',
        'ioEventFd',
        'eventIdx',
        'queueSize',
        'iommu',
        'ats',
        'packed',
        'pagePerVq',
        'backendDomain',
        'seclabels',
      ],
    },
    { title: 'SCSI device', fields: ['rawIo', 'sgIo', 'reservations', 'reservationsSocket'] },
  ],
  title: (values) => {
    const name = own(busNames, busOf(values)) ?? busOf(values)
    const what = own(deviceNames, deviceOf(values)) ?? 'disk'
    return [name, name === '' ? what : what.replace(/^Floppy/, 'floppy'), plain(values.target)]
      .filter((word) => word !== '')
      .join(' ')
  },
  summary: (values) => sourceText(values) ?? (isRemovable(values) ? 'Empty' : 'No image'),
  defaults: newDisk,
  whyNotOffered: (context) =>
    isContainer(context) ? 'A container has file systems instead of disks' : undefined,
  hotplug: (values, context) => {
    const on = busOf(values)
    if (deviceOf(values) === 'floppy') return 'Floppy drives cannot be plugged in while the guest runs'
    if (!['virtio', 'scsi', 'usb', 'xen'].includes(on))
      return `Disks on ${own(busNames, on) ?? on} cannot be plugged in while the guest runs; those on VirtIO, SCSI and USB can`
    return on === 'virtio' ? (noFreePort(context) ?? true) : true
  },
  whatGoes: (values) => {
    const image = sourceText(values)
    return [
      ...(image === undefined ? [] : [`The image ${image} stays in storage`]),
      ...(values.bootOrder === undefined ? [] : ['The VM is no longer started from it']),
    ]
  },
  // an empty drive that runs has no format
  isMadeFrom: (field, now, next) =>
    field === 'format' && isRemovable(now) && sourceText(now) === undefined && sourceText(next) === undefined,
  check: diskProblems,
})

/** A hard disk of the best bus; the image is chosen by whoever adds it. */
function newDisk(context: HardwareContext) {
  return newDrive('disk', context)
}

/** Settings of a new drive of a kind, for menus that offer "CD drive" and "Floppy drive" by themselves. */
export function newDrive(kind: 'disk' | 'cdrom' | 'floppy' | 'lun', context: HardwareContext) {
  const on =
    busesFor(kind, context)[0] ?? (kind === 'floppy' ? 'fdc' : isWindows(context) ? 'sata' : 'virtio')
  const name = nextTarget(on, takenTargets(context))
  return {
    device: kind,
    sourceType: kind === 'lun' ? 'block' : 'file',
    bus: on,
    ...(name === undefined ? {} : { target: name }),
    format: kind === 'disk' ? 'qcow2' : 'raw',
    ...(isQemu(context) ? { driverName: 'qemu' } : {}),
    ...(kind === 'disk' && isQemu(context) ? { discard: 'unmap' } : {}),
    ...(kind === 'cdrom' ? { readOnly: true } : {}),
  }
}

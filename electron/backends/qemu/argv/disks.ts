/** Disks and drives: a node of the block layer named `drive-<target>`, and the device that the guest sees. */
import { add, type Build, idOf } from './build'
import { place, scsiModel, usbPlug } from './controllers'
import { type BlockNode, protocolNode } from './disk-source'
import { busOf, driveAddress } from './ids'
import { flag, number, options, type Options } from './options'
import type { Reading } from './reading'
import { virtioName, virtioOptions } from './virtio'

/** What `cache` of a definition means for file and device (docs of -drive: cache.direct, cache.no-flush, write-cache). */
const caches: Readonly<
  Record<string, { readonly direct: boolean; readonly noFlush: boolean; readonly writeCache: boolean }>
> = {
  writeback: { direct: false, noFlush: false, writeCache: true },
  none: { direct: true, noFlush: false, writeCache: true },
  writethrough: { direct: false, noFlush: false, writeCache: false },
  directsync: { direct: true, noFlush: false, writeCache: false },
  unsafe: { direct: false, noFlush: true, writeCache: true },
}

export function planDisk(build: Build, disk: Reading): void {
  const target = disk.child('target')
  const dev = target?.attr('dev') ?? idOf(build, disk)
  const of = `disk ${dev}`
  if (disk.attr('type') === 'vhostuser') return planVhostUser(build, disk, of)
  const kind = disk.attr('device') ?? 'disk'
  const driver = disk.child('driver')
  // "qemu" is the only one there is; the rest counts also while the drive is empty
  driver?.attr('name')
  driver?.attr('type')
  disk.child('readonly')
  const node = blockNode(build, disk, dev)
  const throttled = node === undefined ? undefined : throttle(build, disk, dev)
  const copies = flag(driver?.attr('copy_on_read')) === true && node !== undefined
  if (node) {
    if (throttled) add(build, of, 'How fast the disk may be at most.', '-object', throttled)
    add(build, of, whatItIs(disk, kind), '-blockdev', JSON.stringify(node))
    if (copies)
      add(
        build,
        of,
        'What is read of a base image is kept in the disk.',
        '-blockdev',
        JSON.stringify({ driver: 'copy-on-read', 'node-name': `drive-${dev}-copy`, file: `drive-${dev}` }),
      )
    if (throttled)
      add(
        build,
        of,
        'The limit stands before the disk.',
        '-blockdev',
        JSON.stringify({
          driver: 'throttle',
          'node-name': `drive-${dev}-limit`,
          'throttle-group': groupOf(disk, dev),
          file: copies ? `drive-${dev}-copy` : `drive-${dev}`,
        }),
      )
  }
  const top =
    node === undefined
      ? undefined
      : throttled
        ? `drive-${dev}-limit`
        : copies
          ? `drive-${dev}-copy`
          : `drive-${dev}`
  planDevice(build, disk, { of, kind, top })
  toldOnly(build, disk, dev)
}

function whatItIs(disk: Reading, kind: string): string {
  const what =
    { cdrom: 'The disc in the drive', floppy: 'The floppy disk in the drive' }[kind] ??
    'Where the disk’s content is'
  const format = disk.child('driver')?.attr('type') ?? 'raw'
  return `${what}, read as ${format}.`
}

function blockNode(build: Build, disk: Reading, dev: string): BlockNode | undefined {
  const protocol = protocolNode(build, disk, dev)
  if (!protocol) return undefined
  const driver = disk.child('driver')
  const isReadOnly = disk.child('readonly') !== undefined || ['cdrom'].includes(disk.attr('device') ?? '')
  const cache = caches[driver?.attr('cache') ?? '']
  const io = driver?.attr('io')
  const isFile = ['file', 'host_device', 'host_cdrom'].includes(String(protocol['driver']))
  const cacheOptions = cache ? { cache: { direct: cache.direct, 'no-flush': cache.noFlush } } : {}
  const discard = driver?.attr('discard')
  const zeroes = driver?.attr('detect_zeroes')
  const common: BlockNode = {
    'read-only': isReadOnly,
    ...cacheOptions,
    ...(discard === undefined ? {} : { discard }),
  }
  const format = driver?.attr('type') ?? 'raw'
  const metadata = driver?.at('metadata_cache', 'max_size')
  metadata?.attr('unit')
  const metadataBytes = number(metadata?.text())
  if (format === 'vvfat' || protocol['driver'] === 'vvfat')
    return { ...protocol, 'node-name': `drive-${dev}`, 'read-only': isReadOnly }
  const encryption = disk.child('encryption') ?? disk.at('source', 'encryption')
  if (encryption) {
    build.notes.push(
      `The disk ${dev} is encrypted: its passphrase is kept by libvirt, and QEMU alone cannot open it.`,
    )
    encryption.whole()
  }
  return {
    driver: format,
    'node-name': `drive-${dev}`,
    ...common,
    // zeroes are only given back where anything is
    ...(zeroes === undefined
      ? {}
      : { 'detect-zeroes': zeroes === 'unmap' && discard !== 'unmap' ? 'on' : zeroes }),
    ...(format === 'qcow2' && metadataBytes !== undefined ? { 'cache-size': metadataBytes } : {}),
    ...slice(disk),
    file: {
      ...protocol,
      'node-name': `drive-${dev}-file`,
      ...common,
      // a file that only may be read is found out by itself
      'auto-read-only': true,
      ...(isFile && io !== undefined ? { aio: io } : {}),
    },
    ...backing(build, disk, dev, cacheOptions),
  }
}

/** A part of the file. */
function slice(disk: Reading): BlockNode {
  const part = disk.at('source', 'slices')?.child('slice')
  if (part?.attr('type') !== 'storage') return {}
  return { offset: number(part.attr('offset')), size: number(part.attr('size')) }
}

/** An empty <backingStore/> ends the chain; one that is not there is found in the images themselves. */
function backing(build: Build, layer: Reading, name: string, cacheOptions: BlockNode, depth = 1): BlockNode {
  const store = layer.child('backingStore')
  // other formats cannot have one
  const format =
    layer.name === 'disk' ? layer.child('driver')?.attr('type') : layer.child('format')?.attr('type')
  if (!store || !['qcow2', 'qcow', 'qed', 'vmdk'].includes(format ?? 'raw')) {
    store?.attr('index')
    return {}
  }
  store.attr('index')
  const protocol = protocolNode(build, store, `${name}, image ${depth} below`)
  if (!protocol) return { backing: null }
  return {
    backing: {
      driver: store.child('format')?.attr('type') ?? 'raw',
      'node-name': `drive-${name}-base${depth}`,
      'read-only': true,
      ...cacheOptions,
      file: {
        ...protocol,
        'node-name': `drive-${name}-base${depth}-file`,
        'auto-read-only': true,
        ...cacheOptions,
      },
      ...backing(build, store, name, cacheOptions, depth + 1),
    },
  }
}

/** Elements of <iotune>, and QEMU's ThrottleLimits. */
export const limitNames: Readonly<Record<string, string>> = {
  total_bytes_sec: 'bps-total',
  read_bytes_sec: 'bps-read',
  write_bytes_sec: 'bps-write',
  total_iops_sec: 'iops-total',
  read_iops_sec: 'iops-read',
  write_iops_sec: 'iops-write',
  total_bytes_sec_max: 'bps-total-max',
  read_bytes_sec_max: 'bps-read-max',
  write_bytes_sec_max: 'bps-write-max',
  total_iops_sec_max: 'iops-total-max',
  read_iops_sec_max: 'iops-read-max',
  write_iops_sec_max: 'iops-write-max',
  total_bytes_sec_max_length: 'bps-total-max-length',
  read_bytes_sec_max_length: 'bps-read-max-length',
  write_bytes_sec_max_length: 'bps-write-max-length',
  total_iops_sec_max_length: 'iops-total-max-length',
  read_iops_sec_max_length: 'iops-read-max-length',
  write_iops_sec_max_length: 'iops-write-max-length',
  size_iops_sec: 'iops-size',
}

function groupOf(disk: Reading, dev: string): string {
  return limitsId(disk.at('iotune', 'group_name')?.text(), dev)
}

/** Of the object that has the limits of a disk, or of its group. */
export function limitsId(group: string | undefined, dev: string): string {
  return group === undefined ? `limit-${dev}` : `limit-group-${group}`
}

function throttle(build: Build, disk: Reading, dev: string): string | undefined {
  const iotune = disk.child('iotune')
  if (!iotune) return undefined
  const values = Object.entries(limitNames).flatMap(([element, name]) => {
    const value = number(iotune.textAt(element))
    return value === undefined || value === 0 ? [] : [[name, value] as const]
  })
  if (values.length === 0) return undefined
  const id = groupOf(disk, dev)
  // disks of one group share the object
  const isMade = build.parts.some(({ words }) => words[0] === '-object' && words[1]?.includes(`"id":"${id}"`))
  return isMade
    ? undefined
    : JSON.stringify({ 'qom-type': 'throttle-group', id, limits: Object.fromEntries(values) })
}

interface Device {
  readonly of: string
  readonly kind: string
  readonly top: string | undefined
}

function planDevice(build: Build, disk: Reading, { of, kind, top }: Device): void {
  const id = idOf(build, disk)
  const driver = disk.child('driver')
  const cache = caches[driver?.attr('cache') ?? '']
  const queues = number(driver?.attr('queues'))
  const iothread = driver?.attr('iothread')
  const target = disk.child('target')
  const blockio = disk.child('blockio')
  const errors = {
    werror: driver?.attr('error_policy'),
    rerror:
      driver?.attr('rerror_policy') ??
      { enospace: undefined, report: 'report', stop: 'stop', ignore: 'ignore' }[
        driver?.attr('error_policy') ?? ''
      ],
  }
  const serial = disk.textAt('serial')
  const common: Options = {
    drive: top,
    id,
    bootindex: build.bootIndexes.get(disk),
    'share-rw': disk.child('shareable') === undefined ? undefined : true,
    'write-cache':
      cache && kind !== 'cdrom' && kind !== 'floppy' && top !== undefined ? cache.writeCache : undefined,
    logical_block_size: number(blockio?.attr('logical_block_size')),
    // never smaller than the logical one
    physical_block_size:
      number(blockio?.attr('physical_block_size')) ?? number(blockio?.attr('logical_block_size')),
    ...(top === undefined
      ? {}
      : { werror: errors.werror === 'enospace' ? 'enospc' : errors.werror, rerror: errors.rerror }),
  }
  const named: Options = { serial }
  const bus = busOf(disk)
  const why =
    { cdrom: 'A drive for CDs and DVDs', floppy: 'A floppy drive', lun: 'A SCSI device of the host' }[kind] ??
    'A disk'
  const plug = (word: string, how: string): void => add(build, of, `${why}${how}.`, '-device', word)
  switch (bus) {
    case 'virtio':
      plug(
        options(virtioName('virtio-blk', build.machine, disk.attr('model')), {
          ioeventfd: flag(driver?.attr('ioeventfd')),
          event_idx: flag(driver?.attr('event_idx')),
          ...virtioOptions(disk),
          ...(iothread === undefined ? {} : { iothread: `iothread${iothread}` }),
          'num-queues': queues,
          'queue-size': number(driver?.attr('queue_size')),
          ...common,
          ...named,
          ...place(build, disk),
        }),
        ' that the guest knows to be virtual, which is fast',
      )
      return
    case 'scsi':
      plug(scsiDevice(build, disk, kind, { ...common, ...named }), ' at a SCSI controller')
      return
    case 'sata': {
      const { controller, unit } = driveAddress(disk)
      const first = build.machine.chipset === 'q35' && controller === 0 ? 'ide' : `sata${controller}`
      plug(
        options(kind === 'cdrom' ? 'ide-cd' : 'ide-hd', {
          bus: `${first}.${unit}`,
          ...ata(disk, kind),
          ...common,
          ...named,
        }),
        ' at a SATA port',
      )
      return
    }
    case 'ide': {
      const { bus: channel, unit } = driveAddress(disk)
      if (build.machine.chipset === 'q35') {
        build.notes.push(`${of}: this machine has no IDE; the drive is at a SATA port instead.`)
        plug(
          options(kind === 'cdrom' ? 'ide-cd' : 'ide-hd', {
            bus: `ide.${channel * 2 + unit}`,
            ...ata(disk, kind),
            ...common,
            ...named,
          }),
          ' at a SATA port',
        )
        return
      }
      plug(
        options(kind === 'cdrom' ? 'ide-cd' : 'ide-hd', {
          bus: `ide.${channel}`,
          unit,
          ...ata(disk, kind),
          ...common,
          ...named,
        }),
        ' at an IDE channel',
      )
      return
    }
    case 'usb':
      plug(
        options('usb-storage', {
          ...usbPlug(build, disk),
          ...common,
          removable: flag(target?.attr('removable')),
          ...named,
        }),
        ' at a USB port',
      )
      return
    case 'fdc': {
      const { unit } = driveAddress(disk)
      const order = build.bootIndexes.get(disk)
      // the place in the order of starting is the controller's to know
      if (order !== undefined)
        add(
          build,
          of,
          'When the floppy is tried at the start.',
          '-global',
          `isa-fdc.bootindex${unit === 0 ? 'A' : 'B'}=${order}`,
        )
      planFloppyController(build)
      plug(options('floppy', { unit, drive: top, id }), '')
      return
    }
    case 'nvme':
      plug(options('nvme', { ...common, serial: serial ?? id, ...place(build, disk) }), ' of the NVMe kind')
      return
    case 'sd':
      plug(options('sd-card', { drive: top, id }), ' as a memory card')
      return
    default:
      build.notes.push(`${of} is left out: QEMU has no bus "${bus}" for disks.`)
  }
}

function ata(disk: Reading, kind: string): Options {
  return {
    wwn: hex(disk.textAt('wwn')),
    ver: undefined,
    model: kind === 'disk' ? disk.textAt('product') : undefined,
    rotation_rate: number(disk.child('target')?.attr('rotation_rate')),
    ...geometry(disk),
  }
}

function geometry(disk: Reading): Options {
  const found = disk.child('geometry')
  return {
    cyls: number(found?.attr('cyls')),
    heads: number(found?.attr('heads')),
    secs: number(found?.attr('secs')),
    'bios-chs-trans': found?.attr('trans'),
  }
}

function hex(wwn: string | undefined): string | undefined {
  return wwn === undefined ? undefined : `0x${wwn.replace(/^0x/, '')}`
}

function scsiDevice(build: Build, disk: Reading, kind: string, common: Options): string {
  const { controller, bus, target, unit } = driveAddress(disk)
  const found = build.devices.find(
    (one) =>
      one.name === 'controller' &&
      one.attr('type') === 'scsi' &&
      (number(one.attr('index')) ?? 0) === controller,
  )
  const isNarrow = !scsiModel(found).startsWith('virtio') && scsiModel(found) !== 'lsisas1078'
  const driver = { cdrom: 'scsi-cd', lun: 'scsi-block' }[kind] ?? 'scsi-hd'
  const isDisk = driver === 'scsi-hd'
  return options(driver, {
    bus: `scsi${controller}.0`,
    channel: isNarrow ? undefined : bus,
    'scsi-id': isNarrow ? unit : target,
    lun: isNarrow ? undefined : unit,
    wwn: hex(disk.textAt('wwn')),
    vendor: isDisk ? disk.textAt('vendor') : undefined,
    product: isDisk ? disk.textAt('product') : undefined,
    rotation_rate: isDisk ? number(disk.child('target')?.attr('rotation_rate')) : undefined,
    removable: isDisk ? flag(disk.child('target')?.attr('removable')) : undefined,
    device_id: kind === 'lun' || common['serial'] !== undefined ? undefined : `drive-${String(common['id'])}`,
    ...common,
  })
}

function planFloppyController(build: Build): void {
  // an older PC has one on its board
  if (build.machine.chipset === 'pc') return
  const isMade = build.parts.some(({ of }) => of === 'controller fdc0')
  if (!isMade)
    add(
      build,
      'controller fdc0',
      'A controller for floppy drives.',
      '-device',
      options('isa-fdc', { id: 'fdc0' }),
    )
}

function planVhostUser(build: Build, disk: Reading, of: string): void {
  const source = disk.child('source')
  source?.attr('type')
  const id = idOf(build, disk)
  const reconnect = source?.child('reconnect')
  const seconds = flag(reconnect?.attr('enabled')) === true ? number(reconnect?.attr('timeout')) : undefined
  disk.child('driver')?.attr('name')
  disk.child('driver')?.attr('type')
  add(
    build,
    of,
    'A disk that another program of the host serves.',
    '-chardev',
    options('socket', { id: `chr-vu-${id}`, path: source?.attr('path'), reconnect: seconds }),
    '-device',
    options(virtioName('vhost-user-blk', build.machine), {
      chardev: `chr-vu-${id}`,
      id,
      bootindex: build.bootIndexes.get(disk),
      'num-queues': number(disk.child('driver')?.attr('queues')),
      ...place(build, disk),
    }),
  )
}

/** What is no word of a command. */
function toldOnly(build: Build, disk: Reading, dev: string): void {
  if (disk.child('transient')) {
    disk.child('transient')?.whole()
    build.notes.push(
      `The disk ${dev} keeps what is written: forgetting it at the end needs an overlay, which is not made here.`,
    )
  }
  if (disk.child('target')?.attr('tray') === 'open')
    build.notes.push(
      `The drive ${dev} starts with its tray closed: QEMU opens it only when it is told to while it runs.`,
    )
  // a choice of snapshots, not of the start
  disk.attr('snapshot')
  disk.attr('rawio')
  disk.attr('sgio')
  disk.child('backenddomain')?.whole()
}

/** -drive, -hda, -cdrom and -blockdev: where the content of disks is. */
import { el, type El } from './element'
import { OptionList } from './option-list'
import type { Drive, Import } from './state'

/** Sources that are read by other ways than files. Undefined: none that is known. */
function networkSource(file: string): El | undefined {
  const url = /^(iscsi|nbd|rbd|https?|ftps?|ssh|gluster):(?:\/\/)?(.*)$/.exec(file)
  if (!url) return undefined
  const [, protocol = '', rest = ''] = url
  if (
    protocol === 'iscsi' ||
    protocol === 'ssh' ||
    protocol.startsWith('http') ||
    protocol.startsWith('ftp')
  ) {
    const found = /^(?:([^@/]*)@)?(\[[^\]]+\]|[^:/]+)(?::(\d+))?\/(.*)$/.exec(rest)
    if (!found || found[1] !== undefined) return undefined
    const [, , host, port, path = ''] = found
    return el('source', { protocol, name: path }, [el('host', { name: host, port })])
  }
  if (protocol === 'nbd') {
    const unix = /^unix:([^:]+)(?::exportname=(.*))?$/.exec(rest)
    if (unix)
      return el('source', { protocol, name: unix[2] }, [el('host', { transport: 'unix', socket: unix[1] })])
    const found = /^([^:/]+):?(\d+)?(?:(?::exportname=|\/)(.*))?$/.exec(rest)
    return found
      ? el('source', { protocol, name: found[3] }, [
          el('host', { name: found[1], port: found[2] ?? '10809' }),
        ])
      : undefined
  }
  return undefined
}

function sourceOf(file: string): { readonly type: string; readonly source: El } | undefined {
  const network = networkSource(file)
  if (network) return { type: 'network', source: network }
  if (/^[a-z]+:(?!\/(?!\/))/.test(file) && !file.startsWith('file:')) return undefined
  const path = file.replace(/^file:(\/\/(?=\/))?/, '')
  return path.startsWith('/dev/')
    ? { type: 'block', source: el('source', { dev: path }) }
    : { type: 'file', source: el('source', { file: path }) }
}

const known = [
  'file',
  'if',
  'media',
  'format',
  'index',
  'bus',
  'unit',
  'id',
  'cache',
  'aio',
  'discard',
  'detect-zeroes',
  'serial',
  'readonly',
  'read-only',
  'snapshot',
  'werror',
  'rerror',
  'copy-on-read',
  'node-name',
  'driver',
]

/** What the device that uses the drive adds. */
export interface DiskPlace {
  readonly bus: string
  readonly device?: string
  readonly serial?: string | undefined
  readonly bootOrder?: string | undefined
  readonly ioThread?: string | undefined
  readonly queues?: string | undefined
  readonly logicalBytes?: string | undefined
  readonly index?: number
  readonly address?: El
}

/** False: it says something that the model has no place for. */
export function addDisk(state: Import, drive: Drive | undefined, place: DiskPlace): boolean {
  const { options } = drive ?? { options: OptionList.parse('') }
  const json = drive?.json
  const unknown = json
    ? !isPlainNode(json)
    : options.entries.some(([name]) => !known.includes(name) && !/^(throttling\.)?(bps|iops)/.test(name))
  if (unknown) return false
  const file = json ? fileOf(json) : options.get('file')
  const media = options.get('media')
  const device = place.device ?? (media === 'cdrom' ? 'cdrom' : 'disk')
  const found = file === undefined || file === '' ? undefined : sourceOf(file)
  if (file !== undefined && file !== '' && !found) return false
  const driver = json?.['driver']
  const said = json
    ? typeof driver === 'string'
      ? driver
      : 'raw'
    : (options.get('format') ?? options.get('driver'))
  const format = said === 'host_device' || said === 'file' ? 'raw' : said
  const looked = file === undefined ? undefined : (state.formatOf(file) ?? byName(file))
  if (format === undefined && found && device === 'disk')
    state.tell(
      `The format of ${file ?? ''} is not said, and QEMU would guess: it is read as ${looked ?? 'raw'}.`,
    )
  const get = (name: string): string | undefined => (json ? textOf(json[name]) : options.get(name))
  const cache = get('cache')
  let aio = get('aio')
  if (aio === 'native' && cache !== undefined && cache !== 'none' && cache !== 'directsync') {
    state.tell(
      `aio=native needs cache=none or directsync, and QEMU refuses it with ${cache}: aio=threads is taken for ${file ?? 'the drive'}.`,
    )
    aio = 'threads'
  }
  const isReadOnly = [get('readonly'), get('read-only')].some((value) => value === 'on' || value === 'true')
  const limits = json ? [] : limitsOf(options)
  const snapshot = options.flag('snapshot') === true || state.isSnapshot
  if (snapshot && device === 'disk')
    state.tell(
      'What is written to the disks was to be forgotten (snapshot): it is kept here, as Innkeeper makes no overlay for it yet.',
    )
  state.disks.push({
    bus: place.bus,
    ...(place.index === undefined ? {} : { index: place.index }),
    make: (target) =>
      el('disk', { type: found?.type ?? 'file', device }, [
        el('driver', {
          name: 'qemu',
          type: format ?? (device === 'disk' ? (looked ?? 'raw') : 'raw'),
          cache,
          io: aio,
          discard: get('discard') === 'on' ? 'unmap' : get('discard') === 'off' ? 'ignore' : get('discard'),
          detect_zeroes: get('detect-zeroes'),
          error_policy: get('werror') === 'enospc' ? 'enospace' : get('werror'),
          rerror_policy: get('rerror'),
          copy_on_read: options.flag('copy-on-read') === true ? 'on' : undefined,
          iothread: place.ioThread,
          queues: place.queues,
        }),
        found?.source,
        el('target', { dev: target, bus: place.bus }),
        limits.length === 0 ? undefined : el('iotune', {}, limits),
        isReadOnly || device === 'cdrom' ? el('readonly') : undefined,
        (place.serial ?? get('serial')) === undefined
          ? undefined
          : el('serial', {}, place.serial ?? get('serial') ?? ''),
        place.bootOrder === undefined ? undefined : el('boot', { order: place.bootOrder }),
        place.logicalBytes === undefined
          ? undefined
          : el('blockio', { logical_block_size: place.logicalBytes }),
        place.address,
      ]),
  })
  return true
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'boolean' ? String(value) : undefined
}

/** One file in one format, and nothing else that is said of it. */
function isPlainNode(json: Readonly<Record<string, unknown>>): boolean {
  const file = json['file']
  const names = ['driver', 'node-name', 'read-only', 'discard', 'detect-zeroes', 'file', 'filename']
  if (Object.keys(json).some((name) => !names.includes(name))) return false
  if (typeof file === 'object' && file !== null)
    return (
      Object.keys(file).every((name) =>
        ['driver', 'filename', 'node-name', 'read-only', 'discard'].includes(name),
      ) && ['file', 'host_device', undefined].includes(textOf((file as Record<string, unknown>)['driver']))
    )
  return file === undefined && json['filename'] !== undefined
}

function fileOf(json: Readonly<Record<string, unknown>>): string | undefined {
  const file = json['file']
  return (
    textOf(json['filename']) ??
    (typeof file === 'object' && file !== null
      ? textOf((file as Record<string, unknown>)['filename'])
      : undefined)
  )
}

/** By its name, as far as that tells. */
function byName(file: string): string | undefined {
  const end = /\.(qcow2|qcow|qed|vmdk|vdi|vhdx|vpc|raw|img|iso)$/i.exec(file)?.[1]?.toLowerCase()
  return end === undefined ? undefined : ['img', 'iso'].includes(end) ? 'raw' : end
}

const limitNames: Readonly<Record<string, string>> = {
  bps: 'total_bytes_sec',
  bps_rd: 'read_bytes_sec',
  bps_wr: 'write_bytes_sec',
  iops: 'total_iops_sec',
  iops_rd: 'read_iops_sec',
  iops_wr: 'write_iops_sec',
  'throttling.bps-total': 'total_bytes_sec',
  'throttling.bps-read': 'read_bytes_sec',
  'throttling.bps-write': 'write_bytes_sec',
  'throttling.iops-total': 'total_iops_sec',
  'throttling.iops-read': 'read_iops_sec',
  'throttling.iops-write': 'write_iops_sec',
}

function limitsOf(options: OptionList): El[] {
  return Object.entries(limitNames).flatMap(([name, element]) => {
    const value = options.get(name)
    return value === undefined ? [] : [el(element, {}, value)]
  })
}

/** -drive: with a bus of its own, or for a device that names it. */
export function driveOption(state: Import, text: string): void {
  const options = OptionList.parse(text)
  const drive: Drive = { options, words: ['-drive', text] }
  const id = options.get('id')
  let bus = options.get('if') ?? 'ide'
  if (bus === 'none') {
    if (id === undefined) state.keep('-drive', text)
    else state.drives.set(id, drive)
    return
  }
  if (bus === 'pflash') return flashOption(state, options, text)
  if (bus === 'scsi' && state.architecture === 'x86_64')
    state.tell('if=scsi is refused by PCs of QEMU: the disk is at a virtio SCSI controller.')
  if (bus === 'floppy') bus = 'fdc'
  if (bus === 'ide' && isQ35(state)) bus = 'sata'
  const index = options.get('index') ?? options.get('unit')
  const isKnown = ['ide', 'sata', 'scsi', 'virtio', 'fdc', 'sd'].includes(bus)
  const device = bus === 'fdc' ? 'floppy' : undefined
  if (bus === 'virtio' && options.get('media') === 'cdrom') bus = isQ35(state) ? 'sata' : 'ide'
  if (
    !isKnown ||
    !addDisk(state, drive, {
      bus,
      ...(device === undefined ? {} : { device }),
      ...(index === undefined || !/^\d+$/.test(index) ? {} : { index: Number(index) }),
    })
  )
    state.keep('-drive', text)
}

export function isQ35(state: Import): boolean {
  return /^(q35|pc-q35)/.test(state.machine ?? '')
}

/** The first chip is the firmware's code, the second what it keeps. */
function flashOption(state: Import, options: OptionList, text: string): void {
  const file = options.get('file')
  const format = options.get('format')
  const unit = options.get('unit') ?? options.get('index')
  const isReadOnly = options.flag('readonly') ?? options.flag('read-only')
  const has = (name: string): boolean => state.os.some((one) => one.name === name)
  if (file === undefined || (unit !== '1' && has('loader') && has('nvram'))) return state.keep('-drive', text)
  if (unit === '0' || (unit === undefined && !has('loader')))
    state.os.push(
      el(
        'loader',
        {
          readonly: isReadOnly === false ? 'no' : 'yes',
          type: 'pflash',
          format: format === 'qcow2' ? format : undefined,
        },
        file,
      ),
    )
  else state.os.push(el('nvram', format === 'qcow2' ? { format } : {}, file))
}

/** -blockdev in either of its ways; for a device that names it. */
export function blockdevOption(state: Import, text: string): void {
  if (!text.trim().startsWith('{')) {
    const options = OptionList.parse(text, 'driver')
    const id = options.get('node-name')
    const json = nested(options)
    if (id === undefined) state.keep('-blockdev', text)
    else state.drives.set(id, { options, json, words: ['-blockdev', text] })
    return
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return state.keep('-blockdev', text)
  }
  const id =
    typeof json === 'object' && json !== null
      ? textOf((json as Record<string, unknown>)['node-name'])
      : undefined
  if (id === undefined) state.keep('-blockdev', text)
  else
    state.drives.set(id, {
      options: OptionList.parse(''),
      json: json as Record<string, unknown>,
      words: ['-blockdev', text],
    })
}

/** "file.driver=file,file.filename=/a" as an object. */
function nested(options: OptionList): Record<string, unknown> {
  const json: Record<string, unknown> = {}
  for (const [name, value] of options.entries) {
    const typed = value === 'on' ? true : value === 'off' ? false : value
    const [first = '', second] = name.split('.')
    if (second === undefined) json[first] = typed
    else json[first] = { ...(typeof json[first] === 'object' ? json[first] : {}), [second]: typed }
  }
  return json
}

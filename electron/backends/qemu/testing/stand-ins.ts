/**
 * Makes a planned command one that starts on this machine: files it names are made, and what only another host has is
 * replaced by something like it. Each replacement is told.
 */
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { ArgvPart, ArgvPlan } from '../argv/plan'

const runFile = promisify(execFile)
const imageBytes = 64 * 1024 ** 2

export interface StartableWords {
  readonly words: readonly string[]
  /** What is not as planned, each as one sentence. */
  readonly replaced: readonly string[]
}

/** Devices and objects that need hardware, another program or rights. */
const hardware =
  /^(vfio-|usb-host|usb-redir|vhost-|virtio-input-host|ccid-card-(emulated|passthru)|input-linux|tpm-|nvdimm|intel-iommu-real)/

export async function startable(plan: ArgvPlan, folder: string): Promise<StartableWords> {
  const made = new Map<string, string>()
  const replaced: string[] = []
  const words: string[] = []
  const gone = new Set<string>()
  for (const part of plan.parts)
    for (const pair of pairsOf(part)) {
      const [option, value] = pair
      if (value === undefined) {
        words.push(option)
        continue
      }
      const kept = await standIn(option, value, { folder, made, replaced, gone })
      if (kept !== undefined) words.push(option, kept)
    }
  return { words, replaced }
}

/** An option and its value; some have none. */
function pairsOf({ words }: ArgvPart): (readonly [string, string?])[] {
  const pairs: (readonly [string, string?])[] = []
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? ''
    const next = words[at + 1]
    if (next === undefined || (next.startsWith('-') && next.length > 1 && !/^-\d/.test(next)))
      pairs.push([word])
    else {
      pairs.push([word, next])
      at += 1
    }
  }
  return pairs
}

interface Place {
  readonly folder: string
  readonly made: Map<string, string>
  readonly replaced: string[]
  /** Ids of what was left out, for those that refer to it. */
  readonly gone: Set<string>
}

async function standIn(option: string, value: string, place: Place): Promise<string | undefined> {
  const { replaced, gone } = place
  const drop = (why: string): undefined => {
    const id = /(?:^|,)(?:id|node-name)=([^,]+)/.exec(value)?.[1]
    if (id !== undefined) gone.add(id)
    replaced.push(`${option} ${value}: ${why}`)
    return undefined
  }
  const refers = [...value.matchAll(/(?:^|,)(?:chardev|tpmdev|memdev|netdev|fsdev|rng)=([^,]+)/g)].some(
    ([, id]) => gone.has(id ?? ''),
  )
  if (refers) return drop('what it refers to was left out')
  if (option === '-blockdev' && value.startsWith('{')) {
    const node = await blockStandIn(JSON.parse(value) as Node, place)
    return JSON.stringify(node)
  }
  if (option === '-device' && hardware.test(value)) return drop('hardware or a program that is not here')
  if (option === '-device' && value.startsWith('scsi-block')) {
    replaced.push(`${option} ${value}: a disk`)
    return value.replace('scsi-block', 'scsi-hd')
  }
  if (option === '-device' && /^virtio-(vga|gpu)-gl/.test(value)) {
    replaced.push(`${option} ${value}: without the host’s graphics card`)
    return value.replace('-gl', '')
  }
  if (option === '-object' && value.includes('hugetlb=on')) {
    replaced.push(`${option} ${value}: without large pages`)
    return value.replace(/,hugetlb=on(,hugetlbsize=[^,]+)?/, '').replace(',prealloc=on', '')
  }
  if (option === '-object' && value.startsWith('memory-backend') && /host-nodes|mem-path/.test(value)) {
    replaced.push(`${option} ${value}: plain memory`)
    const kept = value.split(',').filter((one) => /^(id|size)=/.test(one))
    return ['memory-backend-ram', ...kept].join(',')
  }
  if (option === '-object' && value.startsWith('input-linux')) return drop('a device of the host')
  if (option === '-object' && value.startsWith('rng-egd')) return drop('another program')
  if (option === '-tpmdev') return drop('swtpm')
  if (option === '-netdev' && /^(bridge|tap|vhost-user|vhost-vdpa|stream|socket)/.test(value)) {
    replaced.push(`${option} ${value}: QEMU’s own network`)
    return `user,id=${/id=([^,]+)/.exec(value)?.[1] ?? 'net'}`
  }
  if (option === '-netdev' && value.includes('hostfwd=')) {
    replaced.push(`${option} ${value}: any port of the host`)
    return value.replace(/hostfwd=(tcp|udp):[^:]*:\d+-/g, 'hostfwd=$1:127.0.0.1:0-')
  }
  if (option === '-chardev' && /^(socket|udp)/.test(value) && !value.includes('wait=off')) {
    if (/id=(chr|char)(-vu|-tpm|hostnet|net|shmem|redir|smartcard)/.test(value))
      return drop('another program')
    replaced.push(`${option} ${value}: nobody is there`)
    return `null,id=${/id=([^,]+)/.exec(value)?.[1] ?? 'c'}`
  }
  if (option === '-chardev' && /^(pipe|serial|parallel|spicevmc|spiceport|dbus|file)/.test(value)) {
    replaced.push(`${option} ${value}: nobody is there`)
    return `null,id=${/id=([^,]+)/.exec(value)?.[1] ?? 'c'}`
  }
  if (option === '-chardev' && /(^|,)(path|logfile)=/.test(value)) {
    let count = 0
    return value.replace(/(^|,)(path|logfile)=([^,]+)/g, (_, before: string, name: string) => {
      count += 1
      const at = join(place.folder, `c${place.made.size}-${count}`)
      place.made.set(at, at)
      return `${before}${name}=${at}`
    })
  }
  if (option === '-chardev' && value.includes('host=')) {
    replaced.push(`${option} ${value}: another port`)
    return value.replace(/host=[^,]+/, 'host=127.0.0.1').replace(/port=[^,]+/, 'port=0')
  }
  if (option === '-fsdev') {
    const path = join(place.folder, `fs${place.made.size}`)
    place.made.set(path, path)
    await mkdir(path)
    return value.replace(/path=[^,]+/, `path=${path}`)
  }
  if (['-kernel', '-initrd', '-dtb', '-bios', '-acpitable'].includes(option))
    return drop('a file of the host')
  if (option === '-append') return drop('goes with a kernel')
  if (option === '-fw_cfg' && value.includes('file=')) return drop('a file of the host')
  if (option === '-vnc') {
    if (!value.startsWith('unix:')) replaced.push(`${option} ${value}: a socket`)
    const rest = value.split(',').filter((one) => /^(password|share|power-control|audiodev)/.test(one))
    return [`unix:${join(place.folder, 'vnc')}`, ...rest].join(',')
  }
  if (option === '-spice') {
    const rest = value
      .split(',')
      .filter((one) => !/^(unix|addr|port|tls|gl|rendernode|plaintext-channel)/.test(one))
    replaced.push(`${option} ${value}: a socket`)
    return [`unix=on,addr=${join(place.folder, 'spice')}`, ...rest].join(',')
  }
  if (option === '-display' && !value.startsWith('none')) {
    replaced.push(`${option} ${value}: there is no screen here`)
    return 'none'
  }
  if (option === '-audiodev' && !/^(none|spice|wav)/.test(value)) {
    replaced.push(`${option} ${value}: nothing is heard here`)
    return `none,id=${/id=([^,]+)/.exec(value)?.[1] ?? 'a'}`
  }
  return value
}

type Node = Record<string, unknown>

async function blockStandIn(node: Node, place: Place): Promise<Node> {
  const copy: Node = { ...node }
  for (const name of ['file', 'backing']) {
    const child = copy[name]
    if (typeof child === 'object' && child !== null) copy[name] = await blockStandIn(child as Node, place)
  }
  const driver = String(copy['driver'])
  if (driver === 'file' || driver === 'host_device' || driver === 'host_cdrom') {
    const filename = String(copy['filename'])
    copy['filename'] = await imageFor(filename, 'raw', place)
    if (driver !== 'file') place.replaced.push(`${driver} ${filename}: a file`)
    copy['driver'] = 'file'
    // where these files are, another way of reading may not be possible
    delete copy['aio']
    if (typeof copy['cache'] === 'object') copy['cache'] = { ...(copy['cache'] as Node), direct: false }
  } else if (driver === 'vvfat') {
    copy['dir'] = place.folder
  } else if (
    [
      'nbd',
      'iscsi',
      'rbd',
      'http',
      'https',
      'ftp',
      'ftps',
      'ssh',
      'gluster',
      'nfs',
      'nvme',
      'sheepdog',
    ].includes(driver)
  ) {
    place.replaced.push(`${JSON.stringify(node)}: an empty disk`)
    return { driver: 'null-co', 'node-name': copy['node-name'], size: imageBytes, 'read-zeroes': true }
  } else if (copy['file'] !== undefined && driver !== 'throttle') {
    const file = copy['file'] as Node
    if (typeof file === 'object' && file['driver'] === 'file')
      await reformat(String(file['filename']), driver)
    else if (typeof file === 'object') {
      // an image format needs a file that has it
      delete copy['cache-size']
      copy['driver'] = 'raw'
      delete copy['backing']
    }
    if (copy['offset'] !== undefined) copy['size'] = 1024 ** 2
    if (typeof copy['cache'] === 'object') copy['cache'] = { ...(copy['cache'] as Node), direct: false }
  }
  return copy
}

async function imageFor(path: string, format: string, { made, folder }: Place): Promise<string> {
  const known = made.get(path)
  if (known !== undefined) return known
  const at = join(folder, `d${made.size}`)
  made.set(path, at)
  // a flash chip has a size of its own
  const bytes = /\.fd$|CODE|VARS/i.test(path) ? 4 * 1024 ** 2 : imageBytes
  if (format === 'raw') {
    await writeFile(at, '')
    await runFile('truncate', ['-s', String(bytes), at])
  }
  return at
}

async function reformat(path: string, format: string): Promise<void> {
  if (format === 'raw') return
  await runFile('qemu-img', ['create', '-q', '-f', format, path, String(imageBytes)])
}

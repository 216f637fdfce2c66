/** A disk of an xl configuration: `target, format, vdev, access` by place or by name, with the forms of old times. */
import type { ForeignBus, ForeignDisk } from '../../../../shared/model/new-vm/foreign'

export interface XlDisk extends ForeignDisk {
  readonly vdev?: string
  /** What this app does not take along. */
  readonly lost: readonly string[]
}

const places = ['target', 'format', 'vdev', 'access'] as const
const formats = new Set(['raw', 'qcow', 'qcow2', 'qed', 'vhd', 'vmdk'])
const accesses = new Set(['r', 'ro', 'w', 'rw'])

export function parseXlDisk(spec: string): XlDisk {
  const found = new Map<string, string>()
  const lost: string[] = []
  const { target, rest } = withoutOldPrefix(spec.trim(), found)
  let place = 0
  for (const [at, part] of [target, ...rest].entries()) {
    const word = part.trim()
    const [, key, value] =
      /^(target|format|vdev|access|devtype|backend|backendtype|script)=(.*)$/s.exec(word) ?? []
    if (key === 'target') {
      // by name it takes all that follows, unless that can only be more settings, as many write it
      const after = rest.slice(at)
      const isMore = after.every((one) =>
        /^\s*(?:(?:format|vdev|access|devtype|backendtype)=[^,]*|cdrom)$/.test(one),
      )
      found.set('target', isMore ? (value ?? '') : [value, ...after].join(','))
      if (!isMore) break
    } else if (key === 'backend' || key === 'script') lost.push(word)
    else if (key !== undefined) found.set(key, value ?? '')
    else if (word === 'cdrom' || word === 'devtype=cdrom') found.set('devtype', 'cdrom')
    else if (/^(no-)?discard$|^direct-io-safe$/.test(word)) lost.push(word)
    else {
      const name = places[place]
      if (name === undefined) lost.push(word)
      else if (word !== '' && !found.has(name)) found.set(name, word)
      place += 1
    }
  }
  const [vdev = '', suffix] = (found.get('vdev') ?? '').split(':')
  const isDisc = found.get('devtype') === 'cdrom' || suffix === 'cdrom'
  const file = found.get('target') ?? ''
  const format = found.get('format') ?? 'raw'
  const access = found.get('access') ?? (isDisc ? 'ro' : 'rw')
  if (!formats.has(format)) lost.push(`format=${format}`)
  if (!accesses.has(access)) lost.push(`access=${access}`)
  const bus = busOf(vdev)
  return {
    ...(file === '' ? {} : { file }),
    ...(formats.has(format) ? { format: format === 'vhd' ? 'vpc' : format } : {}),
    ...(bus === undefined ? {} : { bus }),
    ...(vdev === '' ? {} : { vdev }),
    device: isDisc ? 'disc' : 'disk',
    isReadOnly: isDisc || access === 'r' || access === 'ro',
    lost,
  }
}

/** "phy:/dev/vg/web,xvda,w" has no format among its places; "tap:qcow2:" has it in front. */
function withoutOldPrefix(
  spec: string,
  found: Map<string, string>,
): { readonly target: string; readonly rest: readonly string[] } {
  const [first = '', ...rest] = spec.split(',')
  const [, prefix, format, target] =
    /^(phy|file|tap2?|qcow2?|vhd|aio):(?:(?:tapdisk:)?(aio|qcow2?|vhd|raw|vmdk):)?(.*)$/s.exec(
      first.trim(),
    ) ?? []
  if (prefix === undefined) return { target: first, rest }
  const named = format ?? (['qcow', 'qcow2', 'vhd'].includes(prefix) ? prefix : 'raw')
  found.set('format', named === 'aio' ? 'raw' : named)
  // the place of the format does not exist here
  return { target: target ?? '', rest: ['', ...rest] }
}

function busOf(vdev: string): ForeignBus | undefined {
  if (/^(xvd|d\d+p\d+)/.test(vdev)) return 'xen'
  if (vdev.startsWith('hd')) return 'ide'
  return vdev.startsWith('sd') ? 'scsi' : undefined
}

/** Everything of the host's storage that one definition names. */
import { normalize } from 'node:path/posix'
import type { ImageUser } from '../../shared/model/storage/volume'
import type { XmlElement } from '../domain-xml/document'
import { given } from '../../shared/given'
import { readDisks, sourceText, type DiskSource } from '../domain-xml/disks'

export interface NamedImage {
  readonly source: DiskSource
  readonly how: Pick<ImageUser, 'kind' | 'target' | 'isReadOnly' | 'isShared'>
  /** What it is built on is not told by whoever names it, and may be anything. */
  readonly mayHaveBase?: true
}

export function imagesOfDefinition(domain: XmlElement): NamedImage[] {
  return [...disksOf(domain), ...firmwareOf(domain), ...othersOf(domain)]
}

function disksOf(domain: XmlElement): NamedImage[] {
  return readDisks(domain).flatMap((disk): NamedImage[] => {
    const target = given('target', disk.target === '' ? undefined : disk.target)
    const shared = disk.isShareable ? { isShared: true } : {}
    const own: NamedImage[] = disk.source
      ? [
          {
            source: disk.source,
            how: { kind: disk.device, ...target, isReadOnly: disk.isReadOnly, ...shared },
            // without a format it is read as raw
            ...((disk.format ?? 'raw') !== 'raw' && disk.backing.length === 0 ? { mayHaveBase: true } : {}),
          },
        ]
      : []
    return [
      ...own,
      ...disk.backing.map(
        (source): NamedImage => ({ source, how: { kind: 'backing', ...target, isReadOnly: true } }),
      ),
    ]
  })
}

function firmwareOf(domain: XmlElement): NamedImage[] {
  const os = domain.find('os')
  const found: NamedImage[] = []
  const add = (path: string | undefined, kind: 'firmware' | 'kernel', isReadOnly: boolean): void => {
    if (path?.startsWith('/')) found.push({ source: { kind: 'path', path }, how: { kind, isReadOnly } })
  }
  const nvram = os?.find('nvram')
  add(os?.textOf('loader'), 'firmware', true)
  add(nvram?.text() ?? nvram?.find('source')?.attribute('file'), 'firmware', false)
  for (const file of ['kernel', 'initrd', 'dtb']) add(os?.textOf(file), 'kernel', true)
  return found
}

/** Where a disk is being copied to, file systems made of an image, memory in a file, devices of containers. */
function othersOf(domain: XmlElement): NamedImage[] {
  const devices = domain.find('devices')
  const found: NamedImage[] = []
  const add = (source: XmlElement | undefined, target: string | undefined, isReadOnly: boolean): void => {
    const path =
      source?.attribute('file') ??
      source?.attribute('dev') ??
      source?.textOf('path') ??
      source?.textOf('block')
    const pool = source?.attribute('pool')
    const volume = source?.attribute('volume')
    const how: NamedImage['how'] = { kind: 'disk', ...given('target', target), isReadOnly }
    if (path?.startsWith('/')) found.push({ source: { kind: 'path', path }, how })
    else if (pool !== undefined && volume !== undefined)
      found.push({ source: { kind: 'volume', pool, volume }, how })
  }
  for (const disk of devices?.children('disk') ?? [])
    add(disk.find('mirror', 'source'), disk.find('target')?.attribute('dev'), false)
  for (const one of devices?.children('filesystem') ?? [])
    add(one.find('source'), one.find('target')?.attribute('dir'), one.find('readonly') !== undefined)
  for (const one of devices?.children('memory') ?? []) add(one.find('source'), undefined, false)
  for (const one of devices?.children('hostdev') ?? []) add(one.find('source'), undefined, false)
  return found
}

export interface SnapshotImage extends Pick<NamedImage, 'source' | 'mayHaveBase'> {
  readonly target?: string
  readonly isMemory?: true
}

/** What a snapshot needs to be gone back to, and what was made when it was taken. */
export function imagesOfSnapshot(snapshot: XmlElement): SnapshotImage[] {
  const made = (snapshot.find('disks')?.children('disk') ?? []).flatMap((disk): SnapshotImage[] => {
    const source = disk.find('source')
    const path = source?.attribute('file') ?? source?.attribute('dev')
    const target = disk.attribute('name')
    return path === undefined
      ? []
      : [{ source: { kind: 'path', path }, ...given('target', target), mayHaveBase: true }]
  })
  const memory = snapshot.find('memory')?.attribute('file')
  if (memory !== undefined) made.push({ source: { kind: 'path', path: memory }, isMemory: true })
  const before = [snapshot.find('domain'), snapshot.find('inactiveDomain')].flatMap((domain) =>
    domain ? imagesOfDefinition(domain) : [],
  )
  return [
    ...made,
    // media of drives do not belong to what is gone back to
    ...before.flatMap(({ source, how, mayHaveBase }) =>
      ['disk', 'lun', 'backing'].includes(how.kind)
        ? [{ source, ...given('target', how.target), ...given('mayHaveBase', mayHaveBase) }]
        : [],
    ),
  ]
}

/** The words by which usage is looked up: the path, where there is one. */
export function keysOf(source: DiskSource, paths: ReadonlyMap<string, string>): string[] {
  if (source.kind === 'path') return [normalize(source.path)]
  const text = sourceText(source)
  if (source.kind === 'volume') return [paths.get(text) ?? text]
  // volumes of Ceph, Gluster and Sheepdog pools are called as they are in the URL, without the server
  const inside = /^(?:rbd|gluster|sheepdog):\/\/[^/]*\/(.+)$/.exec(text)?.[1]
  return inside === undefined ? [text] : [text, inside]
}

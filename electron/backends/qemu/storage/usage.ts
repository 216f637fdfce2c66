/** Who uses which image of the host: every VM, running and stored, and images built on images. */
import { normalize } from 'node:path/posix'
import type { ImageUser, StorageUsage } from '../../../../shared/model/storage/volume'
import { parseXml } from '../../../domain-xml/document'
import { objectFrom } from '../../images/image-info'
import { usersOfImages, type ImageUse } from '../../image-usage'
import { imagesOfDefinition, imagesOfSnapshot } from '../../usage-definition'
import type { SnapshotFacts } from '../../../domain-xml/snapshots/document'
import type { QemuHost } from '../host'
import type { VmEntry } from '../inventory'
import { readKept } from '../snapshots/kept'
import type { PoolsFile } from './pools-file'

const limitMs = 60_000
/** Files looked into by one command. */
const perCommand = 200
/** For each of $1…: its path and what qemu-img tells, each ended by a zero. */
const script = `
for f; do printf '%s\\0' "$f"; qemu-img info -U --output=json -- "$f" 2>/dev/null; printf '\\0'; done
exit 0`
/** Files of $1 and of its folder alone. */
const listScript = 'find "$1" -mindepth 1 -maxdepth 1 -type f ! -name ".*" -print0 2>/dev/null; exit 0'

/** `near`: folders that count beside those of pools. */
export async function readUsage(
  host: QemuHost,
  pools: PoolsFile,
  near: readonly string[] = [],
): Promise<StorageUsage> {
  const [entries, kept] = await Promise.all([host.inventory.list(), pools.read()])
  const snapshots = await readKept(
    host.store,
    entries.flatMap(({ folder }) => folder ?? []),
  )
  const uses = entries.flatMap((entry) => [
    ...usesOf(host, entry, entry.stored),
    ...usesOf(host, entry, entry.running),
    ...usesOfSnapshots(entry, snapshots.get(entry.folder ?? '')?.snapshots ?? []),
  ])
  const bases = new Map<string, string>()
  const known = new Set<string>()
  const folders = new Set([...kept.filter(({ isActive }) => isActive).map(({ path }) => path), ...near])
  let unknown = [
    ...uses.flatMap(({ image }) => (image.startsWith('/') ? [image] : [])),
    ...(await Promise.all([...folders].map((path) => filesOf(host, path)))).flat(),
  ]
  // what they are built on may lie in none of the pools
  while (unknown.length > 0) {
    const found = await basesOf(host, [...new Set(unknown)])
    for (const path of unknown) known.add(path)
    for (const [overlay, base] of found) bases.set(overlay, base)
    unknown = [...found.values()].filter((base) => base.startsWith('/') && !known.has(base))
  }
  return { users: usersOfImages(uses, bases), unread: [] }
}

export async function filesOf({ commands }: QemuHost, folder: string): Promise<string[]> {
  const { stdout } = await commands.run(['sh', '-c', listScript, 'innkeeper', folder])
  return stdout.split('\0').filter((path) => path !== '')
}

function usesOf(_: QemuHost, { id, record, run }: VmEntry, xml: string | undefined): ImageUse[] {
  if (xml === undefined) return []
  const isRunning = run !== undefined
  return imagesOfDefinition(parseXml(xml, `the definition of ${record.name}`).root).flatMap(
    ({ source, how }) => {
      const user: ImageUser = { ...how, name: record.name, vm: id, isRunning }
      if (source.kind === 'path') return [{ image: normalize(source.path), user }]
      return [{ image: source.kind === 'volume' ? `${source.pool}/${source.volume}` : source.text, user }]
    },
  )
}

function usesOfSnapshots({ id, record, run }: VmEntry, snapshots: readonly SnapshotFacts[]): ImageUse[] {
  return snapshots.flatMap(({ name, document }) =>
    imagesOfSnapshot(parseXml(document.toString(), `the snapshot ${name}`).root).flatMap(({ source }) => {
      const user: ImageUser = {
        kind: 'snapshot',
        name: record.name,
        vm: id,
        isRunning: run !== undefined,
        snapshot: name,
      }
      return source.kind === 'path' ? [{ image: normalize(source.path), user }] : []
    }),
  )
}

/** By path. One that is gone or no image has none. */
async function basesOf({ commands }: QemuHost, paths: readonly string[]): Promise<Map<string, string>> {
  const bases = new Map<string, string>()
  for (let at = 0; at < paths.length; at += perCommand) {
    const { stdout } = await commands.run(
      ['sh', '-c', script, 'innkeeper', ...paths.slice(at, at + perCommand)],
      {
        timeoutMs: limitMs,
      },
    )
    const parts = stdout.split('\0')
    for (let part = 0; part + 1 < parts.length; part += 2) {
      const text = parts[part + 1] ?? ''
      const base = text.trim() === '' ? undefined : objectFrom(text)['full-backing-filename']
      if (typeof base === 'string' && base !== '') bases.set(parts[part] ?? '', normalize(base))
    }
  }
  return bases
}

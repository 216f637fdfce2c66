import type { SnapshotKind, SnapshotState, SnapshotView } from '../../../shared/model/snapshots/snapshot'
import type { Verdict } from '../../../shared/model/snapshots/verdict'

export const stateText: Record<SnapshotState, string> = {
  running: 'Running',
  paused: 'Paused',
  'shut-off': 'Shut off',
  'disk-only': 'Disks only',
}

export const kindText: Record<SnapshotKind, string> = {
  internal: 'Inside the disk images',
  external: 'In files of their own',
  mixed: 'Partly inside the disk images, partly in files of their own',
}

/** Undefined when it may be done; otherwise why not, and what would help. */
export function whyRefused(verdict: Verdict): string | undefined {
  if (verdict.isAllowed) return undefined
  const { reason, cure } = verdict
  return cure === undefined ? reason : `${reason.replace(/\.$/, '')}. ${cure}`
}

/** Names may be of many words: where they stand in a sentence, one sees where each ends. */
export function quoted(names: readonly string[]): string {
  return names.map((name) => `“${name}”`).join(', ')
}

export function count(many: number, word: string): string {
  return `${many.toLocaleString('en')} ${word}${many === 1 ? '' : 's'}`
}

export function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

/** Why no snapshot can be taken at all; undefined when one can. */
export function whyNone({ usual, offers }: SnapshotView): string | undefined {
  if (usual !== undefined) return undefined
  const reasons = [whyRefused(offers.internal), whyRefused(offers.external)]
  return [...new Set(reasons.filter((reason) => reason !== undefined))].join(' ')
}

/** Which operating system a disc is of, by the catalogue's patterns; as libosinfo does it, all that are given must fit. */
import type { DetectedOs } from '../../shared/model/os/medium'
import { isVague } from '../../shared/model/os/search'
import type { OsCatalogue } from './catalogue'
import type { FileMedium, FileSystemEntry } from './catalogue-file'
import type { IsoHeader } from './iso-header'
import { fits } from './pattern'

interface Candidate {
  readonly system: FileSystemEntry
  readonly medium: FileMedium
  readonly weight: number
  /** What it goes by: candidates with the same cannot be told apart. */
  readonly key: string
}

/** Undefined: nothing in the catalogue looks like it. */
export function identifyDisc(header: IsoHeader, catalogue: OsCatalogue): DetectedOs | undefined {
  const found = catalogue.file.systems
    .flatMap((system) =>
      (system.media ?? []).flatMap((medium) => candidate(header, catalogue, system, medium)),
    )
    .sort(
      (a, b) =>
        Number(isVague(a.system)) - Number(isVague(b.system)) ||
        b.weight - a.weight ||
        (b.system.released ?? '').localeCompare(a.system.released ?? ''),
    )
  const best = found[0]
  if (best === undefined) return undefined
  const equal = found.filter(({ key, system }) => key === best.key && system !== best.system)
  return detected(best, equal, catalogue)
}

function candidate(
  header: IsoHeader,
  { file }: OsCatalogue,
  system: FileSystemEntry,
  medium: FileMedium,
): Candidate[] {
  const { vol, app, size } = medium
  const { sys, pub } = file.mediaKinds[medium.k] ?? {}
  const patterns = [vol, sys, pub, app]
  if (patterns.every((pattern) => pattern === undefined)) return []
  const isFit =
    (size === undefined || size === header.sizeBytes) &&
    fits(vol, header.volumeId) &&
    fits(sys, header.systemId) &&
    fits(pub, header.publisherId) &&
    fits(app, header.applicationId)
  if (!isFit) return []
  // a size is of one disc only; then what the volume's pattern pins down counts, then how much is looked at
  const count = patterns.filter((pattern) => pattern !== undefined).length
  const weight = (size === undefined ? 0 : 10_000) + literal(vol) * 10 + count
  return [{ system, medium, weight, key: JSON.stringify([vol, sys, pub, app, size]) }]
}

/** How many characters of the text a pattern names. */
function literal(pattern: string | undefined): number {
  return (pattern ?? '').replace(/\\[dws]|\[[^\]]*\]|[.*+?^$()|{}]/g, '').length
}

function detected(best: Candidate, equal: readonly Candidate[], catalogue: OsCatalogue): DetectedOs {
  const { system, medium } = best
  const { arch, variants, isInstaller, isLive, kernel, initrd } = catalogue.medium(medium)
  const [variant] = variants
  const others = new Map(equal.map(({ system: { id, name } }) => [id, { id, name }]))
  return {
    id: system.id,
    shortId: system.short[0] ?? system.id,
    name: (variant === undefined ? '' : system.variants?.[variant]) || system.name,
    ...(arch === 'all' ? {} : { arch }),
    ...(variant === undefined ? {} : { variant }),
    isInstaller,
    isLive,
    ...(kernel === undefined ? {} : { kernel }),
    ...(initrd === undefined ? {} : { initrd }),
    others: [...others.values()],
  }
}

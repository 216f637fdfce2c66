/** Which operating system a disc is of, by the catalogue's patterns; as libosinfo does it, all that are given must fit. */
import type { DetectedOs } from '../../shared/model/os/medium'
import { isVague } from '../../shared/model/os/search'
import type { OsCatalogue } from './catalogue'
import type { FileMedium, FileSystemEntry } from './catalogue-file'
import { detectedGuess, guessRelease } from './guess-release'
import type { IsoHeader } from './iso-header'
import { fits, matchOf } from './pattern'
import { inTurns } from './turns'

interface Candidate {
  readonly system: FileSystemEntry
  readonly medium: FileMedium
  readonly weight: number
  /** What it goes by: candidates with the same cannot be told apart. */
  readonly key: string
}

/** Undefined: nothing in the catalogue looks like it. */
export async function identifyDisc(
  header: IsoHeader,
  catalogue: OsCatalogue,
): Promise<DetectedOs | undefined> {
  const found = await inTurns(catalogue.file.systems, (system) =>
    (system.media ?? []).flatMap((medium) => candidate(header, catalogue, system, medium)),
  )
  const [best, ...rest] = found.toSorted(
    (a, b) =>
      Number(isVague(a.system)) - Number(isVague(b.system)) ||
      b.weight - a.weight ||
      (b.system.released ?? '').localeCompare(a.system.released ?? ''),
  )
  if (best === undefined) {
    const guess = await guessRelease(header, catalogue)
    return guess && detectedGuess(guess, catalogue)
  }
  const equal = rest.filter(({ key, system }) => key === best.key && system !== best.system)
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
    (vol === undefined || beginsWord(vol, header.volumeId)) &&
    fits(sys, header.systemId) &&
    fits(pub, header.publisherId) &&
    fits(app, header.applicationId)
  if (!isFit) return []
  // a size is of one disc only; then counts how much of the label fits, how much of it is named, what else is looked at
  const label = vol === undefined ? 0 : (matchOf(vol, header.volumeId)?.[0].length ?? 0)
  const count = patterns.filter((pattern) => pattern !== undefined).length
  const weight = (size === undefined ? 0 : 1_000_000) + label * 5000 + literal(vol) * 10 + count
  return [{ system, medium, weight, key: JSON.stringify([vol, sys, pub, app, size]) }]
}

/** "EL-9" is not in "RHEL-9-4". */
function beginsWord(pattern: string, text: string): boolean {
  const match = matchOf(pattern, text)
  return match !== null && !/[A-Za-z]$/.test(text.slice(0, match.index))
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

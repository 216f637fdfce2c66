/**
 * A disc newer than the catalogue: its label is like that of a release that is known, but for the version. That release's
 * pattern with the version left open tells the distribution, and the version stands in the label.
 */
import type { DetectedOs } from '../../shared/model/os/medium'
import { isVague } from '../../shared/model/os/search'
import type { OsCatalogue } from './catalogue'
import type { FileMedium, FileSystemEntry } from './catalogue-file'
import type { IsoHeader } from './iso-header'
import { fits, matchOf } from './pattern'
import { inTurns } from './turns'

export interface Guess {
  readonly system: FileSystemEntry
  readonly medium: FileMedium
  readonly name: string
}

const anyVersion = String.raw`(\d+(?:[._-]\d+)*)`

export async function guessRelease(header: IsoHeader, catalogue: OsCatalogue): Promise<Guess | undefined> {
  const known = catalogue.file.systems.filter(
    (system) => system.version !== undefined && system.distro !== undefined && !isVague(system),
  )
  const found = await inTurns(known, (system) =>
    (system.media ?? []).flatMap((medium) => {
      const version = versionOf(header, catalogue, system, medium)
      return version === undefined ? [] : [{ system, medium, version }]
    }),
  )
  const [newest] = found.toSorted((a, b) => (b.system.released ?? '').localeCompare(a.system.released ?? ''))
  return newest && guessed(catalogue, newest.system, newest.medium, newest.version)
}

function versionOf(
  header: IsoHeader,
  { file }: OsCatalogue,
  { version = '' }: FileSystemEntry,
  { vol, k, size }: FileMedium,
): string | undefined {
  // a size is of one disc only, and that is known
  if (vol === undefined || size !== undefined) return undefined
  const { sys, pub } = file.mediaKinds[k] ?? {}
  if (!fits(sys, header.systemId) || !fits(pub, header.publisherId)) return undefined
  const open = vol.replace(written(version), () => anyVersion)
  return open === vol ? undefined : matchOf(open, header.volumeId)?.[1]?.replace(/[_-]/g, '.')
}

const forms = new Map<string, RegExp>()

/** "9.4" as labels have it: "9.4", "9-4", "9_4", where a pattern may have "9\.4". */
function written(version: string): RegExp {
  const known = forms.get(version)
  if (known) return known
  const parts = version.split('.').map((part) => part.replace(/[^\w]/g, String.raw`\$&`))
  const form = new RegExp(String.raw`(?<![\d\\{])${parts.join(String.raw`(?:\\?\.|[_-])`)}(?!\d)`)
  forms.set(version, form)
  return form
}

/** The release itself where the catalogue has it, though not its discs; else the newest like it, under the label's version. */
function guessed({ file }: OsCatalogue, like: FileSystemEntry, medium: FileMedium, version: string): Guess {
  const parts = version.split('.')
  for (let length = parts.length; length > 0; length -= 1) {
    const wanted = parts.slice(0, length).join('.')
    const system = file.systems.find((one) => one.distro === like.distro && one.version === wanted)
    if (system) return { system, medium, name: system.name }
  }
  return { system: like, medium, name: like.name.replace(like.version ?? '', version) }
}

/** What is told of it: all but what only the known release's disc has. */
export function detectedGuess({ system, medium, name }: Guess, catalogue: OsCatalogue): DetectedOs {
  const { arch, isInstaller, isLive, kernel, initrd } = catalogue.medium(medium)
  return {
    id: system.id,
    shortId: system.short[0] ?? system.id,
    name,
    ...(arch === 'all' ? {} : { arch }),
    isInstaller,
    isLive,
    ...(kernel === undefined ? {} : { kernel }),
    ...(initrd === undefined ? {} : { initrd }),
    isGuess: true,
    others: [],
  }
}

/** Finding an operating system by what a person types: "deb 12", "win11", "ubuntu 24.04". */
import type { OsEntry } from './os'

export interface SearchableOs {
  readonly entry: OsEntry
  readonly shortIds: readonly string[]
  /** Architectures it is told to run on; empty or "all": any. */
  readonly architectures: readonly string[]
}

export interface OsWish {
  readonly words: string
  readonly arch?: string | undefined
  readonly withEnded?: boolean | undefined
}

/** What most people look for, offered first while nothing is typed. */
const usual = [
  'debian',
  'ubuntu',
  'fedora',
  'rhel',
  'centos-stream',
  'almalinux',
  'rocky',
  'opensuse',
  'sle',
  'win',
  'freebsd',
  'alpinelinux',
  'arch',
]

/**
 * Best first; every word must be found. What its maker has given up is left out unless asked for, or unless nothing else
 * fits: whoever types "win7" means it.
 */
export function searchOs(all: readonly SearchableOs[], wish: OsWish): OsEntry[] {
  const words = wish.words.toLowerCase().split(/\s+/).filter(Boolean)
  const found = all
    .filter(({ architectures }) => runsOn(architectures, wish.arch))
    .map((os) => ({ entry: os.entry, score: scoreOf(os, words) }))
    .filter(({ score }) => score > 0)
  const alive = found.filter(({ entry }) => !entry.isEnded)
  const shown = wish.withEnded === true || alive.length === 0 ? found : alive
  const sorted = shown.sort((a, b) => b.score - a.score || byAge(a.entry, b.entry))
  const entries = sorted.map(({ entry }) => entry)
  return words.length === 0 ? usualFirst(entries) : entries
}

function runsOn(architectures: readonly string[], arch: string | undefined): boolean {
  if (arch === undefined || architectures.length === 0) return true
  return architectures.includes('all') || architectures.includes(arch)
}

/** 0: does not fit. */
function scoreOf({ entry, shortIds }: SearchableOs, words: readonly string[]): number {
  if (words.length === 0) return 1
  const joined = bare(words.join(''))
  // "win11", "debian 12" and "ubuntu2404" name one, however it is written
  const names = [...shortIds.map(bare), bare(entry.name)]
  if (names.includes(joined) && joined !== '') return 1000
  const parts = wordsOf(entry, shortIds)
  let score = 0
  for (const word of words) {
    const best = Math.max(0, ...parts.map((part) => wordScore(word, part)))
    if (best === 0) return names.some((name) => joined.length > 2 && name.startsWith(joined)) ? 10 : 0
    score += best
  }
  return score
}

function wordScore(word: string, part: string): number {
  if (part === word) return 20
  if (/^[\d.]+$/.test(word)) return part.startsWith(`${word.replace(/\.$/, '')}.`) ? 12 : 0
  if (part.startsWith(word)) return 8
  return word.length > 2 && part.includes(word) ? 3 : 0
}

function wordsOf(entry: OsEntry, shortIds: readonly string[]): string[] {
  const { name, version, distro, codename, vendor } = entry
  return [name, ...shortIds, version ?? '', distro ?? '', codename ?? '', vendor ?? '']
    .flatMap((text) => text.toLowerCase().split(/[\s()/]+/))
    .filter(Boolean)
}

/** Letters and figures only. */
function bare(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]/g, '')
}

function byAge(a: OsEntry, b: OsEntry): number {
  return (
    Number(a.isEnded) - Number(b.isEnded) ||
    Number(isVague(a)) - Number(isVague(b)) ||
    Number(a.status === 'prerelease') - Number(b.status === 'prerelease') ||
    (b.releaseDate ?? '').localeCompare(a.releaseDate ?? '') ||
    b.name.localeCompare(a.name, 'en', { numeric: true })
  )
}

/** "Fedora Linux, a version nobody knew yet": right only when nothing else is. */
export function isVague({ id }: Pick<OsEntry, 'id'>): boolean {
  return id.endsWith('/unknown') || id.endsWith('-unknown')
}

/** The newest of each that is usual, then all others. */
function usualFirst(sorted: readonly OsEntry[]): OsEntry[] {
  const first = usual.flatMap(
    (distro) =>
      sorted.find((entry) => entry.distro === distro && entry.status === undefined && !isVague(entry)) ?? [],
  )
  return [...first, ...sorted.filter((entry) => !first.includes(entry))]
}

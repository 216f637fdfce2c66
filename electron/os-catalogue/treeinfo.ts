/**
 * What a folder to install from says of itself: `.treeinfo` or `treeinfo` at its top, an INI file by productmd's format
 * (https://productmd.readthedocs.io/en/latest/treeinfo-1.0.html) and its older forms. Untrusted, as it comes from a server.
 */
import { isVague } from '../../shared/model/os/search'
import type { OsCatalogue } from './catalogue'
import type { FileSystemEntry, FileTree } from './catalogue-file'
import { fits } from './pattern'

export interface TreeInfo {
  readonly family: string
  readonly version: string
  readonly arch: string
  readonly variant: string
  /** Below the tree's address. */
  readonly kernel?: string
  readonly initrd?: string
}

const mostLines = 5000

type Ini = ReadonlyMap<string, ReadonlyMap<string, string>>

export function parseIni(text: string): Ini {
  const sections = new Map<string, Map<string, string>>()
  let section = new Map<string, string>()
  for (const line of text.split(/\r?\n/, mostLines)) {
    const head = /^\s*\[([^\]]+)\]\s*$/.exec(line)?.[1]
    if (head !== undefined) {
      section = sections.get(head) ?? new Map<string, string>()
      sections.set(head, section)
      continue
    }
    const at = line.search(/[=:]/)
    if (at > 0 && !/^\s*[#;]/.test(line)) {
      section.set(line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim())
    }
  }
  return sections
}

/** Undefined: no treeinfo. */
export function readTreeInfo(text: string): TreeInfo | undefined {
  const ini = parseIni(text)
  const general = ini.get('general')
  const release = ini.get('release')
  const tree = ini.get('tree')
  const family = general?.get('family') ?? release?.get('name')
  const version = general?.get('version') ?? release?.get('version')
  if (family === undefined || version === undefined) return undefined
  const arch = general?.get('arch') ?? tree?.get('arch') ?? ''
  const images = ini.get(`images-${arch}`)
  return {
    family,
    version,
    arch,
    variant: general?.get('variant') ?? '',
    ...below('kernel', images?.get('kernel')),
    ...below('initrd', images?.get('initrd')),
  }
}

/** A path that leaves the tree is none. */
function below<Name extends string>(name: Name, path: string | undefined): { readonly [N in Name]?: string } {
  if (path === undefined || !/^[\w.+-]+(\/[\w.+-]+)*$/.test(path) || path.split('/').includes('..')) return {}
  return { [name]: path } as { readonly [N in Name]?: string }
}

export interface IdentifiedTree {
  readonly id: string
  readonly shortId: string
  readonly name: string
  readonly arch?: string
  readonly kernel?: string
  readonly initrd?: string
}

/** By the catalogue's patterns, all that are given must fit; the most telling counts, then the newest. */
export function identifyTree(info: TreeInfo, catalogue: OsCatalogue): IdentifiedTree | undefined {
  const found = catalogue.file.systems
    .flatMap((system) =>
      (system.trees ?? []).filter((tree) => isOf(tree, info)).map((tree) => ({ system, tree })),
    )
    .toSorted(
      (a, b) =>
        Number(isVague(a.system)) - Number(isVague(b.system)) ||
        weight(b.tree) - weight(a.tree) ||
        (b.system.released ?? '').localeCompare(a.system.released ?? ''),
    )
  const [best] = found
  return best && told(best.system, best.tree, info, catalogue)
}

function isOf({ info: patterns, a }: FileTree, info: TreeInfo): boolean {
  if (patterns?.family === undefined) return false
  return (
    fits(patterns.family, info.family) &&
    fits(patterns.version, info.version) &&
    fits(patterns.arch, info.arch) &&
    fits(patterns.variant, info.variant) &&
    (a === 'all' || info.arch === '' || sameArch(a, info.arch))
  )
}

const otherNames: Readonly<Record<string, string>> = {
  i386: 'i686',
  i586: 'i686',
  amd64: 'x86_64',
  arm64: 'aarch64',
}

function sameArch(a: string, b: string): boolean {
  return (otherNames[a] ?? a) === (otherNames[b] ?? b)
}

function weight({ info = {} }: FileTree): number {
  const patterns = Object.values(info)
  return patterns.length * 1000 + patterns.join('').length
}

function told(
  system: FileSystemEntry,
  tree: FileTree,
  info: TreeInfo,
  catalogue: OsCatalogue,
): IdentifiedTree {
  const known = catalogue.tree(tree)
  const kernel = info.kernel ?? known.kernel
  const initrd = info.initrd ?? known.initrd
  return {
    id: system.id,
    shortId: system.short[0] ?? system.id,
    name: system.name,
    ...(info.arch === '' ? {} : { arch: info.arch }),
    ...(kernel === undefined ? {} : { kernel }),
    ...(initrd === undefined ? {} : { initrd }),
  }
}

/**
 * Debian's and Ubuntu's trees have no treeinfo. Their address has the release's code name, and the catalogue the same
 * folder below another mirror: ".../dists/bookworm/main/installer-amd64".
 */
export function identifyTreeAddress(address: string, catalogue: OsCatalogue): IdentifiedTree | undefined {
  const wanted = distsFolder(address)
  if (wanted === undefined) return undefined
  for (const system of catalogue.file.systems) {
    for (const tree of system.trees ?? []) {
      if (tree.u === undefined || distsFolder(tree.u) !== wanted) continue
      return told(system, tree, { family: '', version: '', arch: tree.a, variant: '' }, catalogue)
    }
  }
  return undefined
}

/** "bookworm/amd64"; updates and images of the day are of the same release. */
function distsFolder(address: string): string | undefined {
  const found = /\/dists\/([\w.]+)(?:-updates)?\/main\/installer-(\w+)(?:\/|$)/.exec(address)
  return found ? `${found[1]}/${found[2]}` : undefined
}

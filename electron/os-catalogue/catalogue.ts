/** The catalogue of operating systems in memory: found by id or short name, and told as the model has it. */
import type {
  OsArchResources,
  OsEntry,
  OsFirmware,
  OsImage,
  OsKnowledge,
  OsMedium,
  OsResources,
  OsScript,
  OsTree,
} from '../../shared/model/os/os'
import type { CatalogueFile, FileMedium, FileResources, FileSystemEntry, FileTree } from './catalogue-file'
import { readCatalogueFile } from './catalogue-file'

export class OsCatalogue {
  readonly file: CatalogueFile
  readonly #byName = new Map<string, FileSystemEntry>()
  readonly #now: () => number

  constructor(file: CatalogueFile, now: () => number = Date.now) {
    this.file = file
    this.#now = now
    for (const system of file.systems) {
      this.#byName.set(system.id, system)
      for (const short of system.short) this.#byName.set(short, system)
    }
  }

  /** By libosinfo's address or any of its short names. */
  find(name: string): FileSystemEntry | undefined {
    return this.#byName.get(name)
  }

  entries(): readonly OsEntry[] {
    const today = new Date(this.#now()).toISOString().slice(0, 10)
    return this.file.systems.map((system) => this.#entry(system, today))
  }

  get(idOrShort: string): OsKnowledge | undefined {
    const system = this.find(idOrShort)
    if (system === undefined) return undefined
    const today = new Date(this.#now()).toISOString().slice(0, 10)
    return {
      ...this.#entry(system, today),
      shortIds: system.short,
      derivesFrom: this.#ancestors(system),
      devices: this.file.deviceSets[system.devices] ?? [],
      resources: Object.entries(system.resources ?? {}).map(([arch, place]) =>
        resourcesOf(arch, this.file.resourceSets[place] ?? {}),
      ),
      firmware: (system.firmware ?? []).flatMap(firmwareOf),
      variants: Object.entries(system.variants ?? {}).map(([id, name]) => ({
        id,
        name: name || system.name,
      })),
      media: (system.media ?? []).map((medium) => this.medium(medium)),
      trees: (system.trees ?? []).map((tree) => this.tree(tree)),
      images: (system.images ?? []).map(
        ({ a, v, u, f, cloud }): OsImage => ({
          arch: a,
          variants: v ?? [],
          format: f,
          ...(u === undefined ? {} : { url: u }),
          takesCloudInit: cloud === true,
        }),
      ),
      scripts: (system.scripts ?? []).flatMap((place) => this.#script(place)),
      ...(system.cloudUser === undefined ? {} : { cloudUser: system.cloudUser }),
      ...(system.urlArgument === undefined ? {} : { kernelUrlArgument: system.urlArgument }),
    }
  }

  /** Those that any of its media, trees and images is for. */
  architecturesOf({ media = [], trees = [], images = [] }: FileSystemEntry): string[] {
    const ofMedia = media.map(({ k }) => this.file.mediaKinds[k]?.a ?? 'all')
    return [...new Set([...ofMedia, ...trees.map(({ a }) => a), ...images.map(({ a }) => a)])]
  }

  medium(medium: FileMedium): OsMedium {
    const kind = this.file.mediaKinds[medium.k]
    return {
      arch: kind?.a ?? 'all',
      variants: kind?.v ?? [],
      isInstaller: kind?.noInstaller !== true,
      isLive: kind?.live === true,
      restarts: kind?.restarts ?? 1,
      takesScript: kind?.noScript !== true,
      ...this.#startFiles(kind?.files),
    }
  }

  tree(tree: FileTree): OsTree {
    return {
      arch: tree.a,
      variants: tree.v ?? [],
      ...(tree.u === undefined ? {} : { url: tree.u }),
      ...this.#startFiles(tree.files),
    }
  }

  #entry(system: FileSystemEntry, today: string): OsEntry {
    const { id, short, name, version, family, distro, codename, released, ended, status } = system
    const vendor = this.file.vendors[system.vendor]
    return {
      id,
      shortId: short[0] ?? id,
      name,
      isEnded: ended !== undefined && ended < today,
      ...(version === undefined ? {} : { version }),
      ...(family === undefined ? {} : { family }),
      ...(distro === undefined ? {} : { distro }),
      ...(vendor ? { vendor } : {}),
      ...(codename === undefined ? {} : { codename }),
      ...(released === undefined ? {} : { releaseDate: released }),
      ...(ended === undefined ? {} : { endDate: ended }),
      ...(isStatus(status) ? { status } : {}),
    }
  }

  /** Nearest first, each once; what derives from each other in a circle ends there. */
  #ancestors(system: FileSystemEntry): string[] {
    const seen = new Set([system])
    for (const one of seen) {
      for (const place of one.from ?? []) {
        const parent = this.file.systems[place]
        if (parent) seen.add(parent)
      }
    }
    return [...seen].slice(1).map(({ id }) => id)
  }

  #startFiles(place: number | undefined): { kernel?: string; initrd?: string } {
    const [kernel, initrd] = (place === undefined ? undefined : this.file.files[place]) ?? []
    return { ...(kernel ? { kernel } : {}), ...(initrd ? { initrd } : {}) }
  }

  #script(place: number): OsScript[] {
    const script = this.file.scripts[place]
    if (script === undefined) return []
    return [
      {
        id: script.id,
        kind: scriptKind(script.id),
        ...(script.profile === undefined ? {} : { profile: script.profile }),
        ...(script.file === undefined ? {} : { fileName: script.file }),
        methods: (script.methods ?? []).filter(isMethod),
      },
    ]
  }
}

let shared: Promise<OsCatalogue> | undefined

/** The app's one catalogue, read when it is first asked for. */
export function osCatalogue(): Promise<OsCatalogue> {
  shared ??= readCatalogueFile()
    .then((file) => new OsCatalogue(file))
    .catch((error: unknown) => {
      shared = undefined
      throw error
    })
  return shared
}

function isStatus(word: string | undefined): word is NonNullable<OsEntry['status']> {
  return word === 'prerelease' || word === 'snapshot' || word === 'rolling'
}

const methods = ['cdrom', 'disk', 'floppy', 'initrd', 'web'] as const
function isMethod(word: string): word is (typeof methods)[number] {
  return (methods as readonly string[]).includes(word)
}

const scriptKinds: readonly (readonly [string, OsScript['kind']])[] = [
  ['/preseed/', 'preseed'],
  ['/kickstart/', 'kickstart'],
  ['/autoyast/', 'autoyast'],
  ['/windows/', 'windows'],
]
function scriptKind(id: string): OsScript['kind'] {
  return scriptKinds.find(([part]) => id.includes(part))?.[1] ?? 'other'
}

function firmwareOf(text: string): OsFirmware[] {
  const [arch, type] = text.replace('!', '').split(' ')
  if (arch === undefined || (type !== 'bios' && type !== 'efi')) return []
  return [{ arch, type, isSupported: !text.startsWith('!') }]
}

function resourcesOf(arch: string, { min, rec, max, net }: FileResources): OsArchResources {
  return {
    arch,
    ...(min ? { minimum: sizesOf(min) } : {}),
    ...(rec ? { recommended: sizesOf(rec) } : {}),
    ...(max ? { maximum: sizesOf(max) } : {}),
    ...(net ? { networkInstall: sizesOf(net) } : {}),
  }
}

function sizesOf({
  c,
  m,
  s,
}: {
  readonly c?: number
  readonly m?: number
  readonly s?: number
}): OsResources {
  return {
    ...(c === undefined ? {} : { cpuCount: c }),
    ...(m === undefined ? {} : { memoryBytes: m }),
    ...(s === undefined ? {} : { storageBytes: s }),
  }
}

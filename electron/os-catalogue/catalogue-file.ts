/** The file that scripts/os-catalogue.mjs writes, as it is: short names, and what repeats written once. */
import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { OsDevice } from '../../shared/model/os/os'

interface FileSizes {
  readonly c?: number
  readonly m?: number
  readonly s?: number
}

export interface FileResources {
  readonly min?: FileSizes
  readonly rec?: FileSizes
  readonly max?: FileSizes
  readonly net?: FileSizes
}

export interface FileMediaKind {
  readonly a: string
  readonly v?: readonly string[]
  readonly live?: true
  readonly noInstaller?: true
  readonly noScript?: true
  readonly restarts?: number
  /** Place in `files`. */
  readonly files?: number
  /** Patterns of the system's and the publisher's name. */
  readonly sys?: string
  readonly pub?: string
}

export interface FileMedium {
  /** Place in `mediaKinds`. */
  readonly k: number
  /** Patterns of the volume's and the application's name. */
  readonly vol?: string
  readonly app?: string
  readonly size?: number
}

export interface FileTree {
  readonly a: string
  readonly v?: readonly string[]
  readonly u?: string
  readonly files?: number
  /** Patterns of what a treeinfo file says. */
  readonly info?: {
    readonly family?: string
    readonly variant?: string
    readonly version?: string
    readonly arch?: string
  }
}

export interface FileSystemEntry {
  readonly id: string
  readonly short: readonly string[]
  readonly name: string
  readonly version?: string
  readonly family?: string
  readonly distro?: string
  /** Place in `vendors`. */
  readonly vendor: number
  readonly codename?: string
  readonly released?: string
  readonly ended?: string
  readonly status?: string
  /** Places in `systems`. */
  readonly from?: readonly number[]
  /** Place in `deviceSets`. */
  readonly devices: number
  /** By architecture: place in `resourceSets`. */
  readonly resources?: Readonly<Record<string, number>>
  /** "x86_64 efi"; with "!" before it: does not start with it. */
  readonly firmware?: readonly string[]
  /** Names by id; empty: that of the system. */
  readonly variants?: Readonly<Record<string, string>>
  readonly media?: readonly FileMedium[]
  readonly trees?: readonly FileTree[]
  readonly images?: readonly {
    readonly a: string
    readonly v?: readonly string[]
    readonly u?: string
    readonly f: string
    readonly cloud?: true
  }[]
  /** Places in `scripts`. */
  readonly scripts?: readonly number[]
  readonly cloudUser?: string
  readonly urlArgument?: string
}

export interface CatalogueFile {
  /** "osinfo-db 20250619" */
  readonly from: string
  readonly deviceSets: readonly (readonly OsDevice[])[]
  readonly resourceSets: readonly FileResources[]
  /** Kernel and initrd within a medium or tree. */
  readonly files: readonly (readonly [kernel: string, initrd: string])[]
  readonly mediaKinds: readonly FileMediaKind[]
  readonly vendors: readonly string[]
  readonly scripts: readonly {
    readonly id: string
    readonly profile?: string
    readonly file?: string
    readonly methods?: readonly string[]
  }[]
  readonly systems: readonly FileSystemEntry[]
}

/** Read when it is first needed, as most of the time the app does without. */
export async function readCatalogueFile(): Promise<CatalogueFile> {
  // in the app this is the bundle's path, not a URL: scripts/main-bundle.mjs puts the file below it
  const here = import.meta.url
  const path = here.startsWith('file:')
    ? fileURLToPath(new URL('os.catalogue.json', here))
    : join(dirname(here), 'os-catalogue', 'os.catalogue.json')
  return JSON.parse(await readFile(path, 'utf8')) as CatalogueFile
}

import { createHash } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors'
import type { VmRef } from '../../shared/model/ids'
import type { Snapshot } from '../../shared/model/snapshots/snapshot'
import type { Screenshot } from '../backends/backend'
import { pngUrl, screenPng } from './screen-png'

/** A PNG is kept as the host made it, if it is no larger. */
const limits = { maxWidthPx: 640, maxPngBytes: 2_000_000 }
/** Of one VM; the oldest go first. */
const maxOfVm = 60

/**
 * What was on the screen when snapshots were taken, kept on this computer. A nicety: whatever goes wrong here, the
 * snapshot itself is as good without it.
 */
export class SnapshotPictures {
  constructor(private readonly directory: string) {}

  async put(ref: VmRef, name: string, screen: Screenshot): Promise<void> {
    const png = await screenPng(screen, limits)
    const folder = this.#folder(ref)
    await this.drop(ref, [name])
    if (!png) return
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await writeFile(join(folder, untied(name)), png, { mode: 0o600 })
    await prune(folder)
  }

  /**
   * As a data URL. When the snapshot was made is only known once the host tells: the first question with it ties the
   * picture to it, and another snapshot of the same name that was made elsewhere gets none.
   */
  async get(ref: VmRef, name: string, createdAtMs: number): Promise<string | null> {
    const folder = this.#folder(ref)
    const path = join(folder, tied(name, createdAtMs))
    await rename(join(folder, untied(name)), path).catch(ifMissing)
    const png = await readFile(path).catch(ifMissing)
    return png ? pngUrl(png) : null
  }

  async rename(ref: VmRef, from: string, to: string): Promise<void> {
    const folder = this.#folder(ref)
    await this.drop(ref, [to])
    for (const file of await this.#filesOf(ref, from))
      await rename(join(folder, file), join(folder, file.replace(keyOf(from), keyOf(to))))
  }

  async drop(ref: VmRef, names: readonly string[]): Promise<void> {
    for (const name of names)
      for (const file of await this.#filesOf(ref, name))
        await rm(join(this.#folder(ref), file), { force: true })
  }

  /** The VM is gone, and its snapshots with it. */
  async forget(ref: VmRef): Promise<void> {
    await rm(this.#folder(ref), { recursive: true, force: true })
  }

  /**
   * Snapshots may be deleted by others. What they are is asked for after it was looked at which pictures there are, so that
   * none goes that is put away meanwhile.
   */
  async sweep<T extends { readonly snapshots: readonly Pick<Snapshot, 'name' | 'createdAtMs'>[] }>(
    ref: VmRef,
    ask: () => Promise<T>,
  ): Promise<T> {
    const files = await this.#files(ref).catch(() => [])
    const view = await ask()
    const kept = new Set(
      view.snapshots.flatMap(({ name, createdAtMs }) => [untied(name), tied(name, createdAtMs)]),
    )
    for (const file of files)
      if (!kept.has(file)) await rm(join(this.#folder(ref), file), { force: true }).catch(() => undefined)
    return view
  }

  async #files(ref: VmRef): Promise<string[]> {
    return (await readdir(this.#folder(ref)).catch(ifMissing)) ?? []
  }

  async #filesOf(ref: VmRef, name: string): Promise<string[]> {
    return (await this.#files(ref)).filter((file) => file.startsWith(keyOf(name)))
  }

  #folder({ host, vm }: VmRef): string {
    // a host's id comes from the window and becomes the name of a folder
    if (!/^[\w-]+$/.test(host)) throw new AppError('invalid', 'This is not the id of a host')
    return join(this.directory, 'snapshots', host, vm)
  }
}

/** Names may hold what names of files cannot. */
function keyOf(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 40)
}

const untied = (name: string): string => `${keyOf(name)}.png`
const tied = (name: string, createdAtMs: number): string => `${keyOf(name)}-${createdAtMs}.png`

async function prune(folder: string): Promise<void> {
  const files = await readdir(folder)
  if (files.length <= maxOfVm) return
  const dated = await Promise.all(
    files.map(async (file) => ({ file, atMs: (await stat(join(folder, file))).mtimeMs })),
  )
  for (const { file } of dated.toSorted((a, b) => a.atMs - b.atMs).slice(0, files.length - maxOfVm))
    await rm(join(folder, file), { force: true })
}

function ifMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}

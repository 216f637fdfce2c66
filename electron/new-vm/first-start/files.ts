/**
 * The installer's kernel and initrd: fetched by this computer, put on the host, and removed there once the VM runs, as
 * emulators read them when they start.
 */
import { appendFile, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError, errorData, isKind } from '../../../shared/errors'
import type { ActionContext, HypervisorSession } from '../../backends/backend'
import { sendFile } from '../../transfers/send-file'
import type { Web } from '../../web/web'
import type { LeftBehind } from '../left-behind'
import { firstStartDefinition, type StartFiles } from './definition'
import type { FirstStart, StartFile } from './plan'

/** No installer's is near it. */
const maxBytes = 2 * 1024 ** 3

export class FirstStartFiles {
  #folder: string | undefined
  readonly #paths = new Map<StartFile['what'], string>()

  constructor(
    private readonly start: FirstStart,
    private readonly session: HypervisorSession,
    private readonly web: Web,
    private readonly initrdMore?: () => Promise<Uint8Array>,
  ) {}

  /** Before anything is made: much of what can go wrong does so here. */
  async fetch({ signal, onProgress }: ActionContext): Promise<void> {
    const folder = await mkdtemp(join(tmpdir(), 'innkeeper-start-'))
    this.#folder = folder
    const { files } = this.start
    for (const [at, { what, url }] of files.entries()) {
      await this.web.download(url, join(folder, what), {
        signal,
        maxBytes,
        onProgress: (fraction) => onProgress((at + fraction) / files.length),
      })
      if (what === 'initrd' && this.initrdMore) await appendFile(join(folder, what), await this.initrdMore())
      onProgress((at + 1) / files.length)
    }
  }

  async put(left: LeftBehind, { signal, onProgress }: ActionContext): Promise<void> {
    const { files } = this.start
    for (const [at, file] of files.entries()) {
      await this.#put(file, left, {
        signal,
        onProgress: (fraction) => onProgress((at + fraction) / files.length),
      })
    }
  }

  /** Of the definition that is stored. */
  definition(stored: string): string {
    const { line } = this.start
    const kernel = this.#paths.get('kernel')
    const initrd = this.#paths.get('initrd')
    if (kernel === undefined) throw new Error('The kernel is on the host before it is named')
    const files: StartFiles = { kernel, line, ...(initrd === undefined ? {} : { initrd }) }
    return firstStartDefinition(stored, files)
  }

  /** On the host. */
  async remove(name: string): Promise<void> {
    const kept: string[] = []
    const why: string[] = []
    for (const { pool, volume } of this.start.files) {
      try {
        await this.session.storage.deleteVolume({ pool, volume }, true)
      } catch (error) {
        if (isKind(error, 'not-found')) continue
        kept.push(`${volume} in the pool ${pool}`)
        why.push(errorData(error).message)
      }
    }
    if (kept.length === 0) return
    throw new AppError(
      'busy',
      `${name} is being installed, but not all files of its first start could be removed`,
      {
        cure: `Delete ${kept.join(' and ')} on the Storage page; nothing needs it any more.`,
        detail: why.join('\n'),
      },
    )
  }

  /** On this computer. */
  async forget(): Promise<void> {
    if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true })
  }

  async #put(
    { what, pool, volume, path }: StartFile,
    left: LeftBehind,
    context: ActionContext,
  ): Promise<void> {
    const { storage } = this.session
    const { signal, onProgress } = context
    const file = await open(join(this.#folder ?? '', what), 'r')
    try {
      const { size: sizeBytes } = await file.stat()
      await left.making({ pool, volume }, () => storage.prepareUpload({ pool, volume }, sizeBytes, 'raw'))
      left.add({ pool, volume })
      const range = { offsetBytes: 0, lengthBytes: sizeBytes, isSparse: false }
      const sink = await storage.openUpload({ pool, volume }, range, signal)
      try {
        await sendFile(sink, {
          file,
          sizeBytes,
          from: 0,
          map: undefined,
          signal,
          onSent: (done) => onProgress(done / sizeBytes),
        })
      } catch (error) {
        // what failed before is told; the end of it can only fail as well
        await sink.abort().catch(() => undefined)
        throw error
      }
    } finally {
      await file.close()
    }
    const { volumes } = await storage.volumeDetails(pool, [volume])
    this.#paths.set(what, volumes[0]?.path ?? path)
  }
}

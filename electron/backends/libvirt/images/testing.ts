import { mkdtemp, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StorageUsage } from '../../../../shared/model/storage/volume'
import { openLocalLink } from '../../../link/local'
import type { ActionContext } from '../../backend'
import type { ImageSession } from '../../storage-session'
import { imagesOf, type ImageParts } from './images'

/** qemu-img of this computer, on images in a folder of the test. Who uses them is what the test says. */
export class ImageBench {
  readonly folder: string
  readonly link = openLocalLink()
  usage: StorageUsage = { users: {}, unread: [] }
  readonly session: ImageSession

  private constructor(folder: string, parts: Partial<ImageParts>) {
    this.folder = folder
    const unasked = (): never => {
      throw new Error('Not asked for in this test')
    }
    this.session = imagesOf({
      link: this.link,
      hostname: hostname(),
      storage: {
        usage: async () => this.usage,
        pools: unasked,
        volumeNames: unasked,
        volumeDetails: unasked,
      },
      isReadOnly: false,
      vmUser: async () => undefined,
      ...parts,
    })
  }

  static async start(parts: Partial<ImageParts> = {}): Promise<ImageBench> {
    // a blank, a comma and a line break: each is special to some program on the way
    return new ImageBench(await mkdtemp(join(tmpdir(), 'innkeeper images,\n')), parts)
  }

  at(name: string): string {
    return join(this.folder, name)
  }

  /** One command that must succeed. */
  async do(...argv: string[]): Promise<string> {
    const { stdout, stderr, code } = await this.link.run(argv)
    if (code !== 0) throw new Error(`${argv.join(' ')}: ${stderr}`)
    return stdout
  }

  /** Each is built on the one before; returns their paths, base first. */
  async chain(...names: string[]): Promise<string[]> {
    const paths = names.map((name) => this.at(name))
    for (const [at, path] of paths.entries()) {
      const base = paths[at - 1]
      await this.do(
        ...['qemu-img', 'create', '-q', '-f', 'qcow2'],
        ...(base === undefined ? [path, '64M'] : ['-b', base, '-F', 'qcow2', path]),
      )
      await this.write(path, at, at + 1)
    }
    return paths
  }

  /** A mebibyte of one byte. */
  async write(path: string, atMiB: number, byte: number): Promise<void> {
    await this.do('qemu-io', '-f', 'qcow2', '-c', `write -P ${byte} ${atMiB}M 1M`, path)
  }

  exists(name: string): Promise<boolean> {
    return this.link.run(['test', '-e', this.at(name)]).then(({ code }) => code === 0)
  }

  async stop(): Promise<void> {
    await this.link.close()
    await rm(this.folder, { recursive: true, force: true })
  }
}

export function watched(): ActionContext & { readonly seen: number[]; cancel(): void } {
  const abort = new AbortController()
  const seen: number[] = []
  return {
    signal: abort.signal,
    seen,
    onProgress: (fraction) => void seen.push(fraction),
    cancel: () => abort.abort(),
  }
}

/** The folder on a host in which its VMs are kept, reached by commands only, so that here and elsewhere are the same. */
import { AppError } from '../../../../shared/errors'
import type { VmId } from '../../../../shared/model/ids'
import type { Link } from '../../../link/link'
import { windowed } from '../../windowed'
import { readListing, type Listing } from './listing'
import * as scripts from './scripts'

const limitMs = 25_000
/** Starting a guest reads its images and sets its memory up. */
const startLimitMs = 110_000
/** Files read by one command: their names are words of it, and their texts come back together. */
const perCommand = 40
/** Code of a script for what is there already. */
const exists = 17

/** A program that runs beside a guest. */
export interface RunHelper {
  readonly program: string
  readonly words: readonly string[]
  readonly pidFile: string
  /** Of one that stays in the foreground: it can be used once this is there. */
  readonly socket?: string
  /** To be made where it is missing. */
  readonly folder?: string
}

export interface StartRequest {
  readonly uuid: VmId
  readonly definition: string
  /** Texts of argv.json. */
  readonly note: string
  /** To be made where they are missing. */
  readonly folders: readonly string[]
  /** To be made where `to` is missing. */
  readonly copies: readonly { readonly from: string; readonly to: string }[]
  readonly helpers: readonly (readonly string[])[]
  readonly argv: readonly string[]
}

export class Store {
  constructor(
    readonly link: Link,
    readonly root: string,
  ) {}

  vmFolder(folder: string): string {
    return `${this.root}/${folder}`
  }

  runFolder(uuid: VmId): string {
    return `${this.root}/run/${uuid}`
  }

  async list(): Promise<Listing> {
    return readListing(await this.#do('Reading the VMs', scripts.list, [this.root]))
  }

  /** Texts by path relative to the store; what is gone is left out. */
  async read(paths: readonly string[]): Promise<Map<string, string>> {
    return this.#texts(scripts.read, paths)
  }

  async #texts(
    script: string,
    paths: readonly string[],
    first: readonly string[] = [],
  ): Promise<Map<string, string>> {
    const groups = Array.from({ length: Math.ceil(paths.length / perCommand) }, (_, at) =>
      paths.slice(at * perCommand, (at + 1) * perCommand),
    )
    const texts = new Map<string, string>()
    await windowed(groups, 3, async (group) => {
      const parts = (await this.#do('Reading definitions', script, [this.root, ...first, ...group])).split(
        '\0',
      )
      for (let at = 0; at + 1 < parts.length; at += 2) texts.set(parts[at] ?? '', parts[at + 1] ?? '')
    })
    return texts
  }

  /** What is written down in a folder of VMs' folders, as texts by path relative to the store. */
  async readKept(kept: string, folders: readonly string[]): Promise<Map<string, string>> {
    return this.#texts(scripts.readKept, folders, [kept])
  }

  async writeKept(folder: string, kept: string, file: string, text: string): Promise<void> {
    const path = `${this.vmFolder(folder)}/${kept}`
    await this.command(['mkdir', '-p', '-m', '0700', '--', path])
    await this.#do(`Writing ${file}`, scripts.write, [path, file], text)
  }

  /** False when it is there already. */
  async makeFolder(folder: string): Promise<boolean> {
    return (await this.#run(scripts.makeFolder, [this.vmFolder(folder)], [exists])).code !== exists
  }

  async write(folder: string, file: string, text: string): Promise<void> {
    await this.#do(`Writing ${file}`, scripts.write, [this.vmFolder(folder), file], text)
  }

  /** A file of the store itself. */
  async writeTop(file: string, text: string): Promise<void> {
    await this.command(['mkdir', '-p', '-m', '0700', '--', this.root])
    await this.#do(`Writing ${file}`, scripts.write, [this.root, file], text)
  }

  /** A file anywhere on the host, by its whole path. */
  async writeAt(path: string, text: string): Promise<void> {
    const at = path.lastIndexOf('/')
    await this.#do(`Writing ${path}`, scripts.write, [path.slice(0, at) || '/', path.slice(at + 1)], text)
  }

  /** Of files of one folder of the host, by their names; what is gone is left out. */
  async readAt(folder: string, names: readonly string[]): Promise<Map<string, string>> {
    const texts = new Map<string, string>()
    for (let at = 0; at < names.length; at += perCommand) {
      const words = [folder, ...names.slice(at, at + perCommand)]
      const parts = (await this.#do('Reading files', scripts.read, words)).split('\0')
      for (let one = 0; one + 1 < parts.length; one += 2) texts.set(parts[one] ?? '', parts[one + 1] ?? '')
    }
    return texts
  }

  /** What QEMU writes as `from` becomes a new file elsewhere; false when there is one already. */
  async leadElsewhere(from: string, to: string): Promise<boolean> {
    return (await this.#run(scripts.leadElsewhere, [from, to], [exists])).code !== exists
  }

  async writeRunning(uuid: VmId, text: string): Promise<void> {
    await this.writeRun(uuid, 'running.xml', text)
  }

  /** A file of what runs. */
  async writeRun(uuid: VmId, file: string, text: string): Promise<void> {
    await this.#do('Writing what runs', scripts.write, [this.runFolder(uuid), file], text)
  }

  /** False when the new name is taken. */
  async moveFolder(from: string, to: string): Promise<boolean> {
    const words = [this.vmFolder(from), this.vmFolder(to)]
    return (await this.#run(scripts.move, words, [exists])).code !== exists
  }

  async removeFolder(folder: string): Promise<void> {
    await this.command(['rm', '-rf', '--', this.vmFolder(folder)])
  }

  async removeFiles(folder: string, ...files: readonly string[]): Promise<void> {
    await this.command(['rm', '-rf', '--', ...files.map((file) => `${this.vmFolder(folder)}/${file}`)])
  }

  async keepMemory(folder: string, uuid: VmId): Promise<void> {
    await this.#do('Keeping the memory', scripts.keepMemory, [
      this.vmFolder(folder),
      `${this.runFolder(uuid)}/running.xml`,
    ])
  }

  async start({
    uuid,
    definition,
    note,
    folders,
    copies,
    helpers,
    argv,
  }: StartRequest): Promise<{ warnings: string }> {
    const words = [
      ...folders.flatMap((folder) => ['folder', folder]),
      ...copies.flatMap(({ from, to }) => ['copy', from, to]),
      ...helpers.flatMap((helper) => ['helper', String(helper.length), ...helper]),
      'qemu',
      ...argv,
    ]
    const { code, stderr } = await this.#run(
      scripts.start,
      [this.root, uuid, note, ...words],
      'any',
      definition,
      startLimitMs,
    )
    if (code === 75)
      throw new AppError('busy', 'Somebody else starts this VM at the same time', {
        cure: 'Look at it in a moment.',
      })
    if (code === 76)
      throw new AppError('invalid', 'The VM runs already', { cure: 'Somebody else has started it.' })
    if (code !== 0) throw didNotStart(stderr, code)
    return { warnings: stderr.trim() }
  }

  /** Beside a guest that runs already. */
  async startHelper({ program, words, folder, socket, pidFile }: RunHelper): Promise<void> {
    if (folder !== undefined) await this.command(['mkdir', '-p', '-m', '0700', '--', folder])
    if (socket === undefined) await this.command([program, ...words])
    else await this.#do(`Starting ${program}`, scripts.serveMore, [socket, pidFile, program, ...words])
  }

  async clean(uuid: VmId): Promise<void> {
    await this.#do('Cleaning up', scripts.clean, [this.root, uuid])
  }

  async kill(pid: number, uuid: VmId): Promise<void> {
    await this.#do('Ending QEMU', scripts.kill, [String(pid), uuid])
  }

  async killStarted({
    pid,
    startedTicks,
  }: {
    readonly pid: number
    readonly startedTicks: number
  }): Promise<void> {
    await this.#do('Ending QEMU', scripts.killStarted, [String(pid), String(startedTicks)])
  }

  /** A command that must succeed. */
  async command(argv: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.link.run(['env', 'LC_ALL=C', ...argv], {
      signal: AbortSignal.timeout(limitMs),
    })
    if (code !== 0) throw failed(argv[0] ?? '', stderr)
    return stdout
  }

  async #do(what: string, script: string, words: readonly string[], input?: string): Promise<string> {
    const { code, stdout, stderr } = await this.#run(script, words, 'any', input)
    if (code !== 0) throw failed(what, stderr)
    return stdout
  }

  async #run(
    script: string,
    words: readonly string[],
    allowed: readonly number[] | 'any',
    input?: string,
    timeoutMs = limitMs,
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const signal = AbortSignal.timeout(timeoutMs)
    const argv = ['env', 'LC_ALL=C', 'sh', '-c', script, 'innkeeper', ...words]
    try {
      const ended = await this.link.run(argv, { signal, ...(input === undefined ? {} : { input }) })
      if (allowed !== 'any' && ended.code !== 0 && !allowed.includes(ended.code))
        throw failed('sh', ended.stderr)
      return ended
    } catch (error) {
      if (!signal.aborted) throw error
      throw new AppError('timed-out', 'The host did not answer in time', {
        cure: 'It may still be doing it: look at the VM in a moment.',
        cause: error,
      })
    }
  }
}

function failed(what: string, stderr: string): AppError {
  const detail = stderr.trim()
  const isDenied = /permission denied|read-only file system/i.test(detail)
  const isFull = /no space left|disk quota/i.test(detail)
  return new AppError(
    isDenied ? 'denied' : 'invalid',
    isFull ? 'There is no room left on the host' : `${what} did not work on the host`,
    {
      cure: isDenied
        ? 'Use a folder that your account there may write to.'
        : isFull
          ? 'Make room there, then try again.'
          : 'See what the host says about it.',
      ...(detail === '' ? {} : { detail }),
    },
  )
}

function didNotStart(stderr: string, code: number): AppError {
  const detail = stderr.trim() === '' ? `QEMU ended with code ${code}` : stderr.trim()
  if (/flock: not found|flock: command not found/.test(detail)) {
    return new AppError('unsupported', 'The host has no program flock', {
      cure: 'Install util-linux there.',
      detail,
    })
  }
  const isLocked = /Failed to get "?(write|shared "?\w*)"?.* lock|Is another process using the image/i.test(
    detail,
  )
  return new AppError(
    isLocked ? 'busy' : 'invalid',
    isLocked ? 'Another program uses a disk of this VM' : 'QEMU did not start',
    {
      cure: isLocked
        ? 'Stop what uses it, such as another VM with the same disk.'
        : 'See what QEMU says about it, and change the VM.',
      detail,
    },
  )
}

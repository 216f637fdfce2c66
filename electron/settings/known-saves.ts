/**
 * VMs that were saved to files, kept on this computer: to a host such a VM is just off, and starting it would make the
 * memory in the file useless. What is lost with this list is a warning only, so nothing about it ever fails.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { hostId, vmId, type HostId, type VmRef } from '../../shared/model/ids'
import { savedPath, type KnownSave } from '../../shared/model/save/saved-state'
import { readTextFile, writeFileAtomically } from './json-file'

/** Beyond these the oldest are forgotten. */
const limit = 500

const entry = z.object({ host: hostId, vm: vmId, path: savedPath, savedAtMs: z.number() })

export class KnownSaves {
  readonly #path: string
  readonly #changed: (all: readonly KnownSave[]) => void
  #all: readonly KnownSave[]
  #last: Promise<void> = Promise.resolve()

  private constructor(path: string, all: readonly KnownSave[], changed: (all: readonly KnownSave[]) => void) {
    this.#path = path
    this.#all = all
    this.#changed = changed
  }

  static async open(
    directory: string,
    changed: (all: readonly KnownSave[]) => void = () => undefined,
  ): Promise<KnownSaves> {
    const path = join(directory, 'known-saves.json')
    return new KnownSaves(path, await read(path), changed)
  }

  list(): readonly KnownSave[] {
    return this.#all
  }

  add(save: KnownSave): Promise<void> {
    const others = this.#all.filter(({ host, path }) => host !== save.host || path !== save.path)
    return this.#set([...others, save].slice(-limit))
  }

  /** It was on since: its files no longer fit its disks. */
  forget({ host, vm }: VmRef): Promise<void> {
    return this.#keep((one) => one.host !== host || one.vm !== vm)
  }

  forgetFile(host: HostId, path: string): Promise<void> {
    return this.#keep((one) => one.host !== host || one.path !== path)
  }

  forgetHost(host: HostId): Promise<void> {
    return this.#keep((one) => one.host !== host)
  }

  async #keep(isKept: (save: KnownSave) => boolean): Promise<void> {
    const kept = this.#all.filter(isKept)
    if (kept.length < this.#all.length) await this.#set(kept)
  }

  #set(all: readonly KnownSave[]): Promise<void> {
    this.#all = all
    this.#changed(all)
    const write = (): Promise<void> => writeFileAtomically(this.#path, JSON.stringify(this.#all, null, 2))
    this.#last = this.#last.then(write, write).catch(() => undefined)
    return this.#last
  }
}

async function read(path: string): Promise<readonly KnownSave[]> {
  try {
    const found: unknown = JSON.parse((await readTextFile(path)) ?? '[]')
    if (!Array.isArray(found)) return []
    return found.flatMap((one) => {
      const known = entry.safeParse(one)
      return known.success ? [known.data] : []
    })
  } catch {
    return []
  }
}

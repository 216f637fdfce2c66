/**
 * Which VMs were installed from discs, kept on this computer until the user has said what becomes of these. What is lost
 * with the file is a reminder only, so nothing about it ever fails.
 */
import { join } from 'node:path'
import { z } from 'zod'
import { hostId, vmId, type HostId, type VmRef } from '../../../shared/model/ids'
import { mediumRoles } from '../../../shared/model/new-vm/install-media'
import { readTextFile, writeFileAtomically } from '../../settings/json-file'

/** Beyond these the oldest are forgotten. */
const limit = 500

const disc = z.object({
  role: z.enum(mediumRoles),
  /** As the definition has it: a path, or pool/volume. */
  place: z.string().max(5000),
})
export type InstalledFrom = z.output<typeof disc>

const entry = z.object({
  host: hostId,
  vm: vmId,
  createdAtMs: z.number(),
  /** Since when it runs, or ran, for all that was seen. */
  runsSinceMs: z.number().exactOptional(),
  /** It was off after it had run. */
  wasOff: z.boolean(),
  discs: z.array(disc).max(16),
  /** Our own disc, by what it is known again. */
  answers: z
    .object({
      pool: z.string(),
      volume: z.string(),
      path: z.string(),
      capacityBytes: z.number(),
      fileId: z.string().exactOptional(),
    })
    .exactOptional(),
})
export type InstalledVm = z.output<typeof entry>

export class InstalledVms {
  readonly #path: string
  readonly #entries: Promise<InstalledVm[]>
  #last: Promise<void> = Promise.resolve()

  constructor(directory: string) {
    this.#path = join(directory, 'install-media.json')
    this.#entries = this.#read()
  }

  async get(ref: VmRef): Promise<InstalledVm | undefined> {
    return (await this.#entries).find((one) => isOf(one, ref))
  }

  /** In place of what was known of the same VM. */
  put(wanted: InstalledVm): Promise<void> {
    return this.#change((entries) => [...entries.filter((one) => !isOf(one, wanted)), wanted])
  }

  async remove(ref: VmRef): Promise<void> {
    if (await this.get(ref)) await this.#change((entries) => entries.filter((one) => !isOf(one, ref)))
  }

  async forgetHost(host: HostId): Promise<void> {
    if ((await this.#entries).some((one) => one.host === host))
      await this.#change((entries) => entries.filter((one) => one.host !== host))
  }

  async #change(change: (entries: InstalledVm[]) => InstalledVm[]): Promise<void> {
    const entries = await this.#entries
    entries.splice(0, entries.length, ...change(entries).slice(-limit))
    const write = async (): Promise<void> => writeFileAtomically(this.#path, JSON.stringify(entries, null, 2))
    this.#last = this.#last.then(write, write).catch(() => undefined)
    return this.#last
  }

  async #read(): Promise<InstalledVm[]> {
    try {
      const found: unknown = JSON.parse((await readTextFile(this.#path)) ?? '[]')
      if (!Array.isArray(found)) return []
      return found.flatMap((one) => {
        const read = entry.safeParse(one)
        return read.success ? [read.data] : []
      })
    } catch {
      return []
    }
  }
}

function isOf(one: VmRef, ref: VmRef): boolean {
  return one.host === ref.host && one.vm === ref.vm
}

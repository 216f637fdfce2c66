/** How the host is looked at for deletions: anew for each, and once for the plans of those that shall go together. */
import type { VmId } from '../../../shared/model/ids'
import { isNoDomain } from '../../libvirt-rpc/index'
import { imagesNamed, storedDefinition, type ReadUses } from './delete-plan'
import type { LibvirtHost } from './host'
import type { HostCommands } from '../images/host-commands'
import type { HostUses } from './storage/usage'
import { readWholeUses } from './storage/usage-whole'
import { windowed } from '../windowed'
import type { DiskSource } from '../../domain-xml/disks'

/** How long one reading serves the plans of a group. */
const servesMs = 5000
const width = 3

export class DeleteReadings {
  #shared: { readonly key: string; readonly uses: Promise<HostUses>; untilMs: number } | undefined

  constructor(
    private readonly host: LibvirtHost,
    private readonly commands: HostCommands,
  ) {}

  readonly fresh: ReadUses = (near) => readWholeUses(this.host, this.commands, near)

  forPlans(group: readonly VmId[]): ReadUses {
    if (group.length < 2) return this.fresh
    const key = group.toSorted().join()
    return () => {
      const known = this.#shared
      if (known?.key === key && performance.now() < known.untilMs) return known.uses
      const uses = this.#ofGroup(group)
      const shared = { key, uses, untilMs: Number.POSITIVE_INFINITY }
      this.#shared = shared
      uses.then(
        () => (shared.untilMs = performance.now() + servesMs),
        () => (shared.untilMs = 0),
      )
      return uses
    }
  }

  async #ofGroup(group: readonly VmId[]): Promise<HostUses> {
    const near = await windowed(group, width, (id) => this.#imagesOf(id))
    return this.fresh(near.flat())
  }

  /** One that is gone has its own plan to say so. */
  async #imagesOf(id: VmId): Promise<DiskSource[]> {
    try {
      const record = await this.host.inventory.refresh(id)
      return record ? imagesNamed(await storedDefinition(this.host, record)) : []
    } catch (error) {
      if (isNoDomain(error)) return []
      throw error
    }
  }
}

import type { HostId } from '../../shared/model/ids'
import type { Settings } from '../settings/settings'
import type { StoredInventory } from '../settings/schema'

/** Copies of inventories on disk, a little behind: a host with many changing VMs must not keep the disk busy. */
export class InventoryStore {
  readonly #settings: Settings
  readonly #delayMs: number
  readonly #read: (host: HostId) => StoredInventory | undefined
  readonly #onError: (host: HostId, error: unknown) => void
  /** One after the other: a fleet that connects at once is also due at once. */
  #saving: Promise<void> = Promise.resolve()
  readonly #timers = new Map<HostId, NodeJS.Timeout>()

  constructor(options: {
    readonly settings: Settings
    readonly delayMs: number
    /** The inventory to write when the time has come; undefined when the host is gone. */
    read(host: HostId): StoredInventory | undefined
    onError(host: HostId, error: unknown): void
  }) {
    this.#settings = options.settings
    this.#delayMs = options.delayMs
    this.#read = options.read
    this.#onError = options.onError
  }

  load(host: HostId): Promise<StoredInventory | undefined> {
    return this.#settings.readInventory(host)
  }

  changed(host: HostId): void {
    if (this.#timers.has(host)) return
    this.#timers.set(
      host,
      setTimeout(() => void this.#save(host), this.#delayMs),
    )
  }

  async remove(host: HostId): Promise<void> {
    clearTimeout(this.#timers.get(host))
    this.#timers.delete(host)
    await this.#settings.removeInventory(host)
  }

  /** Writes what is waiting, for quitting. */
  async flush(): Promise<void> {
    await Promise.all([...this.#timers.keys()].map((host) => this.#save(host)))
  }

  #save(host: HostId): Promise<void> {
    clearTimeout(this.#timers.get(host))
    this.#timers.delete(host)
    this.#saving = this.#saving.then(() => this.#write(host))
    return this.#saving
  }

  async #write(host: HostId): Promise<void> {
    const inventory = this.#read(host)
    if (!inventory) return
    try {
      await this.#settings.writeInventory(host, inventory)
    } catch (error) {
      this.#onError(host, error)
    }
  }
}

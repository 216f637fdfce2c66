import { isDeepStrictEqual } from 'node:util'
import type { VmChange } from '../../shared/ipc/contract'
import type { HostId, VmId } from '../../shared/model/ids'
import type { Vm, VmRecord } from '../../shared/model/vm'

/**
 * The VMs of one host as last heard. They stay while the host is away; the window greys them by the host's status.
 * Every method answers with what really changed, so an event that repeats what is known costs nothing.
 */
export class Inventory {
  readonly #host: HostId
  readonly #vms = new Map<VmId, Vm>()
  /** While a list is under way: what events said meanwhile, which is newer than the list or soon corrected. */
  #during: Map<VmId, VmRecord | undefined> | undefined

  constructor(host: HostId) {
    this.#host = host
  }

  get(id: VmId): Vm | undefined {
    return this.#vms.get(id)
  }

  list(): Vm[] {
    return [...this.#vms.values()]
  }

  records(): VmRecord[] {
    return this.list().map(({ host: _, ...record }) => record)
  }

  put(record: VmRecord): VmChange[] {
    this.#during?.set(record.id, record)
    const vm: Vm = { ...record, host: this.#host }
    if (isDeepStrictEqual(this.#vms.get(record.id), vm)) return []
    this.#vms.set(record.id, vm)
    return [{ kind: 'put', vm }]
  }

  remove(id: VmId): VmChange[] {
    this.#during?.set(id, undefined)
    if (!this.#vms.delete(id)) return []
    return [{ kind: 'removed', ref: { host: this.#host, vm: id } }]
  }

  /** Call before asking the host for its list. Later events win over that list: see `replaceAll`. */
  beginList(): void {
    this.#during = new Map()
  }

  abandonList(): void {
    this.#during = undefined
  }

  /** A list arrived. What events said since `beginList` stands; what is in neither has vanished. */
  replaceAll(records: readonly VmRecord[]): VmChange[] {
    const wanted = new Map(records.map((record) => [record.id, record]))
    for (const [id, record] of this.#during ?? []) {
      if (record) wanted.set(id, record)
      else wanted.delete(id)
    }
    this.#during = undefined
    const gone = [...this.#vms.keys()].filter((id) => !wanted.has(id))
    return [
      ...gone.flatMap((id) => this.remove(id)),
      ...[...wanted.values()].flatMap((record) => this.put(record)),
    ]
  }
}

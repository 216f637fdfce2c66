import type { AppEmitters, VmChange } from '../../shared/ipc/contract'
import { vmKey } from '../../shared/model/ids'
import type { Revisions } from './revisions'

/** In one message; more would hold up this process and the window while it is packed and unpacked. */
const maxChanges = 500

/** Changes of all hosts, sent together once per frame; of several changes of one VM only the last is told. */
export class VmChangeBatch {
  readonly #pending = new Map<string, VmChange>()
  readonly #emit: Pick<AppEmitters, 'vms'>
  readonly #revisions: Revisions
  readonly #batchMs: number
  #timer: NodeJS.Timeout | undefined

  constructor(emit: Pick<AppEmitters, 'vms'>, revisions: Revisions, batchMs: number) {
    this.#emit = emit
    this.#revisions = revisions
    this.#batchMs = batchMs
  }

  add(changes: readonly VmChange[]): void {
    for (const change of changes) {
      const key = vmKey(change.kind === 'put' ? { host: change.vm.host, vm: change.vm.id } : change.ref)
      this.#pending.set(key, change)
    }
    if (this.#pending.size > 0) this.#timer ??= setTimeout(() => this.#tellSome(), this.#batchMs)
  }

  /** Tells everything now. */
  flush(): void {
    while (this.#pending.size > 0) this.#tellSome()
  }

  #tellSome(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#pending.size === 0) return
    const changes: VmChange[] = []
    for (const [key, change] of this.#pending) {
      changes.push(change)
      this.#pending.delete(key)
      if (changes.length === maxChanges) break
    }
    if (this.#pending.size > 0) this.#timer = setTimeout(() => this.#tellSome(), 0)
    this.#emit.vms.changed({ revision: this.#revisions.next(), changes })
  }
}

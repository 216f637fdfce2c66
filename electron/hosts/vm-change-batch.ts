import type { AppEmitters, VmChange } from '../../shared/ipc/contract'
import { vmKey } from '../../shared/model/ids'
import type { Revisions } from './revisions'

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
    if (this.#pending.size > 0) this.#timer ??= setTimeout(() => this.flush(), this.#batchMs)
  }

  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (this.#pending.size === 0) return
    const changes = [...this.#pending.values()]
    this.#pending.clear()
    this.#emit.vms.changed({ revision: this.#revisions.next(), changes })
  }
}

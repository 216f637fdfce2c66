import type { VmId } from '../../../shared/model/ids'
import type { VmRecord } from '../../../shared/model/vm'
import type { HypervisorSession, SessionEvent } from '../backend'

/**
 * Remembers what a session tells from the moment it was made, so that a test may act first and wait afterwards
 * without losing an event. Each successful wait consumes the events up to the one it waited for.
 */
export class SessionWatch {
  readonly events: SessionEvent[] = []
  #cursor = 0
  readonly #defaultMs: number
  readonly #wakers = new Set<() => void>()

  constructor(session: HypervisorSession, defaultTimeoutMs: number) {
    this.#defaultMs = defaultTimeoutMs
    session.onEvent((event) => {
      this.events.push(event)
      for (const wake of [...this.#wakers]) wake()
    })
  }

  /** Forgets what came so far: only later events satisfy the next wait. */
  skip(): void {
    this.#cursor = this.events.length
  }

  until(
    what: string,
    predicate: (event: SessionEvent) => boolean,
    timeoutMs = this.#defaultMs,
  ): Promise<SessionEvent> {
    return new Promise((resolve, reject) => {
      const stop = (): void => {
        this.#wakers.delete(look)
        clearTimeout(deadline)
      }
      const look = (): void => {
        const index = this.events.findIndex((event, at) => at >= this.#cursor && predicate(event))
        const found = this.events[index]
        if (!found) return
        stop()
        this.#cursor = index + 1
        resolve(found)
      }
      const deadline = setTimeout(() => {
        stop()
        const seen = this.events.slice(this.#cursor).map(describeEvent).join(', ')
        reject(new Error(`No event within ${timeoutMs} ms: ${what}. Seen meanwhile: ${seen || 'nothing'}`))
      }, timeoutMs)
      this.#wakers.add(look)
      look()
    })
  }

  /** Waits for a VM to be reported in a certain way. */
  async untilVm(
    id: VmId,
    what: string,
    predicate: (vm: VmRecord) => boolean,
    timeoutMs?: number,
  ): Promise<VmRecord> {
    const event = await this.until(
      what,
      (seen) => seen.kind === 'vm-changed' && seen.vm.id === id && predicate(seen.vm),
      timeoutMs,
    )
    if (event.kind !== 'vm-changed') throw new Error('Not a change')
    return event.vm
  }

  untilState(id: VmId, state: VmRecord['state'], timeoutMs?: number): Promise<VmRecord> {
    return this.untilVm(id, `the VM is ${state}`, (vm) => vm.state === state, timeoutMs)
  }

  async untilRemoved(id: VmId, timeoutMs?: number): Promise<void> {
    await this.until(
      'the VM is removed',
      (event) => event.kind === 'vm-removed' && event.id === id,
      timeoutMs,
    )
  }
}

function describeEvent(event: SessionEvent): string {
  switch (event.kind) {
    case 'vm-changed':
      return `${event.vm.name} ${event.vm.state}${event.vm.hasSavedState ? ' (saved)' : ''}`
    case 'vm-removed':
      return `${event.id} removed`
    case 'resource-changed':
      return `${event.resource} ${event.name ?? ''} changed`
    case 'closed':
      return `closed ${event.error?.message ?? ''}`
  }
}

/**
 * When VMs were started, stopped and paused, whoever did it, kept as long as their loads: a line of JSON for each, added at
 * the end of one file that is written anew at each start of the app.
 */
import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { VmChange } from '../../shared/ipc/contract'
import { vmKey, type HostId, type VmRef } from '../../shared/model/ids'
import type { VmState } from '../../shared/model/vm'
import { eventBetween, vmEventKinds, type VmEvent } from '../../shared/model/vm-events'
import { readTextFile, writeFileAtomically } from '../settings/json-file'

const keptMs = 7 * 24 * 60 * 60_000
/** Of one VM; the oldest go. */
const maxEvents = 500

const line = z.tuple([z.string(), z.number(), z.enum(vmEventKinds)])

interface EventLogOptions {
  readonly directory: string
  readonly now?: () => number
  onError(error: unknown): void
}

export class EventLog {
  readonly #directory: string
  readonly #path: string
  readonly #now: () => number
  readonly #onError: (error: unknown) => void
  readonly #states = new Map<string, VmState>()
  readonly #events = new Map<string, VmEvent[]>()
  #writing: Promise<void> = Promise.resolve()

  constructor({ directory, now = Date.now, onError }: EventLogOptions) {
    this.#directory = directory
    this.#path = join(directory, 'vm-events.jsonl')
    this.#now = now
    this.#onError = onError
  }

  async start(): Promise<void> {
    const text = await readTextFile(this.#path).catch(() => undefined)
    if (text === undefined) return
    for (const one of text.split('\n')) {
      const read = line.safeParse(jsonOf(one))
      if (read.success && read.data[1] > this.#now() - keptMs) {
        this.#add(read.data[0], { atMs: read.data[1], kind: read.data[2] })
      }
    }
    const kept = [...this.#events].flatMap(([key, events]) => events.map((event) => lineOf(key, event)))
    await this.#write(() => writeFileAtomically(this.#path, kept.join('')))
  }

  /** The first that is heard of a VM is no event: it may have been so for years. */
  saw(changes: readonly VmChange[]): void {
    const lines: string[] = []
    for (const change of changes) {
      const key = vmKey(change.kind === 'put' ? { host: change.vm.host, vm: change.vm.id } : change.ref)
      const before = this.#states.get(key)
      if (change.kind === 'removed') {
        this.#states.delete(key)
        continue
      }
      this.#states.set(key, change.vm.state)
      const kind = before && eventBetween(before, change.vm.state)
      if (!kind) continue
      const event = { atMs: this.#now(), kind }
      this.#add(key, event)
      lines.push(lineOf(key, event))
    }
    if (lines.length > 0) void this.#write(() => this.#append(lines.join('')))
  }

  between(ref: VmRef, fromMs: number, toMs: number): VmEvent[] {
    return (this.#events.get(vmKey(ref)) ?? []).filter(({ atMs }) => atMs >= fromMs && atMs <= toMs)
  }

  forgetHost(host: HostId): void {
    for (const key of [...this.#events.keys()]) if (key.startsWith(`${host}/`)) this.#events.delete(key)
  }

  flush(): Promise<void> {
    return this.#writing
  }

  #add(key: string, event: VmEvent): void {
    const events = this.#events.get(key) ?? []
    events.push(event)
    if (events.length > maxEvents) events.shift()
    this.#events.set(key, events)
  }

  async #append(text: string): Promise<void> {
    await mkdir(this.#directory, { recursive: true, mode: 0o700 })
    await appendFile(this.#path, text, { mode: 0o600 })
  }

  #write(work: () => Promise<void>): Promise<void> {
    this.#writing = this.#writing.then(work).catch((error: unknown) => this.#onError(error))
    return this.#writing
  }
}

function lineOf(key: string, { atMs, kind }: VmEvent): string {
  return `${JSON.stringify([key, atMs, kind])}\n`
}

/** A line that a crash cut off is no JSON. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

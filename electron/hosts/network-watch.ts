import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os'

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>

export interface NetworkWatchOptions {
  /** The computer's addresses changed, or it was asleep: what was open may be dead, what failed may work. */
  onChange(): void
  readonly intervalMs?: number
  read?(): Interfaces
  now?(): number
}

/** Timers do not run while a computer sleeps, so one that is this late says that it did. */
const sleptAfterMs = 15_000

/**
 * Notices that the computer moved to another network, or slept. Node tells neither, so it looks every few seconds, which
 * costs some microseconds.
 */
export class NetworkWatch {
  readonly #options: NetworkWatchOptions
  readonly #intervalMs: number
  readonly #read: () => Interfaces
  readonly #now: () => number
  #timer: NodeJS.Timeout | undefined
  /** As last told; what is seen now; they differ until a change has lasted for one beat. */
  #known = ''
  #seen = ''
  #lookedAtMs = 0

  constructor(options: NetworkWatchOptions) {
    this.#options = options
    this.#intervalMs = options.intervalMs ?? 3_000
    this.#read = options.read ?? networkInterfaces
    this.#now = options.now ?? Date.now
  }

  start(): void {
    if (this.#timer !== undefined) return
    this.#known = this.#seen = addresses(this.#read())
    this.#lookedAtMs = this.#now()
    this.#timer = setInterval(() => this.#look(), this.#intervalMs)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #look(): void {
    const now = this.#now()
    const hasSlept = now - this.#lookedAtMs > this.#intervalMs + sleptAfterMs
    this.#lookedAtMs = now
    const seen = addresses(this.#read())
    // a card that gets its addresses one after the other is one change
    const hasSettled = seen === this.#seen
    this.#seen = seen
    if (!hasSlept && (!hasSettled || seen === this.#known)) return
    this.#known = seen
    this.#options.onChange()
  }
}

/** Without loopback, and without link-local addresses: each VM that starts on this computer brings such a card. */
function addresses(interfaces: Interfaces): string {
  return Object.entries(interfaces)
    .flatMap(([name, infos = []]) =>
      infos
        .filter(({ internal, address }) => !internal && !/^(fe[89ab].:|169\.254\.)/i.test(address))
        .map(({ address, netmask }) => `${name} ${address} ${netmask}`),
    )
    .sort()
    .join('\n')
}

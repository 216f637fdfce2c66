import type { HostLogLine } from '../../shared/ipc/contract'

const maxLines = 500
const maxLineLength = 1000

/** What happened to one host's connection, newest last, for the user who wonders. Bounded; never holds secrets. */
export class HostLog {
  #lines: HostLogLine[] = []
  readonly #now: () => number

  constructor(now: () => number) {
    this.#now = now
  }

  add(text: string): void {
    this.#lines.push({ atMs: this.#now(), text: text.slice(0, maxLineLength) })
    if (this.#lines.length > maxLines) this.#lines = this.#lines.slice(-maxLines)
  }

  lines(): readonly HostLogLine[] {
    return [...this.#lines]
  }
}

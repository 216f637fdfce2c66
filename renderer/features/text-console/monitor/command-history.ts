/** Lines that were sent, walked through by the arrow keys; what is being typed comes back below the newest. */
export class CommandHistory {
  readonly #lines: string[] = []
  #at = 0
  #draft = ''

  add(line: string): void {
    if (this.#lines.at(-1) !== line) this.#lines.push(line)
    this.#at = this.#lines.length
    this.#draft = ''
  }

  older(now: string): string {
    if (this.#at === this.#lines.length) this.#draft = now
    this.#at = Math.max(0, this.#at - 1)
    return this.#lines[this.#at] ?? now
  }

  newer(now: string): string {
    if (this.#at >= this.#lines.length) return now
    this.#at += 1
    return this.#lines[this.#at] ?? this.#draft
  }
}

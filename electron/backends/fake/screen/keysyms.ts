/** X11 keysyms as RFB carries them (RFC 6143, 7.5.4). */
export const keys = {
  backspace: 0xff08,
  tab: 0xff09,
  enter: 0xff0d,
  keypadEnter: 0xff8d,
  delete: 0xffff,
  controlLeft: 0xffe3,
  controlRight: 0xffe4,
  altLeft: 0xffe9,
  altRight: 0xffea,
} as const

/** The letter of a key, when it is one that our fonts have. */
export function letterOf(keysym: number): string | undefined {
  return keysym >= 0x20 && keysym <= 0x7e ? String.fromCharCode(keysym) : undefined
}

/** Remembers which modifiers are held. */
export class Modifiers {
  readonly #held = new Set<number>()

  see(keysym: number, isDown: boolean): void {
    if (isDown) this.#held.add(keysym)
    else this.#held.delete(keysym)
    // keys a lost viewer never released must not add up
    if (this.#held.size > 32) this.#held.clear()
  }

  get control(): boolean {
    return this.#held.has(keys.controlLeft) || this.#held.has(keys.controlRight)
  }

  get alt(): boolean {
    return this.#held.has(keys.altLeft) || this.#held.has(keys.altRight)
  }
}

/**
 * A modifier that is pressed three times by itself stays down for the guest until the next other key, as in virt-manager:
 * Ctrl three times, then Alt+F2, is Ctrl+Alt+F2 for the guest, which this desktop would have kept for itself.
 */
export interface StickyEvents {
  /** Presses or lets go for the guest. */
  hold(code: string, isDown: boolean): void
  onChange(held: readonly string[]): void
}

const sticky = ['ControlLeft', 'ControlRight', 'AltLeft', 'AltRight', 'ShiftLeft', 'ShiftRight']
const timesToHold = 3
/** Presses that far apart are not meant together. */
const withinMs = 2000

export class StickyKeys {
  #held: string[] = []
  #candidate: { readonly code: string; count: number; atMs: number; isDown: boolean } | undefined
  #isUsed = false

  constructor(private readonly events: StickyEvents) {}

  keyDown(code: string, atMs: number, isRepeat: boolean): void {
    if (isRepeat) return
    if (this.#held.includes(code)) {
      // pressed once more, it is an ordinary key again
      this.#held = this.#held.filter((one) => one !== code)
      this.#candidate = undefined
      this.events.onChange(this.#held)
      return
    }
    if (!sticky.includes(code)) {
      this.#candidate = undefined
      this.#isUsed = this.#held.length > 0
      return
    }
    const before = this.#candidate
    const isAgain = before?.code === code && !before.isDown && atMs - before.atMs <= withinMs
    this.#candidate = { code, count: isAgain ? before.count : 0, atMs, isDown: true }
  }

  keyUp(code: string, atMs: number): void {
    const candidate = this.#candidate
    if (candidate?.code === code) {
      candidate.isDown = false
      candidate.atMs = atMs
      candidate.count += 1
      if (candidate.count < timesToHold) return
      this.#candidate = undefined
      this.#held = [...this.#held, code]
      this.events.hold(code, true)
      this.events.onChange(this.#held)
    } else if (this.#isUsed && !sticky.includes(code)) {
      this.release()
    }
  }

  release(): void {
    this.#candidate = undefined
    this.#isUsed = false
    if (this.#held.length === 0) return
    for (const code of this.#held) this.events.hold(code, false)
    this.#held = []
    this.events.onChange([])
  }
}

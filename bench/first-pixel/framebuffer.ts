/**
 * What is on the virtual display, read from the file that Xvfb keeps it in (Xvfb(1), -fbdir): nobody is asked, so looking
 * costs the measured programs nothing. The file is an X window dump (XWDFile.h of the X protocol's headers).
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** That many rows apart is looked at: what is waited for is larger. */
const rowStep = 16
const betweenLooksMs = 4
const headerWords = 25

/** Text mode's blue: some graphics cards have six bits for a colour, and 168 where others have 170. Nothing else here has it. */
function isGuestBlue(blue: number, green: number, red: number): boolean {
  return red === 0 && green === 0 && blue >= 168 && blue <= 170
}

export class Framebuffer {
  readonly #file: number
  readonly #dataAt: number
  readonly #rowBytes: number
  readonly #height: number

  constructor(folder: string) {
    this.#file = openSync(join(folder, 'Xvfb_screen0'), 'r')
    const header = Buffer.alloc(headerWords * 4)
    readSync(this.#file, header, 0, header.length, 0)
    const word = (at: number): number => header.readUInt32BE(at * 4)
    if (word(1) !== 7 || word(11) !== 32)
      throw new Error('the display is no X window dump of 32 bits a pixel')
    this.#height = word(5)
    this.#rowBytes = word(12)
    // each of the colours of its table takes twelve bytes
    this.#dataAt = word(0) + word(19) * 12
  }

  /** Pixels of the test guest in the rows that are looked at. */
  count(): number {
    const row = Buffer.alloc(this.#rowBytes)
    let found = 0
    for (let y = 0; y < this.#height; y += rowStep) {
      readSync(this.#file, row, 0, row.length, this.#dataAt + y * this.#rowBytes)
      for (let x = 0; x < row.length; x += 4)
        if (isGuestBlue(row[x] ?? 0, row[x + 1] ?? 0, row[x + 2] ?? 0)) found += 1
    }
    return found
  }

  /** When it was there first, by this process's clock. */
  async firstSeenMs(limitMs: number): Promise<number> {
    const deadline = performance.now() + limitMs
    for (;;) {
      if (this.count() > 0) return performance.now()
      if (performance.now() > deadline) throw new Error(`the guest drew nothing within ${limitMs} ms`)
      await delay(betweenLooksMs)
    }
  }

  /** Nothing of it is left of the round before. */
  async gone(): Promise<void> {
    while (this.count() > 0) await delay(betweenLooksMs)
  }

  close(): void {
    closeSync(this.#file)
  }
}

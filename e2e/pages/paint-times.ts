import type { Page } from '@playwright/test'

interface Probe {
  readonly times: number[]
}

/** From a key or button that goes down to the frame that shows what it changed, as the window itself measures it. */
export class PaintTimes {
  readonly #page: Page

  /** `shown` is what is to change: the text of the elements it selects. */
  static async watch(page: Page, shown: string): Promise<PaintTimes> {
    await page.evaluate((selector) => {
      const probe: Probe = { times: [] }
      const own = globalThis as unknown as { paintProbe: Probe }
      own.paintProbe = probe
      const state = (): string =>
        [...document.querySelectorAll(selector)].map((element) => element.textContent).join('|')
      const began = (event: Event): void => {
        const before = state()
        const look = (): void => {
          if (state() === before) {
            requestAnimationFrame(look)
            return
          }
          // a task of its own runs after the frame that began here was drawn
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => probe.times.push(performance.now() - event.timeStamp)
          port2.postMessage(0)
        }
        requestAnimationFrame(look)
      }
      addEventListener('keydown', began, { capture: true })
      addEventListener('pointerdown', began, { capture: true })
    }, shown)
    return new PaintTimes(page)
  }

  private constructor(page: Page) {
    this.#page = page
  }

  /** All so far, in milliseconds, as they came. */
  inOrder(): Promise<number[]> {
    return this.#page.evaluate(() => (globalThis as unknown as { paintProbe: Probe }).paintProbe.times)
  }

  /** Until so many inputs have been answered. Costs the window nothing that would count, as looking for elements does. */
  async answered(inputs: number): Promise<void> {
    await this.#page.waitForFunction(
      (count) => (globalThis as unknown as { paintProbe: Probe }).paintProbe.times.length >= count,
      inputs,
    )
  }

  /** All so far, shortest first. */
  async sorted(): Promise<number[]> {
    return (await this.inOrder()).sort((a, b) => a - b)
  }
}

export interface PaintFigures {
  readonly inputs: number
  readonly medianMs: number
  readonly p95Ms: number
  readonly maxMs: number
  /** How many of the inputs. */
  readonly under100Ms: number
}

/** Of times that are sorted. */
export function figuresOf(times: readonly number[]): PaintFigures {
  const at = (share: number): number =>
    Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN)
  return {
    inputs: times.length,
    medianMs: at(0.5),
    p95Ms: at(0.95),
    maxMs: at(1),
    under100Ms: times.filter((time) => time < 100).length,
  }
}

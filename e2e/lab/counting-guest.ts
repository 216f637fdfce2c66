/** A guest that counts on its serial line, wherever it is moved: whether a number is missing or told twice is seen over all hosts. */
import type { GuestOptions } from './guest-xml'
import type { LabHost } from './lab-host'

export class CountingGuest {
  /** What it wrote on the hosts that it has left. */
  #trail = ''

  constructor(
    readonly name: string,
    private readonly options: Omit<GuestOptions, 'name' | 'load'> = {},
  ) {}

  async start(host: LabHost): Promise<void> {
    const usual = { load: 'count', graphics: 'none', memoryMiB: 128 } as const
    await host.startGuest({ ...usual, ...this.options, name: this.name }, 120_000)
  }

  /** To be told after each move: each host has a file of its own of what was written there. */
  async left(host: LabHost): Promise<void> {
    this.#trail += await host.serialLog(this.name)
  }

  async numbers(host: LabHost): Promise<number[]> {
    const text = this.#trail + (await host.serialLog(this.name))
    return [...text.matchAll(/LAB-COUNT (\d+)\r?\n/g)].map(([, number]) => Number(number))
  }

  /** Waits until it has counted on by ten here, and fails when a number since its start is missing or there twice. */
  async goesOn(host: LabHost): Promise<void> {
    const last = (await this.numbers(host)).at(-1) ?? 0
    await host.waitSerial(this.name, new RegExp(`LAB-COUNT ${last + 10}\\b`), 120_000)
    const numbers = await this.numbers(host)
    const at = numbers.findIndex((number, index) => number !== index + 1)
    if (at >= 0)
      throw new Error(
        `${this.name} on ${host.name}: after ${numbers.slice(Math.max(0, at - 3), at).join(', ')} came ${numbers[at]}`,
      )
  }
}

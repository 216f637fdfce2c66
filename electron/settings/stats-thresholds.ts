/** Limits the user set on loads, kept on this computer. */
import { join } from 'node:path'
import { threshold, type Threshold } from '../../shared/model/thresholds'
import { readTextFile, writeFileAtomically } from './json-file'

export class StatsThresholds {
  readonly #path: string
  #all: readonly Threshold[]
  #last: Promise<void> = Promise.resolve()

  private constructor(path: string, all: readonly Threshold[]) {
    this.#path = path
    this.#all = all
  }

  static async open(directory: string): Promise<StatsThresholds> {
    const path = join(directory, 'stats-thresholds.json')
    return new StatsThresholds(path, await read(path))
  }

  list(): readonly Threshold[] {
    return this.#all
  }

  /** Counts at once; the promise ends when it is on disk. */
  replace(all: readonly Threshold[]): Promise<void> {
    this.#all = all
    const write = (): Promise<void> => writeFileAtomically(this.#path, JSON.stringify(all, null, 2))
    this.#last = this.#last.then(write, write)
    return this.#last
  }
}

/** What cannot be read is no limit; the page shows those that are there. */
async function read(path: string): Promise<readonly Threshold[]> {
  try {
    const found: unknown = JSON.parse((await readTextFile(path)) ?? '[]')
    if (!Array.isArray(found)) return []
    return found.flatMap((one) => {
      const known = threshold.safeParse(one)
      return known.success ? [known.data] : []
    })
  } catch {
    return []
  }
}

/** Folders on web servers that were looked at, for a while: the wizard asks anew with each word that is typed elsewhere. */
import type { DetectedTree } from '../../shared/model/new-vm/install-tree'
import type { Web } from '../web/web'
import type { OsCatalogue } from './catalogue'
import { detectTree } from './detect-tree'

const goodForMs = 300_000
/** Long enough for those who ask at the same time. */
const badForMs = 3_000
const mostKept = 30
const limitMs = 25_000

interface Kept {
  readonly tree: Promise<DetectedTree>
  untilMs: number
}

export class InstallTrees {
  readonly #kept = new Map<string, Kept>()

  constructor(
    private readonly web: Web,
    private readonly catalogue: () => Promise<OsCatalogue>,
    private readonly now: () => number = Date.now,
  ) {}

  detect(url: string): Promise<DetectedTree> {
    const known = this.#kept.get(url)
    if (known && known.untilMs > this.now()) return known.tree
    const tree = this.#look(url)
    const kept: Kept = { tree, untilMs: this.now() + goodForMs }
    this.#kept.delete(url)
    this.#kept.set(url, kept)
    const [oldest] = this.#kept.keys()
    if (this.#kept.size > mostKept && oldest !== undefined) this.#kept.delete(oldest)
    tree.catch(() => {
      kept.untilMs = this.now() + badForMs
    })
    return tree
  }

  async #look(url: string): Promise<DetectedTree> {
    return detectTree(url, this.web, await this.catalogue(), AbortSignal.timeout(limitMs))
  }
}

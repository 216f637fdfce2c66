/** What the window asks about operating systems: looked up in the catalogue, or found out from media of hosts. */
import type { DetectedTree } from '../../shared/model/new-vm/install-tree'
import type { DetectedMedium, MediumRef } from '../../shared/model/os/medium'
import type { OsEntry, OsKnowledge, OsQuery } from '../../shared/model/os/os'
import type { VmOverview } from '../../shared/model/vm-overview'
import { searchOs, type SearchableOs } from '../../shared/model/os/search'
import { web, type Web } from '../web/web'
import { osCatalogue, type OsCatalogue } from './catalogue'
import { detectMedium, type DetectHosts } from './detect-medium'
import { InstallTrees } from './install-trees'

const usualLimit = 100

export class OperatingSystems {
  readonly #hosts: DetectHosts
  readonly #catalogue: () => Promise<OsCatalogue>
  readonly #trees: InstallTrees

  constructor({
    hosts,
    catalogue = osCatalogue,
    web: files = web,
  }: {
    readonly hosts: DetectHosts
    readonly catalogue?: () => Promise<OsCatalogue>
    readonly web?: Web
  }) {
    this.#hosts = hosts
    this.#catalogue = catalogue
    this.#trees = new InstallTrees(files, catalogue)
  }

  async search({ limit = usualLimit, ...wish }: OsQuery): Promise<readonly OsEntry[]> {
    return searchOs(searchable(await this.#catalogue()), wish).slice(0, limit)
  }

  async get(id: string): Promise<OsKnowledge | undefined> {
    return (await this.#catalogue()).get(id)
  }

  /** With the name of what its definition notes. */
  async named(overview: VmOverview): Promise<VmOverview> {
    if (overview.osId === undefined) return overview
    const name = (await this.#catalogue()).find(overview.osId)?.name
    return name === undefined ? overview : { ...overview, osName: name }
  }

  detect(medium: MediumRef): Promise<DetectedMedium | null> {
    return detectMedium(this.#hosts, medium, this.#catalogue)
  }

  /** A folder on a web server; ends with an AppError where nothing can be installed from. */
  detectTree(url: string): Promise<DetectedTree> {
    return this.#trees.detect(url)
  }
}

function searchable(catalogue: OsCatalogue): SearchableOs[] {
  const { systems } = catalogue.file
  return catalogue.entries().flatMap((entry, place): SearchableOs[] => {
    const system = systems[place]
    if (system === undefined) return []
    return [{ entry, shortIds: system.short, architectures: catalogue.architecturesOf(system) }]
  })
}

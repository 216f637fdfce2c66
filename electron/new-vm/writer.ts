import type { DetectedTree } from '../../shared/model/new-vm/install-tree'
import type { OsKnowledge } from '../../shared/model/os/os'
import { definitionOf } from './definition'
import type { DefinitionWriter } from './plan'
import { virtInstallOf } from './virt-install'

/** `os` looks a system up in the catalogue, `tree` looks at a folder on a web server. */
export function definitionWriter(
  os: (id: string) => Promise<OsKnowledge | undefined>,
  tree: (url: string) => Promise<DetectedTree>,
): DefinitionWriter {
  return { os, tree, definitionOf, virtInstallOf }
}

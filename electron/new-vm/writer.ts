import type { OsKnowledge } from '../../shared/model/os/os'
import { definitionOf } from './definition'
import type { DefinitionWriter } from './plan'
import { virtInstallOf } from './virt-install'

/** `os` looks a system up in the catalogue. */
export function definitionWriter(os: (id: string) => Promise<OsKnowledge | undefined>): DefinitionWriter {
  return { os, definitionOf, virtInstallOf }
}

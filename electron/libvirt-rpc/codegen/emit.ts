/** All generated files as text, so that the script can write them and a test can compare them. */
import { emitEnums, emitMessage } from './emit-enums'
import { emitCalls, emitEvents } from './emit-procedures'
import { emitReaders, emitTypes, emitWriters } from './emit-types'
import { type ProtocolFacts, allTypes } from './facts'
import { Resolver } from './resolve'

export function generatedFiles(facts: ProtocolFacts): Map<string, string> {
  const types = allTypes(facts)
  const resolver = new Resolver(types)
  const files = new Map([
    ['types.gen.ts', emitTypes(types, resolver)],
    ['read.gen.ts', emitReaders(types, resolver)],
    ['write.gen.ts', emitWriters(types, resolver)],
    ['calls.gen.ts', emitCalls(facts)],
    ['events.gen.ts', emitEvents(facts)],
    ['enums.gen.ts', emitEnums(facts)],
    ['message.gen.ts', emitMessage(facts)],
  ])
  for (const [name, text] of files) files.set(name, `${header(facts)}\n${text}\n`)
  return files
}

export const libvirtVersions = (facts: ProtocolFacts): string =>
  `libvirt ${facts.sources.structure} (structure), ${facts.sources.enums} (enumerations)`

function header(facts: ProtocolFacts): string {
  return [
    '// Do not edit: written by electron/libvirt-rpc/codegen/generate.ts from protocol-facts.json.',
    `// ${libvirtVersions(facts)}`,
    '',
  ].join('\n')
}

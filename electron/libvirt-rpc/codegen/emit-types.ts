/** Emits the interfaces of the protocol's structs, and the functions that read and write them. */
import type { TypeFacts } from './facts'
import { typeName } from './names'
import type { Resolver } from './resolve'

export function emitTypes(types: ReadonlyMap<string, TypeFacts>, resolver: Resolver): string {
  const lines = ["import type { Hyper } from '../xdr/limits'", '']
  for (const [name, facts] of types) {
    if (facts.kind === 'struct') {
      lines.push(`/** ${name} */`, `export interface ${typeName(name)} {`)
      for (const field of facts.fields)
        lines.push(`  ${field.name}: ${localType(resolver.field(field).type)}`)
      lines.push('}')
    } else if (facts.kind === 'union') {
      lines.push(`/** ${name}; \`${facts.switch.name}\` says which */`, `export type ${typeName(name)} =`)
      for (const one of facts.cases) {
        const { type } = resolver.field({ type: one.type })
        lines.push(`  | { ${facts.switch.name}: ${one.case} /* ${one.label} */; value: ${localType(type)} }`)
      }
    } else if (facts.kind === 'enum') {
      lines.push(`/** ${name} */`, `export const ${typeName(name)} = {`)
      for (const [label, value] of Object.entries(facts.values)) lines.push(`  ${label}: ${value},`)
      lines.push('} as const')
    }
  }
  return lines.join('\n')
}

export function emitReaders(types: ReadonlyMap<string, TypeFacts>, resolver: Resolver): string {
  const lines = [
    "import { RpcProtocolError } from '../errors'",
    "import type { XdrReader } from '../xdr/reader'",
    "import type * as T from './types.gen'",
    '',
  ]
  for (const [name, facts] of types) {
    const type = typeName(name)
    if (facts.kind === 'struct') {
      lines.push(`export function read${type}(r: XdrReader): T.${type} {`, '  return {')
      for (const field of facts.fields) lines.push(`    ${field.name}: ${resolver.field(field).read},`)
      lines.push('  }', '}')
    } else if (facts.kind === 'union') {
      const { name: tag, type: tagType } = facts.switch
      lines.push(`export function read${type}(r: XdrReader): T.${type} {`)
      lines.push(`  const ${tag} = ${resolver.field({ type: tagType }).read}`, `  switch (${tag}) {`)
      for (const one of facts.cases) {
        lines.push(
          `    case ${one.case}: return { ${tag}, value: ${resolver.field({ type: one.type }).read} }`,
        )
      }
      lines.push(`    default: throw new RpcProtocolError(\`${name} has no case \${${tag}}\`)`, '  }', '}')
    }
  }
  return lines.join('\n')
}

export function emitWriters(types: ReadonlyMap<string, TypeFacts>, resolver: Resolver): string {
  const lines = [
    "import type { XdrWriter } from '../xdr/writer'",
    "import type * as T from './types.gen'",
    '',
  ]
  for (const [name, facts] of types) {
    const type = typeName(name)
    if (facts.kind === 'struct') {
      lines.push(`export function write${type}(w: XdrWriter, value: T.${type}): void {`)
      for (const field of facts.fields) lines.push(`  ${resolver.field(field).write(`value.${field.name}`)}`)
      lines.push('}')
    } else if (facts.kind === 'union') {
      const { name: tag, type: tagType } = facts.switch
      lines.push(`export function write${type}(w: XdrWriter, value: T.${type}): void {`)
      lines.push(`  ${resolver.field({ type: tagType }).write(`value.${tag}`)}`, `  switch (value.${tag}) {`)
      for (const one of facts.cases) {
        lines.push(`    case ${one.case}: return ${resolver.field({ type: one.type }).write('value.value')}`)
      }
      lines.push('  }', '}')
    }
  }
  return lines.join('\n')
}

/** Inside types.gen.ts the types are at hand; elsewhere they are reached through `T`. */
const localType = (type: string): string => type.replaceAll('T.', '')

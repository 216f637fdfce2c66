/** Emits the tables of calls, stream-opening calls and events, and the interfaces that give each its types. */
import { type ProcedureFacts, type ProgramName, type ProtocolFacts, callablePrograms } from './facts'
import { procedureName, typeName } from './names'

/**
 * Procedures that carry file descriptors. They only work over a unix socket and never in Node, which cannot send or
 * receive descriptors; left out, so that calling one does not compile.
 */
const needsDescriptors = new Set([
  'DOMAIN_OPEN_GRAPHICS',
  'DOMAIN_OPEN_GRAPHICS_FD',
  'DOMAIN_CREATE_XML_WITH_FILES',
  'DOMAIN_CREATE_WITH_FILES',
  'DOMAIN_FD_ASSOCIATE',
  'LXC_DOMAIN_OPEN_NAMESPACE',
  'QEMU_DOMAIN_MONITOR_COMMAND_WITH_FILES',
])

/** Marked as read streams in libvirt, but a console is typed into as well. */
const twoWayStreams = new Set(['DOMAIN_OPEN_CONSOLE', 'DOMAIN_OPEN_CHANNEL'])

/** libvirt's event families in our words. Each has its own, overlapping, space of callback ids. */
const families: Record<string, string> = {
  virDomainEventID: 'domain',
  virNetworkEventID: 'network',
  virStoragePoolEventID: 'storage-pool',
  virNodeDeviceEventID: 'node-device',
  virSecretEventID: 'secret',
}

interface Entry {
  name: string
  program: number
  facts: ProcedureFacts
}

export function emitCalls(facts: ProtocolFacts): string {
  const all = entries(facts).filter((one) => one.facts.kind === 'call' && !needsDescriptors.has(one.name))
  const plain = all.filter((one) => !opensStream(one.facts))
  const streams = all.filter((one) => opensStream(one.facts))
  return [
    "import type { CallTable } from '../procedures'",
    "import * as R from './read.gen'",
    "import type * as T from './types.gen'",
    "import * as W from './write.gen'",
    '',
    ...callInterface('LibvirtCalls', plain),
    '/** Calls that open a stream beside answering. */',
    ...callInterface('LibvirtStreamCalls', streams),
    ...callTable('libvirtCalls', 'LibvirtCalls', plain, facts),
    ...callTable('libvirtStreamCalls', 'LibvirtStreamCalls', streams, facts),
  ].join('\n')
}

export function emitEvents(facts: ProtocolFacts): string {
  const events = entries(facts).filter((one) => one.facts.kind === 'event')
  return [
    "import type { EventTable } from '../procedures'",
    "import * as R from './read.gen'",
    "import type * as T from './types.gen'",
    '',
    'export interface LibvirtEvents {',
    ...events.map((one) => `${deprecation(one.facts)}  ${one.name}: ${messageType(one.facts.args)}`),
    '}',
    'export const libvirtEvents: EventTable<LibvirtEvents> = {',
    ...events.map((one) => `  ${one.name}: { ${eventFields(one).join(', ')} },`),
    '}',
  ].join('\n')
}

function callInterface(title: string, calls: Entry[]): string[] {
  const line = ({ name, facts }: Entry) =>
    `${deprecation(facts)}  ${name}: { args: ${messageType(facts.args)}; ret: ${messageType(facts.ret)} }`
  return [`export interface ${title} {`, ...calls.map(line), '}']
}

function callTable(name: string, type: string, calls: Entry[], facts: ProtocolFacts): string[] {
  const line = (one: Entry) => `  ${one.name}: { ${callFields(one, facts).join(', ')} },`
  return [`export const ${name}: CallTable<${type}> = {`, ...calls.map(line), '}']
}

function callFields({ name, program, facts }: Entry, all: ProtocolFacts): string[] {
  const fields = [`name: '${name}'`, `program: ${program}`, `num: ${facts.num}`]
  fields.push(`writeArgs: ${facts.args === null ? 'null' : `W.write${typeName(facts.args)}`}`)
  fields.push(`readRet: ${facts.ret === null ? 'null' : `R.read${typeName(facts.ret)}`}`)
  if (facts.priority === 'high') fields.push("serverPriority: 'high'")
  if (facts.since !== undefined) fields.push(`since: ${versionNumber(facts.since)}`)
  if (opensStream(facts)) {
    fields.push(
      `stream: '${twoWayStreams.has(name) ? 'both' : facts.readstream === true ? 'read' : 'write'}'`,
    )
  }
  if (facts.sparseFlag !== undefined) fields.push(`sparseFlag: ${enumValue(all, facts.sparseFlag)}`)
  return fields
}

function eventFields({ name, program, facts }: Entry): string[] {
  const fields = [`name: '${name}'`, `program: ${program}`, `num: ${facts.num}`]
  fields.push(`read: ${facts.args === null ? 'null' : `R.read${typeName(facts.args)}`}`)
  const family = facts.event && families[facts.event.family]
  if (facts.event && family !== undefined && facts.legacy !== true) {
    fields.push(`family: '${family}'`, `eventId: ${facts.event.id}`)
  }
  if (facts.since !== undefined) fields.push(`since: ${versionNumber(facts.since)}`)
  return fields
}

function entries(facts: ProtocolFacts): Entry[] {
  return callablePrograms.flatMap((program: ProgramName) =>
    facts.programs[program].procedures.map((one) => ({
      name: procedureName(program, one.name),
      program: facts.programs[program].program,
      facts: one,
    })),
  )
}

const opensStream = (facts: ProcedureFacts): boolean =>
  facts.readstream === true || facts.writestream === true

const messageType = (name: string | null): string => (name === null ? 'void' : `T.${typeName(name)}`)

const deprecation = (facts: ProcedureFacts): string =>
  facts.legacy === true ? '  /** @deprecated superseded by a later procedure */\n' : ''

/** "9.7.0" as libvirt counts versions: 9007000. */
function versionNumber(version: string): number {
  const [major = 0, minor = 0, micro = 0] = version.split('.').map(Number)
  return major * 1_000_000 + minor * 1000 + micro
}

function enumValue(facts: ProtocolFacts, label: string): number {
  for (const values of Object.values(facts.apiEnums)) {
    const found = values[label]
    if (found !== undefined) return found.v
  }
  throw new Error(`no enum has the value ${label}`)
}

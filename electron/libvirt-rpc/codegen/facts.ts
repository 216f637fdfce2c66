/**
 * The shape of protocol-facts.json: libvirt's RPC interface as names, numbers and field types (XDR, RFC 4506).
 * Read by the generator and by tests only; nothing at run time needs it.
 */
import { readFileSync } from 'node:fs'

export interface FieldFacts {
  name: string
  type: string
  optional?: boolean
  array?: 'var' | 'fixed'
  /** Upper bound of a variable array; null when the protocol file with the bound was not at hand. */
  max?: number | null
  len?: number
}

export type TypeFacts =
  | { kind: 'struct'; fields: FieldFacts[] }
  | { kind: 'union'; switch: { name: string; type: string }; cases: UnionCaseFacts[] }
  | ({ kind: 'alias' } & Omit<FieldFacts, 'name'>)
  | { kind: 'enum'; values: Record<string, number> }

export interface UnionCaseFacts {
  case: number
  label: string
  name: string
  type: string
}

export interface ProcedureFacts {
  num: number
  name: string
  kind: 'call' | 'event' | 'message'
  args: string | null
  ret: string | null
  readstream?: boolean
  writestream?: boolean
  sparseFlag?: string
  priority?: 'high' | 'low'
  since?: string
  legacy?: boolean
  event?: { family: string; id: number }
}

export interface ProgramFacts {
  program: number
  version: number
  types?: Record<string, TypeFacts>
  procedures: ProcedureFacts[]
}

export interface ProtocolFacts {
  sources: { compared: string[]; structure: string; enums: string }
  message: {
    types: Record<string, number>
    status: Record<string, number>
    consts: Record<string, number>
    header: FieldFacts[]
    error: FieldFacts[]
    hole: FieldFacts[]
    aliases: Record<string, Omit<FieldFacts, 'name'>>
    structs: Record<string, FieldFacts[]>
  }
  programs: Record<ProgramName, ProgramFacts>
  features: Record<string, number>
  apiEnums: Record<string, Record<string, { v: number; since?: string }>>
}

export type ProgramName = 'remote' | 'qemu' | 'lxc' | 'keepalive'

/** The programs whose procedures carry arguments; keepalive's two messages have none. */
export const callablePrograms = ['remote', 'qemu', 'lxc'] as const

export function loadFacts(): ProtocolFacts {
  return JSON.parse(readFileSync(new URL('./protocol-facts.json', import.meta.url), 'utf8')) as ProtocolFacts
}

/** Every named type of the protocol in one table: the programs' own and those of the message layer. */
export function allTypes(facts: ProtocolFacts): Map<string, TypeFacts> {
  const types = new Map<string, TypeFacts>()
  const { message } = facts
  for (const [name, alias] of Object.entries(message.aliases)) types.set(name, { kind: 'alias', ...alias })
  for (const [name, fields] of Object.entries(message.structs)) types.set(name, { kind: 'struct', fields })
  types.set('virNetMessageError', { kind: 'struct', fields: message.error })
  types.set('virNetMessageHole', { kind: 'struct', fields: message.hole })
  for (const program of callablePrograms) {
    for (const [name, type] of Object.entries(facts.programs[program].types ?? {})) types.set(name, type)
  }
  return types
}

/** What the generated tables say about a procedure, and the types that hang on its name. */
import type { LibvirtCalls, LibvirtStreamCalls } from './generated/calls.gen'
import type { LibvirtEvents } from './generated/events.gen'
import type { XdrReader } from './xdr/reader'
import type { XdrWriter } from './xdr/writer'

export interface CallSpec<Args, Ret> {
  name: string
  program: number
  num: number
  /** Null when the call takes no arguments. */
  writeArgs: ((w: XdrWriter, args: Args) => void) | null
  /** Null when the reply is empty. */
  readRet: ((r: XdrReader) => Ret) | null
  /** The daemon runs these on its priority workers. It does not lift the limit of calls in flight. */
  serverPriority?: 'high'
  /** libvirt version of the public function, as major * 1000000 + minor * 1000 + micro. */
  since?: number
  /** Which way bytes may flow on the stream the call opens. */
  stream?: StreamDirection
  /** Flag bit that must be set when opening the stream for holes to be allowed on it. */
  sparseFlag?: number
}

export type StreamDirection = 'read' | 'write' | 'both'

export interface EventSpec<Message> {
  name: string
  program: number
  num: number
  read: ((r: XdrReader) => Message) | null
  /** Absent for events that are not registered by id, and for superseded ones. */
  family?: EventFamily
  eventId?: number
  since?: number
}

/** Each family has its own space of callback ids; the spaces overlap. */
export type EventFamily = 'domain' | 'network' | 'storage-pool' | 'node-device' | 'secret'

export type CallTable<Calls> = {
  [Name in keyof Calls]: Calls[Name] extends { args: infer Args; ret: infer Ret }
    ? CallSpec<Args, Ret>
    : never
}
export type EventTable<Events> = { [Name in keyof Events]: EventSpec<Events[Name]> }

export type CallName = keyof LibvirtCalls
export type StreamCallName = keyof LibvirtStreamCalls
export type EventName = keyof LibvirtEvents
export type CallArgs<Name extends CallName> = LibvirtCalls[Name]['args']
export type CallRet<Name extends CallName> = LibvirtCalls[Name]['ret']
export type StreamCallArgs<Name extends StreamCallName> = LibvirtStreamCalls[Name]['args']
export type StreamCallRet<Name extends StreamCallName> = LibvirtStreamCalls[Name]['ret']
export type EventMessage<Name extends EventName> = LibvirtEvents[Name]

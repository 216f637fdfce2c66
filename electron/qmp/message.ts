/** One line of QMP as what it is (QEMU docs/interop/qmp-spec). All that arrives may be anything. */
import { QmpClosedError } from './errors'

export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [name: string]: Json | undefined
}

export interface QmpEvent {
  readonly name: string
  readonly data: JsonObject
}

export interface Greeting {
  /** Dotted. */
  readonly version: string
  readonly canOutOfBand: boolean
}

export type QmpMessage =
  | { readonly kind: 'greeting'; readonly greeting: Greeting }
  | { readonly kind: 'answer'; readonly id: string; readonly value: Json }
  | { readonly kind: 'refusal'; readonly id: string; readonly errorClass: string; readonly text: string }
  | { readonly kind: 'event'; readonly event: QmpEvent }

export function readMessage(line: string, mostDepth: number): QmpMessage {
  if (depthOf(line) > mostDepth) throw broken(`A message is nested deeper than ${mostDepth} levels`)
  const message = parse(line)
  if (!isObject(message)) throw broken('A message is no object')
  const { event, data, QMP: hello, id, error } = message
  if (typeof event === 'string')
    return { kind: 'event', event: { name: event, data: isObject(data) ? data : {} } }
  if (hello !== undefined) return { kind: 'greeting', greeting: readGreeting(hello) }
  if (typeof id !== 'string') throw broken('A message answers no command')
  if (isObject(error)) {
    const { class: errorClass, desc } = error
    if (typeof errorClass !== 'string' || typeof desc !== 'string') throw broken('An error says nothing')
    return { kind: 'refusal', id, errorClass, text: desc }
  }
  if (!Object.hasOwn(message, 'return')) throw broken('A message is neither an answer nor an event')
  return { kind: 'answer', id, value: message['return'] ?? null }
}

function readGreeting(hello: Json): Greeting {
  const version = isObject(hello) ? hello['version'] : undefined
  const qemu = isObject(version) ? version['qemu'] : undefined
  if (!isObject(hello) || !isObject(qemu)) throw broken('The greeting names no version')
  const numbers = ['major', 'minor', 'micro'].map((part) => qemu[part])
  if (!numbers.every((part) => typeof part === 'number')) throw broken('The greeting names no version')
  const { capabilities } = hello
  return {
    version: numbers.join('.'),
    canOutOfBand: Array.isArray(capabilities) && capabilities.includes('oob'),
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    throw broken('A message is no JSON')
  }
}

/** Counted before parsing, which recurses. What stands in strings does not count. */
function depthOf(line: string): number {
  let depth = 0
  let deepest = 0
  let isString = false
  for (let at = 0; at < line.length; at += 1) {
    const code = line.charCodeAt(at)
    if (isString) {
      if (code === backslash) at += 1
      else if (code === quote) isString = false
    } else if (code === quote) isString = true
    else if (code === openBrace || code === openBracket) deepest = Math.max(deepest, ++depth)
    else if (code === closeBrace || code === closeBracket) depth -= 1
  }
  return deepest
}

const [quote, backslash, openBrace, closeBrace, openBracket, closeBracket] = [34, 92, 123, 125, 91, 93]

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The objects in an answer that is a list; whatever else it has is passed over. */
export function objectsIn(answer: Json | undefined): JsonObject[] {
  const list: readonly Json[] = Array.isArray(answer) ? answer : []
  return list.filter(isObject)
}

function broken(text: string): QmpClosedError {
  return new QmpClosedError('broken', text)
}

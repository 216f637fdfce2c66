/** Seeded random numbers, and random values for any type the facts describe. */
import type { FieldFacts } from '../codegen/facts'
import { isUuidType, typeFacts } from './reference-codec'

export interface Random {
  /** An integer from 0 up to, not including, `below`. */
  (below: number): number
}

/** mulberry32: small, and the same sequence everywhere for one seed. */
export function seeded(seed: number): Random {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const texts = [
  '',
  'a',
  'vm-1',
  'four',
  'Ubuntu 24.04 – Prüfstand',
  '虚拟机',
  '<domain type="kvm"/>',
  'x'.repeat(999),
  '🖥️',
]
const hypers = [0, 1, -1, 2 ** 32, 2 ** 53 - 1, -(2 ** 53 - 1), 2n ** 53n, -(2n ** 63n), 2n ** 63n - 1n]
const uhypers = [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1, 2n ** 53n, 2n ** 64n - 1n]

export function randomValue(type: string, random: Random): unknown {
  return randomShape({ type }, random)
}

function randomShape(shape: Omit<FieldFacts, 'name'>, random: Random): unknown {
  if (shape.optional === true) return random(3) === 0 ? null : randomOne(shape.type, random)
  if (shape.array === undefined) return randomOne(shape.type, random)
  if (shape.type === 'string') return pick(texts, random)
  const most = Math.min(shape.max ?? 6, 6)
  const count = shape.array === 'fixed' ? (shape.len ?? 0) : random(most + 1)
  if (shape.type === 'opaque' || shape.type === 'char')
    return Uint8Array.from({ length: count }, () => random(256))
  return Array.from({ length: count }, () => randomOne(shape.type, random))
}

function randomOne(type: string, random: Random): unknown {
  switch (type) {
    case 'int':
      return pick([0, 1, -1, 0x7fff_ffff, -0x8000_0000, random(1000)], random)
    case 'uint':
      return pick([0, 1, 0xffff_ffff, random(1000)], random)
    case 'char':
      return random(256) - 128
    case 'uchar':
      return random(256)
    case 'ushort':
      return random(65536)
    case 'hyper':
      return pick(hypers, random)
    case 'uhyper':
      return pick(uhypers, random)
    case 'double':
      return pick([0, -1.5, 1e300, Number.POSITIVE_INFINITY, random(1000) / 7], random)
  }
  const named = typeFacts(type)
  switch (named.kind) {
    case 'enum':
      return pick(Object.values(named.values), random)
    case 'alias': {
      if (!isUuidType(type)) return randomShape(named, random)
      const hex = Array.from({ length: 32 }, () => random(16).toString(16)).join('')
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
    }
    case 'union': {
      const chosen = pick(named.cases, random)
      return { [named.switch.name]: chosen.case, value: randomOne(chosen.type, random) }
    }
    case 'struct':
      return Object.fromEntries(named.fields.map((field) => [field.name, randomShape(field, random)]))
  }
}

function pick<T>(values: readonly T[], random: Random): T {
  return values[random(values.length)] as T
}

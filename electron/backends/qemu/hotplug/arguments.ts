/**
 * Words of a command as the monitor wants them: numbers as numbers and switches as switches. Of devices and objects QEMU
 * itself says which is what, as newer ones (from 9.2 on for devices) take nothing else.
 */
import { isObject, type Json, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'
import { OptionList } from '../../../qemu-command/option-list'

export async function deviceArguments(guest: Guest, word: string): Promise<JsonObject> {
  const list = OptionList.parse(word)
  const driver = list.first ?? ''
  const types = await typesOf(guest, 'device-list-properties', driver)
  return { driver, ...typed(list, types) }
}

export async function objectArguments(guest: Guest, word: string): Promise<JsonObject> {
  if (word.startsWith('{')) return JSON.parse(word) as JsonObject
  const list = OptionList.parse(word)
  const type = list.first ?? ''
  const types = await typesOf(guest, 'qom-list-properties', type)
  return { 'qom-type': type, ...typed(list, types) }
}

async function typesOf(guest: Guest, command: string, typename: string): Promise<Map<string, string>> {
  const answer = await guest.execute(command, { typename })
  const list: readonly Json[] = Array.isArray(answer) ? answer : []
  return new Map(
    list.flatMap((one) => {
      if (!isObject(one)) return []
      const { name, type } = one
      return typeof name === 'string' && typeof type === 'string' ? [[name, type] as const] : []
    }),
  )
}

function typed(list: OptionList, types: ReadonlyMap<string, string>): JsonObject {
  return Object.fromEntries(list.entries.map(([name, value]) => [name, valueOf(value, types.get(name))]))
}

function valueOf(value: string, type: string | undefined): Json {
  if (type === 'bool') return switchOf(value)
  if (type !== undefined && /^(u?int\d*|size)$/.test(type)) return numberOf(value) ?? value
  return value
}

const units: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, T: 4 }

function numberOf(value: string): number | undefined {
  const size = /^(\d+)([KMGT]?)$/.exec(value)
  if (size) return Number(size[1]) * 1024 ** (units[size[2] ?? ''] ?? 0)
  return /^(-\d+|0x[\da-f]+)$/i.test(value) ? Number(value) : undefined
}

function switchOf(value: string): boolean {
  return value === 'on'
}

const netNumbers = ['queues', 'sndbuf']
const netSwitches = ['vhost', 'server']

/** QAPI's NetdevOptions: what has a dot in its name is a part of a part, and forwards are a list. */
export function netArguments(word: string): JsonObject {
  const list = OptionList.parse(word)
  const result: Record<string, Json> = { type: list.first ?? '' }
  for (const [name, value] of list.entries) {
    const [outer, inner] = name.split('.')
    if (name === 'hostfwd') result[name] = list.all(name).map((str) => ({ str }))
    else if (name === 'ipv6-net') {
      // a word of the command line only
      const [prefix = '', length] = value.split('/')
      result['ipv6-prefix'] = prefix
      if (length !== undefined) result['ipv6-prefixlen'] = Number(length)
    } else if (outer !== undefined && inner !== undefined) {
      const part = result[outer]
      result[outer] = { ...(isObject(part) ? part : {}), [inner]: value }
    } else if (netNumbers.includes(name)) result[name] = Number(value)
    else if (netSwitches.includes(name)) result[name] = switchOf(value)
    else result[name] = value
  }
  return result
}

/** QAPI's ChardevBackend. */
export function charArguments(word: string): JsonObject {
  const list = OptionList.parse(word)
  const type = list.first ?? ''
  const common = {
    ...textOf(list, 'logfile'),
    ...flagOf(list, 'logappend'),
  }
  const backend = (data: JsonObject, name = type): JsonObject => ({
    id: list.get('id') ?? '',
    backend: { type: name, data: { ...common, ...data } },
  })
  switch (type) {
    case 'socket': {
      const seconds = list.get('reconnect')
      return backend({
        addr: addressOf(list),
        // the opposite of what holds when it is not said
        server: list.flag('server') ?? false,
        ...flagOf(list, 'wait'),
        ...flagOf(list, 'telnet'),
        ...(seconds === undefined ? {} : { reconnect: Number(seconds) }),
      })
    }
    case 'udp': {
      const local = list.get('localport')
      return backend({
        remote: inetAddress(list.get('host'), list.get('port')),
        ...(local === undefined ? {} : { local: inetAddress(list.get('localaddr'), local) }),
      })
    }
    case 'file':
      return backend({ out: list.get('path') ?? '', ...flagOf(list, 'append') })
    case 'pipe':
    case 'serial':
    case 'parallel':
      return backend({ device: list.get('path') ?? '' })
    case 'spicevmc':
      return backend({ type: list.get('name') ?? '' })
    case 'spiceport':
      return backend({ fqdn: list.get('name') ?? '' })
    case 'dbus':
      return backend({ name: list.get('name') ?? '' })
    case 'qemu-vdagent':
      return backend({ ...flagOf(list, 'clipboard'), ...flagOf(list, 'mouse') })
    default:
      return backend({})
  }
}

function addressOf(list: OptionList): JsonObject {
  const path = list.get('path')
  return path === undefined
    ? inetAddress(list.get('host'), list.get('port'))
    : { type: 'unix', data: { path } }
}

function inetAddress(host: string | undefined, port: string | undefined): JsonObject {
  return { type: 'inet', data: { host: host ?? '127.0.0.1', port: port ?? '0' } }
}

function textOf(list: OptionList, name: string): JsonObject {
  const value = list.get(name)
  return value === undefined ? {} : { [name]: value }
}

function flagOf(list: OptionList, name: string): JsonObject {
  const value = list.flag(name)
  return value === undefined ? {} : { [name]: value }
}

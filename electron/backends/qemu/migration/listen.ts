/**
 * Where a destination waits for its data. On one and the same machine that is a socket in the folder of the run, which
 * nobody else can open; otherwise a port of those that libvirt uses for the same, so that firewalls are set up once.
 */
import { AppError } from '../../../../shared/errors'
import type { MoveOptions } from '../../../../shared/model/migration/options'
import { QmpError, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'
import type { QemuHost } from '../host'
import { standingOf, type Standing } from './facts'
import { certificates } from './settings'
import type { DiskServer } from './talk'

const firstPort = 49_152
const lastPort = 49_215

/** How the source gets there. */
export type Way =
  | { readonly kind: 'socket'; readonly folder: string }
  /** `listen` is empty for all addresses. */
  | { readonly kind: 'port'; readonly listen: string; readonly address: string }

export async function wayFrom(
  source: Standing,
  host: QemuHost,
  runFolder: string,
  options: MoveOptions,
): Promise<Way> {
  const own = await standingOf(host)
  const isHere = own.machine === source.machine
  const opensFiles = source.files === own.files && (source.user === own.user || source.user === 0)
  if (isHere && opensFiles && options.dataAddress === undefined && options.isEncrypted !== true)
    return { kind: 'socket', folder: runFolder }
  const address = options.dataAddress ?? (isHere ? '127.0.0.1' : host.info.hostname)
  return { kind: 'port', listen: isHere && options.dataAddress === undefined ? address : '', address }
}

/** Returns where the source sends the memory. */
export async function listenForMemory(guest: Guest, way: Way, port: number | undefined): Promise<string> {
  if (way.kind === 'socket') {
    const uri = `unix:${way.folder}/incoming`
    await guest.execute('migrate-incoming', { uri })
    return uri
  }
  const found = await atFreePort(port, (one) =>
    guest.execute('migrate-incoming', { uri: `tcp:${bracketed(way.listen)}:${one}` }),
  )
  return `tcp:${bracketed(way.address)}:${found}`
}

/** Returns where the source reaches the disks. */
export async function listenForDisks(guest: Guest, way: Way, isEncrypted: boolean): Promise<DiskServer> {
  const tls: JsonObject = isEncrypted ? { 'tls-creds': certificates } : {}
  if (way.kind === 'socket') {
    const path = `${way.folder}/disks`
    await guest.execute('nbd-server-start', { addr: { type: 'unix', data: { path } }, ...tls })
    return { type: 'unix', path }
  }
  const port = await atFreePort(undefined, (one) => {
    const data = { host: way.listen, port: String(one) }
    return guest.execute('nbd-server-start', { addr: { type: 'inet', data }, ...tls })
  })
  return { type: 'inet', host: way.address, port: String(port) }
}

async function atFreePort(
  wanted: number | undefined,
  listenAt: (port: number) => Promise<unknown>,
): Promise<number> {
  for (let port = wanted ?? firstPort; port <= (wanted ?? lastPort); port += 1)
    try {
      await listenAt(port)
      return port
    } catch (error) {
      if (!(error instanceof QmpError) || !/address already in use/i.test(error.message)) throw error
    }
  throw new AppError(
    'busy',
    wanted === undefined
      ? `All TCP ports from ${firstPort} to ${lastPort} are taken at the destination`
      : `TCP port ${wanted} is taken at the destination`,
    {
      cure: wanted === undefined ? 'Name a port that is free.' : 'Choose another one, or none.',
      field: 'dataPort',
    },
  )
}

/** An IPv6 address has colons of its own. */
function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}

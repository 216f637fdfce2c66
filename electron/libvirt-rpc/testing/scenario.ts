/** What most tests of a connection start from. */
import type { Duplex } from 'node:stream'
import { LibvirtConnection } from '../libvirt-connection'
import { RpcConnection } from '../connection'
import type { ConnectionOptions } from '../connection-options'
import { duplexPair } from './duplex-pair'
import { FakeDaemon } from './fake-daemon'

export const dom = { name: 'vm-1', uuid: '00112233-4455-6677-8899-aabbccddeeff', id: 7 }
export const volume = { pool: 'default', name: 'disk.img', key: '/var/lib/libvirt/images/disk.img' }
export const facts = { libVersion: 9_000_000, hasEventCallbacks: true, hasNetworkUpdateOrder: true }

export interface Scenario {
  daemon: FakeDaemon
  connection: LibvirtConnection
  transport: Duplex
}

/** A connection as it is after opening, with a daemon at its other end. */
export function connected(options: ConnectionOptions = {}): Scenario {
  const [ours, theirs] = duplexPair()
  const daemon = new FakeDaemon(theirs)
  const connection = new LibvirtConnection(new RpcConnection(ours, options), facts)
  return { daemon, connection, transport: ours }
}

/** The error a promise rejects with; fails the test when it does not. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise
  } catch (error) {
    return error
  }
  throw new Error('expected a rejection')
}

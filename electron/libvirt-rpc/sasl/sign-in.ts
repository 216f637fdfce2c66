/** The SASL dialogue of a libvirt connection: AUTH_SASL_INIT, START, STEP (src/remote/remote_daemon_dispatch.c). */
import type { RpcConnection } from '../connection'
import { RpcAuthError, authFailure } from '../errors'
import { libvirtCalls } from '../generated/calls.gen'
import { SignInError } from '../../sign-in/errors'
import {
  chooseMechanism,
  type SaslClient,
  type SaslCredentials,
  type SaslMechanism,
} from '../../sign-in/mechanism'
import { saslClient } from '../../sign-in/sasl-client'

export interface SaslOptions {
  /** Nobody can listen: the connection is encrypted or does not leave this computer. */
  readonly isPrivate: boolean
  /** Only this one, whatever else the host offers. */
  readonly mechanism?: string | undefined
  /** SASLprep (RFC 4013); throws what it does not allow. */
  prepare(text: string): string
  /** Asked once the host is known to offer something usable; may wait for somebody to type. */
  credentials(): Promise<SaslCredentials>
}

/** SCRAM takes two rounds. A server that goes on and on is stopped. */
const mostRounds = 8

/** For AuthOptions.sasl. Rejects with RpcAuthError, or whatever `credentials` rejects with. */
export function saslSignIn(
  options: SaslOptions,
): (connection: RpcConnection, timeoutMs: number) => Promise<void> {
  return async (connection, timeoutMs) => {
    const offered = await offeredMechanisms(connection, timeoutMs)
    const mechanism = chooseMechanism(offered, { isPrivate: options.isPrivate, only: options.mechanism })
    if (mechanism === undefined) {
      throw new RpcAuthError('no-mechanism', `the host offers ${offered.join(', ') || 'nothing'}`, offered)
    }
    const credentials = await options.credentials()
    try {
      const client = saslClient(mechanism, credentials, (text) => options.prepare(text))
      await converse(connection, mechanism, client, timeoutMs)
    } catch (error) {
      throw error instanceof SignInError ? new RpcAuthError(error.kind, error.message) : error
    }
  }
}

export async function offeredMechanisms(connection: RpcConnection, timeoutMs: number): Promise<string[]> {
  try {
    const { mechlist } = await connection.call(libvirtCalls.AUTH_SASL_INIT, undefined, { timeoutMs })
    return mechlist.split(',').filter((name) => name !== '')
  } catch (error) {
    // what the daemon answers when none of its mechanisms encrypts and the connection does not either
    if (authFailure(error) === 'failed') return []
    throw error
  }
}

async function converse(
  connection: RpcConnection,
  mech: SaslMechanism,
  client: SaslClient,
  timeoutMs: number,
): Promise<void> {
  try {
    const start = { mech, nil: 0, data: client.first() }
    let reply = await connection.call(libvirtCalls.AUTH_SASL_START, start, { timeoutMs })
    for (let round = 0; round < mostRounds; round += 1) {
      const isOver = reply.complete !== 0
      const answer = reply.nil === 0 && !client.isDone ? await client.respond(reply.data) : null
      if (isOver) {
        if (client.isDone) return
        throw new RpcAuthError(
          'untrusted-host',
          'the host let us in without proving that it knows the password',
        )
      }
      // "nil" tells no data from empty data
      const step = { nil: answer === null ? 1 : 0, data: answer ?? new Uint8Array(0) }
      reply = await connection.call(libvirtCalls.AUTH_SASL_STEP, step, { timeoutMs })
    }
  } catch (error) {
    if (authFailure(error) === 'failed') {
      throw new RpcAuthError('refused', (error as Error).message)
    }
    throw error
  }
  throw new RpcAuthError('untrusted-host', 'the host does not come to an end')
}

/**
 * Proves who we are, before anything else may be asked (libvirt's docs/auth.rst). The daemon names one method. Peers
 * that are root on a unix socket are told "none" even where polkit is configured.
 */
import type { RpcConnection } from './connection'
import { RpcAuthError } from './errors'
import { libvirtCalls } from './generated/calls.gen'
import { AuthType } from './generated/types.gen'

export interface AuthOptions {
  /** How long the host's polkit agent may ask its user. Default: 3 minutes. */
  polkitTimeoutMs?: number
  /**
   * Runs the SASL exchange (AUTH_SASL_INIT, START, STEP) on a connection that wants one: see sasl/sign-in. The limit is
   * for each call. Without it such a host is refused with RpcAuthError 'sasl-required'.
   */
  sasl?: (connection: RpcConnection, timeoutMs: number) => Promise<void>
  /** Insist on this method: a host that wants another, or none, is refused (RpcAuthError 'method-refused'). */
  method?: 'sasl' | 'polkit'
}

export type AuthStage = 'authenticating' | 'waiting-for-polkit'

const insisted = { sasl: AuthType.REMOTE_AUTH_SASL, polkit: AuthType.REMOTE_AUTH_POLKIT }

export async function authenticate(
  connection: RpcConnection,
  auth: AuthOptions,
  timeoutMs: number,
  onStage: (stage: AuthStage) => void,
): Promise<void> {
  onStage('authenticating')
  const { types } = await connection.call(libvirtCalls.AUTH_LIST, undefined, { timeoutMs })
  const [type = AuthType.REMOTE_AUTH_NONE] = types
  if (auth.method !== undefined && type !== insisted[auth.method]) {
    throw new RpcAuthError('method-refused', `this host does not ask for ${auth.method}`)
  }
  switch (type) {
    case AuthType.REMOTE_AUTH_NONE:
      return
    case AuthType.REMOTE_AUTH_POLKIT:
      onStage('waiting-for-polkit')
      // Answered only when the user of the host's agent has decided.
      await connection.call(libvirtCalls.AUTH_POLKIT, undefined, {
        timeoutMs: auth.polkitTimeoutMs ?? 180_000,
      })
      return
    case AuthType.REMOTE_AUTH_SASL:
      if (auth.sasl === undefined) {
        throw new RpcAuthError('sasl-required', 'this host asks for a name and password (SASL)')
      }
      await auth.sasl(connection, timeoutMs)
      return
    default:
      throw new RpcAuthError('unknown-method', `this host asks for an unknown proof of identity (${type})`)
  }
}

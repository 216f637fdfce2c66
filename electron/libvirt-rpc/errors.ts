/**
 * Everything that can go wrong below the backends, as types. Callers branch on the class first, then on libvirt's
 * code (and sometimes domain): message texts are translated by the daemon's locale and are only ever shown.
 */
import { virErrorDomain, virErrorNumber } from './generated/enums.gen'

/** An error libvirt itself reported, for one call or one stream. The connection is fine. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  constructor(
    /** Number from virErrorNumber. */
    readonly code: number,
    /** Number from virErrorDomain: the part of libvirt that complained. */
    readonly domain: number,
    message: string,
    readonly details: RpcErrorDetails = { level: 2, str1: null, str2: null, str3: null, int1: -1, int2: -1 },
    /** The procedure that was called, when known. */
    readonly procedure: string | null = null,
  ) {
    super(message)
  }
}

export interface RpcErrorDetails {
  /** Number from virErrorLevel. */
  level: number
  str1: string | null
  str2: string | null
  str3: string | null
  /** -1 when unused; the errno for VIR_ERR_SYSTEM_ERROR. */
  int1: number
  int2: number
}

/** Bytes that do not follow the protocol, received or about to be sent. */
export class RpcProtocolError extends Error {
  override readonly name = 'RpcProtocolError'
}

export type CloseKind =
  /** We closed it. */
  | 'local'
  /** The peer ended the byte stream. */
  | 'ended'
  /** The byte stream failed (reset, broken pipe, ssh channel lost). */
  | 'transport'
  /** The peer sent bytes that do not follow the protocol. */
  | 'protocol'
  /** The peer was silent for too long. */
  | 'keepalive'

export interface CloseReason {
  kind: CloseKind
  message: string
  cause?: unknown
}

/** The connection is gone; every call and stream still open on it ends with this. */
export class RpcClosedError extends Error {
  override readonly name = 'RpcClosedError'
  constructor(readonly reason: CloseReason) {
    super(reason.message, { cause: reason.cause })
  }
}

/** No answer before the caller's deadline. The daemon may still carry the request out. */
export class RpcTimeoutError extends Error {
  override readonly name = 'RpcTimeoutError'
  constructor(
    readonly procedure: string,
    readonly timeoutMs: number,
  ) {
    super(`${procedure} had no answer within ${timeoutMs} ms`)
  }
}

export type RpcAuthErrorKind =
  /** It wants SASL and the caller brought none. */
  | 'sasl-required'
  /** It wants something this client does not know. */
  | 'unknown-method'
  /** It does not want what the caller insisted on. */
  | 'method-refused'
  /** None of its SASL mechanisms will do. */
  | 'no-mechanism'
  /** Wrong name or password, or the name is not allowed. */
  | 'refused'
  /** It did not prove that it knows the password, or wants to weaken the proof. */
  | 'untrusted-host'
  /** Name or password cannot be sent. */
  | 'unusable-credentials'

/** The call never left: its connection was replaced while it waited for its turn. It can be made again as it is. */
export class RpcNotSentError extends Error {
  override readonly name = 'RpcNotSentError'
}

/** Who we are could not be proved to the daemon, or it to us. */
export class RpcAuthError extends Error {
  override readonly name = 'RpcAuthError'
  constructor(
    readonly kind: RpcAuthErrorKind,
    message: string,
    /** What the daemon offers, for `no-mechanism`. */
    readonly offered: readonly string[] = [],
  ) {
    super(message)
  }
}

export function isRpcError(error: unknown, code?: keyof typeof virErrorNumber): error is RpcError {
  return error instanceof RpcError && (code === undefined || error.code === virErrorNumber[code])
}

/**
 * A daemon older than the procedure answers VIR_ERR_RPC from the RPC (or remote) domain with this untranslated text
 * (virNetServerProgramUnknownError and the dispatcher in libvirt's src/rpc/virnetserverprogram.c).
 */
export function isUnknownProcedure(error: unknown): boolean {
  return (
    isRpcError(error, 'VIR_ERR_RPC') &&
    (error.domain === virErrorDomain.VIR_FROM_RPC || error.domain === virErrorDomain.VIR_FROM_REMOTE) &&
    /^unknown procedure/i.test(error.message)
  )
}

/** The host cannot do this at all: its driver lacks it, or its libvirt is older than the procedure. */
export function isUnsupported(error: unknown): boolean {
  return isRpcError(error, 'VIR_ERR_NO_SUPPORT') || isUnknownProcedure(error)
}

/** The domain no longer exists: somebody removed it behind our back. */
export const isNoDomain = (error: unknown): error is RpcError => isRpcError(error, 'VIR_ERR_NO_DOMAIN')
export const isNoNetwork = (error: unknown): error is RpcError => isRpcError(error, 'VIR_ERR_NO_NETWORK')
export const isNoStoragePool = (error: unknown): error is RpcError =>
  isRpcError(error, 'VIR_ERR_NO_STORAGE_POOL')
export const isNoStorageVol = (error: unknown): error is RpcError =>
  isRpcError(error, 'VIR_ERR_NO_STORAGE_VOL')
/** The object is in a state that does not allow this (start a running domain). */
export const isInvalidState = (error: unknown): error is RpcError =>
  isRpcError(error, 'VIR_ERR_OPERATION_INVALID')
/** The connection is read-only, or an access rule forbids the call. */
export const isDenied = (error: unknown): error is RpcError =>
  isRpcError(error, 'VIR_ERR_OPERATION_DENIED') || isRpcError(error, 'VIR_ERR_ACCESS_DENIED')

/** Authentication was refused, dismissed, or there was nobody to ask (no polkit agent, the usual case over ssh). */
export function authFailure(error: unknown): 'failed' | 'cancelled' | 'unavailable' | null {
  if (isRpcError(error, 'VIR_ERR_AUTH_FAILED')) return 'failed'
  if (isRpcError(error, 'VIR_ERR_AUTH_CANCELLED')) return 'cancelled'
  if (isRpcError(error, 'VIR_ERR_AUTH_UNAVAILABLE')) return 'unavailable'
  return null
}

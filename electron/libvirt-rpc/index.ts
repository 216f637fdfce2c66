/** The public face of the libvirt protocol client. Nothing outside this folder imports anything else from it. */
export { type AskedAuth, type AuthMethod, askAuth } from './ask-auth'
export type { AuthOptions } from './authenticate'
export type { CallPriority } from './call-queue'
export type { CallOptions, ConnectionOptions } from './connection-options'
export {
  type CloseKind,
  type CloseReason,
  RpcAuthError,
  type RpcAuthErrorKind,
  RpcClosedError,
  RpcError,
  RpcProtocolError,
  RpcTimeoutError,
  authFailure,
  isDenied,
  isInvalidState,
  isNoDomain,
  isNoNetwork,
  isNoStoragePool,
  isNoStorageVol,
  isRpcError,
  isUnknownProcedure,
  isUnsupported,
} from './errors'
export { DomainStatsSieve, type EachStats, type SievedStats } from './domain-stats-reply'
export * from './generated/enums.gen'
export type * from './generated/types.gen'
export { type CallParameters, LibvirtConnection, type LibvirtFacts } from './libvirt-connection'
export { type OpenOptions, type OpenStage, openLibvirt } from './open-libvirt'
export type {
  CallArgs,
  CallName,
  CallRet,
  EventMessage,
  EventName,
  StreamCallArgs,
  StreamCallName,
  StreamCallRet,
} from './procedures'
export type { SaslCredentials } from '../sign-in/mechanism'
export { type SaslOptions, saslSignIn } from './sasl/sign-in'
export { LibvirtSession, type SessionOptions } from './session'
export type { RpcStream, StreamPart } from './stream'
export { type ParamType, type ParamValue, hyperNumber, paramMap, typedParam } from './typed-params'
export type { Hyper } from './xdr/limits'

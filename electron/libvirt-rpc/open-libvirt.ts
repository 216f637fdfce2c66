/** From a byte stream to an opened libvirt connection: authenticate, open, ask what the daemon can do. */
import type { Duplex } from 'node:stream'
import { type AuthOptions, type AuthStage, authenticate } from './authenticate'
import { RpcConnection } from './connection'
import type { ConnectionOptions } from './connection-options'
import { RpcError } from './errors'
import { virConnectFlags } from './generated/enums.gen'
import { libvirtCalls } from './generated/calls.gen'
import { features } from './generated/message.gen'
import { LibvirtConnection } from './libvirt-connection'

export type OpenStage = AuthStage | 'opening' | 'probing'

export interface OpenOptions {
  /** The hypervisor's URI as the daemon itself would write it (`qemu:///system`); '' lets the daemon choose. */
  name: string
  readOnly: boolean
  auth?: AuthOptions
  /** Gives up and closes the byte stream. */
  signal?: AbortSignal
  /** For each step but polkit's question, which has its own limit. Default 15 s. */
  deadlineMs?: number
  onStage?: (stage: OpenStage) => void
  connection?: ConnectionOptions
  /**
   * Whether the daemon shall ping us, and drop us after 30 s without an answer. Not on a connection that may stop
   * reading for a while, as one with a large download. Default true.
   */
  serverKeepAlive?: boolean
}

/**
 * Rejects with RpcError, RpcAuthError, RpcTimeoutError, RpcClosedError or the signal's reason; the byte stream is closed
 * then. Over TLS the caller must have read the daemon's one accepting byte already.
 */
export async function openLibvirt(stream: Duplex, options: OpenOptions): Promise<LibvirtConnection> {
  const { signal } = options
  const rpc = new RpcConnection(stream, options.connection)
  const onAbort = () => rpc.close('opening was given up')
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    signal?.throwIfAborted()
    return await open(rpc, options)
  } catch (error) {
    rpc.close('opening failed')
    throw signal?.aborted ? signal.reason : error
  } finally {
    signal?.removeEventListener('abort', onAbort)
  }
}

async function open(rpc: RpcConnection, options: OpenOptions): Promise<LibvirtConnection> {
  const timeoutMs = options.deadlineMs ?? 15_000
  const onStage = options.onStage ?? (() => {})
  await authenticate(rpc, options.auth ?? {}, timeoutMs, onStage)

  onStage('opening')
  const flags = options.readOnly ? virConnectFlags.VIR_CONNECT_RO : 0
  await rpc.call(libvirtCalls.CONNECT_OPEN, { name: options.name, flags }, { timeoutMs })

  onStage('probing')
  // Asking for keepalive is what makes the daemon start its own pings (remote_daemon_dispatch.c).
  if (options.serverKeepAlive !== false) {
    await hasFeature(rpc, features.VIR_DRV_FEATURE_PROGRAM_KEEPALIVE, timeoutMs)
  }
  const [version, hasEventCallbacks, hasNetworkUpdateOrder] = await Promise.all([
    rpc.call(libvirtCalls.CONNECT_GET_LIB_VERSION, undefined, { timeoutMs }),
    hasFeature(rpc, features.VIR_DRV_FEATURE_REMOTE_EVENT_CALLBACK, timeoutMs),
    hasFeature(rpc, features.VIR_DRV_FEATURE_NETWORK_UPDATE_HAS_CORRECT_ORDER, timeoutMs),
  ])
  const libVersion = Number(version.lib_ver)
  return new LibvirtConnection(rpc, { libVersion, hasEventCallbacks, hasNetworkUpdateOrder })
}

async function hasFeature(rpc: RpcConnection, feature: number, timeoutMs: number): Promise<boolean> {
  try {
    const { supported } = await rpc.call(libvirtCalls.CONNECT_SUPPORTS_FEATURE, { feature }, { timeoutMs })
    return supported !== 0
  } catch (error) {
    if (error instanceof RpcError) return false
    throw error
  }
}

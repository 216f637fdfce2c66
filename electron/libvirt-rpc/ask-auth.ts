/** What a daemon wants as proof of identity, asked without giving any. */
import type { Duplex } from 'node:stream'
import { RpcConnection } from './connection'
import { libvirtCalls } from './generated/calls.gen'
import { AuthType } from './generated/types.gen'
import { offeredMechanisms } from './sasl/sign-in'

export type AuthMethod = 'none' | 'sasl' | 'polkit' | 'unknown'

export interface AskedAuth {
  readonly methods: readonly AuthMethod[]
  /** Where it is sasl. */
  readonly mechanisms?: readonly string[]
}

const names: Partial<Record<number, AuthMethod>> = {
  [AuthType.REMOTE_AUTH_NONE]: 'none',
  [AuthType.REMOTE_AUTH_SASL]: 'sasl',
  [AuthType.REMOTE_AUTH_POLKIT]: 'polkit',
}

/** Takes the byte stream over and closes it. Rejects as openLibvirt does. */
export async function askAuth(stream: Duplex, timeoutMs: number): Promise<AskedAuth> {
  const rpc = new RpcConnection(stream)
  try {
    const { types } = await rpc.call(libvirtCalls.AUTH_LIST, undefined, { timeoutMs })
    const methods = types.map((type) => names[type] ?? 'unknown')
    if (methods[0] !== 'sasl') return { methods }
    return { methods, mechanisms: await offeredMechanisms(rpc, timeoutMs) }
  } finally {
    rpc.close('nothing more is asked')
  }
}

import { RpcError } from '../../libvirt-rpc/index'

/** Not every driver tells everything, and not to everybody: undefined for what the host refuses to answer. */
export async function unlessRefused<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call
  } catch (error) {
    if (error instanceof RpcError) return undefined
    throw error
  }
}

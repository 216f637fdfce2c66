import type { CallOptions } from '../../../libvirt-rpc/index'

/** Behind what the user waits for. */
export const detailOptions: CallOptions = { priority: 'poll', timeoutMs: 10_000 }

/** Reading many small documents of a host with a limit in width and time, so that what was read is shown. */
import { AppError, errorData } from '../../../shared/errors'
import type { Listed } from '../../../shared/model/host-choices'
import { RpcClosedError, isRpcError, type CallOptions, type virErrorNumber } from '../../libvirt-rpc/index'
import { toAppError } from './errors'
import { windowed } from '../windowed'

/** For one call of many. */
export const quick: CallOptions = { timeoutMs: 8000 }
/** Below the requests a daemon serves at once on a connection (max_client_requests in libvirtd.conf: 5). */
export const width = 4
/** For all of one list: below the deadline of the layer above. */
export const sweepMs = 18_000

/** What was removed between the list and the question about it. */
const gone: readonly (keyof typeof virErrorNumber)[] = [
  'VIR_ERR_NO_DOMAIN',
  'VIR_ERR_NO_NETWORK',
  'VIR_ERR_NO_STORAGE_POOL',
  'VIR_ERR_NO_STORAGE_VOL',
  'VIR_ERR_NO_INTERFACE',
  'VIR_ERR_NO_NODE_DEVICE',
]

/** A list with its own error: only the end of the whole connection is thrown. */
export async function listed<T>(read: () => Promise<Listed<T>>): Promise<Listed<T>> {
  try {
    return await read()
  } catch (error) {
    return { items: [], error: errorData(ofHost(error)) }
  }
}

/** An item that cannot be read is left out, and the list says why; one that is gone is just left out. */
export async function readEach<T, R>(
  items: readonly T[],
  read: (item: T) => Promise<R | undefined>,
  untilMs = performance.now() + sweepMs,
): Promise<Listed<R>> {
  let failed: AppError | undefined
  const results = await windowed(items, width, async (item) => {
    if (performance.now() > untilMs) {
      failed ??= new AppError('timed-out', 'The host took too long to tell all of them', {
        cure: 'Try again; the rest of the list is right.',
      })
      return undefined
    }
    try {
      return await read(item)
    } catch (error) {
      if (gone.some((code) => isRpcError(error, code))) return undefined
      failed ??= ofHost(error)
      return undefined
    }
  })
  const there = results.filter((one) => one !== undefined)
  return { items: there, ...(failed ? { error: errorData(failed) } : {}) }
}

/** What the host did not want or could not; what else goes wrong is nobody's list but everybody's. */
function ofHost(error: unknown): AppError {
  const known = toAppError(error)
  if (error instanceof RpcClosedError || !(known instanceof AppError)) throw error
  return known
}

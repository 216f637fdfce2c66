/** What goes wrong with a network or filter, in words about those; the rest is told elsewhere (../errors). */
import { AppError } from '../../../../shared/errors'
import { RpcError, isRpcError, isUnsupported, type virErrorNumber } from '../../../libvirt-rpc/index'

type Step = 'define' | 'start' | 'stop' | 'undefine' | 'autostart' | 'define-filter' | 'undefine-filter'

/** Of these the general table knows as much. */
const general: readonly (keyof typeof virErrorNumber)[] = [
  'VIR_ERR_NO_NETWORK',
  'VIR_ERR_OPERATION_DENIED',
  'VIR_ERR_ACCESS_DENIED',
  'VIR_ERR_AUTH_UNAVAILABLE',
  'VIR_ERR_AUTH_CANCELLED',
  'VIR_ERR_NO_MEMORY',
]

export async function inStep<T>(name: string, step: Step, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw meaning(name, step, error) ?? error
  }
}

function meaning(name: string, step: Step, error: unknown): AppError | undefined {
  if (!(error instanceof RpcError) || general.some((code) => isRpcError(error, code))) return undefined
  const is = (code: keyof typeof virErrorNumber): boolean => isRpcError(error, code)
  const isMissing: boolean = isUnsupported(error)
  if (is('VIR_ERR_NO_NWFILTER')) return noFilter(error)
  if (isMissing && !is('VIR_ERR_CONFIG_UNSUPPORTED')) return undefined
  const told = { detail: error.message, cause: error }
  switch (step) {
    case 'define':
      return is('VIR_ERR_CONFIG_UNSUPPORTED')
        ? new AppError('unsupported', `The host cannot have the network ${name} like this`, {
            ...told,
            cure: 'See what the host says about it, and change that.',
          })
        : new AppError('invalid', `The host does not accept the network ${name}`, {
            ...told,
            cure: 'See what the host says about it. Nothing was changed.',
          })
    case 'start':
      return is('VIR_ERR_OPERATION_INVALID')
        ? new AppError('invalid', `The network ${name} is active already`, told)
        : new AppError('invalid', `The network ${name} does not start`, {
            ...told,
            cure: 'Something on the host may have its addresses or its bridge already, or lack what it needs: the details tell.',
          })
    case 'stop':
      return is('VIR_ERR_OPERATION_INVALID')
        ? new AppError('invalid', `The network ${name} is not active`, told)
        : new AppError('invalid', `The network ${name} cannot be stopped`, told)
    case 'undefine':
      return new AppError('invalid', `The network ${name} cannot be deleted`, told)
    case 'autostart':
      return new AppError('invalid', `The network ${name} is not stored, so it cannot start by itself`, told)
    case 'define-filter':
      return new AppError('invalid', `The host does not accept the filter ${name}`, {
        ...told,
        field: 'xml',
        cure: 'See what the host says about it. Nothing was changed.',
      })
    case 'undefine-filter':
      return new AppError('busy', `The filter ${name} is in use`, {
        ...told,
        cure: 'Take it away from the network cards and filters that name it.',
      })
  }
}

export function noFilter(cause: Error): AppError {
  return new AppError('not-found', 'The network filter does not exist on this host', {
    detail: cause.message,
    cause,
  })
}

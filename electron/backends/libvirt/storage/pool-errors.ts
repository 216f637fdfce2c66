/** What goes wrong with a pool, in words about pools; codes that say the same of everything are told elsewhere. */
import { AppError } from '../../../../shared/errors'
import { poolTypeOf } from '../../../../shared/model/storage/pool-types'
import { RpcError, isInvalidState, isRpcError, type virErrorNumber } from '../../../libvirt-rpc/index'

export type PoolStep =
  | 'define'
  | 'build'
  | 'start'
  | 'stop'
  | 'refresh'
  | 'autostart'
  | 'destroy'
  | 'undefine'

export interface PoolNamed {
  readonly name: string
  /** "dir"; absent where it is not known. */
  readonly type?: string
}

/** The host's refusal of a step; whatever is not one of its words stays what it is. */
export async function inPool<T>(pool: PoolNamed, step: PoolStep, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw meaning(pool, step, error) ?? error
  }
}

/** Of these the general table knows more. */
const general: readonly (keyof typeof virErrorNumber)[] = [
  'VIR_ERR_NO_SUPPORT',
  'VIR_ERR_OPERATION_UNSUPPORTED',
  'VIR_ERR_NO_STORAGE_POOL',
  'VIR_ERR_OPERATION_DENIED',
  'VIR_ERR_ACCESS_DENIED',
  'VIR_ERR_AUTH_UNAVAILABLE',
  'VIR_ERR_AUTH_CANCELLED',
  'VIR_ERR_XML_ERROR',
  'VIR_ERR_XML_DETAIL',
  'VIR_ERR_XML_INVALID_SCHEMA',
  'VIR_ERR_NO_MEMORY',
]

/** "Directory not empty". */
const notEmpty = 39

function meaning({ name, type }: PoolNamed, step: PoolStep, error: unknown): AppError | undefined {
  if (!(error instanceof RpcError) || general.some((code) => isRpcError(error, code))) return undefined
  const told = { detail: error.message, cause: error }
  switch (step) {
    case 'define':
      return isRpcError(error, 'VIR_ERR_OPERATION_FAILED')
        ? new AppError('invalid', `The host does not take the pool ${name}`, {
            ...told,
            cure: 'Another pool of it may have this name, or be made of the same.',
          })
        : undefined
    case 'build':
      return isInvalidState(error) || isRpcError(error, 'VIR_ERR_STORAGE_POOL_BUILT')
        ? new AppError('already-exists', `The pool ${name} is not built: there is something already`, {
            ...told,
            cure: 'Choose another place, or have it overwritten: what is there is lost then.',
          })
        : new AppError('invalid', `The pool ${name} cannot be built`, {
            ...told,
            cure: 'The details have the words of the host.',
          })
    case 'start':
      return isInvalidState(error)
        ? new AppError('invalid', `The pool ${name} is active already`, told)
        : new AppError('invalid', `The pool ${name} does not start`, {
            ...told,
            cure: poolTypeOf(type ?? '')?.ifNotStarting ?? 'The details have the words of the host.',
          })
    case 'stop':
      return isInvalidState(error)
        ? new AppError('invalid', `The pool ${name} is not active`, told)
        : new AppError('busy', `The pool ${name} cannot be stopped`, {
            ...told,
            cure: 'Something may use it: stop the VMs with disks in it, then try again.',
          })
    case 'refresh':
      // storagePoolRefresh in libvirt's storage_driver.c has no code of its own for it
      if (/asynchronous jobs/i.test(error.message))
        return new AppError('busy', `A volume of the pool ${name} is being made`, {
          ...told,
          cure: 'The pool can be read again once that is done.',
        })
      return isInvalidState(error)
        ? new AppError('invalid', `The pool ${name} is not active`, {
            ...told,
            cure: 'Start it, then its volumes can be seen.',
          })
        : new AppError('invalid', `The pool ${name} cannot be read`, {
            ...told,
            cure: poolTypeOf(type ?? '')?.ifNotStarting ?? 'The details have the words of the host.',
          })
    case 'autostart':
      return isRpcError(error, 'VIR_ERR_INVALID_ARG') || isInvalidState(error)
        ? new AppError('invalid', `The pool ${name} is not stored, so it cannot start by itself`, told)
        : undefined
    case 'destroy':
      return isRpcError(error, 'VIR_ERR_SYSTEM_ERROR') && error.details.int1 === notEmpty
        ? new AppError('busy', 'The folder of the pool is not empty', {
            ...told,
            cure: 'Delete its volumes first, or remove the definition only.',
          })
        : new AppError('invalid', `What the pool ${name} is made of cannot be destroyed`, {
            ...told,
            cure: 'The details have the words of the host.',
          })
    case 'undefine':
      return isInvalidState(error)
        ? new AppError('invalid', `The pool ${name} is active; only a stopped one can be deleted`, told)
        : undefined
  }
}

/** Failures of a move by libvirt: its errors, in the sentences that all moves have. */
import { AppError } from '../../../../shared/errors'
import { RpcError, virErrorNumber as codes } from '../../../libvirt-rpc/index'
import * as failures from '../../move-failures'
import { toAppError } from '../errors'

export { destinationLost, notLetGo, stalled, stillEnding } from '../../move-failures'

export const notPrepared = (error: unknown): AppError => failures.notPrepared(toAppError(error))
export const brokenOff = (error: unknown): AppError => failures.brokenOff(toAppError(error))
export const unknownWhere = (error: unknown): AppError => failures.unknownWhere(toAppError(error))
export const sourceLost = (error: unknown, isLedBySource: boolean): AppError =>
  failures.sourceLost(error, isLedBySource)

/** The source refused before anything was begun. */
export function notBegun(error: unknown): AppError {
  if (error instanceof RpcError && error.code === codes.VIR_ERR_MIGRATE_UNSAFE)
    return new AppError('invalid', 'The host holds this migration for unsafe', {
      cure:
        'A disk’s cache mode, or storage that only looks shared, may lose writes: copy the disks, set the cache to "none", ' +
        'or allow unsafe migration.',
      detail: error.message,
      field: 'isUnsafe',
      cause: error,
    })
  return failures.notBegun(toAppError(error))
}

/** What the monitor's client throws, as an error of ours. The emulator's own words go along, whatever language they claim. */
import { AppError } from '../../../shared/errors'
import { QmpClosedError, QmpError, QmpTimeoutError } from '../../qmp/index'

export function toAppError(error: unknown): unknown {
  if (error instanceof QmpError) {
    return new AppError(kindOf(error), 'QEMU refused this', {
      cure: 'See what it says about it.',
      detail: error.message,
      cause: error,
    })
  }
  if (error instanceof QmpTimeoutError) {
    return new AppError('timed-out', 'QEMU did not answer in time', {
      cure: 'It may still be doing it: look at the VM in a moment.',
      detail: error.message,
      cause: error,
    })
  }
  if (error instanceof QmpClosedError) {
    return new AppError('busy', 'The monitor of the VM was lost meanwhile', {
      cure: 'The VM may have ended. Look at its state, then try again.',
      detail: error.message,
      cause: error,
    })
  }
  return error
}

/** qapi/error.json */
function kindOf({ errorClass }: QmpError): 'unsupported' | 'not-found' | 'invalid' {
  if (errorClass === 'CommandNotFound') return 'unsupported'
  return errorClass === 'DeviceNotFound' ? 'not-found' : 'invalid'
}

export function cancelled(): AppError {
  return new AppError('cancelled', 'It was cancelled')
}

export function gone(): AppError {
  return new AppError('not-found', 'This VM no longer exists', {
    cure: 'Its folder was removed, or it was not stored and has stopped.',
  })
}

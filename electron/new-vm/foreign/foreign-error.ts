import { AppError } from '../../../shared/errors'

/** What stands in the file cannot be used; `line` counts from 1. */
export function badFile(message: string, line?: number): AppError {
  return new AppError('invalid', line === undefined ? message : `Line ${line}: ${message}`, {
    cure: 'Mend the file, or choose another one.',
  })
}

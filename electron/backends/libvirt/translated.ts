import { toAppError } from './errors'
import { wrapped } from '../wrapped'

/** A part of a session whose methods end with AppErrors, whatever the host's words are. */
export function translated<Part extends object>(part: Part): Part {
  return wrapped(part, async (call) => {
    try {
      return await call()
    } catch (error) {
      throw toAppError(error)
    }
  })
}

import { toAppError } from './errors'

/** A part of a session whose methods end with AppErrors, whatever the host's words are. */
export function translated<Part extends object>(part: Part): Part {
  const methods = Object.entries(part).map(([name, method]) => [
    name,
    async (...input: unknown[]): Promise<unknown> => {
      try {
        return await (method as (...all: unknown[]) => unknown).apply(part, input)
      } catch (error) {
        throw toAppError(error)
      }
    },
  ])
  return Object.fromEntries(methods) as Part
}

import { readFile, stat } from 'node:fs/promises'
import { AppError } from '../../shared/errors'

const maxBytes = 1_000_000

/** The text of a file the user chose; `invalid` when it cannot be one we want. */
export async function readChosenText(path: string): Promise<string> {
  const facts = await stat(path).catch(() => undefined)
  if (!facts?.isFile())
    throw new AppError('invalid', `${path} is not a file`, { cure: 'Choose another one.' })
  if (facts.size > maxBytes) {
    throw new AppError('invalid', `${path} is too large to be a list of hosts`, {
      cure: 'Choose another file.',
    })
  }
  return readFile(path, 'utf8').catch((error: unknown) => {
    throw new AppError('denied', `${path} cannot be read`, {
      cure: 'Make the file readable for you, or choose another one.',
      detail: error instanceof Error ? error.message : String(error),
    })
  })
}

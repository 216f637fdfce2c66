import { AppError } from '../../shared/errors'
import { shellWord } from '../../shared/shell-word'

export { shellWord }

/** ssh sends one string that the user's login shell on the host reads: each word arrives there as it is. */
export function shellCommand(argv: readonly string[]): string {
  if (argv.length === 0 || argv[0] === '') throw new AppError('invalid', 'A command needs a name')
  return argv.map(shellWord).join(' ')
}

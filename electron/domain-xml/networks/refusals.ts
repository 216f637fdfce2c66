/** What a host is not even asked for, with the reason. */
import { AppError } from '../../../shared/errors'
import type { NetworkUser } from '../../../shared/model/networks/network'

export function changedMeanwhile(what: 'network' | 'filter'): AppError {
  return new AppError('busy', `Somebody else changed the ${what} meanwhile`, {
    cure: `Look at the ${what} as it is now, then make your change again.`,
  })
}

/** Guests that run would lose their connection; those that are off are told by whoever asks before. */
export function whyNotDeleted(name: string, users: readonly NetworkUser[]): AppError | undefined {
  const running = [...new Set(users.filter(({ isRunning }) => isRunning).map(({ vmName }) => vmName))]
  if (running.length === 0) return undefined
  return new AppError('busy', `The network ${name} is in use by ${nameList(running)}`, {
    cure: 'Connect them to another network, or shut them down, then delete it.',
  })
}

export function filterInUse(name: string, users: readonly string[]): AppError | undefined {
  if (users.length === 0) return undefined
  return new AppError('busy', `The filter ${name} is used by ${nameList(users)}`, {
    cure: 'Take it away there first.',
  })
}

/** "a, b and 3 more". */
export function nameList(names: readonly string[]): string {
  const shown = names.length <= 4 ? names : names.slice(0, 3)
  const more = names.length - shown.length
  if (more > 0) return `${shown.join(', ')} and ${more} more`
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}

import { AppError, isKind } from '../../shared/errors'
import type { PowerAction } from '../../shared/model/vm'
import type { ActionContext } from '../backends/backend'
import { tooLate } from './deadline'

/** Reading or writing a guest's memory or removing large files takes as long as the disk needs. */
export const slowTimeoutMs = 3_600_000
const slowActions: ReadonlySet<PowerAction> = new Set(['save', 'restore'])
/** libvirt has no way to take back the others; a save is a job, which can be aborted (virDomainAbortJob). */
const stoppable: ReadonlySet<PowerAction> = new Set(['save'])
/** Starting may have to set up devices, memory and networks first. */
const powerTimeoutMs = 120_000
/** For the host to stop what took too long. */
const stopTimeoutMs = 15_000

/**
 * A power action with a deadline, which begins anew with each progress. When it has passed, what can be stopped is
 * stopped on the host, and the error tells whether it was; the rest may still happen there, and the error says so.
 */
export async function guardedPower(
  action: PowerAction,
  context: ActionContext,
  work: (context: ActionContext) => Promise<void>,
): Promise<void> {
  const timeoutMs = slowActions.has(action) ? slowTimeoutMs : powerTimeoutMs
  const abort = new AbortController()
  const follow = (): void => abort.abort(context.signal.reason)
  context.signal.addEventListener('abort', follow, { once: true })
  if (context.signal.aborted) follow()

  let timer: NodeJS.Timeout | undefined
  let passed: () => void = () => undefined
  const late = new Promise<'late'>((resolve) => {
    passed = () => resolve('late')
  })
  const wind = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => passed(), timeoutMs)
  }
  let furthest = 0
  wind()
  const working = work({
    signal: abort.signal,
    onProgress: (fraction) => {
      if (fraction > furthest) wind()
      furthest = Math.max(furthest, fraction)
      context.onProgress(fraction)
    },
  })
  try {
    if ((await Promise.race([working, late])) !== 'late') return
    const error = tooLate(doing(action), timeoutMs, 'may-still-happen')
    abort.abort(error)
    if (!stoppable.has(action)) throw error
    const end = await endOf(working)
    if (end === 'done') return
    throw end === 'stopped' ? stopped(action, timeoutMs) : error
  } finally {
    clearTimeout(timer)
    context.signal.removeEventListener('abort', follow)
  }
}

async function endOf(working: Promise<void>): Promise<'done' | 'stopped' | 'unknown'> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<'unknown'>((resolve) => {
    timer = setTimeout(() => resolve('unknown'), stopTimeoutMs)
  })
  const ended = working.then(
    () => 'done' as const,
    (error: unknown) => (isKind(error, 'cancelled') ? ('stopped' as const) : ('unknown' as const)),
  )
  const end = await Promise.race([ended, patience])
  clearTimeout(timer)
  return end
}

function doing(action: PowerAction): string {
  return action === 'save' ? 'Saving' : 'Changing the power state'
}

function stopped(action: PowerAction, timeoutMs: number): AppError {
  const minutes = Math.round(timeoutMs / 60_000)
  return new AppError(
    'timed-out',
    `${doing(action)} made no progress for ${minutes} minutes and was stopped`,
    {
      cure: 'The VM goes on as before. Check the disk of the host, then try again',
    },
  )
}

/** A guest that stands still is let go on, unless a move is the reason: then it may go on elsewhere. */
import { AppError } from '../../../../shared/errors'
import { isObject, type JsonObject } from '../../../qmp/index'
import type { Guest } from '../guest'

const endingPollMs = 100

export async function resume(guest: Guest): Promise<void> {
  const status = await wordOf(guest, 'query-status')
  if (status === 'inmigrate')
    throw new AppError('busy', 'The VM waits for its memory, which comes from another host', {
      cure: 'It runs once the move has ended. If nobody moves it any more, force it off here, and resume it where it was.',
    })
  // whoever led the move is gone, and the guest was stopped for its last moment here
  if ((await wordOf(guest, 'query-migrate')) === 'pre-switchover') await giveUpMove(guest)
  await guest.execute('cont')
}

async function giveUpMove(guest: Guest): Promise<void> {
  await guest.execute('migrate_cancel')
  for (;;) {
    const status = await wordOf(guest, 'query-migrate')
    if (status !== 'pre-switchover' && status !== 'cancelling') return
    await new Promise((resolve) => setTimeout(resolve, endingPollMs))
  }
}

async function wordOf(guest: Guest, query: string): Promise<unknown> {
  const answer = await guest.execute(query)
  return (isObject(answer) ? answer : ({} as JsonObject))['status']
}

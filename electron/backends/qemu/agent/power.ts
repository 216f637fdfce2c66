/** What a guest does itself when its agent is asked. */
import { AppError } from '../../../../shared/errors'
import { whyNotByAgent, type AgentAction } from '../../../../shared/model/guest-agent'
import type { VmId } from '../../../../shared/model/ids'
import type { JsonObject } from '../../../qmp/index'
import { runningGuest, type QemuHost } from '../host'
import { askAgent } from './agent'
import { overviewOf } from './overview'

/** One that refuses says so at once; one that obeys says nothing. */
const refusalMs = 5000

interface Order {
  readonly command: string
  readonly words?: JsonObject
  /** What QEMU tells once the guest does it. */
  readonly event: string
}

const orders: Readonly<Record<AgentAction, Order>> = {
  shutdownByAgent: { command: 'guest-shutdown', words: { mode: 'powerdown' }, event: 'SHUTDOWN' },
  rebootByAgent: { command: 'guest-shutdown', words: { mode: 'reboot' }, event: 'RESET' },
  sleep: { command: 'guest-suspend-ram', event: 'SUSPEND' },
  hibernate: { command: 'guest-suspend-disk', event: 'SUSPEND_DISK' },
  hybridSleep: { command: 'guest-suspend-hybrid', event: 'SUSPEND' },
}

export async function orderByAgent(host: QemuHost, id: VmId, action: AgentAction): Promise<void> {
  const { guest, entry } = await runningGuest(host, id)
  const problem = whyNotByAgent(action, await overviewOf(host, entry))
  if (problem) throw new AppError('invalid', problem.message, { cure: problem.cure })
  const { command, words, event } = orders[action]
  const stop = new AbortController()
  // its end is one as well: the guest has gone as it was asked
  const isDone = guest
    .untilEvent(({ name }) => name === event, stop.signal)
    .then(
      () => undefined,
      () => undefined,
    )
  const asked = askAgent(host, id, command, words, { answerTimeoutMs: refusalMs }).then(
    () => undefined,
    (error: unknown) => {
      const isQuiet = error instanceof AppError && error.detail === `No answer within ${refusalMs} ms`
      if (!isQuiet) throw error
    },
  )
  try {
    await Promise.race([isDone, asked])
  } finally {
    stop.abort()
    asked.catch(() => undefined)
  }
}

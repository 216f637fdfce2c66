/** Commands on the host itself. Everything about images and files of the host goes through them. */
import { AppError } from '../../../shared/errors'
import type { Command, Link, RunResult } from '../../link/link'

export interface HostCommands {
  /** To its end; a code other than 0 is a result. In plain English, so that its words can be told apart. */
  run(argv: readonly string[], options?: { maxBytes?: number; timeoutMs?: number }): Promise<RunResult>
  /** Only starts it. The caller destroys its stream. */
  start(argv: readonly string[]): Promise<Command>
}

const limitMs = 25_000

/** `needHost` ends with an AppError where commands run elsewhere or not at all. */
export function commandsOf(link: Link, needHost: () => Promise<void> = async () => undefined): HostCommands {
  const plain = (argv: readonly string[]): string[] => ['env', 'LC_ALL=C', ...argv]
  return {
    async run(argv, { maxBytes, timeoutMs = limitMs } = {}) {
      await needHost()
      const signal = AbortSignal.timeout(timeoutMs)
      try {
        return await link.run(plain(argv), { signal, ...(maxBytes === undefined ? {} : { maxBytes }) })
      } catch (error) {
        if (!signal.aborted) throw error
        throw new AppError('timed-out', `${argv[0]} on the host did not answer in time`, { cause: error })
      }
    },
    async start(argv) {
      await needHost()
      return link.exec(plain(argv))
    },
  }
}

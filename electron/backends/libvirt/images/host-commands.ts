/** Commands on the daemon's own host, where the link runs any. Everything about images and files of the host goes through them. */
import { AppError } from '../../../../shared/errors'
import type { Command, Link, RunResult } from '../../../link/link'
import { whyNotThere } from '../console-settings'

export interface HostCommands {
  /** To its end; a code other than 0 is a result. In plain English, so that its words can be told apart. */
  run(argv: readonly string[], options?: { maxBytes?: number; timeoutMs?: number }): Promise<RunResult>
  /** Only starts it. The caller destroys its stream. */
  start(argv: readonly string[]): Promise<Command>
}

const limitMs = 25_000

/** `unsupported` with the reason where commands run elsewhere or not at all; that is found out once. */
export function hostCommands(link: Link, daemonHostname: string): HostCommands {
  let isThere = false
  const needHost = async (): Promise<void> => {
    if (isThere) return
    const why = link.entersHost === false ? undefined : await whyNotThere(link, daemonHostname)
    if (link.entersHost === false || why !== undefined) throw notThere(why)
    isThere = true
  }
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

function notThere(why: string | undefined): AppError {
  return new AppError('unsupported', 'No command can be run on the host over this connection', {
    cure: 'Images and files of the host need ssh (qemu+ssh://user@host/system), or a host that is this computer.',
    detail: why,
  })
}

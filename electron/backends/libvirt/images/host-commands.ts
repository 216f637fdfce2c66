/** Commands on the daemon's own host, where the link runs any. */
import { AppError } from '../../../../shared/errors'
import type { Link } from '../../../link/link'
import { commandsOf, type HostCommands } from '../../images/host-commands'
import { whyNotThere } from '../console-settings'

/** `unsupported` with the reason where commands run elsewhere or not at all; that is found out once. */
export function hostCommands(link: Link, daemonHostname: string): HostCommands {
  let isThere = false
  return commandsOf(link, async () => {
    if (isThere) return
    const why = link.entersHost === false ? undefined : await whyNotThere(link, daemonHostname)
    if (link.entersHost === false || why !== undefined) throw notThere(why)
    isThere = true
  })
}

function notThere(why: string | undefined): AppError {
  return new AppError('unsupported', 'No command can be run on the host over this connection', {
    cure: 'Images and files of the host need ssh (qemu+ssh://user@host/system), or a host that is this computer.',
    detail: why,
  })
}

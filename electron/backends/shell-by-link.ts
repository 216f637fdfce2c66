import { AppError, errorData } from '../../shared/errors'
import type { Link } from '../link/link'
import type { ShellSession } from './shell-session'

/** As the daemon names itself: a host may say anything, and this is typed into a shell. */
const plainUri = /^[a-z]+:\/\/\/[\w./-]*$/

/** `daemonUri`: by which virsh finds the VMs there, where it does. */
export function shellOf(link: Link, daemonUri?: string): ShellSession {
  return {
    async shellOffer() {
      if (!link.openShell) return { kind: 'none', error: errorData(noShell(link)) }
      return {
        kind: 'available',
        where: link.isLocal ? 'this-computer' : 'host',
        ...(daemonUri !== undefined && plainUri.test(daemonUri) ? { virshUri: daemonUri } : {}),
      }
    },
    async openShell(size, signal) {
      if (!link.openShell) throw noShell(link)
      return link.openShell(size, signal)
    },
  }
}

function noShell(link: Link): AppError {
  if (link.entersHost === false)
    return new AppError('unsupported', 'TLS and TCP lead to libvirt only, not to a shell', {
      cure: 'Add the host by ssh (qemu+ssh://) as well.',
    })
  return link.isLocal
    ? new AppError('unsupported', 'A shell of this computer can be opened on Linux only', {
        cure: 'Use a terminal of this computer.',
      })
    : new AppError('unsupported', 'The ssh of this system gives no terminal to other programs', {
        cure: 'Edit the host and let Innkeeper speak ssh itself.',
      })
}

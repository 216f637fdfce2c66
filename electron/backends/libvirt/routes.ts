/**
 * Ways from a link to the daemon's socket. A route opens as many streams as are wanted; whether it leads to a daemon
 * shows only when one is used, as the helper on the far side says nothing while all is well.
 */
import { access } from 'node:fs/promises'
import { homedir } from 'node:os'
import type { Duplex } from 'node:stream'
import { AppError, isKind } from '../../../shared/errors'
import { daemonUri, uriParam, type HostUri } from '../../../shared/model/host-uri'
import type { Command, Link } from '../../link/link'
import { directRoute, isDirect } from './routes-direct'
import { isSession, localSockets, remoteSocket, type SocketChoice } from './socket-paths'

export interface Route {
  /** For the host's log. */
  readonly text: string
  open(signal?: AbortSignal): Promise<Duplex>
  /**
   * Why a stream of this route ended before the daemon said anything: `absent` when the route itself does not exist on
   * this host and the next may do.
   */
  whyEnded?(): Promise<AppError | 'absent' | undefined>
}

export interface RouteOptions {
  readonly readOnly: boolean
  log(text: string): void
}

/** In order of preference; never empty. */
export function routesTo(link: Link, uri: HostUri, { readOnly, log }: RouteOptions): Route[] {
  if (isDirect(link)) return [directRoute(link, uri, log)]
  if (link.isLocal) {
    // started by root a daemon would serve the whole system, not root's session
    const canStart = process.getuid?.() !== 0
    const folders = { runtime: process.env['XDG_RUNTIME_DIR'], home: homedir() }
    const choice = localSockets(uri, folders, readOnly)
    return [localRoute(link, canStart ? choice : { ...choice, startable: [] }, { readOnly, log })]
  }
  return remoteRoutes(link, uri, readOnly)
}

function localRoute(link: Link, choice: SocketChoice, { readOnly, log }: RouteOptions): Route {
  let worked: string | undefined
  const tryAll = async (signal: AbortSignal | undefined): Promise<Duplex | undefined> => {
    for (const path of worked === undefined ? choice.paths : [worked]) {
      try {
        const stream = await link.openUnix(path, signal)
        if (worked === undefined) log(`Using ${path}`)
        worked = path
        return stream
      } catch (error) {
        // not there, or nobody behind it: a host has the sockets of one kind of daemon only
        if (isKind(error, 'denied')) throw notAllowed(path, error as AppError, readOnly)
        if (!isKind(error, 'unreachable')) throw error
      }
    }
    return undefined
  }
  return {
    text: choice.paths.join(' or '),
    async open(signal) {
      const stream = await tryAll(signal)
      if (stream) return stream
      if (choice.startable.length > 0 && (await startSessionDaemon(link, choice.startable, log, signal))) {
        const started = await retry(() => tryAll(signal), signal)
        if (started) return started
      }
      throw await notRunning(choice)
    },
  }
}

function notAllowed(path: string, error: AppError, readOnly: boolean): AppError {
  return new AppError('denied', error.message, {
    cure:
      'Add your account to the group "libvirt" (sudo usermod -aG libvirt NAME), then log out and in again.' +
      (readOnly ? '' : ' Or edit the host and make it read-only: looking needs no such right.'),
    detail: error.detail ?? path,
    cause: error,
  })
}

async function notRunning(choice: SocketChoice): Promise<AppError> {
  const present = await Promise.all(
    choice.paths.map((path) =>
      access(path).then(
        () => path,
        () => undefined,
      ),
    ),
  )
  const dead = present.find((path) => path !== undefined)
  return new AppError('unreachable', 'libvirt is not running on this computer', {
    cure: 'Install libvirt and start its daemon (libvirtd, or virtqemud on newer systems).',
    detail: dead === undefined ? `No socket at ${choice.paths.join(' or ')}` : `Nobody listens at ${dead}`,
  })
}

/** The user's own daemon runs only while it is needed: whoever wants it starts it, as libvirt's own clients do. */
async function startSessionDaemon(
  link: Link,
  daemons: readonly string[],
  log: (text: string) => void,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  for (const daemon of daemons) {
    try {
      const argv = [daemon, '--daemon', '--timeout=120']
      const { code } = await link.run(argv, signal ? { signal } : {})
      if (code === 0) {
        log(`Started ${daemon}`)
        return true
      }
    } catch (error) {
      // not installed: perhaps the next is
      if (!(error instanceof AppError) || isKind(error, 'cancelled', 'timed-out')) throw error
    }
  }
  return false
}

/** A daemon that was just started makes its socket within this time. */
async function retry(
  attempt: () => Promise<Duplex | undefined>,
  signal: AbortSignal | undefined,
): Promise<Duplex | undefined> {
  const deadline = Date.now() + 5000
  while (Date.now() < deadline) {
    signal?.throwIfAborted()
    const stream = await attempt()
    if (stream) return stream
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return undefined
}

/**
 * libvirt's own choice (https://libvirt.org/uri.html#proxy-parameter): the helper knows the right daemon, also a user's
 * own; a socket or netcat given by the user rules it out.
 */
function remoteRoutes(link: Link, uri: HostUri, readOnly: boolean): Route[] {
  const proxy = uriParam(uri, 'proxy') ?? 'auto'
  const path = remoteSocket(uri, readOnly)
  const isTold = uriParam(uri, 'socket') !== undefined || uriParam(uri, 'netcat') !== undefined
  const routes: Route[] = []
  if (proxy !== 'netcat' && (!isTold || isSession(uri)) && daemonUri(uri) !== '') {
    routes.push(helperRoute(link, daemonUri(uri), readOnly))
  }
  if (path !== undefined && proxy !== 'native') {
    routes.push({ text: path, open: (signal) => link.openUnix(path, signal) })
  }
  if (routes.length === 0) {
    throw new AppError('unsupported', 'A session on another host needs virt-ssh-helper there', {
      cure: 'Leave out proxy=netcat, or name the socket with socket=.',
      field: 'uri',
    })
  }
  return routes
}

function helperRoute(link: Link, name: string, readOnly: boolean): Route {
  let last: Command | undefined
  return {
    text: 'virt-ssh-helper',
    async open(signal) {
      const argv = ['virt-ssh-helper', ...(readOnly ? ['-r'] : []), name]
      last = await link.exec(argv, signal ? { signal } : {})
      return last.stream
    },
    async whyEnded() {
      if (!last) return undefined
      const { code } = await last.exit
      // 127: the shell on the host found no such command (POSIX, 2.8.2)
      if (code === 127) return 'absent'
      const detail = last.stderr().trim()
      return detail === '' ? undefined : helperError(detail)
    },
  }
}

/** The helper runs with the language of the login there, so unknown words are passed on without a verdict. */
function helperError(detail: string): AppError {
  if (/permission denied/i.test(detail)) {
    return new AppError('denied', "This account may not use the host's libvirt", {
      cure: 'Add it to the group "libvirt" on the host and connect again, or connect as root.',
      detail,
    })
  }
  return new AppError('unreachable', "The host's libvirt cannot be reached", {
    cure: 'Check that libvirt is installed on the host and its daemon runs.',
    detail,
  })
}

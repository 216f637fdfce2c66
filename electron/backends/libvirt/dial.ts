/** Opens the first session to the daemon by the route that works, and further ones the cheapest way. */
import type { Duplex } from 'node:stream'
import { AppError } from '../../../shared/errors'
import { daemonUri, type HostUri } from '../../../shared/model/host-uri'
import { LibvirtSession, RpcClosedError, type OpenStage, type SessionOptions } from '../../libvirt-rpc/index'
import type { Link } from '../../link/link'
import type { SaslLogin } from './dial-sasl'
import { routesTo, type Route } from './routes'
import { remoteSocket } from './socket-paths'

export interface Dialled {
  readonly session: LibvirtSession
  /** One more session to the same daemon. */
  another(): Promise<LibvirtSession>
}

export interface DialOptions {
  readonly signal: AbortSignal
  readonly deadlineMs: number
  readonly readOnly: boolean
  /** Who we are to the daemon, if it asks for a name and password. */
  readonly login: SaslLogin
  onStage(stage: OpenStage): void
  log(text: string): void
}

export async function dial(link: Link, uri: HostUri, options: DialOptions): Promise<Dialled> {
  const routes = routesTo(link, uri, options)
  for (const [index, route] of routes.entries()) {
    const isLast = index === routes.length - 1
    if (!link.isLocal) options.log(`Asking for ${route.text}`)
    const further = furtherStreams(link, uri, route, options)
    const session = await openBy(route, further, uri, options)
    if (session !== 'absent') {
      const again = { ...sessionOptions(uri, options), dial: further.open }
      const another = async (): Promise<LibvirtSession> => {
        try {
          return await LibvirtSession.open(again)
        } catch (error) {
          options.login.mayRetry(error)
          throw error
        }
      }
      return { session, another }
    }
    options.log(`The host has no ${route.text}`)
    if (isLast) break
  }
  throw new AppError('unreachable', "There is no way to the host's libvirt", {
    cure: 'Install libvirt on the host (virt-ssh-helper is part of its daemon), or netcat.',
  })
}

async function openBy(
  route: Route,
  further: FurtherStreams,
  uri: HostUri,
  options: DialOptions,
): Promise<LibvirtSession | 'absent'> {
  for (;;) {
    try {
      return await openOnce(route, further, uri, options)
    } catch (error) {
      // a daemon hears one name and password per connection
      if (!options.login.mayRetry(error)) throw error
    }
  }
}

async function openOnce(
  route: Route,
  further: FurtherStreams,
  uri: HostUri,
  options: DialOptions,
): Promise<LibvirtSession | 'absent'> {
  let isFirst = true
  try {
    return await LibvirtSession.open({
      ...sessionOptions(uri, options),
      dial: (signal) => {
        if (!isFirst) return further.open(signal)
        isFirst = false
        return route.open(signal)
      },
      signal: options.signal,
      deadlineMs: options.deadlineMs,
      onStage: (stage) => options.onStage(stage),
    })
  } catch (error) {
    if (!(error instanceof RpcClosedError) || error.reason.kind === 'protocol') throw error
    // an aborted attempt is not a verdict about the route
    options.signal.throwIfAborted()
    const why = await route.whyEnded?.()
    if (why === 'absent') return 'absent'
    throw why ?? error
  }
}

function sessionOptions(uri: HostUri, { readOnly, login }: DialOptions): Omit<SessionOptions, 'dial'> {
  return { name: daemonUri(uri), readOnly, auth: login.auth }
}

interface FurtherStreams {
  open(signal?: AbortSignal): Promise<Duplex>
}

/**
 * sshd counts sessions (MaxSessions, 10 unless changed) but not forwarded sockets, so streams after the first go
 * straight to the socket where the server lets them, and by the first route otherwise.
 */
function furtherStreams(link: Link, uri: HostUri, route: Route, options: DialOptions): FurtherStreams {
  const path = link.isLocal ? undefined : remoteSocket(uri, options.readOnly)
  let isDirect = path !== undefined && path !== route.text
  return {
    async open(signal) {
      if (isDirect && path !== undefined) {
        try {
          return await link.openUnix(path, signal)
        } catch (error) {
          if (signal?.aborted) throw error
          isDirect = false
          options.log(`Further connections by ${route.text}`)
        }
      }
      return route.open(signal)
    },
  }
}

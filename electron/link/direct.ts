/**
 * The link to a host of which only some ports can be reached: nothing runs there for us and nothing is forwarded, so
 * "as seen from the host" is possible only for what listens on an address the network leads to.
 */
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { AppError } from '../../shared/errors'
import { connectSocket } from './connect-socket'
import { EndNotice } from './end-notice'
import type { Link } from './link'
import { tcpError } from './socket-errors'

export interface DirectLink extends Link {
  /** A port of the host itself. */
  openPort(port: number, signal?: AbortSignal): Promise<Socket>
}

export interface DirectLinkOptions {
  /** How much time a host that does not answer gets. */
  readonly connectLimitMs?: number
}

export function openDirectLink(host: string, options: DirectLinkOptions = {}): DirectLink {
  const notice = new EndNotice()
  const open = new Set<Duplex>()
  const limitMs = options.connectLimitMs ?? 8000

  const connectTo = async (address: string, port: number, signal?: AbortSignal): Promise<Socket> => {
    if (notice.isOver) throw closed()
    const limit = new AbortController()
    const follow = (): void => limit.abort(signal?.reason)
    const place = `${address.includes(':') ? `[${address}]` : address}:${port}`
    const timer = setTimeout(() => limit.abort(tcpError({ code: 'ETIMEDOUT' }, place)), limitMs)
    signal?.addEventListener('abort', follow, { once: true })
    if (signal?.aborted) follow()
    try {
      const where = { host: address, port, autoSelectFamily: true, noDelay: true }
      const socket = await connectSocket(where, limit.signal)
      open.add(socket)
      socket.once('close', () => open.delete(socket))
      if (notice.isOver) {
        socket.destroy()
        throw closed()
      }
      return socket
    } catch (error) {
      throw error instanceof AppError ? error : tcpError(error, place)
    } finally {
      clearTimeout(timer)
      signal?.removeEventListener('abort', follow)
    }
  }

  return {
    isLocal: false,
    entersHost: false,
    openPort: (port, signal) => connectTo(host, port, signal),
    openUnix: (path) => Promise.reject(needsSsh(`The socket ${path} is open only to programs on the host`)),
    async openTcp(address, port, signal) {
      if (isLoopback(address)) {
        throw new AppError('denied', `Port ${port} of the host is open only to programs on the host`, {
          cure: 'Let it listen on an address of the host (listen address 0.0.0.0), or reach the host by ssh.',
          detail: `It listens on ${address}`,
        })
      }
      return connectTo(isEveryAddress(address) ? host : address, port, signal)
    },
    exec: ([command]) => Promise.reject(needsSsh(`${command ?? 'A command'} cannot be run on this host`)),
    run: ([command]) => Promise.reject(needsSsh(`${command ?? 'A command'} cannot be run on this host`)),
    onClosed: (listener) => notice.listen(listener),
    close: async () => {
      for (const stream of open) stream.destroy()
      notice.tell()
    },
  }
}

/** Whether an address leads to the machine it is used on, whichever that is. */
export function isLoopback(address: string): boolean {
  return /^(::ffff:)?127\./i.test(address) || address === '::1' || address.toLowerCase() === 'localhost'
}

function isEveryAddress(address: string): boolean {
  return address === '' || address === '0.0.0.0' || address === '::'
}

function needsSsh(message: string): AppError {
  return new AppError('unsupported', message, {
    cure: 'This needs ssh: connect with +ssh in the URI (qemu+ssh://user@host/system).',
  })
}

function closed(): AppError {
  return new AppError('unreachable', 'The connection to the host was closed')
}

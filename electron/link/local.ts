import type { Duplex } from 'node:stream'
import { AppError } from '../../shared/errors'
import { startChild } from './child-command'
import { connectSocket } from './connect-socket'
import { EndNotice } from './end-notice'
import type { Command, Link } from './link'
import { openLocalShell } from './local-shell'
import { runCommand } from './run-command'
import { tcpError, unixSocketError } from './socket-errors'

/** The link to this computer: nothing to sign in to, and it never breaks. */
export function openLocalLink(): Link {
  const notice = new EndNotice()
  const open = new Set<Duplex>()
  const keep = <T extends Duplex>(stream: T): T => {
    if (notice.isOver) {
      stream.destroy()
      throw closed()
    }
    open.add(stream)
    stream.once('close', () => open.delete(stream))
    return stream
  }
  const refuseWhenClosed = (): void => {
    if (notice.isOver) throw closed()
  }
  const exec: Link['exec'] = async (argv, options = {}): Promise<Command> => {
    refuseWhenClosed()
    const command = await startChild(argv, options.signal)
    keep(command.stream)
    return command
  }
  const openShell: NonNullable<Link['openShell']> = async (size, signal) => {
    refuseWhenClosed()
    const shell = await openLocalShell(size, signal)
    keep(shell.stream)
    return shell
  }
  return {
    isLocal: true,
    openUnix: async (path, signal) => {
      refuseWhenClosed()
      const socket = await connectSocket({ path }, signal).catch((error: unknown) => {
        throw error instanceof AppError ? error : unixSocketError(error, path)
      })
      return keep(socket)
    },
    openTcp: async (host, port, signal) => {
      refuseWhenClosed()
      const socket = await connectSocket({ host, port, autoSelectFamily: true, noDelay: true }, signal).catch(
        (error: unknown) => {
          throw error instanceof AppError ? error : tcpError(error, `${host}:${port}`)
        },
      )
      return keep(socket)
    },
    exec,
    run: (argv, options) => runCommand(exec, argv, options),
    ...(process.platform === 'linux' ? { openShell } : {}),
    onClosed: (listener) => notice.listen(listener),
    close: async () => {
      for (const stream of open) stream.destroy()
      notice.tell()
    },
  }
}

function closed(): AppError {
  return new AppError('unreachable', 'The connection to the host was closed')
}

import { connect, type NetConnectOpts, type Socket } from 'node:net'
import { abortError, throwIfAborted } from './abort'

/** A connected socket, or the raw connect error; aborting closes it. */
export async function connectSocket(where: NetConnectOpts, signal?: AbortSignal): Promise<Socket> {
  throwIfAborted(signal)
  const socket = connect(where)
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      socket.destroy()
      if (signal) reject(abortError(signal))
    }
    const settle = (): void => {
      signal?.removeEventListener('abort', stop)
      socket.off('error', fail)
      socket.off('connect', done)
    }
    const fail = (error: Error): void => {
      settle()
      reject(error)
    }
    const done = (): void => {
      settle()
      resolve(socket)
    }
    signal?.addEventListener('abort', stop, { once: true })
    socket.once('error', fail)
    socket.once('connect', done)
  })
}

import { lookup } from 'node:dns/promises'
import { isIP, type Socket } from 'node:net'
import { abortable } from '../../link/abort'
import { connectSocket } from '../../link/connect-socket'

export type NameLookup =
  | { readonly kind: 'address' }
  | { readonly kind: 'found'; readonly addresses: readonly string[] }
  | { readonly kind: 'failed'; readonly code: string; readonly detail: string }

/** As connecting itself does it: by the system, so that /etc/hosts, mDNS and VPN settings count. */
export async function lookUp(host: string, signal: AbortSignal): Promise<NameLookup> {
  if (isIP(host.split('%')[0] ?? '') !== 0) return { kind: 'address' }
  try {
    const found = await abortable(lookup(host, { all: true, verbatim: true }), signal)
    return { kind: 'found', addresses: found.map(({ address }) => address) }
  } catch (error) {
    if (signal.aborted) throw error
    return { kind: 'failed', code: codeOf(error), detail: textOf(error) }
  }
}

export interface PortTry {
  readonly address: string
  /** Absent when the connection was made. */
  readonly code?: string
}

/** Each address by itself: one that does not answer often explains slow connecting. */
export async function tryPort(
  addresses: readonly string[],
  port: number,
  signal: AbortSignal,
  limitMs: number,
): Promise<PortTry[]> {
  return Promise.all(
    addresses.map(async (address) => {
      try {
        const socket = await openPort(address, port, signal, limitMs)
        socket.destroy()
        return { address }
      } catch (error) {
        if (signal.aborted) throw error
        return { address, code: codeOf(error) }
      }
    }),
  )
}

/** A TCP connection, or the raw error; ETIMEDOUT after the limit. */
export async function openPort(
  address: string,
  port: number,
  signal: AbortSignal,
  limitMs: number,
): Promise<Socket> {
  const abort = new AbortController()
  const follow = (): void => abort.abort(signal.reason)
  signal.addEventListener('abort', follow, { once: true })
  const timer = setTimeout(() => abort.abort(new Error('timeout')), limitMs)
  try {
    return await connectSocket({ host: address, port, noDelay: true }, abort.signal)
  } catch (error) {
    if (abort.signal.aborted && !signal.aborted) {
      throw Object.assign(new Error(`connect ETIMEDOUT ${address}:${port}`), { code: 'ETIMEDOUT' })
    }
    throw error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', follow)
  }
}

/** What a server says first, up to a line end; empty when it hung up or said nothing in time. */
export function readGreeting(socket: Socket, limitMs: number): Promise<{ text: string; ended: boolean }> {
  return new Promise((resolve) => {
    let text = ''
    const done = (ended: boolean): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve({ text, ended })
    }
    const timer = setTimeout(() => done(false), limitMs)
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1')
      // servers may say other lines before it (RFC 4253 section 4.2)
      if (/^SSH-[^\n]*\n/m.test(text) || text.length > 4096) done(false)
    })
    socket.on('error', () => done(true))
    socket.on('close', () => done(true))
  })
}

export function codeOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error
  const code = (first as NodeJS.ErrnoException | undefined)?.code
  return typeof code === 'string' ? code : 'EUNKNOWN'
}

export function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

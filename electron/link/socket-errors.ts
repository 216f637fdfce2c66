import { AppError } from '../../shared/errors'

type Meaning = { readonly message: string; readonly cure: string }

/** Causes and cures of what a TCP connection can fail with; the codes are those of connect(2) and getaddrinfo(3). */
const tcpMeanings: Record<string, Meaning> = {
  ECONNREFUSED: {
    message: 'refuses connections on this port',
    cure: 'Check the port and that the service (sshd for ssh) is running there',
  },
  ENOTFOUND: { message: 'is not a known host name', cure: 'Check the spelling, or use the IP address' },
  EAI_AGAIN: { message: 'could not be looked up', cure: 'Check the network and the name server' },
  EHOSTUNREACH: { message: 'cannot be reached', cure: 'Check that it is switched on and the network is up' },
  ENETUNREACH: { message: 'cannot be reached: no network leads there', cure: 'Check the network or VPN' },
  ENETDOWN: { message: 'cannot be reached: the network is down', cure: 'Check the network' },
  ETIMEDOUT: {
    message: 'does not answer',
    cure: 'Check the address, the firewall and that it is switched on',
  },
  ECONNRESET: { message: 'cut the connection', cure: 'Check its firewall and the log of its service' },
  EPIPE: { message: 'cut the connection', cure: 'Check its firewall and the log of its service' },
}

/** A failed or broken TCP connection. `place` is the host as the user wrote it, with port where it matters. */
export function tcpError(error: unknown, place: string): AppError {
  const code = codeOf(error)
  const meaning = code === undefined ? undefined : tcpMeanings[code]
  return new AppError('unreachable', `${place} ${meaning?.message ?? 'cannot be reached'}`, {
    cure: meaning?.cure ?? 'Check the address and the network',
    detail: textOf(error),
    cause: error,
  })
}

/** A Unix socket that could not be opened. */
export function unixSocketError(error: unknown, path: string): AppError {
  const extra = { detail: textOf(error), cause: error }
  switch (codeOf(error)) {
    case 'ENOENT':
      return new AppError('unreachable', `There is no socket at ${path}`, {
        ...extra,
        cure: 'Check that the service that makes it is installed and running',
      })
    case 'EACCES':
    case 'EPERM':
      return new AppError('denied', `Your account may not open ${path}`, {
        ...extra,
        cure: 'Ask for the right to use it, for libvirt: membership in the group libvirt',
      })
    case 'ECONNREFUSED':
      return new AppError('unreachable', `Nothing is listening at ${path}`, {
        ...extra,
        cure: 'Start the service that makes it',
      })
    default:
      return new AppError('unreachable', `The socket ${path} cannot be opened`, {
        ...extra,
        cure: 'See the details',
      })
  }
}

/** Several addresses tried in parallel fail with one AggregateError; its first member tells most. */
export function codeOf(error: unknown): string | undefined {
  const first = error instanceof AggregateError ? error.errors[0] : error
  const code = (first as NodeJS.ErrnoException | undefined)?.code
  return typeof code === 'string' ? code : undefined
}

export function textOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(textOf).join('; ')
  return error instanceof Error ? error.message : String(error)
}

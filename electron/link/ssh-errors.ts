import { AppError } from '../../shared/errors'
import type { SshAuth } from './ssh-auth'
import { tcpError, textOf } from './socket-errors'

/** ssh2 marks its errors with where they arose; a disconnect by the server carries RFC 4253's reason as number. */
interface SshFailure extends Error {
  readonly level?: string
  readonly code?: string | number
  readonly reason?: number | string
}

/** What ended the attempt to open a connection. */
export function sshConnectError(error: SshFailure, place: string, auth: SshAuth): AppError {
  const detail = textOf(error)
  if (error.level === 'client-authentication') return auth.refusal()
  if (error.level === 'client-socket') return tcpError(error, place)
  if (/too many authentication failures/i.test(detail)) {
    return new AppError('auth-failed', `${place} allows no more tries to sign in`, {
      cure: 'Choose the key file for this host, so that it is tried before all the keys of the ssh agent',
      detail,
      cause: error,
    })
  }
  if (/no matching|algorithm/i.test(detail)) {
    return new AppError('unsupported', `${place} and Innkeeper have no common encryption`, {
      cure: 'Update the ssh server on the host',
      detail,
      cause: error,
    })
  }
  if (/before handshake|identification|protocol version|packet length/i.test(detail)) {
    return new AppError(
      'unreachable',
      `What answers at ${place} is not an ssh server, or it hung up at once`,
      {
        cure: 'Check the port, and whether the host blocks this computer (MaxStartups, fail2ban)',
        detail,
        cause: error,
      },
    )
  }
  return new AppError('unreachable', `The ssh connection to ${place} could not be opened`, {
    cure: 'See the log of sshd on the host',
    detail,
    cause: error,
  })
}

/** What broke an open connection. */
export function sshLostError(error: SshFailure | undefined, place: string): AppError {
  const extra = { cure: 'Innkeeper connects again by itself', detail: error && textOf(error), cause: error }
  if (error?.level === 'client-timeout') {
    return new AppError('unreachable', `${place} no longer answers`, extra)
  }
  return new AppError('unreachable', `The ssh connection to ${place} was lost`, extra)
}

/** SSH_OPEN_ADMINISTRATIVELY_PROHIBITED (RFC 4254 section 5.1). */
const prohibited = 1

export function forwardError(error: SshFailure, target: string): AppError {
  const extra = { detail: textOf(error), cause: error }
  if (error.reason === prohibited) {
    return new AppError('denied', `The host's ssh server does not forward connections to ${target}`, {
      ...extra,
      cure: 'Set AllowTcpForwarding yes (and check PermitOpen) in sshd_config on the host',
    })
  }
  return new AppError('unreachable', `The host cannot reach ${target}`, {
    ...extra,
    cure: 'Check that the service is running there',
  })
}

/** What ended the way from a jump host to the next host. */
export function jumpError(error: SshFailure, jump: string, next: string): AppError {
  const extra = { detail: textOf(error), cause: error }
  if (error.reason === prohibited) {
    return new AppError('denied', `${jump} does not forward connections to ${next}`, {
      ...extra,
      cure: 'Set AllowTcpForwarding yes (and check PermitOpen) in sshd_config on the jump host',
    })
  }
  return new AppError('unreachable', `${jump} cannot reach ${next}`, {
    ...extra,
    cure: 'Check the name and the port as the jump host sees them, and that sshd runs there',
  })
}

const noSession = 'The host starts no further commands over this ssh connection'

export function isNoSession(error: unknown): boolean {
  return error instanceof AppError && error.message === noSession
}

export function sessionError(error: SshFailure): AppError {
  return new AppError('busy', noSession, {
    cure: 'What is open goes on. Close some consoles or raise MaxSessions in sshd_config on the host',
    detail: textOf(error),
    cause: error,
  })
}

import { AppError } from '../../shared/errors'
import { withEngineCure, type EngineLimit } from './ssh-config/limits'

/** Said once every way to sign in has been tried. */
export function authRefusal(about: {
  readonly place: string
  readonly user: string
  readonly isQuiet: boolean
  /** What the host was shown and did not take. */
  readonly refused: readonly string[]
  /** Keys the host knows that could not sign. */
  readonly unused: readonly string[]
  /** Method names the host offered. */
  readonly accepts: readonly string[]
  readonly limits: readonly EngineLimit[]
  readonly detail?: string | undefined
}): AppError {
  const { place, user, refused, unused, accepts } = about
  const accepted = accepts.length === 0 ? '' : `The host accepts: ${accepts.join(', ')}`
  const reasons = [
    ...(refused.length === 0 ? [] : [`refused ${refused.join(' and ')} of ${user}`]),
    ...(unused.length === 0
      ? []
      : [`knows ${unused.join(' and ')}, which could not be used without unlocking it`]),
  ]
  const error = new AppError(
    'auth-failed',
    `${place} ${reasons.join(', and ') || `accepts none of the ways Innkeeper can sign in as ${user}`}`,
    {
      cure: cureFor(about),
      detail: [about.detail, accepted].filter(Boolean).join('\n') || undefined,
    },
  )
  return withEngineCure(error, about.limits.filter(isOffered(accepts)), 'sign-in')
}

function cureFor(about: {
  readonly isQuiet: boolean
  readonly unused: readonly string[]
  readonly accepts: readonly string[]
}): string {
  const { isQuiet, unused, accepts } = about
  if (isQuiet) {
    return (
      'Nothing may be asked for this host (no_tty in its URI, or BatchMode in the ssh settings): ' +
      'load its key into the ssh agent, or take that out'
    )
  }
  if (unused.length > 0) {
    return 'Connect again and type the passphrase of the key, or load it into the ssh agent (ssh-add)'
  }
  if (accepts.includes('publickey')) {
    return 'Check the user name and password, or choose a key file that the host knows (ssh-copy-id puts it there)'
  }
  return 'Check the user name and the password'
}

/** The names by which a server offers what only the system's ssh can do (RFC 4462, RFC 4252 section 9). */
const methods: Readonly<Record<string, string>> = {
  GSSAPIAuthentication: 'gssapi-with-mic',
  HostbasedAuthentication: 'hostbased',
}

function isOffered(accepts: readonly string[]): (limit: EngineLimit) => boolean {
  return ({ what }) => accepts.includes(methods[what] ?? 'publickey')
}

import { AppError } from '../../../shared/errors'
import { capital } from '../../../shared/words'
import { jumpOfCommand } from './jumps'

/** Something the ssh settings ask for that only the computer's own ssh can do. */
export interface EngineLimit {
  /** The words of ssh_config(5). */
  readonly what: string
  /** `way`: without it the host must not be reached at all; otherwise what may fail for want of it. */
  readonly affects: 'way' | 'name' | 'host-key' | 'sign-in'
}

export const useSystemSsh = 'switch this host to the system ssh engine (Edit host → SSH)'

export function engineLimits(words: (keyword: string) => readonly string[] | undefined): EngineLimit[] {
  const isSet = (keyword: string): boolean => {
    const value = words(keyword)?.[0]?.toLowerCase()
    return value !== undefined && value !== 'none' && value !== 'no' && value !== 'false'
  }
  const limits: EngineLimit[] = []
  const note = (what: string, affects: EngineLimit['affects']): void => {
    if (isSet(what.toLowerCase())) limits.push({ what, affects })
  }
  if (!jumpOfCommand(words('proxycommand') ?? [])) note('ProxyCommand', 'way')
  // a key on this list must never be trusted, so a list that is not read must not be passed over
  note('RevokedHostKeys', 'way')
  note('CanonicalizeHostname', 'name')
  note('KnownHostsCommand', 'host-key')
  note('VerifyHostKeyDNS', 'host-key')
  note('PKCS11Provider', 'sign-in')
  note('CertificateFile', 'sign-in')
  note('GSSAPIAuthentication', 'sign-in')
  note('HostbasedAuthentication', 'sign-in')
  return limits
}

/** Ends what would go another way than the user set up. */
export function refuseForeignWay(limits: readonly EngineLimit[], host: string): void {
  const limit = limits.find(({ affects }) => affects === 'way')
  if (!limit) return
  throw new AppError(
    'unsupported',
    `The ssh settings for ${host} use ${limit.what}, which Innkeeper's own ssh engine cannot do`,
    { cure: capital(useSystemSsh) },
  )
}

/** The error with the other engine as a way out, where what that one can do may be what is missing. */
export function withEngineCure(
  error: AppError,
  limits: readonly EngineLimit[],
  affects: EngineLimit['affects'],
): AppError {
  const names = limits.filter((limit) => limit.affects === affects).map(({ what }) => what)
  if (names.length === 0) return error
  const advice = `if this host needs ${names.join(' or ')}, ${useSystemSsh}`
  return new AppError(error.kind, error.message, {
    cure: error.cure === undefined ? capital(advice) : `${error.cure}; ${advice}`,
    detail: error.detail,
    field: error.field,
    cause: error.cause ?? error,
  })
}

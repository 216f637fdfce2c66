import { AppError, type ErrorKind } from '../../../shared/errors'
import { tcpError, textOf } from '../socket-errors'

export interface FailureContext {
  /** host or [host]:port, as the app writes it. */
  readonly address: string
  readonly user?: string | undefined
  /** What the server takes, as it last said: "publickey,password". */
  readonly offered?: string | undefined
  /** Whether ssh_config sends the connection through another host or program. */
  readonly isProxied?: boolean
  /** Whether ssh was kept from asking. */
  readonly isSilent?: boolean
}

interface Verdict {
  readonly kind: ErrorKind
  readonly message: string
  readonly cure: string
}

type Rule = readonly [
  RegExp,
  (match: RegExpExecArray, context: FailureContext, text: string) => Verdict | AppError,
]

const installCure =
  process.platform === 'win32'
    ? 'Add the optional feature "OpenSSH Client" in the settings of Windows, or choose the built-in ssh'
    : 'Install it (package openssh-client or openssh-clients), or choose the built-in ssh for this host'

/** ssh could not be started at all. */
export function cannotRunSsh(program: string, error: unknown): AppError {
  const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT'
  return new AppError(
    isMissing ? 'not-found' : 'denied',
    isMissing
      ? `The program ${program} is not installed on this computer`
      : `The program ${program} cannot be started`,
    { cure: installCure, detail: textOf(error), cause: error },
  )
}

/** The reason ssh gave before it ended with 255, from its own words; in the order in which causes hide each other. */
export function sshFailure(text: string, context: FailureContext): AppError {
  const detail = text.trim() || undefined
  for (const [pattern, verdict] of rules) {
    const match = pattern.exec(text)
    if (!match) continue
    const found = verdict(match, context, text)
    if (found instanceof AppError) {
      return new AppError(found.kind, found.message, { cure: found.cure, detail })
    }
    return new AppError(found.kind, found.message, { cure: found.cure, detail })
  }
  return new AppError('unreachable', `The ssh connection to ${context.address} could not be opened`, {
    cure: 'Run ssh to this host in a terminal, and see the log of sshd there',
    detail,
  })
}

/** A connection that was open and is no more; SshLink says the rest. */
export function lostReason(text: string): Error & { level?: string } {
  const error: Error & { level?: string } = new Error(text.trim() || 'ssh ended')
  if (/^Timeout, server .* not responding/m.test(text)) error.level = 'client-timeout'
  return error
}

/** How connect(2) and getaddrinfo(3) put it, for the causes `tcpError` knows. */
const systemCodes: readonly [RegExp, string][] = [
  [/Connection refused/, 'ECONNREFUSED'],
  [/timed out/, 'ETIMEDOUT'],
  [/No route to host|Host is down/, 'EHOSTUNREACH'],
  [/Network is unreachable/, 'ENETUNREACH'],
  [/Network is down/, 'ENETDOWN'],
  [/Connection reset/, 'ECONNRESET'],
  [/Temporary failure|Try again/, 'EAI_AGAIN'],
  [/not known|No address|nodename|No such host/, 'ENOTFOUND'],
]

function systemError(words: string, place: string): AppError {
  const code = systemCodes.find(([pattern]) => pattern.test(words))?.[1]
  return tcpError(Object.assign(new Error(words), { code }), place)
}

const rules: readonly Rule[] = [
  [
    /ssh_askpass: exec\((.*?)\): (.*)/,
    ([, path]) => ({
      kind: 'denied',
      message: 'ssh cannot ask Innkeeper for passwords',
      cure: `Programs may not run from the folder of ${path}: start Innkeeper with TMPDIR set to another folder`,
    }),
  ],
  [
    /(?:Bad owner or permissions on (.*)|(.*): terminating, \d+ bad configuration options|Can't open user config file (.*?):)/,
    ([, unsafe, wrong, missing]) => ({
      kind: 'invalid',
      message: `ssh does not accept its own settings in ${unsafe ?? wrong ?? missing}`,
      cure: 'Mend that file; ssh to any host in a terminal says the same',
    }),
  ],
  [
    /(?:unknown|illegal|unrecognized|invalid) option|command-line: line \d+: Bad configuration option/,
    () => ({
      kind: 'unsupported',
      message: 'The ssh program of this computer does not know the options Innkeeper needs',
      cure: 'Install OpenSSH 7.4 or newer, or choose the built-in ssh for this host',
    }),
  ],
  [/REVOKED HOST KEY|[Hh]ost key .*(?:is|marked as) revoked/, revokedKey],
  [/REMOTE HOST IDENTIFICATION HAS CHANGED|Host key for .* has changed/, changedKey],
  [/No \S+ host key is known for|Host key verification failed/, unknownKey],
  [/Could not resolve hostname (\S+): (.*)/, ([, host = '', words = '']) => systemError(words, host)],
  [
    /channel \d+: open failed: (.*)|stdio forwarding failed/,
    ([, words], { address }) => ({
      kind: 'unreachable',
      message: `The jump host cannot reach ${address}${words === undefined ? '' : `: ${words}`}`,
      cure: 'Check the address as the jump host sees it, and AllowTcpForwarding in its sshd_config',
    }),
  ],
  [
    /connect to (?:host )?(\S+) port (\d+): (.*)/,
    ([, host = '', port, words = ''], { address, isProxied = false }) => {
      const place = port === '22' ? host : `[${host}]:${port}`
      return systemError(words, isProxied && place !== address ? `The jump host ${place}` : place)
    },
  ],
  [
    /Too many authentication failures/,
    (_, { address }) => ({
      kind: 'auth-failed',
      message: `${address} allows no more tries to sign in`,
      cure: 'Choose the key file for this host, so that it is tried before all the keys of the ssh agent',
    }),
  ],
  [/(?:(\S+)@(\S+): )?Permission denied(?:, please try again\.| \(([\w,@.-]*)\))/, refused],
  [
    /Unable to negotiate with .*: no matching (.*?) found\. Their offer: (.*)/,
    ([, what, offer], { address }) => ({
      kind: 'unsupported',
      message: `${address} and this computer's ssh have no common ${what}`,
      cure: `Update the ssh server on the host; it offers ${offer}`,
    }),
  ],
  [
    /timed out during banner exchange|banner exchange: .*timed out/,
    (_, { address }) => ({
      kind: 'timed-out',
      message: `${address} did not answer in time`,
      cure: 'Check that an ssh server runs there, and the network in between',
    }),
  ],
  [/: (?:exec: )?(\S+): (?:not found|command not found|No such file or directory)$/m, proxyFailed],
  [
    /kex_exchange_identification|banner exchange|Connection (?:closed|reset) by|ssh_dispatch_run_fatal|port 65535/,
    (match, context) =>
      context.isProxied === true
        ? proxyFailed(match, context)
        : {
            kind: 'unreachable',
            message: `What answers at ${context.address} is not an ssh server, or it hung up at once`,
            cure: 'Check the port, and whether the host blocks this computer (MaxStartups, fail2ban)',
          },
  ],
]

function proxyFailed(_match: RegExpExecArray, { address, isProxied = false }: FailureContext): Verdict {
  return {
    kind: 'unreachable',
    message: isProxied
      ? `The way to ${address} that your ssh settings prescribe does not work`
      : `The ssh connection to ${address} could not be opened`,
    cure: isProxied
      ? 'Check ProxyJump or ProxyCommand for this host in your ssh settings; the details are its own words'
      : 'Run ssh to this host in a terminal to see more',
  }
}

function revokedKey(_match: RegExpExecArray, { address }: FailureContext): Verdict {
  return {
    kind: 'denied',
    message: `The key of ${address} has been revoked`,
    cure: 'Do not connect. Ask the administrator of the host for its new key.',
  }
}

function changedKey(_match: RegExpExecArray, { address }: FailureContext, text: string): Verdict {
  const name = /^Host key for (\S+) has changed/m.exec(text)?.[1] ?? address
  const [, file, line] = /^Offending .*?key in (.+):(\d+)$/m.exec(text) ?? []
  const where = file === undefined ? '' : `, ${file} line ${line}`
  const remove = `ssh-keygen -R '${name}'${file === undefined ? '' : ` -f '${file}'`}`
  return {
    kind: 'denied',
    message: `The key of ${name} is not the one on record${where}, so it may be another machine`,
    cure:
      'If the host was reinstalled, compare the fingerprint with its administrator, then run ' +
      `${remove} and connect again`,
  }
}

function unknownKey(_match: RegExpExecArray, { address, isSilent = false }: FailureContext): Verdict {
  return {
    kind: 'denied',
    message: `The key of ${address} is not known, and your ssh settings allow no unknown keys`,
    cure: isSilent
      ? 'Connect once with ssh in a terminal and accept the key there'
      : 'Add the key to known_hosts, or set StrictHostKeyChecking ask for this host in your ssh settings',
  }
}

function refused(match: RegExpExecArray, context: FailureContext, text: string): Verdict {
  const [, user = context.user, host] = match
  // the last one: earlier ones are "please try again", or those of a jump host
  const methods =
    [...text.matchAll(/Permission denied \(([\w,@.-]+)\)/g)].at(-1)?.[1] ?? context.offered ?? ''
  const place = host === undefined || !(context.isProxied ?? false) ? context.address : host
  const accepts = methods === '' ? '' : ` (it accepts ${methods.split(',').join(', ')})`
  return {
    kind: 'auth-failed',
    message: `${place} refused to sign in ${user ?? 'you'}${accepts}`,
    cure:
      context.isSilent === true
        ? 'Use a key without a passphrase or an ssh agent: ssh cannot ask for passwords here'
        : methods.includes('publickey')
          ? 'Check the user name and password, or choose a key file that the host knows (ssh-copy-id puts it there)'
          : 'Check the user name and the password',
  }
}
